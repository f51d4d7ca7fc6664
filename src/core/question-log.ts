import type { AnswerStatus, Outcome } from './model.ts';

/** What is kept of a question, where it is kept at all: this and nothing else. */
export interface KeptQuestion {
  /** ISO 8601, UTC. */
  time: string;
  /** Another name for whoever asked, 16 hexadecimal digits: the same for a day, then another, and made from nothing that is kept. */
  asker: string;
  question: string;
  status: AnswerStatus;
  outcome: Outcome;
  /** Ids of the paragraphs the answer cites. */
  citations: string[];
}

export interface QuestionLog {
  /** Resolves when the record is written. */
  add(record: KeptQuestion): Promise<void>;
  /** Oldest first. */
  list(): Promise<KeptQuestion[]>;
  /** Removes all days but the latest `days`, today among them; 0: everything. Resolves to how many records went. */
  expire(days: number): Promise<number>;
  /** Resolves when what was added so far is written. */
  settled(): Promise<void>;
}
