import type { Edition } from './model.ts';
import type { FeedbackRecord } from './site.ts';
import type { IngestOutcome, UpdateProgress } from './updates.ts';

// What whoever looks after the briefings sees and does.

/** A file, and what is to be said of it. */
export interface FileNote {
  file: string;
  message: string;
  hint: string;
}

/** What the last ingest said, whoever began it; kept beside the index. */
export interface IngestNote {
  /** ISO 8601, UTC. */
  time: string;
  /** Why nothing was published; null: it was. */
  failed: { message: string; hint: string | null } | null;
  /** Files that were refused, or that something is amiss with. */
  problems: FileNote[];
  /** What was left out of a file on purpose. */
  notes: FileNote[];
}

/** Questions that mean about the same. */
export interface QuestionGroup {
  /** Names of its questions for `settle`, one a wording. */
  keys: string[];
  /** The wording asked most often. */
  question: string;
  /** All wordings with how often each was asked, most often first. */
  wordings: { question: string; times: number }[];
  times: number;
  /** Different names of askers; a name changes daily. */
  askers: number;
  /** ISO 8601 of the last time. */
  last: string;
  /** How often the closest passages were shown, and how often nothing at all. */
  closest: number;
  declined: number;
  settled: boolean;
}

/** Opinions on answers to questions that mean about the same. */
export interface OpinionGroup {
  question: string;
  up: number;
  down: number;
  /** Newest first. */
  opinions: (FeedbackRecord & { settled: boolean })[];
  /** Whether all of them are dealt with. */
  settled: boolean;
}

/** A case for the evaluation, as YAML. */
export interface MadeCases {
  yaml: string;
  /** Where it was added to; null: nowhere. */
  file: string | null;
  /** How many want a person to say what is right: in the file they stand as comments until then. */
  open: number;
}

export interface EvaluationState {
  running: boolean;
  /** ISO 8601; null: it never ran. */
  began: string | null;
  ended: string | null;
  /** What went wrong, in words; null: nothing did. */
  failed: string | null;
  /** One sentence a suite. */
  verdicts: string[];
  /** Whether there is a report to read. */
  report: boolean;
}

export interface Desk {
  /** Null: no ingest was noted. */
  lastIngest(): Promise<IngestNote | null>;
  /** Brings the index up to date with the folder. Rejects as an ingest does, with `index_locked` while one runs. */
  ingest(onProgress?: (progress: UpdateProgress) => void): Promise<IngestOutcome>;
  /**
   * Notes what edition or series a file is, over what it says itself; null withdraws that. Takes effect with the next ingest. Rejects
   * with `bad_request` for a date or series that is none, `not_found` for a file no briefing was read from.
   */
  setEdition(source: string, set: { edition?: string; series?: string } | null): Promise<void>;
  /** What was noted so far, by file. */
  editionsSet(): Promise<Record<string, { edition?: string; series?: string }>>;
  /** Kept questions that found nothing, grouped by likeness, most frequent first. Null: questions are not kept. */
  unanswered(): Promise<{ asked: number; groups: QuestionGroup[] } | null>;
  /** Opinions of readers, grouped by likeness, those with most complaints first. */
  opinions(): Promise<OpinionGroup[]>;
  /** Marks questions and opinions as dealt with, or as open again. */
  settle(keys: readonly string[], settled: boolean): Promise<void>;
  /**
   * Makes evaluation cases of opinions, and of questions that were `rightly` declined or not; `keep` adds them to the file of the
   * settings. Rejects with `bad_request` for what is not known, or without such a file.
   */
  cases(
    of: { opinions: readonly string[]; questions: readonly { question: string; rightly: boolean }[] },
    keep: boolean,
  ): Promise<MadeCases>;
  /** File that cases are added to and the evaluation asks; null: none. */
  readonly casesFile: string | null;
  evaluation(): Promise<EvaluationState>;
  /** Begins a run. Rejects with `conflict` while one goes, `bad_request` without cases. */
  evaluate(): Promise<void>;
  /** The report of the last run as a page of its own; null: there is none. */
  report(): Promise<string | null>;
}

/** A briefing as the desk lists it. */
export interface DeskBriefing {
  id: string;
  title: string;
  source: string;
  series: string;
  edition: Edition;
  newest: boolean;
  paragraphs: number;
  sha256: string;
  /** Groups that may read it; absent: everybody who may ask. */
  access?: readonly (readonly string[])[];
}
