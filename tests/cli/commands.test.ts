import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../src/core/model.ts';
import { BRIEFINGS, temporaryCorpus } from '../fixtures/corpus.ts';
import { eventually } from '../fixtures/held.ts';
import { complaints, run, runProcess, start, startProcess } from './helper.ts';

const folders = temporaryCorpus();
const here = { cwd: folders.root };
beforeAll(async () => {
  const { code, stderr } = await run(['ingest'], here);
  // On a slow machine it says how far it is.
  expect(complaints(stderr)).toBe('');
  expect(code).toBe(0);
});
afterAll(() => folders.remove());

test('ingest sums up what it did, and says when nothing changed', async () => {
  const other = join(folders.root, 'other');
  const first = await run(['ingest', folders.corpus, '--index', other], here);
  expect(first.stdout).toMatch(/^3 briefings, \d+ paragraphs, \d+ chunks \(\d+ embedded, 0 reused\) in /);
  expect(first.stdout).toContain('Harbours of Norland · March 2026 edition, stated · harbours-of-norland');
  const second = await run(['ingest', folders.corpus, '--index', other], here);
  expect(second.stdout).toMatch(/^Nothing has changed/);
  const json = JSON.parse((await run(['ingest', folders.corpus, '--index', other, '--json'], here)).stdout);
  expect(json).toMatchObject({ event: 'unchanged', unchanged: true, briefings: 3, problems: [] });
  const anew = await run(['ingest', folders.corpus, '--index', join(folders.root, 'third'), '--json'], here);
  const events = anew.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  // Each stage says when it is through, and what was done comes last.
  for (const stage of ['read', 'embed', 'write'])
    expect(events).toContainEqual(
      expect.objectContaining({ event: 'progress', stage, done: events.findLast((one) => one.stage === stage).total }),
    );
  expect(events.find(({ stage }) => stage === 'read')).toMatchObject({
    file: expect.any(String),
    pages: 0,
    paragraphs: expect.any(Number),
  });
  expect(events.at(-1)).toMatchObject({ event: 'published', briefings: 3, added: expect.any(Array) });
  const planned = await run(['ingest', folders.corpus, '--index', other, '--json', '--dry-run'], here);
  expect(JSON.parse(planned.stdout.trim().split('\n').at(-1)!)).toMatchObject({ event: 'planned', unchanged: true });
});

test('ask shows the answer with edition, headings, paragraph and quote', async () => {
  const { code, stdout, stderr } = await run(['ask', 'How many harbours does Norland have?'], here);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Norland has 9 harbours\. \[1\]/m);
  expect(stdout).toContain('[1] Harbours of Norland, March 2026 edition');
  expect(stdout).toMatch(/Overview › \S+#p\d+/);
  expect(stdout).toContain('“Norland has 9 harbours.');
  expect(stdout).not.toContain('passages');
});

test('ask takes a question without quotation marks', async () => {
  const { code, stdout } = await run(['ask', 'How', 'many', 'harbours', 'does', 'Norland', 'have?'], here);
  expect([code, stdout.split('\n')[0]]).toEqual([0, expect.stringContaining('Norland has 9 harbours. [1]')]);
});

test.runIf(existsSync('/dev/full'))('output that cannot be written is a failure', () => {
  const command = `"${process.execPath}" "${resolve('dist/cli/main.js')}" ask harbours > /dev/full`;
  const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: folders.root, encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, expect.stringContaining('cannot be written')]);
});

test('ask takes an edition, a question from standard input, and gives JSON', async () => {
  const { stdout } = await run(['ask', '-', '--edition', '2019', '--json'], { ...here, input: 'How many harbours does Norland have?\n' });
  const answer = JSON.parse(stdout) as Answer;
  expect(answer.answer).toContain('7 harbours');
  expect(answer.citations[0]!.briefing.edition.date).toBe('2019');
});

test('ask explains every step', async () => {
  const question = 'How high is the lighthouse at Cape Varde?';
  const { stdout } = await run(['ask', question, '--explain'], here);
  expect(stdout).toMatch(/^\w+ \d+\.\d\d ms$/m);
  expect(stdout).toContain('31 metres');
  const json = JSON.parse((await run(['ask', question, '--explain', '--json'], here)).stdout);
  expect(json.trace.steps.length).toBeGreaterThan(2);
});

test('not in the briefings is an answer, not a failure', async () => {
  const { code, stdout } = await run(['ask', 'Who won the chess olympiad in Budapest?', '--json'], here);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).status).toBe('not_found');
});

test('what a document says cannot act on the terminal', async () => {
  for (const args of [[], ['--explain'], ['--json']]) {
    const { code, stdout } = await run(['ask', 'How many walruses did the Walrus Commission count?', ...args], here);
    expect(code).toBe(0);
    expect(stdout).toContain('4,321');
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  }
});

test.each([
  ['an unknown command', ['fly'], 'unknown command'],
  ['an unknown option', ['ask', 'x', '--loud'], 'unknown option'],
  ['no question', ['ask'], 'missing required argument'],
  ['an empty question', ['ask', '  '], 'The question is empty.'],
  ['a limit out of range', ['ask', 'x', '--limit', '50'], 'from 1 to 20'],
  ['a port that is none', ['serve', '--port', 'http'], 'A port is'],
])('%s is wrong usage', async (_, args, words) => {
  const { code, stderr, stdout } = await run(args, here);
  expect(stderr).toContain(words);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

test.each([
  [0, 'an answer', ['ask', 'How', 'many', 'harbours', 'does', 'Norland', 'have?'], '9 harbours'],
  [1, 'a failure', ['ask', 'x', '--index', 'empty'], 'No briefings have been indexed'],
  [2, 'wrong usage', ['ask'], 'missing required argument'],
  [3, 'no answer where one is asked for', ['ask', 'Who won the chess olympiad in Budapest?', '--strict'], ''],
])('a process ends with %i after %s, and says it on the stream it belongs to', async (expected, _, args, words) => {
  const { code, stdout, stderr } = await runProcess(args, here);
  const said = expected === 0 || expected === 3 ? [stdout, stderr] : [stderr, stdout];
  expect([code, ...said]).toEqual([expected, expect.stringContaining(words), '']);
});

test('wrong settings are listed together', async () => {
  const { code, stderr } = await run(['doctor'], { ...here, env: { PILCROW_PORT: 'x', PILCROW_LOG: 'y' } });
  expect(code).toBe(2);
  expect(stderr).toContain('PILCROW_PORT');
  expect(stderr).toContain('PILCROW_LOG');
  expect(stderr).not.toContain('    at ');
});

test('without an index the failure says what to do, and no stack unless debugging', async () => {
  const args = ['ask', 'Anything?', '--index', join(folders.root, 'empty')];
  const plain = await run(args, here);
  expect(plain.code).toBe(1);
  expect(plain.stderr).toBe(
    'pilcrow: No briefings have been indexed yet.\n  Run `pilcrow ingest` (or `npm start`, which does it first).\n',
  );
  expect((await run(args, { ...here, env: { PILCROW_LOG: 'debug' } })).stderr).toContain('    at ');
});

test('help shows examples, version is one', async () => {
  const help = await run(['--help'], here);
  expect(help.code).toBe(0);
  expect(help.stdout).toContain('Examples:');
  expect((await run(['ask', '--help'], here)).stdout).toContain('Exits with 0');
  expect((await run(['--version'], here)).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('doctor finds a sound set-up, a changed corpus and a missing index', async () => {
  const sound = JSON.parse((await run(['doctor', '--json'], here)).stdout);
  expect(sound.healthy).toBe(true);
  expect(sound.checks.find((one: { name: string }) => one.name === 'freshness').state).toBe('good');
  const changed = temporaryCorpus({ ...BRIEFINGS, 'harbours-2026.md': 'Norland has 10 harbours.', 'new.md': '# New\n\nThis is new.' });
  try {
    const { stdout, code } = await run(['doctor', '--corpus', changed.corpus], here);
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toContain('harbours-2026.md changed, new.md is not in it');
  } finally {
    changed.remove();
  }
  const missing = await run(['doctor', '--index', join(folders.root, 'none')], here);
  expect(missing.code).toBe(1);
  expect(missing.stdout).toContain('Run `pilcrow ingest`.');
});

test('start indexes, serves, prints the address, and stops cleanly', async () => {
  const fresh = temporaryCorpus();
  try {
    const service = startProcess(['start', '--port', '0'], { cwd: fresh.root });
    const [, url] = await service.printed(/Pilcrow answers at (\S+)/);
    const response = await fetch(`${url}/v1/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ question: 'How many harbours does Norland have?' }),
    });
    expect((await response.json()).answer).toContain('9 harbours');
    service.stop();
    const { code, stderr } = await service.ended;
    expect(complaints(stderr)).toBe('');
    expect(code).toBe(0);
  } finally {
    fresh.remove();
  }
});

test('start serves the index there is when the corpus cannot be read', async () => {
  const service = start(['start', '--port', '0', '--corpus', join(folders.root, 'gone')], here);
  const [, url] = await service.printed(/Pilcrow answers at (\S+)/);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  service.stop();
  const { code, stderr } = await service.ended;
  expect(code).toBe(0);
  expect(stderr).toContain('The index was not brought up to date');
});

test('a busy port is named with the way out', async () => {
  const busy = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => busy.once('listening', resolve));
  const { port } = busy.address() as AddressInfo;
  const { code, stderr } = await run(['serve', '--port', String(port)], here);
  busy.close();
  expect(code).toBe(1);
  expect(stderr).toContain(`Port ${port} on 127.0.0.1 is already in use.`);
  expect(stderr).toContain('--port');
});

test('a running service takes up a new index, and an interrupted ingest leaves the old one', async () => {
  const changing = temporaryCorpus();
  try {
    expect((await run(['ingest'], { cwd: changing.root })).code).toBe(0);
    const service = start(['serve', '--port', '0'], { cwd: changing.root });
    const [, url] = await service.printed(/Pilcrow answers at (\S+)/);
    const snapshot = async () => (await (await fetch(`${url}/readyz`)).json()).snapshot.id as string;
    const before = await snapshot();

    const filler = Array.from(
      { length: 4000 },
      (_, index) => `Paragraph ${index} of a long report on matter ${index * 7919} tells of ${index} things.`,
    );
    writeFileSync(join(changing.corpus, 'long.md'), `# Long report\n\n${filler.join('\n\n')}\n`);
    const interrupted = startProcess(['ingest'], { cwd: changing.root });
    await eventually(() => expect(existsSync(join(changing.index, 'lock'))).toBe(true));
    interrupted.kill('SIGINT');
    const stopped = await interrupted.ended;
    if (stopped.code !== 0) expect(complaints(stopped.stderr)).toBe('pilcrow: stopped\n');
    else expect(stopped.stdout).toContain('4 briefings'); // a machine that was done sooner
    if (stopped.code !== 0) expect(await snapshot()).toBe(before);

    writeFileSync(join(changing.corpus, 'long.md'), '# Short report\n\nNorland has 3 windmills.\n');
    expect((await run(['ingest'], { cwd: changing.root })).code).toBe(0);
    // It is opened beside the one that answers, which takes as long as it takes.
    await eventually(async () => expect(await snapshot()).not.toBe(before));
    service.stop();
    expect((await service.ended).code).toBe(0);
    expect(existsSync(changing.index) && readdirSync(changing.index).some((file) => file.endsWith('.lock'))).toBe(false);
  } finally {
    changing.remove();
  }
});
