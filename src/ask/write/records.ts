import type { ChatFailure, ChatModel } from '../../core/ports.ts';
import type { Carrier, FindingKind, Source, WordVectors } from '../verify/index.ts';
import type { Deadline } from './deadline.ts';

/** What may be quoted together and stays together: paragraphs of one briefing under common headings. */
export interface EvidenceBlock {
  /** The number the model cites it by, 1 or more; unique. */
  label: number;
  /** Title of the briefing. */
  title: string;
  /** Editions of one thing have one series. */
  series: string;
  /** `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or null. */
  edition: string | null;
  /** Whether it is of the newest edition of its series. */
  newest: boolean;
  /** BCP 47 primary tag. */
  language: string;
  headings: readonly string[];
  /** In reading order. `id` is `slug#p12`; `lead` the line that introduces the list an item belongs to, or null. */
  paragraphs: readonly { id: string; text: string; lead: string | null; sentences?: Source['sentences'] }[];
}

export interface WriteInput {
  /** The question as it can be understood alone, in the language of the blocks. */
  standalone: string;
  /** Language of the blocks, which the answer is written and checked in. */
  language: string;
  /** Language of the asker, into which checked sentences are translated. */
  asker: string;
  /** ISO date. */
  today: string;
  /** Best first; some eight. */
  blocks: readonly EvidenceBlock[];
  chat: ChatModel;
  /** Who reads the sentences again; null: nobody does. */
  reader: ChatModel | null;
  deadline: Deadline;
  /** The asker's own signal: when it aborts, nobody wants an answer any more. */
  signal?: AbortSignal;
  /** Abbreviations the briefings introduce. */
  abbreviations?: readonly { short: string; long: string }[];
  wordVectors?: WordVectors | null;
  /** Called with each sentence as soon as it may be shown, in the order of the answer. */
  onSentence?: (sentence: ShownSentence) => void;
}

/** `quoted`: word for word; `verified`: by code and by the second reader; `checked`: by code alone. */
export type WrittenVerdict = 'quoted' | 'verified' | 'checked';

export interface ShownSentence {
  text: string;
  verdict: WrittenVerdict;
  /** What carries it, best first. */
  carriers: Carrier[];
  /** Put again after a hard check had refused it. */
  repaired: boolean;
  /** In the asker's language; false when it was to be translated and could not. */
  inAskersLanguage: boolean;
}

/** Why a sentence is not shown. */
export type WithheldKind =
  /** What a check found, or a doubt that no second reader has cleared. */
  | FindingKind
  /** The second reader does not find it in what it cites. */
  | 'doubted'
  /** It leans on a sentence that is withheld. */
  | 'leaning';

export interface Withheld {
  text: string;
  reason: { kind: WithheldKind; value: string };
  /** What is nearest to it. */
  carriers: Carrier[];
}

/** What became of the second reading. */
type SecondReading =
  /** Nobody is set to read. */
  | 'off'
  /** Nothing had to be read. */
  | 'none'
  /** Every sentence was judged. */
  | 'done'
  /** Some were, or none: the others were checked for figures, dates and names only. */
  | 'failed';

export interface WriteResult {
  /** In the order written. */
  sentences: ShownSentence[];
  withheld: Withheld[];
  /** The model said that the blocks do not answer, and nothing is shown: `not_found`. */
  nothing: boolean;
  /** The model said that they do not answer a part. */
  partly: boolean;
  /** Why the model did not finish; null when it did. */
  failure: ChatFailure | null;
  reading: SecondReading;
  /** Some sentences are in another language than asked for. */
  inOtherLanguage: boolean;
  /** Numbers that stand for no block. */
  unknownNumbers: number;
  calls: { write: number; repair: number; read: number; translate: number };
  /** Characters sent to models and received from them. */
  characters: { sent: number; received: number };
  /** Version of the prompt, for the trace. */
  prompt: string;
}
