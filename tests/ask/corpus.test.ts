import { beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Trace } from '../../src/core/model.ts';
import { sliceCodePoints } from '../../src/core/text/codepoints.ts';
import { serviceOver } from './service.ts';

let service: Awaited<ReturnType<typeof serviceOver>>;
const ask = (question: string, more: object = {}) => service.ask({ question, ...more });
const said = (answer: Answer) => answer.sentences.map((sentence) => sentence.text).join(' ');
const editions = (answer: Answer) => answer.citations.map((citation) => citation.briefing.edition.date);

beforeAll(async () => {
  service = await serviceOver('corpus');
});

describe('asking the two editions of the shipped corpus', () => {
  it.each([
    'How many ILO Conventions has China ratified?',
    'How many Conventions has China ratified as of now?',
    'What is the current number of Conventions ratified by China?',
    'how many convnetions has China ratified',
  ])('answers 28 from the July 2026 edition: %s', async (question) => {
    const answer = await ask(question);
    expect(answer.status).toBe('answered');
    expect(said(answer)).toContain('28');
    expect(said(answer)).not.toContain('26 Conventions');
    expect(editions(answer)[0]).toBe('2026-07');
    expect(answer.answer).toContain('[1]');
    const changed = answer.notes.find((note) => note.kind === 'changed');
    expect(changed?.text).toBe('The 2019 edition said 26.');
    const cited = answer.citations.find((citation) => citation.number === changed?.citations[0]);
    expect(cited).toMatchObject({ briefing: { newest: false }, quote: { exact: expect.stringContaining('26') } });
  });

  it.each([
    'How many Conventions had China ratified in 2019?',
    'According to the older briefing, how many Conventions has China ratified?',
    'How many Conventions has China ratified according to the 2019 edition?',
  ])('answers 26 from the 2019 edition: %s', async (question) => {
    const answer = await ask(question);
    expect(said(answer)).toContain('26');
    expect(editions(answer)[0]).toBe('2019');
    expect(answer.status).toBe('answered');
    expect(answer.notes.map((note) => note.text)).toContain('The July 2026 edition says 28.');
  });

  it('follows the edition asked for by parameter', async () => {
    expect(said(await ask('How many Conventions has China ratified?', { edition: '2019' }))).toContain('26');
    expect(said(await ask('How many Conventions has China ratified?', { edition: '2026' }))).toContain('28');
    const both = await ask('How many Conventions has China ratified?', { edition: 'all' });
    expect(editions(both)).toEqual(expect.arrayContaining(['2026-07', '2019']));
    expect(said(both)).toMatch(/28.*26|26.*28/s);
  });

  it('names the known editions when one is asked for that is not there', async () => {
    await expect(ask('How many Conventions?', { edition: '2011' })).rejects.toMatchObject({
      code: 'bad_request',
      hint: expect.stringContaining('2026-07'),
    });
  });

  it('tells both values when asked how they changed', async () => {
    const answer = await ask('How has the number of ratified Conventions changed?');
    expect(editions(answer)).toEqual(expect.arrayContaining(['2019', '2026-07']));
    expect(said(answer)).toMatch(/26.*28|28.*26/s);
    expect(answer.notes.map((note) => note.text)).toContain('26 in the 2019 edition became 28 in the July 2026 edition.');
  });

  it('says so when only the older edition knows', async () => {
    const answer = await ask('How many of the Conventions China ratified are Fundamental Conventions?');
    expect(answer.status).toBe('older_edition_only');
    expect(said(answer)).toMatch(/four/i);
    expect(answer.notes.find((note) => note.kind === 'older_edition')?.text).toContain('2019');
  });

  it('keeps the topic and changes the time in a follow-up', async () => {
    const history = [
      { role: 'user' as const, content: 'How many Conventions has China ratified?' },
      { role: 'assistant' as const, content: 'China has ratified 28 Conventions. [1]' },
    ];
    const then = await ask('And in 2019?', { history });
    expect(said(then)).toContain('26');
    const now = await ask('And now?', { history: [...history, { role: 'user', content: 'And in 2019?' }] });
    expect(said(now)).toContain('28');
  });

  it.each(['Hello!', '???', ''])('claims nothing where nothing is asked: %s', async (message) => {
    const answer = await ask(message);
    expect(answer.status).toBe('talk');
    expect(answer.sentences).toEqual([]);
    expect(answer.citations).toEqual([]);
    expect(answer.answer).not.toMatch(/\[\d+\]/);
  });

  it.each([
    'How many Conventions has Viet Nam ratified?',
    'What is the capital of France?',
    'Write me a poem about labour.',
    'Who won the football world cup in 2022?',
  ])('declines what the briefings do not answer: %s', async (question) => {
    const answer = await ask(question);
    expect(answer.status).toBe('not_found');
    expect(answer.sentences).toEqual([]);
    expect(answer.citations).toEqual([]);
    expect(answer.answer).not.toMatch(/\[\d+\]/);
  });

  // The older edition's figure for China is given, as if of India.
  it('declines for a country in lower case of which nothing is said', async () => {
    expect((await ask('how many conventions has india ratified')).status).toBe('not_found');
  });
  // An official of another organisation is quoted.
  it('declines for an office of which nothing is said', async () => {
    expect((await ask('Who is the Director-General of the ILO?')).status).toBe('not_found');
  });

  it('reads an abbreviation as its long form and back', async () => {
    const short = await ask('What did SAMR sign in April 2026?');
    const long = await ask('What did the State Administration for Market Regulation sign in April 2026?');
    expect(short.citations[0]?.paragraph).toBe(long.citations[0]?.paragraph);
    expect(said(short)).toContain('MoU');
  });

  it('gives contact details by their form', async () => {
    expect(said(await ask('What is the e-mail address of the Beijing office?'))).toContain('beijing@ilo.org');
    expect(said(await ask('Fax number of the Geneva office in the 2019 edition?'))).toContain('+41 22 799 6668');
  });

  it('shows the passages that are nearest, as many as asked for and none that is quoted', async () => {
    const declined = await ask('How many Conventions has Viet Nam ratified?', { limit: 4 });
    expect(declined).toMatchObject({ status: 'not_found', sentences: [] });
    expect(declined.nearest).toHaveLength(4);
    const answered = await ask('How many Conventions has China ratified?');
    const quoted = new Set(
      answered.citations
        .filter(({ number }) => answered.sentences.some((one) => one.citations.includes(number)))
        .map(({ paragraph }) => paragraph),
    );
    expect(answered.nearest.length).toBeGreaterThan(0);
    for (const passage of answered.nearest) for (const paragraph of passage.paragraphs) expect(quoted).not.toContain(paragraph);
  });

  it('emits passages, then sentences, then the answer it returns', async () => {
    const events: string[] = [];
    let last: unknown;
    const answer = await service.ask(
      { question: 'How many Conventions has China ratified?' },
      {
        onEvent: (event) => {
          events.push(event.type);
          if (event.type === 'answer') last = event.answer;
        },
      },
    );
    expect(events[0]).toBe('passages');
    expect(events.indexOf('sentence')).toBeGreaterThan(0);
    expect(events.at(-1)).toBe('answer');
    expect(last).toEqual(answer);
  });

  it('records every step in a trace that survives JSON', async () => {
    const trace: Trace = { steps: [] };
    await service.ask({ question: 'How many Conventions has China ratified?' }, { trace });
    // The newest editions are ranked for themselves, and so are those they replace.
    expect(trace.steps.map((step) => step.step)).toEqual(['understand', 'retrieve', 'rank', 'rank', 'decide', 'answer']);
    expect(JSON.parse(JSON.stringify(trace))).toEqual(trace);
  });

  it('stops when the asker has gone', async () => {
    const gone = new AbortController();
    gone.abort();
    await expect(service.ask({ question: 'How many Conventions has China ratified?' }, { signal: gone.signal })).rejects.toThrow();
  });

  it('cites only what stands there, word for word, at the offsets given', async () => {
    for (const question of [
      'Which ministries signed MoUs in 2019?',
      'What is the GDI?',
      'Who attended the International Labour Conference in 2026?',
      'How much did China contribute in 2021-2025?',
    ]) {
      const answer = await ask(question);
      expect(answer.citations.length, question).toBeGreaterThan(0);
      for (const citation of answer.citations) {
        const text = (await service.reader.text(citation.briefing.id)) as string;
        expect(sliceCodePoints(text, citation.start, citation.end)).toBe(citation.quote.exact);
        expect(citation.text).toContain(citation.quote.exact);
      }
      const numbers = [...answer.answer.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1]));
      expect(new Set(numbers)).toEqual(new Set(answer.citations.map((citation) => citation.number)));
    }
  });
});

describe('search', () => {
  it('finds the paragraph by words and by meaning, newest ties first', async () => {
    const found = await service.search({ query: 'ratified Conventions', limit: 2 });
    expect(found.passages).toHaveLength(2);
    expect(found.passages.every((passage) => /Conventions/.test(passage.text))).toBe(true);
  });
  it('returns nothing for nothing', async () => {
    expect((await service.search({ query: ' … ' })).passages).toEqual([]);
  });
});
