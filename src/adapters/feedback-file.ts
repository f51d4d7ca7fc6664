import type { FeedbackRecord, FeedbackStore } from '../core/site.ts';
import { createDayFiles, type DayFiles } from './day-files.ts';

/** A file of 8 MB holds some 5,000 records; all feedback stays below 200 MB. The oldest goes first. */
const FILE_BYTES = 8_000_000;
export const MOST_FEEDBACK_BYTES = 200_000_000;
export const FEEDBACK_FAILED = 'The feedback could not be stored.';

/** Feedback as lines of JSON in one folder, a file for each day; `add` resolves when the record is on the disk. */
export function createFeedbackFile(
  folder: string,
  {
    fileBytes = FILE_BYTES,
    mostBytes = MOST_FEEDBACK_BYTES,
    now = Date.now,
  }: { fileBytes?: number; mostBytes?: number; now?: () => number } = {},
): FeedbackStore {
  const files = createDayFiles<FeedbackRecord>({
    folder,
    name: 'feedback',
    parse: feedbackRecord,
    failed: FEEDBACK_FAILED,
    sync: true,
    fileBytes,
    mostBytes,
    now,
  });
  return feedbackOver(files);
}

/** Feedback over records by day, wherever they are. */
export function feedbackOver(files: DayFiles<FeedbackRecord>): FeedbackStore {
  return {
    add: files.add,
    expire: files.expire,
    async list() {
      const latest = new Map<string, FeedbackRecord>();
      for (const one of await files.list()) {
        latest.delete(one.id);
        latest.set(one.id, one);
      }
      return [...latest.values()];
    },
  };
}

export function feedbackRecord(value: unknown): FeedbackRecord | null {
  const given = value as FeedbackRecord | null;
  return given && typeof given.id === 'string' && typeof given.question === 'string' && Array.isArray(given.citations) ? given : null;
}
