import { describe, expect, it } from 'vitest';
import { countriesOfContinent } from '../../src/ask/continents.ts';
import { relatedStems, synonymsOf } from '../../src/ask/synonyms.ts';
import { stem } from '../../src/core/text/stem.ts';
import { serviceOf } from './service.ts';

const BRIEFING = `---
title: Harbour Alliance brief
edition: 2025-03
---

# Harbour Alliance brief

The Harbour Alliance (HA) works for safe ports. Its office in Bergen was established in 1985 and covers Norway and Denmark.

## Agreements

The 1st agreement, on crew housing, was concluded with the Dock Federation in 2019.

The 2nd agreement promotes cleaner fuel in every port. Vice Minister Ada Berg of the Ministry of Fisheries visited the headquarters of the Alliance in May 2024 and gave a speech.

The 13th Harbour Plan (2021-2025) underlines that ports need shore power.

## Projects

### Cold storage in Kenya and Peru (2023-26)

Thanks to a contribution of US$ 3 million, fishing communities get cold storage. In Kenya alone, 4,200 fishers have benefited. Training covers artificial intelligence and boat repair.

Norwegian President Ola Lund proposed the Quiet Harbours Plan (QHP) in 2021. The QHP asks ports for fewer horns at night.

The regional fair of the project brought together 40 boat builders and 12 net makers.

Seventeen Norwegian colleges are sponsoring places for over 30 young net makers.

## Contact

Harbour Alliance, Office for Norway and Denmark, 3-12 Quay Street, 5003 Bergen, Norway
`;

const { ask } = await serviceOf({ 'harbour.md': BRIEFING });

describe('questions in other words than the text', () => {
  it.each([
    ['In which year did the Bergen office start?', '1985'],
    ['What does the second agreement promote?', 'cleaner fuel'],
    ['Which vice minister visited the HQ in 2024?', 'Ada Berg'],
    ['How many Kenyan fishers profited?', '4,200'],
    ['Who proposed the QHP?', 'Ola Lund'],
    ['Does the training cover AI?', 'artificial intelligence'],
    ['Which African country has cold storage?', 'Kenya'],
    ['places for net makers: number of sponsoring colleges', 'Seventeen'],
    ['Was cleaner fuel one of the aims when the second agreement was made?', 'cleaner fuel'],
    // What stands around the question neither hides nor refuses the answer.
    ['Would you be so kind as to tell me when the Bergen office was set up? I need it for a note to my director.', '1985'],
    ['Dear all,\n\nI am a student from Lima. How much is the contribution for cold storage?\n\nBest wishes,\nJuan', 'US$ 3 million'],
    ['WHICH VICE MINISTER VISITED THE HEADQUARTERS IN MAY 2024?', 'Ada Berg'],
  ])('%s', async (question, expected) => {
    const answer = await ask({ question });
    expect(answer.sentences.map((sentence) => sentence.text).join(' ')).toContain(expected);
  });

  it.each([
    'Who signed the 1st agreement on behalf of the Alliance?',
    'Where was the 1st agreement signed?',
    'What does the 14th Harbour Plan underline?',
    'How old is Ada Berg?',
    'What did Peru say about cold storage?',
    'Who chaired the regional fair?',
    'Who was the chair of the Dock Federation?',
    'How many people work in the office in Bergen?',
    'At what hour does the Bergen office open?',
    'ada berg age',
  ])('declines what only sounds answered: %s', async (question) => {
    expect((await ask({ question })).status).toBe('not_found');
  });
});

describe('synonymsOf', () => {
  it('goes both ways and not further', () => {
    const start = stem('start');
    for (const other of synonymsOf(start)) expect(synonymsOf(other).has(start)).toBe(true);
    expect(synonymsOf(stem('helicopter')).size).toBe(0);
  });
  it('finds the family of a word', () => {
    expect(relatedStems('cambodian')).toContain('cambodia');
    expect(relatedStems('leader')).toContain('lead');
    expect(relatedStems('4200')).toEqual([]);
  });
});

describe('countriesOfContinent', () => {
  it('knows which countries are African', () => {
    expect(countriesOfContinent('african')?.has('KE')).toBe(true);
    expect(countriesOfContinent('african')?.has('PE')).toBe(false);
    expect(countriesOfContinent('kenyan')).toBeNull();
  });
});
