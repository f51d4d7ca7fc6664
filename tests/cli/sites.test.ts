import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createFeedbackFile } from '../../src/adapters/feedback-file.ts';
import type { FeedbackRecord } from '../../src/core/site.ts';
import { parseCases } from '../../src/eval/dataset.ts';
import { run } from './helper.ts';

const cwd = mkdtempSync(join(tmpdir(), 'pilcrow-sites-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));
const data = join(cwd, 'kept');
const env = { PILCROW_DATA: data, PILCROW_PUBLIC_URL: 'https://ask.example.org' };

test('a token is created with the tag to paste, listed and revoked', async () => {
  const made = await run(
    ['token', 'create', '--origin', 'https://a.example', '--origin', 'https://b.example', '--label', 'wiki', '--rate', '30', '--json'],
    { cwd, env },
  );
  expect(made.code).toBe(0);
  const token = JSON.parse(made.stdout);
  expect(token).toMatchObject({ origins: ['https://a.example', 'https://b.example'], rate: 30, label: 'wiki' });
  expect(token.tag).toBe(`<script src="https://ask.example.org/widget.js" data-token="${token.token}" async></script>`);
  expect((await run(['token', 'list'], { cwd, env })).stdout).toContain(token.token);
  expect((await run(['token', 'revoke', 'wiki'], { cwd, env })).code).toBe(0);
  expect(JSON.parse((await run(['token', 'list', '--json'], { cwd, env })).stdout)).toEqual([]);
  expect((await run(['token', 'revoke', 'wiki'], { cwd, env })).code).toBe(1);
  const wrong = await run(['token', 'create', '--origin', '*'], { cwd, env });
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('"*" is not an origin');
  expect((await run(['token', 'create', '--origin', 'https://a.example', '--rate', 'lots'], { cwd, env })).code).toBe(2);
  expect((await run(['token', 'create'], { cwd, env })).code).toBe(2);
});

test('feedback is listed safely and exported as cases the evaluation reads', async () => {
  const store = createFeedbackFile(join(data, 'feedback'));
  const record = (id: string, more: Partial<FeedbackRecord>): FeedbackRecord => ({
    id,
    time: '2026-11-01T10:00:00.000Z',
    verdict: 'up',
    comment: null,
    question: 'How many harbours?',
    answer: 'The coast has nine harbours. [1]',
    status: 'answered',
    mode: 'extractive',
    snapshot: 'tiny-1',
    citations: [{ paragraph: 'harbours-2026#p2', edition: '2026-03', quote: 'nine harbours' }],
    site: null,
    ...more,
  });
  await store.add(record('a'.repeat(32), {}));
  const nasty = 'line one\n- id: forged\n  \u001b[31m"quoted" # \u0085 {x: *y} \u2028 نعم';
  await store.add(record('b'.repeat(32), { verdict: 'down', question: nasty, comment: nasty, answer: nasty, status: 'partial' }));
  await store.add(record('c'.repeat(32), { status: 'not_found', question: 'Penguins?', citations: [] }));

  const listed = await run(['feedback'], { cwd, env });
  expect(listed.stdout).toContain('3 in all, 2 useful.');
  expect(listed.stdout).not.toContain('\u001b');
  expect(JSON.parse((await run(['feedback', '--json', '--verdict', 'down'], { cwd, env })).stdout)).toHaveLength(1);

  const file = join(cwd, 'cases.yaml');
  expect((await run(['feedback', '--export', file], { cwd, env })).code).toBe(0);
  const { dataset, problems } = parseCases(readFileSync(file, 'utf8'), file);
  expect(problems).toEqual([]);
  expect(dataset.cases.map((one) => [one.question, one.answerable, one.tags])).toEqual([
    ['Penguins?', false, ['feedback', 'useful']],
    [nasty, true, ['feedback', 'not-useful']],
    ['How many harbours?', true, ['feedback', 'useful']],
  ]);
  expect(dataset.cases[2]?.evidence).toEqual([{ briefing: 'harbours-2026', edition: '2026-03', quote: 'nine harbours' }]);
  expect(dataset.cases[1]?.evidence).toBeUndefined();
  // A file that is there is not written over.
  expect((await run(['feedback', '--export', file], { cwd, env })).code).toBe(2);
});
