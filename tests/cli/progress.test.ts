import { expect, test } from 'vitest';
import { createWords } from '../../src/cli/progress.ts';

const file = (done: number, pages: number, paragraphs: number) => ({
  stage: 'read' as const,
  done,
  total: 40,
  file: `file-${done}.pdf`,
  pages,
  paragraphs,
});

test('how far an ingest is: the stage, the file, how fast it goes by pages or paragraphs, and how long it will take', () => {
  let now = 0;
  const words = createWords(() => now);
  expect(words(file(1, 10, 100))).toBe('Reading file 1 of 40 · file-1.pdf');
  now = 2000;
  expect(words(file(11, 72, 600))).toBe('Reading file 11 of 40 · file-11.pdf · 31 pages a second · 6 s left');
  now = 4000;
  expect(words(file(40, 72, 600))).toBe('Reading file 40 of 40 · file-40.pdf · 16 pages a second');
  // The next stage begins anew.
  expect(words({ stage: 'embed', done: 64, total: 2064 })).toBe('Embedding chunk 64 of 2,064');
  now = 6000;
  expect(words({ stage: 'embed', done: 1064, total: 2064 })).toBe('Embedding chunk 1,064 of 2,064 · 500 chunks a second · 2 s left');
  expect(words({ stage: 'write', done: 1, total: 2 })).toBe('Writing briefing 1 of 2');
});

test('without pages the paragraphs are told, and the name of a file does nothing to a terminal', () => {
  let now = 0;
  const words = createWords(() => now);
  words(file(1, 0, 10));
  now = 2000;
  expect(words({ ...file(2, 0, 25), file: 'a\u001b[2Jb.md' })).toMatch(
    /^Reading file 2 of 40 · a.{0,3}b\.md · 7\.5 paragraphs a second · 76 s left$/,
  );
});
