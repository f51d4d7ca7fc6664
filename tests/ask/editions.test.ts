import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../src/core/model.ts';
import { serviceOf, serviceOver } from './service.ts';

const said = (answer: Answer) => answer.sentences.map((sentence) => sentence.text).join(' ');

describe('one question in many wordings of time', () => {
  let service: Awaited<ReturnType<typeof serviceOver>>;
  beforeAll(async () => {
    service = await serviceOver('corpus');
  });

  it.each([
    'How many ILO Conventions has China ratified?',
    'What is the latest number of Conventions ratified by China?',
    'How many Conventions has China currently ratified?',
    'How many Conventions has China ratified as of July 2026?',
    'According to the newest brief, how many Conventions has China ratified?',
    'The July 2026 edition says China ratified how many Conventions?',
  ])('28 of the July 2026 edition: %s', async (question) => {
    const answer = await service.ask({ question });
    expect(said(answer)).toContain('28 Conventions');
    expect(said(answer)).not.toContain('26 Conventions');
    expect(answer.citations[0]?.briefing.edition.date).toBe('2026-07');
  });

  it('an older edition speaks where its briefing alone is asked', async () => {
    const answer = await service.ask({ question: 'How many Conventions has China ratified?', briefings: ['china-ilo-cooperation-2019'] });
    expect(said(answer)).toContain('26 Conventions');
    expect(said(answer)).not.toContain('28 Conventions');
  });

  it.each([
    'How many Conventions had China ratified in 2019?',
    'As of 2019, how many Conventions were ratified by China?',
    'How many Conventions has China ratified according to the older briefing?',
    'Back then, how many Conventions had China ratified?',
    'What did the 2019 edition say about the number of ratified Conventions?',
    'Originally, how many Conventions had China ratified?',
    'In the previous edition, how many Conventions had China ratified?',
  ])('26 of the 2019 edition: %s', async (question) => {
    const answer = await service.ask({ question });
    expect(said(answer)).toContain('26 Conventions');
    expect(said(answer)).not.toContain('28 Conventions');
    expect(answer.citations[0]?.briefing.edition.date).toBe('2019');
  });

  it.each([
    'How has the number of Conventions ratified by China changed?',
    'Compare the number of ratified Conventions in both editions.',
    'Did the number of ratified Conventions change between 2019 and 2026?',
  ])('both, with the change noted: %s', async (question) => {
    const answer = await service.ask({ question });
    expect(said(answer)).toMatch(/26 Conventions.*28 Conventions|28 Conventions.*26 Conventions/s);
    expect(answer.notes.map((note) => note.text)).toContain('26 in the 2019 edition became 28 in the July 2026 edition.');
  });
});

describe('wordings of time that name no edition', () => {
  it.each(['How many Conventions has China ratified since 2019?', 'How many Conventions does China have now?'])(
    '28 of the July 2026 edition: %s',
    async (question) => {
      const { ask } = await serviceOver('corpus');
      expect(said(await ask({ question }))).toContain('28 Conventions');
    },
  );

  it.each(['How many Conventions had China ratified before 2020?', 'How many Conventions did China ratify by 2020?'])(
    '26 of the 2019 edition: %s',
    async (question) => {
      const { ask } = await serviceOver('corpus');
      expect(said(await ask({ question }))).toContain('26 Conventions');
    },
  );
});

describe('three editions beside another series', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pilcrow-editions-'));
  const brief = (edition: string, harbours: number, extra = '') =>
    writeFileSync(
      join(folder, `harbours-${edition}.md`),
      `---\ntitle: Harbours of Norland\nseries: harbours\nedition: "${edition}"\n---\n\n# Harbours of Norland\n\nNorland has ${harbours} public harbours.\n\n${extra}\n`,
    );
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeAll(() => {
    brief('2015', 5);
    brief('2019', 7, 'The Harbour Act of Norland was passed in 1998.');
    brief('2024-05', 9);
    writeFileSync(
      join(folder, 'museums.md'),
      '---\ntitle: Museums of Sudland\nseries: museums\nedition: "2021"\n---\n\n# Museums of Sudland\n\nSudland has 31 public museums and no harbours.\n',
    );
  });

  it('lets the newest speak and notes the edition before', async () => {
    const { ask } = await serviceOver(folder);
    const answer = await ask({ question: 'How many public harbours does Norland have?' });
    expect(said(answer)).toContain('9 public harbours');
    expect(answer.notes.map((note) => note.text)).toEqual(['The 2019 edition said 7.']);
    expect(said(await ask({ question: 'How many public museums does Sudland have?' }))).toContain('31');
  });

  // Nothing is asserted.
  it('lets the edition in force at a time speak of that time', async () => {
    const { ask } = await serviceOver(folder);
    expect(said(await ask({ question: 'How many public harbours did Norland have in 2016?' }))).toContain('5 public harbours');
  });

  it('leaks nothing between series', async () => {
    const { ask } = await serviceOver(folder);
    const harbours = await ask({ question: 'How has the number of public harbours of Norland changed?' });
    expect(harbours.citations.every((citation) => citation.briefing.series === 'harbours')).toBe(true);
    const museums = await ask({ question: 'How many public museums does Sudland have?' });
    expect(museums.notes.filter((note) => note.kind === 'changed')).toEqual([]);
  });

  it('forgets an edition that was removed and ingested again', async () => {
    rmSync(join(folder, 'harbours-2024-05.md'));
    const { ask } = await serviceOver(folder);
    const answer = await ask({ question: 'How many public harbours does Norland have?' });
    expect(said(answer)).toContain('7 public harbours');
    expect(answer.citations[0]?.briefing).toMatchObject({ newest: true, edition: { date: '2019', stated: true } });
    expect(JSON.stringify(answer)).not.toContain('9 public harbours');
  });
});

describe('what changed?', () => {
  it('answers without a subject from the comparison of the two newest editions', async () => {
    const { ask } = await serviceOver('corpus');
    const answer = await ask({ question: 'What changed since the last edition?' });
    expect(answer.status).toBe('answered');
    expect(said(answer)).toContain('28 Conventions');
    // What is new leads: sections the older edition does not have, each below its title; values stand below them.
    const at = (text: string) => answer.sentences.findIndex((one) => one.text.includes(text));
    expect(answer.sentences.find(({ under }) => under === 'The Global Development Initiative')?.text).toContain('2021');
    expect(at('Global Development Initiative')).toBeLessThan(at('28 Conventions'));
    expect(answer.sentences.every(({ under }) => under !== null)).toBe(true);
    // Whose telephone the new one replaces is not known, so nothing is said of it.
    expect(JSON.stringify(answer.notes)).not.toContain('+41');
    expect(answer.notes[0]?.text).toBe('26 in the 2019 edition became 28 in the July 2026 edition.');
    expect(answer.notes.at(-1)?.text).toContain('/series/china-ilo-cooperation/changes');
  });

  it('keeps to what the newest edition added when asked what is new about a subject', async () => {
    const { ask } = await serviceOver('corpus');
    const answer = await ask({ question: 'What is new in the 2026 edition about the SCORE programme?' });
    expect(answer.citations.length).toBeGreaterThan(0);
    expect(answer.citations.every((citation) => citation.briefing.edition.date === '2026-07')).toBe(true);
    expect(said(answer)).toContain('SCORE');
  });
});

describe('a long list', () => {
  it('is quoted with its lead-in once, from the beginning of a sentence', async () => {
    const { ask } = await serviceOver('corpus');
    const answer = await ask({ question: 'Which memoranda were signed in 2019?' });
    const leads = answer.sentences.filter(({ shape }) => shape?.kind !== 'item').map(({ text }) => text);
    expect(new Set(leads).size).toBe(leads.length);
    for (const text of leads) expect(text).not.toMatch(/^Government of China/);
    expect(answer.sentences.filter(({ shape }) => shape?.kind === 'item').length).toBeGreaterThanOrEqual(4);
  });
});

describe('one edition that disagrees with itself', () => {
  it('tells the other value, and is never settled silently', async () => {
    const { ask } = await serviceOf({
      'harbours.md':
        '---\ntitle: Harbours of Norland\nedition: "2024"\n---\n\n# Harbours of Norland\n\n## Overview\n\nNorland has 9 public harbours.\n\n## Fees\n\nFees are charged by the day.\n\n## Summary\n\nNorland has 8 public harbours.\n',
    });
    const answer = await ask({ question: 'How many public harbours does Norland have?' });
    const conflict = answer.notes.find((note) => note.kind === 'conflict');
    expect(conflict?.text).toMatch(/9.*8|8.*9/);
    expect(conflict?.citations).toHaveLength(2);
    expect(answer.notes.some((note) => note.kind === 'changed')).toBe(false);
  });
});
