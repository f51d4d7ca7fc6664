import { describe, expect, it } from 'vitest';
import { serviceOf } from './service.ts';

const edition = (year: number, body: string) => `---
title: Ostvik harbour brief
series: ostvik
edition: ${year}
---

# Ostvik harbour brief

${body}`;

const { ask } = await serviceOf({
  'ostvik-2019.md': edition(
    2019,
    `## Berths

A berth costs 20 crowns a night. The harbour has 310 berths and a crane.

## Money

The harbour spent 4 million crowns on its sea wall. The crane was paid for by the Ports Fund.`,
  ),
  'ostvik-2024.md': edition(
    2024,
    `## Berths

A berth costs 25 crowns a night. The harbour has 340 berths and two cranes.

## Museum

The museum had 31,450 visitors in 2024, 8 per cent fewer than in 2023.

## Money

The harbour spent 5 million crowns on its sea wall. Work on the east pier began in March 2024.`,
  ),
});

describe('a figure of what was asked', () => {
  it.each([
    // What a berth costs is no number of berths.
    ['How many berths were there in 2019?', '310 berths', '20 crowns'],
    ['How many berths are there?', '340 berths', '25 crowns'],
    // Sums in any currency are money.
    ['What does a berth cost?', '25 crowns', '340'],
    ['How much did the harbour spend on the sea wall?', '5 million crowns', '25'],
    // Irregular verbs are the same word.
    ['When did work on the east pier begin?', 'March 2024', '2019'],
    ['Who pays for the crane?', 'Ports Fund', 'sea wall'],
    ['How many visitors came in 2024?', '31,450', '340'],
  ])('%s', async (question, expected, wrong) => {
    const answer = await ask({ question });
    const said = answer.sentences.map(({ text }) => text).join(' ');
    expect(said).toContain(expected);
    expect(said).not.toContain(wrong);
    expect(answer.notes.filter(({ kind }) => kind === 'spelling')).toEqual([]);
  });

  it.each([
    // Fewer than in 2023 is not how many in 2023.
    'How many visitors came in 2023?',
    // No edition of 2024 knows.
    'How many berths will there be in 2030?',
    // Money for a sea wall is no money for prisons.
    'How much did the harbour spend on prisons?',
  ])('declines what nobody counted: %s', async (question) => {
    expect((await ask({ question })).status).toBe('not_found');
  });
});
