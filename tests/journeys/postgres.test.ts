import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { run, startProcess } from '../cli/helper.ts';
import { BRIEFINGS, temporaryCorpus } from '../fixtures/corpus.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });
const folders = temporaryCorpus();
const schema = `journey_${randomBytes(4).toString('hex')}`;
let database: Record<string, string>;
let close = async (): Promise<void> => {};

/** A port nobody listens at. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

beforeAll(async () => {
  let url = process.env.TEST_DATABASE_URL;
  if (!url) {
    // A server as `pg` meets it, but over one session that all connections share: its locks keep nobody out, and a statement so long that it
    // arrives in pieces may meet those of others. So nothing is asked while something is written.
    const db = await PGlite.create({ extensions: { vector } });
    const port = await freePort();
    const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port, maxConnections: 60 });
    await server.start();
    close = async () => {
      await server.stop();
      await db.close();
    };
    url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  }
  database = { DATABASE_URL: url, PILCROW_DATABASE_SCHEMA: schema, PILCROW_DATABASE_SECONDS: '120', PILCROW_DATABASE_CONNECTIONS: '2' };
});
afterAll(async () => {
  await close();
  folders.remove();
});

async function serve(env: Record<string, string>) {
  const service = startProcess(['serve', '--port', '0'], { cwd: folders.root, env });
  const [url] = await service.printed(/http:\/\/\S+/);
  const ask = async (question: string, edition?: string): Promise<Record<string, unknown>> => {
    const response = await fetch(`${url}/v1/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ question, edition }),
    });
    const body = (await response.json()) as Record<string, unknown>;
    expect(response.status, String(body.detail)).toBe(200);
    return body;
  };
  const stop = (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
    service.kill(signal);
    return service.ended;
  };
  return { ask, stop, url };
}

const QUESTIONS: [question: string, edition?: string][] = [
  ['How many ferries does the Ministry of Transport of Norland run?'],
  ['How high is the lighthouse at Cape Varde?'],
  ['How many harbours does Norland have?', '2019'],
  ['How many harbours does Norland have?'],
  ['How long does the Kittiwake take to cross the Great Sound?'],
  ['How many walruses were counted in 2024?'],
  ['When was the ligthouse at Cape Varde built?'],
  ['Who wrote the national anthem of Norland?'],
];
const shown = ({ status, outcome, answer, sentences, citations, notes }: Record<string, unknown>) => ({
  status,
  outcome,
  answer,
  sentences,
  notes,
  // The id of the snapshot is in the address of a citation's page.
  citations: (citations as { paragraph: string; start: number; end: number }[]).map(({ paragraph, start, end }) => [paragraph, start, end]),
});

test('services whose threads answer share an index in a database, take up what another process publishes, and outlive one another', async () => {
  expect(await run(['ingest'], { cwd: folders.root })).toMatchObject({ code: 0 });
  const alone = await serve({ PILCROW_WORKERS: '0' });
  const expected = [];
  for (const [question, edition] of QUESTIONS) expected.push(shown(await alone.ask(question, edition)));
  expect((await alone.stop()).code).toBe(0);
  expect(expected[0]?.answer).toContain('15 ferries');

  expect(await run(['ingest'], { cwd: folders.root, env: database })).toMatchObject({ code: 0 });
  const [one, other] = await Promise.all([serve({ ...database, PILCROW_WORKERS: '2' }), serve({ ...database, PILCROW_WORKERS: '1' })]);
  // At once, so that both threads have some, and each others of its own.
  for (const { ask } of [one, other]) {
    const answers = await Promise.all(QUESTIONS.map(([question, edition]) => ask(question, edition)));
    expect(answers.map(shown)).toEqual(expected);
  }

  const ferries = () => Promise.all([one, other].map(async ({ ask }) => String((await ask(QUESTIONS[0]![0])).answer)));
  writeFileSync(join(folders.corpus, 'harbours-2026.md'), BRIEFINGS['harbours-2026.md']!.replace('15 ferries', '17 ferries'));
  const ingested = run(['ingest'], { cwd: folders.root, env: database });
  let published = false;
  void ingested.then(() => {
    published = true;
  });
  // Whatever is asked meanwhile is answered from one snapshot or the other.
  while (!published && process.env.TEST_DATABASE_URL) for (const answer of await ferries()) expect(answer).toMatch(/\b1[57] ferries\b/);
  expect(await ingested).toMatchObject({ code: 0 });
  while (!(await ferries()).every((answer) => answer.includes('17 ferries')));

  await other.stop('SIGKILL');
  expect((await one.ask(QUESTIONS[0]![0])).answer).toContain('17 ferries');
  expect((await (await fetch(`${one.url}/readyz`)).json()).warnings).toEqual([]);
  expect(await one.stop()).toMatchObject({ code: 0, stderr: '' });
});
