import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createIngestProcess } from '../../src/adapters/ingest-process.ts';
import { start } from './helper.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-watch-'));
const corpus = join(folder, 'corpus');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const until = <T>(look: () => Promise<T> | T, matches: (found: T) => boolean) =>
  expect.poll(async () => matches(await look()), { interval: 200 }).toBe(true);

it('a service that watches answers from what changed, says what it could not take up, and takes it up later', async () => {
  mkdirSync(corpus);
  writeFileSync(join(corpus, 'ferries.md'), '# Ferries of Norhaven\n\nThe harbour of Norhaven has three ferries.\n');
  const server = start(['start', '--port', '0', '--json'], { cwd: folder, env: { PILCROW_WATCH: 'on' } });
  const { url } = JSON.parse((await server.printed(/^\{[^{}]*"url"[\s\S]*\n\}/m))[0]) as { url: string };
  const briefings = async () =>
    (await (await fetch(`${url}/v1/briefings`)).json()).briefings.map(({ source }: { source: string }) => source);
  const warnings = async () => (await (await fetch(`${url}/readyz`)).json()).warnings as string[];
  expect(await briefings()).toEqual(['ferries.md']);
  expect(await warnings()).toEqual([]);

  writeFileSync(join(corpus, 'quays.md'), '# Quays of Norhaven\n\nThe harbour of Norhaven has four quays.\n');
  await until(briefings, (found) => found.includes('quays.md'));
  const audit = () =>
    readFileSync(join(folder, 'data', 'audit.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  await until(audit, (events) => events.at(-1)?.added.includes('quays.md'));

  // Somebody takes all of them away by mistake, and puts them back.
  const away = join(folder, 'away');
  mkdirSync(away);
  for (const name of ['ferries.md', 'quays.md']) renameSync(join(corpus, name), join(away, name));
  await until(warnings, (found) => found.some((one) => one.includes('There is no briefing in')));
  expect(await briefings()).toEqual(['ferries.md', 'quays.md']);
  renameSync(join(away, 'ferries.md'), join(corpus, 'ferries.md'));
  await until(briefings, (found) => found.length === 1);
  await until(warnings, (found) => found.length === 0);
  server.stop();
  expect((await server.ended).code).toBe(0);
});

it('a process that watches and ends is told of and started again; one that has orders fails them', async () => {
  const lines: string[] = [];
  const module = join(folder, 'child.mjs');
  // Stands in for the process that ingests: the real one does not end on demand.
  writeFileSync(
    module,
    `let settings;
    process.on('message', (order) => {
      if (order.order === 'settings') return void process.send({ missed: { code: 'unavailable', message: 'Run ' + (settings = order.settings.RUN), hint: null, retryable: true } });
      if (order.order === 'check') process.exit(3);
      process.send({ id: order.id, done: null });
    });
    process.on('disconnect', () => process.exit(0));`,
  );
  const watching = createIngestProcess({
    module,
    settings: { RUN: 'away' },
    watch: true,
    longestPause: 1000,
    log: (_level, message) => lines.push(message),
  });
  try {
    await until(watching.warnings, (found) => found.some((one) => one.includes('Run away')));
    await expect(watching.check('a.md', 'a.md')).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    expect(watching.warnings()[0]).toContain('the process that watches it ended');
    await until(watching.warnings, (found) => found.length === 1 && found[0]!.includes('Run away'));
    expect(await watching.ingest({ allowEmpty: false })).toBeNull();
    expect(lines).toContain('the process that ingests ended');
  } finally {
    await watching.close();
  }
  await expect(watching.check('a.md', 'a.md')).rejects.toMatchObject({ code: 'unavailable' });
});
