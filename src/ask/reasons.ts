/** Why a sentence is withheld, or sent back to the model that wrote it. `wording/` says it. */
export type ReasonKind =
  /** No paragraph supports it. */
  | 'unsupported'
  /** It cites nothing, and nothing supports it. */
  | 'uncited'
  | 'long'
  | 'markup'
  /** The citation does not stand in the snapshot as it says. */
  | 'citation'
  /** A quotation, figure, date, name or address (the value) that the paragraph does not have. */
  | 'quotation'
  | 'figure'
  | 'date'
  | 'name'
  | 'address'
  /** A figure (the value) with another unit, or another bound such as "over". */
  | 'unit'
  | 'bound'
  /** What the paragraph counts, and what the sentence counts. */
  | 'counted'
  /** A word that denies or bounds and is the sentence's own; or the paragraph's, and the sentence has none. */
  | 'word'
  | 'denied'
  /** The paragraph's word for a plan, told as done; or what was done, told as a plan. */
  | 'planned'
  | 'announced'
  /** Too few of its words, or a part of it, are in the paragraph. */
  | 'few'
  | 'part'
  /** The paragraph's word, and the sentence's for it. */
  | 'other'
  /** The same of a value or a name in its place. */
  | 'place'
  /** Two names that have changed places. */
  | 'swapped'
  /** A verb told of somebody else; a verb that is not there; things that are told apart. */
  | 'actor'
  | 'verb'
  | 'apart'
  /** The model did not stand by it when asked again. */
  | 'doubted';

export interface Reason {
  kind: ReasonKind;
  /** Up to two words of the sentence or of the paragraph, put between quotation marks. */
  values: readonly string[];
}

export const reason = (kind: ReasonKind, ...values: string[]): Reason => ({ kind, values });

/** A reason in words: `{0}` and `{1}` stand for its values. */
export const fill = (template: string, { values }: Reason): string =>
  template.replace(/\{([01])\}/g, (_, at: string) => values[Number(at)] ?? '');
