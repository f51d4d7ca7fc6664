/** Why a sentence is withheld. `wording/` says it. */
export type ReasonKind =
  /** No paragraph supports it. */
  | 'unsupported'
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
  /** A figure (the value) with another unit. */
  | 'unit'
  /** A word (the value) that says more than the paragraph, such as "all". */
  | 'word'
  /** A part of it could not be confirmed. */
  | 'part'
  /** Only an older edition (the value: its date or title) states it, where the newest has replaced that. */
  | 'superseded'
  /** A second reading did not find it in what it cites. */
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
