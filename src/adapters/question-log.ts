import type { Asker } from '../core/access.ts';
import type { Pilcrow } from '../core/ports.ts';
import type { KeptQuestion, QuestionLog } from '../core/question-log.ts';
import { createDayFiles } from './day-files.ts';

/** A question takes some 400 bytes, so a file holds some 40,000; the oldest goes when all are above the bound. */
const FILE_BYTES = 16_000_000;
export const MOST_QUESTION_BYTES = 1_000_000_000;
export const QUESTION_FAILED = 'The question could not be kept.';

/** Kept questions as lines of JSON in one folder, a file for each day. */
export function createQuestionLog(folder: string, now: () => number = Date.now): QuestionLog {
  const { add, list, expire, settled } = createDayFiles<KeptQuestion>({
    folder,
    name: 'questions',
    parse: keptQuestion,
    failed: QUESTION_FAILED,
    fileBytes: FILE_BYTES,
    mostBytes: MOST_QUESTION_BYTES,
    now,
  });
  return { add, list, expire, settled };
}

export function keptQuestion(value: unknown): KeptQuestion | null {
  const given = value as KeptQuestion | null;
  return given && typeof given.question === 'string' && typeof given.time === 'string' && Array.isArray(given.citations) ? given : null;
}

export interface Keeping {
  log: QuestionLog;
  /** Who asks; null: nobody does, and nothing is kept. */
  asker: () => Asker | null;
  /** See `createPseudonyms`. */
  nameOf: (asker: Asker) => string;
  /** Told when a question could not be kept; it is answered all the same. */
  failed: (error: Error) => void;
  now?: () => number;
}

/** The same service, with what is asked kept. What the service asks itself, to propose questions, is not. */
export function keepingQuestions<Service extends Pilcrow>(pilcrow: Service, keeping: Keeping): Service {
  const { log, asker, nameOf, failed, now = Date.now } = keeping;
  return {
    ...pilcrow,
    seenBy: (groups) => keepingQuestions(pilcrow.seenBy(groups), keeping),
    ask: async (request, options) => {
      const answer = await pilcrow.ask(request, options);
      const who = options?.quote ? null : asker();
      if (!who) return answer;
      try {
        const { status, outcome, citations } = answer;
        const kept = { time: new Date(now()).toISOString(), asker: nameOf(who), question: request.question, status, outcome };
        log.add({ ...kept, citations: [...new Set(citations.map(({ paragraph }) => paragraph))] }).catch(failed);
      } catch (error) {
        failed(error as Error);
      }
      return answer;
    },
  };
}
