import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createEvaluationProcess } from '../adapters/evaluation-process.ts';
import { createFeedbackFile } from '../adapters/feedback-file.ts';
import { readIngestNote } from '../adapters/ingest-note.ts';
import type { IngestProcess } from '../adapters/ingest-process.ts';
import { packageRoot } from '../adapters/package-root.ts';
import { createQuestionLog } from '../adapters/question-log.ts';
import { createSettled } from '../adapters/settled.ts';
import type { Config } from '../config.ts';
import type { Desk } from '../core/desk.ts';
import { createDesk } from '../desk/index.ts';
import { readOverrides, setOverride } from '../editions/index.ts';
import type { RunningPilcrow } from './options.ts';
import { openLocal } from './store.ts';

/** Where it is kept what the last ingest said. */
export const ingestNoteOf = (config: Config): string => join(config.index, 'last-ingest.json');

/** What whoever looks after the briefings sees and does at `/desk`. */
export function openDesk(config: Config, ingester: IngestProcess, pilcrow: RunningPilcrow): Desk & { close(): void } {
  let local: ReturnType<typeof openLocal> | null = null;
  const { cases } = config;
  const evaluation = createEvaluationProcess({
    folder: join(config.data, 'evaluation'),
    cases,
    // The settings reach it as they reached this process; the index may have been named on the command line.
    command: ({ html, json }) => {
      const main = join(packageRoot(), 'dist', 'cli', 'main.js');
      return [process.execPath, main, 'eval', 'run', cases ?? '', '--index', config.index, '--report', html, '--report', json];
    },
  });
  const desk = createDesk({
    lastIngest: () => readIngestNote(ingestNoteOf(config)),
    ingester: {
      ingest: async (options) => {
        const outcome = await ingester.ingest(options);
        await pilcrow.refresh();
        return outcome;
      },
    },
    editions: { set: async (source, set) => void (await setOverride(config.corpus, source, set)), all: () => readOverrides(config.corpus) },
    sources: async () => new Set((await (await pilcrow.index()).briefings()).map(({ source }) => source)),
    questions: config.keep.questionDays === null ? null : createQuestionLog(join(config.data, 'questions')),
    feedback: createFeedbackFile(join(config.data, 'feedback')),
    settled: createSettled(join(config.data, 'settled.json')),
    // Likeness of questions needs no service, whatever the index was made with.
    embed: async (texts) => {
      local ??= openLocal(config);
      return (await local).embedDocuments(texts);
    },
    cases:
      cases === null
        ? null
        : {
            file: cases,
            read: () =>
              readFile(cases, 'utf8').catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? '' : Promise.reject(error))),
            add: async (text) => {
              await mkdir(dirname(cases), { recursive: true });
              await appendFile(cases, text, { mode: 0o600 });
            },
          },
    evaluation,
  });
  return { ...desk, close: evaluation.close };
}
