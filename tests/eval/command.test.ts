import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { run } from '../cli/helper.ts';
import { temporaryCorpus } from '../fixtures/corpus.ts';

const folders = temporaryCorpus();
const here = { cwd: folders.root };
afterAll(() => folders.remove());
const put = (name: string, text: string) => writeFileSync(join(folders.root, name), text);
const CASES = `- id: harbours
  question: How many harbours does Norland have?
  answerable: true
  facts: [{ any_of: ["9 harbours"] }]
  evidence: [{ edition: "2026-03", quote: has 9 harbours }]
  tags: [number]
- id: anthem
  question: Who composed the national anthem of Brazil?
  answerable: false
`;
put('cases.yaml', CASES);
put(
  'gate.yaml',
  'suites: [{ name: ours, cases: cases.yaml }]\nbaseline: baseline.json\nfloors: [{ measure: right, at_least: 1 }, { measure: citation_validity, at_least: 1 }]\nnot_worse: [right]\n',
);

test('run asks the corpus, writes every report and a baseline, and twice gives the same scores', async () => {
  const args = ['eval', 'run', '--gate', 'gate.yaml', '--corpus', 'corpus'];
  const first = await run(
    [...args, '--update-baseline', '--report', 'out/r.html', '--report', 'out/r.md', '--report', 'out/r.json', '--report', 'out/r.xml'],
    here,
  );
  expect(first.stderr).toContain('Baseline: ');
  expect(first.code).toBe(0);
  expect(first.stdout).toContain('2 of 2 questions came out right (100.0%).');
  expect(first.stdout).toContain('The gate passed: 2 checks.');
  for (const ending of ['html', 'md', 'json', 'xml']) expect(existsSync(join(folders.root, 'out', `r.${ending}`))).toBe(true);
  const second = await run([...args, '--json'], here);
  expect(second.code).toBe(0);
  const report = JSON.parse(second.stdout);
  expect(report.suites[0].digest).toBe(JSON.parse(readFileSync(join(folders.root, 'out/r.json'), 'utf8')).suites[0].digest);
  expect(report.suites[0].changes.measures.right).toMatchObject({ change: 0, verdict: 'same' });
  // The index it asked was a temporary one.
  expect(existsSync(folders.index)).toBe(false);
});

test('a missed floor exits with 1 and says which', async () => {
  put('strict.yaml', 'suites: [{ name: ours, cases: hard.yaml }]\nfloors: [{ measure: right, at_least: 0.9 }]\n');
  put('hard.yaml', CASES.replace('9 harbours', '99 harbours').replace('has 99 harbours', 'has 9 harbours'));
  const { code, stdout } = await run(['eval', 'run', '--gate', 'strict.yaml', '--corpus', 'corpus'], here);
  expect(code).toBe(1);
  expect(stdout).toContain('FAIL  ours: Right must be at least 90.0%; it is 50.0%');
});

test('wrong usage exits with 2', async () => {
  for (const args of [
    ['run'],
    ['run', 'none.yaml'],
    ['run', 'cases.yaml', '--ablate', 'magic'],
    ['run', 'cases.yaml', '--report', 'x.doc'],
    ['run', 'cases.yaml', '--concurrency', 'many'],
    ['run', 'cases.yaml', '--target', 'ftp://x'],
    ['run', 'cases.yaml', '--update-baseline'],
    ['import', 'csv', 'a', 'b'],
    ['run', 'cases.yaml', '--colour'],
    ['dance'],
  ]) {
    const { code, stderr } = await run(['eval', ...args], here);
    expect([args.join(' '), code]).toEqual([args.join(' '), 2]);
    expect(stderr).not.toMatch(/\n\s+at /);
  }
});

test('nobody to ask exits with 3', async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await new Promise((ready) => closed.once('listening', ready));
  const { port } = closed.address() as AddressInfo;
  closed.close();
  for (const address of [`http://127.0.0.1:${port}`, `http://127.0.0.1:${port}/v1/chat/completions`]) {
    const { code, stderr } = await run(['eval', 'run', 'cases.yaml', '--target', address], here);
    expect(code).toBe(3);
    expect(stderr).toContain('cannot be reached (ECONNREFUSED)');
  }
  expect((await run(['eval', 'run', 'cases.yaml'], here)).code).toBe(3);
});

test('lint looks quotes up, and fails when one is no longer there', async () => {
  const good = await run(['eval', 'lint', 'cases.yaml', '--corpus', 'corpus'], here);
  expect([good.code, good.stdout]).toEqual([0, '2 cases, 0 errors, 0 notes\n']);
  put(
    'bad.yaml',
    `${CASES}- id: anthem\n  question: Again?\n  answerable: true\n  facts: [{ matches: "(a+)+$" }]\n  evidence: [{ edition: "2026-03", quote: Norland }, { edition: "2026-03", quote: has 8 harbours }, { edition: "2020", quote: x }]\n`,
  );
  const { code, stdout } = await run(['eval', 'lint', 'bad.yaml', '--corpus', 'corpus', '--json'], here);
  expect(code).toBe(1);
  expect(JSON.parse(stdout).errors.map((problem: { line: number; message: string }) => `${problem.line} ${problem.message}`)).toEqual([
    '10 this id was used before, in line 7',
    expect.stringMatching(/^10 \/\(a\+\)\+\$\/ is slow/),
    expect.stringMatching(/^10 the quote “Norland” occurs \d+ times/),
    expect.stringMatching(/^10 the quote “has 8 harbours” occurs nowhere/),
    expect.stringMatching(/^10 there is no edition 2020/),
  ]);
});

test('import, export and compare work on files', async () => {
  put(
    'documents.jsonl',
    `${JSON.stringify({ id: 'd1', title: 'Ferries', paragraphs: [{ id: 'p1', text: 'The Kittiwake crosses the Great Sound in 40 minutes.' }] })}\n`,
  );
  put(
    'questions.jsonl',
    `${JSON.stringify({ id: 'q1', question: 'How long does the Kittiwake take?', gold_paragraphs: ['p1'], answers: ['40 minutes'] })}\n`,
  );
  const imported = await run(['eval', 'import', 'paragraphs', '.', 'in.jsonl', '--briefings', 'in'], here);
  expect([imported.code, imported.stdout]).toEqual([0, '1 cases in in.jsonl, 1 briefings in in\n']);
  const ran = await run(
    ['eval', 'run', 'in.jsonl', '--corpus', 'in', '--results', 'results.jsonl', '--baseline', 'in.json', '--update-baseline'],
    here,
  );
  expect(ran.stdout).toMatch(/^in · 1 case, 1 question · [\s\S]*of 1 question came out right/);
  expect((await run(['eval', 'export', 'ragas', 'in.jsonl', 'ragas.jsonl', '--results', 'results.jsonl'], here)).code).toBe(0);
  expect(JSON.parse(readFileSync(join(folders.root, 'ragas.jsonl'), 'utf8'))).toMatchObject({ id: 'q1', reference: '40 minutes' });
  expect((await run(['eval', 'export', 'promptfoo', 'in.jsonl', 'promptfoo.yaml'], here)).code).toBe(0);
  expect(readFileSync(join(folders.root, 'promptfoo.yaml'), 'utf8')).toContain('icontains-any');
  const compared = await run(['eval', 'compare', 'in.json', 'in.json'], here);
  expect(compared.code).toBe(0);
  expect(compared.stdout).toContain('within chance');
});
