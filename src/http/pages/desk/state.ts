import type { EvaluationState, MadeCases, OpinionGroup, QuestionGroup } from '../../../core/desk.ts';
import type { DeskOverview, Progress } from './client.ts';

export const SECTIONS = ['overview', 'briefings', 'questions', 'opinions', 'evaluation'] as const;
export type DeskSection = (typeof SECTIONS)[number];
/** What is under way, in words, and how far it is where that is known. */
export interface DeskWork {
  what: string;
  progress: Progress | null;
}

/** All that the page shows. Null: not known yet. */
export interface State {
  section: DeskSection;
  overview: DeskOverview | null;
  questions: { kept: boolean; asked: number; groups: QuestionGroup[] } | null;
  opinions: OpinionGroup[] | null;
  evaluation: EvaluationState | null;
  work: DeskWork | null;
  /** What happened last, good or bad. */
  said: { words: string; bad: boolean } | null;
  /** What became of files that were brought in. */
  brought: { file: string; words: string; bad: boolean }[];
  /** Words the list of briefings is narrowed by. */
  filter: string;
  /** Whether what was dealt with is shown as well. */
  settled: boolean;
  /** File whose edition is being corrected. */
  correcting: string | null;
  /** Cases that were just made. */
  made: MadeCases | null;
}

export const state: State = {
  section: 'overview',
  overview: null,
  questions: null,
  opinions: null,
  evaluation: null,
  work: null,
  said: null,
  brought: [],
  filter: '',
  settled: false,
  correcting: null,
  made: null,
};

/** What the parts of the page do; made in desk.ts, where the state is drawn. */
export interface Actions {
  draw(): void;
  /** Does what takes a while: one at a time, its end or failure told. */
  work(what: string, run: (onProgress: (progress: Progress) => void) => Promise<string>): Promise<void>;
  load(section: DeskSection): Promise<void>;
  say(words: string, bad?: boolean): void;
}
