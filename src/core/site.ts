import type { AnswerStatus } from './model.ts';

/** What lets the pages of some origins ask. It stands in those pages, so it is public: it opens nothing but asking and feedback. */
export interface SiteToken {
  /** `site_` and 32 hexadecimal digits. */
  token: string;
  label: string | null;
  /** As browsers send them: scheme, host and port if not the usual one. Never empty. */
  origins: string[];
  /** Questions a minute, all visitors together, 1..100000. */
  rate: number;
  /** ISO 8601. */
  created: string;
}

export interface SiteTokens {
  /** The tokens in force, by their text: the same map until something changes, which is seen within a second. */
  all(): ReadonlyMap<string, SiteToken>;
}

export interface SiteTokenStore extends SiteTokens {
  create(origins: readonly string[], options?: { label?: string | null; rate?: number }): Promise<SiteToken>;
  /** Takes a token back, by its text or label. Resolves to it, or to null when there is none; rejects when a label fits several. */
  revoke(which: string): Promise<SiteToken | null>;
}

/** What a reader thought of an answer. Nothing tells who it was. */
export interface FeedbackRecord {
  /** Of the answer: a later record with the same id takes the place of an earlier one. */
  id: string;
  /** ISO 8601, UTC. */
  time: string;
  verdict: 'up' | 'down';
  comment: string | null;
  question: string;
  answer: string;
  status: AnswerStatus;
  mode: 'extractive' | 'generative';
  snapshot: string;
  citations: { paragraph: string; edition: string | null; quote: string }[];
  /** Label of the site token it came with; null for the service's own pages. */
  site: string | null;
}

export interface FeedbackStore {
  /** Resolves when the record is on the disk. */
  add(record: FeedbackRecord): Promise<void>;
  /** Oldest first, the latest record of each id. */
  list(): Promise<FeedbackRecord[]>;
  /** Removes all days but the latest `days`, today among them; 0: everything. Resolves to how many records went. */
  expire(days: number): Promise<number>;
}
