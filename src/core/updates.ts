import type { Edition } from './model.ts';

/** How far an ingest is: `done` of `total` files, chunks or briefings. */
export interface UpdateProgress {
  stage: 'read' | 'embed' | 'write';
  done: number;
  total: number;
  /** While files are read: the one that was read last, and how many pages and paragraphs those read so far have. */
  file?: string;
  pages?: number;
  paragraphs?: number;
}

/** What became of one file, once the index with it (or without it) is published. */
export interface UpdateReport {
  file: string;
  action: 'added' | 'replaced' | 'unchanged' | 'removed';
  /** SHA-256 of the file, hex; null when it was removed. */
  sha256: string | null;
  /** Id of the snapshot that answers from now on. */
  snapshot: string;
  /** The briefing it is now; null when it was removed. */
  briefing: { id: string; title: string; series: string; edition: Edition; newest: boolean } | null;
  /** How many briefings there are now. */
  briefings: number;
  /** What is amiss with the file though it was read, and what was left out on purpose. */
  problems: { message: string; hint: string }[];
  notes: { message: string; hint: string }[];
  /** Series in which another edition is in force now. */
  newEditions: { series: string; briefing: string; title: string; edition: Edition }[];
}

/** What has to be true of the file that is there now; `sha256` null: nothing has to be there. */
export type Expectation = { is: 'absent' | 'present' } | { is: 'one of'; sha256: readonly string[] };

/** A file whose bytes arrived and were found good, not yet part of the folder. Nobody else brings one in until it is settled. */
interface ReceivedFile {
  sha256: string;
  /** Puts it into the folder and publishes; on failure folder and snapshot are as before. May be called once. */
  publish(onProgress?: (progress: UpdateProgress) => void): Promise<UpdateReport>;
}

/** The folder of briefings, as far as it can be changed while the service runs. One change at a time: another one is refused. */
export interface BriefingFiles {
  /** The name as it is kept and the most bytes its format may have. Throws `bad_request` for a name no briefing may have. */
  accept(name: string): { name: string; bytes: number };
  /**
   * Takes the bytes of a file in, which go to the disk as they come, and reads them once for a check. Rejects with
   * `index_locked` while another change is made, `conflict` when the file is not as expected or its text is there under another
   * name, `too_large`, `bad_document` with what is wrong with it, or whatever `body` throws. Nothing has changed then.
   */
  receive(
    name: string,
    body: () => AsyncIterable<Uint8Array>,
    options: { expected: Expectation | null; bytes: number },
  ): Promise<ReceivedFile>;
  /** Takes a file out of the folder and publishes. Rejects with `not_found`, `index_locked` or `conflict`; nothing has changed then. */
  remove(name: string, options: { expected: Expectation | null; onProgress?: (progress: UpdateProgress) => void }): Promise<UpdateReport>;
}

/** The process that ingests, as the folder uses it. Its rejections are PilcrowErrors. */
export interface Ingester {
  /** Reads one file as if it had that name; rejects with `bad_document`, `too_large` or `unavailable`. */
  check(name: string, path: string): Promise<void>;
  /** Publishes the folder as it is. `allowEmpty`: also without a briefing. */
  ingest(options: { allowEmpty: boolean; onProgress?: (progress: UpdateProgress) => void }): Promise<IngestOutcome>;
}

/** What an ingest did, as far as others than the command line want to know. */
export interface IngestOutcome {
  snapshot: string;
  unchanged: boolean;
  briefings: number;
  added: readonly string[];
  changed: readonly string[];
  removed: readonly string[];
  renamed: readonly { from: string; to: string }[];
  newEditions: UpdateReport['newEditions'];
  editions: readonly { id: string; title: string; series: string; edition: Edition; newest: boolean; source: string }[];
  problems: readonly { file: string; message: string; hint: string }[];
  notes: readonly { file: string; message: string; hint: string }[];
}
