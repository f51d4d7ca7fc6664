import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEvaluationProcess } from '../../src/adapters/evaluation-process.ts';
import { createFeedbackFile } from '../../src/adapters/feedback-file.ts';
import { createQuestionLog } from '../../src/adapters/question-log.ts';
import { createEndedSessions, createSeal } from '../../src/adapters/seal.ts';
import { createSettled } from '../../src/adapters/settled.ts';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import type { ApiKey, ApiKeys } from '../../src/core/access.ts';
import type { IngestOutcome } from '../../src/core/updates.ts';
import { createDesk } from '../../src/desk/desk.ts';
import { readOverrides, setOverride } from '../../src/editions/overrides.ts';
import { createDeskSessions } from '../../src/http/desk/session.ts';

export const OUTCOME: IngestOutcome = {
  snapshot: 'tiny-2',
  unchanged: false,
  briefings: 3,
  added: ['new.md'],
  changed: [],
  removed: [],
  renamed: [],
  newEditions: [],
  editions: [],
  problems: [{ file: 'broken.pdf', message: 'It is damaged.', hint: 'Print it again.' }],
  notes: [],
};

/** A desk over a folder of its own, with everything real but the ingest, which tells how far it is and ends. */
export function tinyDesk({ keys, list = [], withCases = false }: { keys: ApiKeys; list?: ApiKey[]; withCases?: boolean }) {
  const folder = mkdtempSync(join(tmpdir(), 'pilcrow-desk-'));
  const questions = createQuestionLog(join(folder, 'questions'));
  const feedback = createFeedbackFile(join(folder, 'feedback'));
  const file = join(folder, 'cases.yaml');
  const desk = createDesk({
    lastIngest: async () => ({ time: '2026-03-01T10:00:00.000Z', failed: null, problems: [...OUTCOME.problems], notes: [] }),
    ingester: {
      ingest: async ({ onProgress }) => {
        onProgress?.({ stage: 'read', done: 1, total: 2, file: 'new.md' });
        return OUTCOME;
      },
    },
    editions: { set: async (source, set) => void (await setOverride(folder, source, set)), all: () => readOverrides(folder) },
    sources: async () => new Set(['harbours-2026.md', 'harbours-2019.md']),
    questions,
    feedback,
    settled: createSettled(join(folder, 'settled.json')),
    embed: async (texts) => (await createStaticEmbedder({})).embedDocuments(texts),
    cases: withCases
      ? { file, read: async () => (existsSync(file) ? readFileSync(file, 'utf8') : ''), add: (text) => appendFile(file, text) }
      : null,
    evaluation: createEvaluationProcess({ folder: join(folder, 'evaluation'), cases: null, command: () => [] }),
  });
  const sessions = createDeskSessions({
    seal: createSeal(join(folder, 'session.key')),
    ended: createEndedSessions(join(folder, 'ended-sessions.json')),
    publicUrl: null,
    keys: { list: () => list },
  });
  return { desk: { desk, sessions, keys }, questions, feedback, file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
