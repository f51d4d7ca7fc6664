import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPilcrow, ingestCorpus } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import type { AskRequest } from '../../src/core/model.ts';
import type { Pilcrow } from '../../src/core/ports.ts';
import { charactersRead } from '../fixtures/characters-read.ts';
import { numbersFrom, strangeRequest } from './strange.ts';

/** What a request may bring when nothing else is set. */
const MOST = { question: 2000, turn: 4000, turns: 50, body: 65_536 };
/**
 * Characters that expressions may go through for one request: what is asked is read some tens of times over, and so are the passages
 * that fit it. 4.3 million were the most of 200 such requests when this was set; an ordinary question takes 50,000.
 */
const CHARACTERS = 8_000_000;
const REQUESTS = 1500;

const index = mkdtempSync(join(tmpdir(), 'pilcrow-strange-'));
let service: Pilcrow;
beforeAll(async () => {
  const config = readConfig({ PILCROW_CORPUS: 'corpus', PILCROW_INDEX: index });
  await ingestCorpus(config);
  service = await createPilcrow(config);
});
afterAll(async () => {
  await service?.close();
  rmSync(index, { recursive: true, force: true });
});

const shown = (request: AskRequest) =>
  `${JSON.stringify(request.question.slice(0, 120))} (${request.question.length}), history ${request.history?.map((turn) => `${turn.content.length}: ${JSON.stringify(turn.content.slice(0, 60))}`).join(' | ') ?? 'none'}`;

describe('what one question may cost', () => {
  it.each([
    ['a plea that goes on', { question: `Good morning. ${'would you kindly please '.repeat(80)}!` }],
    ['a yes that goes on', { question: `okay ${'sure please do go ahead '.repeat(80)}z` }],
    [
      'the same in the history',
      { question: 'And in 2019?', history: [{ role: 'user' as const, content: `Hi. ${'could you please '.repeat(230)}.` }] },
    ],
    ['a comparison that goes on', { question: `Is it more than ${'expecta plana usuala '.repeat(90)}?` }],
    ['spaces', { question: `not ${' '.repeat(1900)}x but` }],
    ['spaces before "and"', { question: `Who signed${' '.repeat(1900)}x?` }],
  ])('%s', async (_, request) => {
    expect(await charactersRead(() => service.ask(request))).toBeLessThan(CHARACTERS);
    expect(await charactersRead(() => service.search({ query: request.question }))).toBeLessThan(CHARACTERS);
  });

  it(`${REQUESTS} strange questions and histories`, async () => {
    const next = numbersFrom(20260117);
    const dear: string[] = [];
    for (let asked = 0; asked < REQUESTS; asked++) {
      const request = strangeRequest(next, MOST);
      const characters = await charactersRead(() => service.ask(request));
      if (characters > CHARACTERS) dear.push(`${characters} characters: ${shown(request)}`);
    }
    expect(dear).toEqual([]);
  }, 600_000);
});
