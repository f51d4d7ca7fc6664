import { expect, test } from 'vitest';
import type { Edition } from '../../../src/core/model.ts';
import { compareEditions } from '../../../src/core/time/editions.ts';

const edition = (date: string | null, stated = true): Edition => ({ date, stated, source: 'text' });

// The one that is newer, or else surer, stands last, whichever is named first.
test.each([
  ['one without a date is older than any', edition(null), edition('1990')],
  ['by year', edition('2019'), edition('2026')],
  ['by year where only one gives a month', edition('2019-11'), edition('2026')],
  ['by month', edition('2026-03'), edition('2026-07')],
  ['by month where only one gives a day', edition('2026-03-31'), edition('2026-07')],
  ['stated before inferred, where as much as both give is the same', edition('2026-07', false), edition('2026')],
  ['the more precise, where both are stated', edition('2026'), edition('2026-07')],
  ['the more precise, where both are inferred', edition('2026', false), edition('2026-07', false)],
])('%s', (_, older, newer) => {
  expect(compareEditions(older, newer)).toBeLessThan(0);
  expect(compareEditions(newer, older)).toBeGreaterThan(0);
});

test.each([
  [edition(null), edition(null)],
  [edition(null, true), edition(null, false)],
  [edition('2026-07'), edition('2026-07')],
])('neither of %j and %j is newer', (one, other) => {
  expect(compareEditions(one, other)).toBe(0);
});
