import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../src/core/model.ts';
import { temporaryCorpus } from '../fixtures/corpus.ts';
import { run, startProcess } from './helper.ts';

const folders = temporaryCorpus();
const here = { cwd: folders.root };
beforeAll(async () => {
  expect((await run(['ingest'], here)).code).toBe(0);
});
afterAll(() => {
  for (const child of talking) child.kill('SIGKILL');
  folders.remove();
});

/** A process one talks with. */
function converse(command: string, args: string[]) {
  const env = { PATH: process.env.PATH, HOME: folders.root, TERM: 'xterm', NO_COLOR: '1' };
  const child = spawn(command, args, { cwd: folders.root, env });
  talking.add(child);
  let text = '';
  const watchers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (part) => {
    text += part;
    for (const watch of watchers) watch();
  });
  return {
    say: (words: string) => void child.stdin.write(words),
    seen: () => text,
    until: (holds: (text: string) => boolean) =>
      new Promise<void>((found) => {
        const watch = () => {
          if (!holds(text)) return;
          watchers.delete(watch);
          found();
        };
        watchers.add(watch);
        watch();
      }),
    ended: new Promise<number | null>((done) => child.on('close', done)),
  };
}
const talking = new Set<ChildProcess>();
const MAIN = resolve('dist/cli/main.js');

const chat = (lines: string[], args: string[] = [], env: Record<string, string> = {}) =>
  run(['chat', ...args], { ...here, env, input: `${lines.join('\n')}\n` });

test('every line on a pipe is a question, a later one goes on from those before, and sources stand below', async () => {
  const { code, stdout, stderr } = await chat(['How many harbours does Norland have?', 'and in 2019?']);
  expect([code, stderr]).toEqual([0, '']);
  const [first, second] = stdout.split('› and in 2019?\n') as [string, string];
  expect(first).toMatch(/^› How many harbours does Norland have\?\nNorland has 9 harbours\. \[1\]/);
  expect(first).toContain('[1] Harbours of Norland, March 2026 edition');
  expect(second).toContain('7 harbours');
  expect(second).toContain('2019 edition');
  // A pipe is no terminal: no colours, whatever the settings.
  expect(stdout).not.toContain('\u001b');
});

test('after /new nothing is leant on any more', async () => {
  const { stdout } = await chat(['How many harbours does Norland have?', 'are you sure?', '/new', 'are you sure?']);
  const [, before, after] = stdout.split('› are you sure?\n') as [string, string, string];
  expect(before).toContain('Norland has 9 harbours');
  expect(after).not.toContain('9 harbours');
});

test('briefing and edition are chosen by option and by command, series and file names included', async () => {
  const asked = 'How many harbours does Norland have?';
  const old = await chat([asked, '/edition latest', asked], ['--edition', '2019']);
  expect(old.stdout.split('› /edition latest')[0]).toContain('7 harbours');
  expect(old.stdout.split('› /edition latest')[1]).toContain('9 harbours');
  const series = await chat(
    ['/briefing', '/briefing all', asked, '/briefing harbours-2019.md', asked],
    ['--briefing', 'harbours-of-norland'],
  );
  expect(series.stderr).toBe('');
  const [first, second, third] = series.stdout.split(/› \/briefing (?:all|harbours-2019\.md)\n/) as [string, string, string];
  expect(first).toContain('harbours-2019');
  expect(second).toContain('9 harbours');
  expect(third).toContain('7 harbours');
  expect(third).not.toContain('9 harbours. [1]');
});

test('what cannot be done is said, the conversation goes on, and the end tells', async () => {
  const { code, stdout, stderr } = await chat(['/edition 1850', '/briefing nowhere', '/fly', '/7', 'How many harbours does Norland have?']);
  expect(stderr).toMatch(
    /no edition “1850”[\s\S]*called “nowhere”[\s\S]*harbours-of-norland[\s\S]*no command \/fly[\s\S]*no command \/7 now/,
  );
  expect(stdout).toContain('Norland has 9 harbours');
  expect(code).toBe(1);
});

test('/briefings, /sources and /help list, and what follows /quit is not asked', async () => {
  const lines = ['/help', '/sources', 'How many harbours does Norland have?', '/sources', '/briefings', '/quit', 'How high is Cape Varde?'];
  const { code, stdout } = await chat(lines);
  expect(code).toBe(0);
  for (const command of ['/briefings', '/briefing', '/edition', '/sources', '/new', '/quit']) expect(stdout).toContain(`\n${command}`);
  expect(stdout).toContain('There are no sources to show.');
  expect(stdout).toContain('“Norland has 9 harbours.');
  expect(stdout).toMatch(/Harbours of Norland, March 2026, 2019: +harbours-of-norland/);
  expect(stdout).not.toContain('Varde');
});

test('a question below an answer is asked by its number', async () => {
  const { say, until, seen, ended } = converse(process.execPath, [MAIN, 'chat']);
  // Questions to go on are made in the background: a greeting offers them once they are there.
  let greeted = 0;
  do {
    say('hello\n');
    greeted++;
    await until((text) => text.split('What would you like to know?').length > greeted && text.endsWith('\n\n'));
  } while (!/^\/1 /m.test(seen()) && greeted < 500);
  const offered = /^\/1 (.+)$/m.exec(seen())![1]!;
  say('/1\n/quit\n');
  expect(await ended).toBe(0);
  expect(seen().split(`› /1\n› ${offered}\n`)[1]).toMatch(/\[1\]/);
});

test('--json writes one answer a line and nothing else', async () => {
  const { code, stdout } = await chat(
    ['/help', 'How many harbours does Norland have?', 'Who won the chess olympiad in Budapest?'],
    ['--json'],
  );
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
  expect([code, answers.map(({ status }) => status)]).toEqual([0, ['answered', 'not_found']]);
});

test('what a document says cannot act on the terminal', async () => {
  const { stdout } = await chat(['How many walruses did the Walrus Commission count?', '/sources', '/briefings']);
  expect(stdout).toContain('4,321');
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
});

test('a signal ends it without a stack', async () => {
  const started = startProcess(['chat'], { ...here, input: 'How many harbours does Norland have?\n' });
  await started.printed(/Norland has 9 harbours/);
  started.stop();
  const { stderr } = await started.ended;
  expect(stderr).not.toContain('    at ');
});

const scripted = spawnSync('script', ['--version']).status === 0;
test.runIf(scripted)('on a terminal Ctrl-C empties the line, and ends where there is none', async () => {
  const { say, until, seen, ended } = converse('script', ['-qefc', `'${process.execPath}' '${MAIN}' chat`, '/dev/null']);
  await until((text) => /\/help lists the commands[\s\S]*› /.test(text));
  say('rubbish that is not meant');
  await until((text) => text.includes('not meant'));
  say('\u0003');
  say('How many harbours does Norland have?\r');
  await until((text) => /Norland has 9 harbours\. \[1\][\s\S]*March 2026 edition[\s\S]*› /.test(text));
  expect(seen()).not.toContain('nothing is asserted');
  // NO_COLOR: the cursor moves, nothing is coloured.
  expect(seen()).not.toMatch(/\u001b\[\d+m/);
  say('\u0003');
  expect(await ended).toBe(0);
  expect(seen()).not.toContain('    at ');
});
