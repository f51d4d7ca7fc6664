import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPilcrow, ingestCorpus } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import type { AskRequest } from '../../src/core/model.ts';
import type { Pilcrow } from '../../src/core/ports.ts';
import { numbersFrom, strangeRequest } from './strange.ts';

/** What a request may bring when nothing else is set. */
const MOST = { question: 2000, turn: 4000, turns: 50, body: 65_536 };
/** Of computing, not of waiting: what one request may take from everybody else. */
const CPU_MILLISECONDS = 300;
const REQUESTS = 5000;

const index = mkdtempSync(join(tmpdir(), 'pilcrow-strange-'));
let service: Pilcrow;
beforeAll(async () => {
  const config = readConfig({ PILCROW_CORPUS: 'corpus', PILCROW_INDEX: index });
  await ingestCorpus(config);
  service = await createPilcrow(config);
}, 120_000);
afterAll(async () => {
  await service?.close();
  rmSync(index, { recursive: true, force: true });
});

async function cpu(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The least of three tries when the first is too much: collections of garbage and compilation count only once. */
async function cost(work: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 3 && least > CPU_MILLISECONDS; tries++) least = Math.min(least, await cpu(work));
  return least;
}

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
    expect(await cost(() => service.ask(request))).toBeLessThan(CPU_MILLISECONDS);
    expect(await cost(() => service.search({ query: request.question }))).toBeLessThan(CPU_MILLISECONDS);
  });

  it(`${REQUESTS} strange questions and histories`, async () => {
    const next = numbersFrom(20260117);
    const dear: string[] = [];
    for (let asked = 0; asked < REQUESTS; asked++) {
      const request = strangeRequest(next, MOST);
      const milliseconds = await cost(() => service.ask(request));
      if (milliseconds > CPU_MILLISECONDS) dear.push(`${Math.round(milliseconds)} ms: ${shown(request)}`);
    }
    expect(dear).toEqual([]);
  }, 240_000);
});
