import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Paragraph } from '../../src/core/model.ts';
import { analyseParagraph } from '../../src/core/text/analysis.ts';
import { sliceCodePoints } from '../../src/core/text/codepoints.ts';
import { changedValues, type DifferingFact, differingFacts } from '../../src/editions/facts.ts';
import { charactersRead } from '../fixtures/characters-read.ts';
import { idfOver } from './idf.ts';
import { NEAR_MISSES, paragraph, TRUE_CHANGES } from './pairs.ts';

const idf = idfOver([...TRUE_CHANGES, ...NEAR_MISSES].flatMap((one) => [paragraph(one.from), paragraph(one.to)]));
const found = (from: Paragraph, to: Paragraph): DifferingFact[] =>
  analyseParagraph(from).sentences.flatMap((sentence) => changedValues(sentence, from, [to], idf));
const words = (facts: DifferingFact[]) => facts.map((fact) => `${fact.from.text} -> ${fact.to.text}`);

describe('a value that changed is found', () => {
  test.each(TRUE_CHANGES)('$why: $changes', ({ from, to, changes }) => {
    const [one, two] = [paragraph(from, 'a'), paragraph(to, 'b')];
    const facts = found(one, two);
    expect(words(facts)).toEqual(changes);
    for (const fact of facts) {
      expect(sliceCodePoints(one.text, fact.from.start, fact.from.end)).toBe(fact.from.text);
      expect(sliceCodePoints(two.text, fact.to.start, fact.to.end)).toBe(fact.to.text);
    }
    // The other way round it is the same change.
    expect(words(found(two, one)).sort()).toEqual(changes.map((change) => change.split(' -> ').reverse().join(' -> ')).sort());
  });
});

describe('what is not the same thing stays silent', () => {
  test.each(NEAR_MISSES)('$why', ({ from, to }) => {
    expect(words(found(paragraph(from, 'a'), paragraph(to, 'b')))).toEqual([]);
    expect(words(found(paragraph(to, 'b'), paragraph(from, 'a')))).toEqual([]);
  });
});

test('a value the other edition states as well has not changed', () => {
  const sentence = paragraph('Norland has 7 harbours.', 'a');
  const others = [paragraph('Norland has 9 harbours.', 'b'), paragraph('Norland has 7 harbours.', 'b')];
  expect(found(sentence, others[0]!)).toHaveLength(1);
  expect(changedValues(analyseParagraph(sentence).sentences[0]!, sentence, others, idf)).toEqual([]);
});

test('where the other paragraphs disagree, none of them is believed', () => {
  const sentence = paragraph('Norland has 7 harbours.', 'a');
  const others = [paragraph('Norland has 9 harbours.', 'b'), paragraph('Norland has 11 harbours.', 'b')];
  expect(changedValues(analyseParagraph(sentence).sentences[0]!, sentence, others, idf)).toEqual([]);
});

test('disagreement within one edition is found the same way', () => {
  const [one, two] = [paragraph('Norland has 7 harbours.', 'a', 1), paragraph('Harbours are busy. Norland has 9 harbours.', 'a', 2)];
  const [fact] = changedValues(analyseParagraph(one).sentences[0]!, one, [one, two], idf);
  expect(fact).toMatchObject({
    kind: 'figure',
    from: { text: '7' },
    to: { text: '9' },
    paragraph: { id: 'a#p2' },
    sentence: { start: 19, end: 42 },
  });
});

describe('contact details', () => {
  const block = (text: string) => paragraph({ kind: 'contact', text, headings: ['Contact'] });
  const between = (from: string, to: string) => words(found(block(from), { ...block(to), briefing: 'other' }));

  test('an address that took the place of another', () => {
    expect(
      between('E-mail: ports@norland.example\nE-mail: museum@norland.example', 'E: museum@norland.example and harbours@norland.example'),
    ).toEqual(['ports@norland.example -> harbours@norland.example']);
    expect(between('Tel: +47 22 123 4567 / Fax: +47 22 123 9999', 'T: +47 79 555 1234')).toEqual(['+47 22 123 4567 -> +47 79 555 1234']);
    expect(between('www.norland.example/ports', 'www.norland.example/harbours')).toEqual([
      'www.norland.example/ports -> www.norland.example/harbours',
    ]);
  });

  test.each([
    ['two that went for one that came', 'a@norland.example\nb@norland.example', 'c@norland.example'],
    ['another organisation', 'a@norland.example', 'a@veloria.example'],
    ['another country', 'Tel: +47 22 123 4567', 'Tel: +46 22 123 4567'],
    ['whose it was is not said any more', 'Telephone in Ostvik: +47 22 123 4567', 'Telephone: +47 79 555 1234'],
    ['of another office', 'Ostvik office, tel: +47 22 123 4567', 'Selby office, tel: +47 79 555 1234'],
    ['a fax is no telephone', 'Fax: +47 22 123 9999', 'Tel: +47 79 555 1234'],
    ['the same number, spaced otherwise', 'Tel: +47 22 123 4567', 'T +47 22 1234567'],
    ['one page against several', 'www.norland.example/ports', 'www.norland.example/a\nwww.other.example'],
  ])('%s is no change', (_, from, to) => {
    expect(between(from, to)).toEqual([]);
    expect(between(to, from)).toEqual([]);
  });
});

test('any text is read without failing, and spans address what they name', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc
      .array(
        fc.constantFrom(
          'Norland',
          'has',
          '7',
          '9',
          'harbours',
          'and',
          '🗼',
          'in',
          '2019',
          'US$ 4 million',
          'ميناء',
          'é',
          ',',
          '.',
          'The',
          'Anna Berg',
          '港口',
        ),
        { maxLength: 14 },
      )
      .map((list) => list.join(' ')),
  );
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [one, two] = [paragraph(a, 'a'), paragraph(b, 'b')];
      const [left, right] = [analyseParagraph(one).sentences, analyseParagraph(two).sentences];
      for (const x of left) {
        for (const y of right) {
          for (const fact of differingFacts({ sentence: x, paragraph: one }, { sentence: y, paragraph: two }, idf)) {
            expect(sliceCodePoints(a, fact.from.start, fact.from.end)).toBe(fact.from.text);
            expect(sliceCodePoints(b, fact.to.start, fact.to.end)).toBe(fact.to.text);
            expect(fact.from.text).not.toBe(fact.to.text);
          }
          expect(differingFacts({ sentence: x, paragraph: one }, { sentence: x, paragraph: one }, idf)).toEqual([]);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('ten candidates are read once, however often they are compared', async () => {
  const sentence = paragraph(
    'China has ratified 26 Conventions, which include four on wages, two on inspection and 20 technical ones.',
    'a',
  );
  const others = Array.from({ length: 10 }, (_, at) =>
    paragraph(
      `Norland has signed ${20 + at} treaties with the northern union. The Ministry of Transport runs ${at + 3} ferries in 2019. China has ratified 28 Conventions.`,
      'b',
    ),
  );
  const [first] = analyseParagraph(sentence).sentences;
  const run = () => changedValues(first!, sentence, others, idf);
  expect(words(run())).toEqual(['26 -> 28']);
  // Not even once over the candidates, which are read from several sides the first time.
  expect(await charactersRead(run)).toBeLessThan(others.reduce((sum, one) => sum + one.text.length, 0));
});

test.each([
  ['figures', 'harbour 7 ', 'harbour 9 '],
  ['commas', 'the, of, ', 'and, of, '],
  ['brackets', '((( ', '((( '],
  ['addresses', 'a@b.', 'a@c.'],
])('a megabyte of %s is not compared for ever', (_, left, right) => {
  const fill = (part: string) => part.repeat(Math.ceil(1_000_000 / part.length));
  // One sentence each: finding the sentences of such a text is not what is looked at here.
  const whole = (text: string, briefing: string) => ({
    ...paragraph('x', briefing),
    text,
    end: text.length,
    sentences: [{ start: 0, end: text.length }],
  });
  const [one, two] = [whole(fill(left), 'a'), whole(fill(right), 'b')];
  expect(found(one, two)).toEqual([]);
  expect(found({ ...one, kind: 'contact' }, { ...two, kind: 'contact' })).toEqual([]);
});
