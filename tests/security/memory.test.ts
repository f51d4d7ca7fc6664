import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { serviceOf } from '../ask/service.ts';
import { numbersFrom } from './strange.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heap = () => {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

it('words that come once are not kept, however long', async () => {
  const { ask } = await serviceOf({ 'ferries.md': '# Ferries\n\nThe harbour has three ferries and nine piers.' });
  const next = numbersFrom(7);
  const word = (length: number) => Array.from({ length }, () => String.fromCharCode(97 + Math.floor(next() * 26))).join('');
  const round = async () => {
    for (let asked = 0; asked < 100; asked++) {
      const history = Array.from({ length: 8 }, (_, turn) => ({
        role: turn % 2 === 0 ? ('user' as const) : ('assistant' as const),
        content: word(3900),
      }));
      await ask({ question: `How many ${word(1900)} are there?`, history });
    }
  };
  await round();
  const before = heap();
  for (let rounds = 0; rounds < 3; rounds++) await round();
  expect(heap() - before).toBeLessThan(5);
}, 120_000);

it('nor are many short ones without end', async () => {
  const { tokens } = await import('../../src/core/text/tokens.ts');
  const before = heap();
  for (let word = 0; word < 600_000; word++) tokens(`w${word.toString(36)}x`);
  expect(heap() - before).toBeLessThan(20);
});
