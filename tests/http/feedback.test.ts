import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createFeedbackFile } from '../../src/adapters/feedback-file.ts';
import { tinyApp } from './helper.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-feedback-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const opinion = {
  id: 'ab'.repeat(16),
  verdict: 'down',
  comment: '  The number is old. ',
  question: 'How many harbours?',
  answer: 'The coast has nine harbours. [1]',
  status: 'answered',
  mode: 'extractive',
  snapshot: 'tiny-1',
  citations: [{ paragraph: 'harbours-2026#p2', edition: '2026-03', quote: 'The coast has nine harbours.' }],
};

test('feedback is on the disk when the reply comes, without anything that tells who it was', async () => {
  const feedback = createFeedbackFile(join(folder, 'one'));
  const { call } = tinyApp({}, { feedback });
  const response = await call(
    'POST',
    '/v1/feedback',
    { ...opinion, email: 'someone@example.org' },
    { 'x-forwarded-for': '192.0.2.7', 'user-agent': 'Someone' },
  );
  expect(response.status).toBe(201);
  const [record] = await createFeedbackFile(join(folder, 'one')).list();
  expect(record).toEqual({ ...opinion, comment: 'The number is old.', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/), site: null });
});

test('it says which site it came from, by its label', async () => {
  const feedback = createFeedbackFile(join(folder, 'two'));
  const site = { token: `site_${'c'.repeat(32)}`, label: 'intranet', origins: ['https://intranet.example.org'], rate: 10, created: '' };
  const tokens = new Map([[site.token, site]]);
  const { call } = tinyApp({}, { feedback, tokens: { all: () => tokens } });
  const headers = { host: 'localhost', origin: 'https://intranet.example.org', 'pilcrow-token': site.token };
  expect((await call('POST', '/v1/feedback', opinion, headers)).status).toBe(201);
  expect((await feedback.list())[0]?.site).toBe('intranet');
});

test.each([
  [{ verdict: 'sideways' }, '/verdict'],
  [{ id: '../../etc/passwd' }, '/id'],
  [{ question: ' ' }, '/question'],
  [{ comment: 'x'.repeat(2001) }, '/comment'],
  [{ answer: 7 }, '/answer'],
  [{ citations: Array.from({ length: 41 }, () => opinion.citations[0]) }, '/citations'],
  [{ citations: [{ paragraph: 'a#p1', edition: 'soon', quote: '' }] }, '/citations/0/edition'],
  [{ status: 'great' }, '/status'],
])('what is not feedback is refused: %j', async (wrong, pointer) => {
  const feedback = createFeedbackFile(join(folder, 'none'));
  const { call } = tinyApp({}, { feedback });
  const response = await call('POST', '/v1/feedback', { ...opinion, ...wrong });
  expect(response.status).toBe(400);
  expect((await response.json()).errors[0].pointer).toBe(pointer);
  expect(await feedback.list()).toEqual([]);
});

test('where none is kept it says so; a flood is stopped', async () => {
  expect((await tinyApp().call('POST', '/v1/feedback', opinion)).status).toBe(503);
  const { call } = tinyApp({}, { feedback: { add: async () => {}, list: async () => [] } });
  const statuses = [];
  for (let count = 0; count < 260; count++) statuses.push((await call('POST', '/v1/feedback', opinion)).status);
  expect(statuses).toContain(429);
});
