import type { Desk, EvaluationState, IngestNote, MadeCases } from '../core/desk.ts';
import { pilcrowError } from '../core/errors.ts';
import type { QuestionLog } from '../core/question-log.ts';
import type { FeedbackStore } from '../core/site.ts';
import type { Ingester } from '../core/updates.ts';
import { addition, type CaseCandidate, caseOfOpinion, caseOfQuestion, idOf } from './cases.ts';
import { type Embed, opinionsOf, unansweredOf } from './questions.ts';

export interface DeskParts {
  lastIngest(): Promise<IngestNote | null>;
  ingester: Pick<Ingester, 'ingest'>;
  editions: {
    set(source: string, set: { edition?: string; series?: string } | null): Promise<void>;
    all(): Promise<Record<string, { edition?: string; series?: string }>>;
  };
  /** Files briefings were read from. */
  sources(): Promise<ReadonlySet<string>>;
  /** Null: questions are not kept. */
  questions: Pick<QuestionLog, 'list'> | null;
  feedback: Pick<FeedbackStore, 'list'>;
  settled: { get(): ReadonlySet<string>; put(keys: ReadonlySet<string>): Promise<void> };
  embed: Embed;
  cases: { file: string; read(): Promise<string>; add(text: string): Promise<void> } | null;
  evaluation: { state(): Promise<EvaluationState>; start(): Promise<void>; report(): Promise<string | null> };
}

/** What whoever looks after the briefings does, over what is kept. */
export function createDesk({
  lastIngest,
  ingester,
  editions,
  sources,
  questions,
  feedback,
  settled,
  embed,
  cases,
  evaluation,
}: DeskParts): Desk {
  let ingesting = false;
  let changing: Promise<unknown> = Promise.resolve();
  /** One change after the other: each reads what the one before wrote. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = changing.then(work);
    changing = mine.catch(() => undefined);
    return mine;
  };
  return {
    lastIngest,
    casesFile: cases?.file ?? null,
    async ingest(onProgress) {
      if (ingesting) throw pilcrowError('index_locked', 'The folder is being read already.', { retryable: true });
      ingesting = true;
      try {
        return await ingester.ingest({ allowEmpty: false, onProgress });
      } finally {
        ingesting = false;
      }
    },
    async setEdition(source, set) {
      if (!(await sources()).has(source))
        throw pilcrowError('not_found', `No briefing was read from ${source}.`, { hint: 'Name a file as the list of briefings does.' });
      await inTurn(() => editions.set(source, set));
    },
    editionsSet: () => editions.all(),
    unanswered: async () => questions && unansweredOf(await questions.list(), embed, settled.get()),
    opinions: async () => opinionsOf(await feedback.list(), embed, settled.get()),
    settle: (keys, done) =>
      inTurn(async () => {
        const all = new Set(settled.get());
        for (const key of keys) {
          if (done) all.add(key);
          else all.delete(key);
        }
        await settled.put(all);
      }),
    cases: (of, keep) =>
      inTurn(async (): Promise<MadeCases> => {
        const known = new Map((await feedback.list()).map((one) => [one.id, one]));
        const made: CaseCandidate[] = of.opinions.map((id) => {
          const opinion = known.get(id);
          if (!opinion) throw pilcrowError('bad_request', `There is no feedback ${id}.`, { hint: 'It may have been removed by its age.' });
          return caseOfOpinion(opinion);
        });
        made.push(...of.questions.map(({ question, rightly }) => caseOfQuestion(question, rightly)));
        if (made.length === 0) throw pilcrowError('bad_request', 'Nothing was named to make a case of.');
        const yaml = `${made.map(({ lines }) => lines.join('\n')).join('\n\n')}\n`;
        const open = made.filter((one) => one.open).length;
        if (!keep) return { yaml, file: null, open };
        if (!cases)
          throw pilcrowError('bad_request', 'There is no file for cases.', { hint: 'Set PILCROW_CASES, or take the case as YAML.' });
        const there = await cases.read();
        const fresh = made.filter((one) => !there.includes(idOf(one)));
        if (fresh.length > 0) await cases.add(addition(fresh));
        return { yaml, file: cases.file, open };
      }),
    evaluation: () => evaluation.state(),
    evaluate: () => evaluation.start(),
    report: () => evaluation.report(),
  };
}
