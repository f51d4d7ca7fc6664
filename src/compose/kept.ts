import { join } from 'node:path';
import type { DayFiles } from '../adapters/day-files.ts';
import { createFeedbackFile, FEEDBACK_FAILED, feedbackOver, feedbackRecord, MOST_FEEDBACK_BYTES } from '../adapters/feedback-file.ts';
import type { DayRecordsOptions } from '../adapters/postgres/index.ts';
import { createPseudonyms, forgetKeys } from '../adapters/pseudonyms.ts';
import { createQuestionLog, keepingQuestions, keptQuestion, MOST_QUESTION_BYTES, QUESTION_FAILED } from '../adapters/question-log.ts';
import type { Config, DatabaseConfig } from '../config.ts';
import type { Asking } from '../core/asking.ts';
import type { Pilcrow } from '../core/ports.ts';
import type { QuestionLog } from '../core/question-log.ts';
import type { FeedbackStore } from '../core/site.ts';

const HOUR = 3_600_000;
/** After how long it is told again that something cannot be written. */
const TOLD_AGAIN = 24 * HOUR;

/** What readers thought of answers. */
export function openFeedback(config: Config): FeedbackStore {
  if (!config.database) return createFeedbackFile(join(config.data, 'feedback'));
  const how = { kind: 'feedback', parse: feedbackRecord, failed: FEEDBACK_FAILED, mostBytes: MOST_FEEDBACK_BYTES };
  return feedbackOver(recordsIn(config.database, how));
}

/** Questions that were kept. */
export function openQuestionLog(config: Config): QuestionLog {
  if (!config.database) return createQuestionLog(join(config.data, 'questions'));
  const how = { kind: 'questions', parse: keptQuestion, failed: QUESTION_FAILED, mostBytes: MOST_QUESTION_BYTES };
  return recordsIn(config.database, how);
}

/** Records by day in a database, which is connected to when the first is written or read. */
function recordsIn<T>(
  { url, ...options }: DatabaseConfig,
  how: Pick<DayRecordsOptions<T>, 'kind' | 'parse' | 'failed' | 'mostBytes'>,
): DayFiles<T> {
  let opened: Promise<DayFiles<T>> | null = null;
  const records = (): Promise<DayFiles<T>> => {
    opened ??= import('../adapters/postgres/index.ts').then(({ connectPostgres, createDayRecords }) =>
      createDayRecords({ ...how, database: connectPostgres({ url: url(), ...options, connections: 2 }), schema: options.schema }),
    );
    return opened;
  };
  return {
    add: async (record) => (await records()).add(record),
    list: async () => (await records()).list(),
    expire: async (days) => (await records()).expire(days),
    settled: async () => (await opened)?.settled(),
  };
}

/** The same service with its questions kept, where the settings say so. What cannot be kept is told once, and then again when a day has passed. */
export function keepQuestions<Service extends Pilcrow>(
  config: Config,
  pilcrow: Service,
  asking: Asking,
  failed: (error: Error) => void,
): { pilcrow: Service; settled(): Promise<void> } {
  if (config.keep.questionDays === null) return { pilcrow, settled: async () => {} };
  const log = openQuestionLog(config);
  const nameOf = createPseudonyms(join(config.data, 'questions'));
  let told = Number.NEGATIVE_INFINITY;
  const tell = (error: Error): void => {
    if (performance.now() - told < TOLD_AGAIN) return;
    told = performance.now();
    failed(error);
  };
  return { pilcrow: keepingQuestions(pilcrow, { log, asker: asking.current, nameOf, failed: tell }), settled: log.settled };
}

/** Removes questions, keys of their askers' names and feedback that are older than the settings say. */
async function forgetOld(config: Config): Promise<void> {
  const { questionDays, feedbackDays } = config.keep;
  forgetKeys(join(config.data, 'questions'));
  if (questionDays !== null) await openQuestionLog(config).expire(questionDays);
  if (feedbackDays !== null) await openFeedback(config).expire(feedbackDays);
}

/** Does so now and every hour. */
export function forgetting(config: Config, failed: (error: Error) => void): { stop(): void } {
  const look = () => void forgetOld(config).catch(failed);
  look();
  const timer = setInterval(look, HOUR);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
