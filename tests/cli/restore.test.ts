import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { run, start } from './helper.ts';

// Processes of their own, which on a busy machine take seconds to start.
vi.setConfig({ testTimeout: 240_000 });
const folder = mkdtempSync(join(tmpdir(), 'pilcrow-restore-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CASES = ['tune.yaml', 'tune-near.yaml', 'tune-facts.yaml'];
/** Fifty questions on the shipped corpus, some of which it does not answer. */
const questions = CASES.flatMap((file) => parse(readFileSync(join('evals', 'cases', file), 'utf8')) as { question: string }[])
  .filter((_, at, all) => at % Math.floor(all.length / 50) === 0)
  .slice(0, 50)
  .map(({ question }) => question);

const command = async (cwd: string, ...args: string[]) => {
  const ended = await run(args, { cwd });
  expect(ended, args.join(' ')).toMatchObject({ code: 0 });
  return ended.stdout;
};

interface Answered {
  answer: string;
  status: string;
  snapshot: string;
  citations: { paragraph: string; quote: { exact: string } }[];
}
/** What a service in a folder answers to them, asked with a key. */
async function answersOf(cwd: string, keys: { good: string; revoked: string }): Promise<Answered[]> {
  const server = start(['serve', '--port', '0', '--json'], { cwd, env: { PILCROW_ACCESS: 'keys' } });
  const { url } = JSON.parse((await server.printed(/^\{[\s\S]*\n\}/))[0]);
  const ask = (question: string, key: string) =>
    fetch(`${url}/v1/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ question }),
    });
  expect((await ask('Anything?', keys.revoked)).status).toBe(401);
  const answers: Answered[] = [];
  for (const question of questions) {
    const response = await ask(question, keys.good);
    expect(response.status).toBe(200);
    // What to ask next is proved while there is time: on a busy machine there may be none.
    const { suggestions: _, ...answer } = (await response.json()) as Answered & { suggestions: unknown };
    answers.push(answer);
  }
  server.stop();
  expect((await server.ended).code).toBe(0);
  return answers;
}

it('what the documentation says to copy answers fifty questions alike in an empty folder, with the keys as they were', async () => {
  expect(questions).toHaveLength(50);
  const lived = join(folder, 'lived');
  const corpus = join(lived, 'corpus');
  mkdirSync(lived);
  cpSync(resolve('corpus'), corpus, { recursive: true });
  await command(lived, 'ingest');
  // A briefing that was changed: ids are of its history now, not of where its paragraphs stand.
  const [file = ''] = readdirSync(corpus)
    .filter((name) => name.endsWith('.md'))
    .sort();
  const text = readFileSync(join(corpus, file), 'utf8');
  const heading = text.indexOf('\n## ');
  writeFileSync(
    join(corpus, file),
    `${text.slice(0, heading)}\n\nThe canteen of the archive closes at four on Fridays.\n${text.slice(heading)}`,
  );
  await command(lived, 'editions', 'set', file, '--edition', '2019-06');
  const made = async (name: string) =>
    JSON.parse(await command(lived, 'key', 'create', '--name', name, '--scope', 'ask', '--json')).key as string;
  const keys = { good: await made('good'), revoked: await made('revoked') };
  await command(lived, 'key', 'revoke', 'revoked');
  const before = await answersOf(lived, keys);
  expect(before.filter(({ status }) => status === 'answered').length).toBeGreaterThan(20);
  expect(before.filter(({ status }) => status === 'not_found').length).toBeGreaterThan(0);

  // docs/operate.md, "Backup": corpus; pointer, then snapshots; data last.
  const restored = join(folder, 'restored');
  mkdirSync(join(restored, 'index'), { recursive: true });
  cpSync(corpus, join(restored, 'corpus'), { recursive: true });
  cpSync(join(lived, 'index', 'current'), join(restored, 'index', 'current'));
  cpSync(join(lived, 'index', 'snapshots'), join(restored, 'index', 'snapshots'), { recursive: true });
  cpSync(join(lived, 'data'), join(restored, 'data'), { recursive: true });
  await command(restored, 'verify');
  expect(await command(restored, 'ingest')).toContain('Nothing has changed');
  expect(await answersOf(restored, keys)).toEqual(before);

  // Without the index, from the briefings alone: the same words, though an id may be another one.
  const rebuilt = join(folder, 'rebuilt');
  mkdirSync(rebuilt);
  for (const name of ['corpus', 'data']) cpSync(join(lived, name), join(rebuilt, name), { recursive: true });
  expect(existsSync(join(rebuilt, 'index'))).toBe(false);
  await command(rebuilt, 'ingest');
  const words = (answers: Answered[]) =>
    answers.map(({ answer, status, citations }) => ({ answer, status, quotes: citations.map(({ quote }) => quote.exact) }));
  expect(words(await answersOf(rebuilt, keys))).toEqual(words(before));
});
