import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { pilcrowError } from '../../src/core/errors.ts';
import type { EvalCase } from '../../src/eval/case.ts';
import type { Target } from '../../src/eval/observation.ts';
import { observe } from '../../src/eval/run.ts';
import { turns } from '../fixtures/held.ts';
import { ALL, answer } from './make.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-run-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cases: EvalCase[] = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, question: `${id}?`, paraphrases: [`${id}!`], answerable: false }));

/** Answers after some turns, whose number differs from question to question; `fails` makes it throw. */
function target(fails: (question: string) => Error | null = () => null): Target & { asked: string[] } {
  const asked: string[] = [];
  return {
    name: 'slow',
    capabilities: ALL,
    asked,
    observe: async ({ question }) => {
      asked.push(question);
      await turns((question.charCodeAt(0) * 7) % 11);
      const error = fails(question);
      if (error) throw error;
      return { answer: answer([], []), passages: null, confidence: null, validity: [], milliseconds: 1 };
    },
  };
}

test('observations come in the order of the cases, however many run at once', async () => {
  const one = await observe({ cases, target: target(), concurrency: 1 });
  const many = await observe({ cases, target: target(), concurrency: 5 });
  expect(one.map(({ id, phrasing, question }) => [id, phrasing, question])).toEqual(
    cases.flatMap(({ id }) => [
      [id, 0, `${id}?`],
      [id, 1, `${id}!`],
    ]),
  );
  expect(many).toEqual(one);
});

test('never more at once than asked for', async () => {
  let [now, most] = [0, 0];
  const counting: Target = {
    ...target(),
    observe: async () => {
      most = Math.max(most, ++now);
      await turns(3);
      now--;
      return { answer: answer([], []), passages: null, confidence: null, validity: [], milliseconds: 1 };
    },
  };
  await observe({ cases, target: counting, concurrency: 3 });
  expect(most).toBe(3);
});

test('a question the target fails on is an observation; the others go on', async () => {
  const observations = await observe({ cases, target: target((question) => (question === 'b?' ? new Error('it broke') : null)) });
  expect(observations.filter((one) => one.answer === null)).toMatchObject([{ id: 'b', phrasing: 0, error: 'it broke' }]);
  expect(observations).toHaveLength(10);
});

test('an interrupted run goes on where it stopped, and tries failures again', async () => {
  const file = join(folder, 'deep', 'results.jsonl');
  const gone = target((question) =>
    question === 'c?' ? pilcrowError('unavailable', 'nobody there') : question === 'a!' ? new Error('once') : null,
  );
  await expect(observe({ cases, target: gone, concurrency: 1, results: { file } })).rejects.toMatchObject({ code: 'unavailable' });
  expect(gone.asked).toEqual(['a?', 'a!', 'b?', 'b!', 'c?']);
  // A crash may cut the last line short.
  writeFileSync(file, `${readFileSync(file, 'utf8')}{"id":"c","phr`);
  const back = target();
  const observations = await observe({ cases, target: back, concurrency: 1, results: { file } });
  expect(back.asked).toEqual(['a!', 'c?', 'c!', 'd?', 'd!', 'e?', 'e!']);
  expect(observations.every((one) => one.answer !== null)).toBe(true);
  const again = target();
  expect(await observe({ cases, target: again, results: { file } })).toEqual(observations);
  expect(again.asked).toEqual([]);
});

test('results of other questions or another target are not mixed in', async () => {
  const file = join(folder, 'other.jsonl');
  await observe({ cases: cases.slice(0, 1), target: target(), results: { file } });
  await expect(observe({ cases, target: target(), results: { file } })).rejects.toMatchObject({ code: 'bad_request' });
  await expect(observe({ cases: cases.slice(0, 1), target: { ...target(), name: 'else' }, results: { file } })).rejects.toThrow(
    /another target, slow/,
  );
  const fresh = target();
  await observe({ cases, target: fresh, results: { file, restart: true } });
  expect(fresh.asked).toHaveLength(10);
  writeFileSync(file, 'something else\n');
  await expect(observe({ cases, target: target(), results: { file } })).rejects.toThrow(/not a results file/);
});

test('it stops when told to', async () => {
  const stop = new AbortController();
  const slow = target();
  const running = observe({ cases, target: slow, concurrency: 1, signal: stop.signal, onProgress: (done) => done === 2 && stop.abort() });
  await expect(running).rejects.toThrow();
  expect(slow.asked).toHaveLength(2);
});
