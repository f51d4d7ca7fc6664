import type { Briefing } from './model.ts';

/** A file a briefing was read from, opened; `close` it. */
export interface Original {
  /** Bytes. */
  size: number;
  /** Bytes `start` to `end`, exclusive, as they are read. */
  read(start: number, end: number): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** The files briefings were read from, for whoever may read the briefings. */
export interface Originals {
  /** Null when the file is gone, or is not the one the briefing was read from any more. */
  open(briefing: Pick<Briefing, 'source' | 'sha256'>): Promise<Original | null>;
}
