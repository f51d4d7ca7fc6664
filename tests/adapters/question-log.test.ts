import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DAY } from '../../src/adapters/day-files.ts';
import { createPseudonyms, forgetKeys } from '../../src/adapters/pseudonyms.ts';
import { createQuestionLog, keepingQuestions } from '../../src/adapters/question-log.ts';
import type { Asker } from '../../src/core/access.ts';
import { createTiny } from '../fixtures/tiny.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-questions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const NOON = Date.parse('2026-11-30T12:00:00Z');
const person = (id: string): Asker => ({ kind: 'user', id, scope: 'ask' });

/** A service that keeps what somebody asks at a time that can be set. */
function service(name: string) {
  const state = { now: NOON, who: person('a.researcher') as Asker | null };
  const at = join(folder, name);
  const log = createQuestionLog(at, () => state.now);
  const failures: Error[] = [];
  const pilcrow = keepingQuestions(createTiny(), {
    log,
    asker: () => state.who,
    nameOf: createPseudonyms(at, () => state.now),
    failed: (error) => failures.push(error),
    now: () => state.now,
  });
  return { at, state, log, pilcrow, failures };
}

describe('a kept question', () => {
  it('is question, outcome, citations, time and another name, and nothing else', async () => {
    const { at, log, pilcrow } = service('fields');
    const history = [{ role: 'user' as const, content: 'Something private before' }];
    await pilcrow.ask({ question: 'How many harbours?', history, edition: 'latest' });
    await pilcrow.ask({ question: 'Where do unicorns graze?' });
    await log.settled();
    expect(await log.list()).toEqual([
      {
        time: '2026-11-30T12:00:00.000Z',
        asker: expect.stringMatching(/^[0-9a-f]{16}$/),
        question: 'How many harbours?',
        status: 'answered',
        outcome: 'answer',
        citations: ['harbours-2026#p2', 'harbours-2019#p2'],
      },
      expect.objectContaining({ question: 'Where do unicorns graze?', status: 'not_found', outcome: 'closest', citations: [] }),
    ]);
    const files = readdirSync(at).map((name) => readFileSync(join(at, name), 'utf8'));
    expect(files.join()).not.toMatch(/researcher|private/);
    for (const name of readdirSync(at)) expect(statSync(join(at, name)).mode & 0o077).toBe(0);
  });

  it('is one somebody asked: not what the service asks itself', async () => {
    const { log, pilcrow, state } = service('own');
    await pilcrow.ask({ question: 'How many harbours?' }, { quote: true });
    state.who = null;
    await pilcrow.ask({ question: 'How many harbours?' });
    await log.settled();
    expect(await log.list()).toEqual([]);
  });

  it('that cannot be kept is answered and told', async () => {
    writeFileSync(join(folder, 'file'), '');
    const log = createQuestionLog(join(folder, 'file', 'below'));
    const failures: Error[] = [];
    const pilcrow = keepingQuestions(createTiny(), {
      log,
      asker: () => person('a'),
      nameOf: () => '0123456789abcdef',
      failed: (error) => failures.push(error),
    });
    expect((await pilcrow.ask({ question: 'How many harbours?' })).status).toBe('answered');
    await log.settled();
    expect(failures).toMatchObject([{ code: 'unavailable', message: 'The question could not be kept.' }]);
  });

  it('goes when its days are over, and a file somebody else put there does not', async () => {
    const { at, log, pilcrow, state } = service('days');
    for (const day of [0, 1, 2, 3]) {
      state.now = NOON + day * DAY;
      await pilcrow.ask({ question: `How many harbours on day ${day}?` });
      await log.settled();
    }
    writeFileSync(join(at, 'questions-of-mine.jsonl'), 'x');
    expect(await log.expire(5)).toBe(0);
    expect(await log.expire(2)).toBe(2);
    expect((await log.list()).map((one) => one.question)).toEqual(['How many harbours on day 2?', 'How many harbours on day 3?']);
    // A minute before midnight it is the same day still; then the day before goes.
    state.now = Date.parse('2026-12-03T23:59:00Z');
    expect(await log.expire(2)).toBe(0);
    state.now = Date.parse('2026-12-04T00:00:00Z');
    expect(await log.expire(2)).toBe(1);
    expect(await log.expire(0)).toBe(1);
    expect(readdirSync(at).filter((name) => !name.startsWith('key-'))).toEqual(['questions-of-mine.jsonl']);
  });

  it('is whole when several processes keep at once, and when files are purged meanwhile', async () => {
    const at = join(folder, 'several');
    const logs = [createQuestionLog(at), createQuestionLog(at)];
    const record = {
      time: new Date().toISOString(),
      asker: 'a',
      question: 'q',
      status: 'answered',
      outcome: 'answer',
      citations: [],
    } as const;
    const adding = Array.from({ length: 300 }, (_, at) =>
      (logs[at % 2] as (typeof logs)[0]).add({ ...record, citations: [], question: `${at} ${'x'.repeat(at)}` }),
    );
    await Promise.all(adding);
    expect((await (logs[0] as (typeof logs)[0]).list()).map((one) => Number(one.question.split(' ')[0])).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 300 }, (_, at) => at),
    );
    expect(await (logs[1] as (typeof logs)[0]).expire(0)).toBe(300);
    await logs[0]?.add({ ...record, citations: [] });
    expect(await logs[1]?.list()).toHaveLength(1);
  });
});

describe('the name of an asker', () => {
  it('is the same in every process for a day, differs from others, and tells nothing the day after', () => {
    const at = join(folder, 'names');
    const clock = { now: NOON };
    const names = [createPseudonyms(at, () => clock.now), createPseudonyms(at, () => clock.now)];
    const nameOf = (who: Asker) => names.map((name) => name(who));
    const [first, again] = nameOf(person('a'));
    expect(again).toBe(first);
    expect(names[0]?.(person('b'))).not.toBe(first);
    // A key and a person of one id are two.
    expect(names[0]?.({ kind: 'key', id: 'a', scope: 'ask' })).not.toBe(first);
    clock.now += DAY;
    const [later] = nameOf(person('a'));
    expect(later).not.toBe(first);
    expect(readdirSync(at)).toEqual(['key-2026-11-30', 'key-2026-12-01']);
    forgetKeys(at, clock.now);
    expect(readdirSync(at)).toEqual(['key-2026-12-01']);
    expect(createPseudonyms(at, () => clock.now)(person('a'))).toBe(later);
  });
});
