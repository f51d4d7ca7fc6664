import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Paragraph } from '../../src/core/model.ts';
import { align, foldText, type Pair } from '../../src/editions/align.ts';
import { idfOver } from './idf.ts';
import { paragraph, type Side } from './pairs.ts';

const briefing = (id: string, sides: (string | Side)[]): Paragraph[] => sides.map((side, at) => paragraph(side, id, at + 1));
const OLD = briefing('old', [
  { kind: 'heading', text: 'Harbours of Norland' },
  'Norland has 7 harbours. The smallest of them lies at Ostvik and serves fishing boats only.',
  { kind: 'heading', text: 'FERRIES' },
  { text: 'The Ministry of Transport runs 12 ferries between the islands of the archipelago.', headings: ['FERRIES'] },
  { text: 'Steam ferries were withdrawn after the great storm.', headings: ['FERRIES'] },
  { kind: 'heading', text: 'Safer quays (2017-19)' },
  { text: 'The project rebuilt quays with US$ 1 million and trained dockers in first aid.', headings: ['Safer quays (2017-19)'] },
  { kind: 'heading', text: 'Contact' },
  { kind: 'contact', text: 'Harbour Agency\n4 Pier Road', headings: ['Contact'] },
  { kind: 'contact', text: 'Tel: +47 22 123 4567\nE-mail: ports@norland.example', headings: ['Contact'] },
]);
const NEW = briefing('new', [
  { kind: 'heading', text: 'Harbours of Norland' },
  { kind: 'heading', text: 'Ferries' },
  { text: 'The fastest ferry, the Kittiwake, crosses the Great Sound in 40 minutes.', headings: ['Ferries'] },
  { text: 'Between the islands of the archipelago the Ministry of Transport runs 15 ferries.', headings: ['Ferries'] },
  'In Norland there are harbours on every coast. The smallest one lies at Ostvik and serves fishing boats only.',
  { kind: 'heading', text: 'Safer quays (2022-25)' },
  { text: 'The project rebuilt quays with US$ 3 million and trained dockers in first aid.', headings: ['Safer quays (2022-25)'] },
  { kind: 'heading', text: 'How to reach us' },
  { kind: 'contact', text: 'Tel: +47 22 123 4567\nE-mail: harbours@norland.example', headings: ['How to reach us'] },
]);
const idf = idfOver([...OLD, ...NEW]);
const shown = (pairs: Pair[]) =>
  pairs.map(({ kind, from, to, facts }) => [
    kind,
    from?.number ?? null,
    to?.number ?? null,
    ...facts.map((fact) => `${fact.from.text} -> ${fact.to.text}`),
  ]);

test('two editions are aligned, in the order of the newer one', () => {
  expect(shown(align(OLD, NEW, idf))).toEqual([
    ['unchanged', 1, 1],
    ['unchanged', 3, 2],
    ['added', null, 3],
    ['changed', 4, 4, '12 -> 15'],
    ['removed', 5, null],
    // The same words about another phase are another project.
    ['removed', 6, null],
    ['removed', 7, null],
    ['reworded', 2, 5],
    ['added', null, 6],
    ['added', null, 7],
    ['reworded', 8, 8],
    ['removed', 9, null],
    ['changed', 10, 9, 'ports@norland.example -> harbours@norland.example'],
  ]);
});

test('a sentence that went into another paragraph is said to stand there', () => {
  const old = briefing('old', [
    'Norland is an old kingdom of rocky islands far in the north.',
    'The pilot school of Ostvik trains young people from every island.',
  ]);
  const fresh = briefing('new', [
    'Norland is an old kingdom of rocky islands far in the north. The pilot school of Ostvik trains young people from every island.',
  ]);
  const pairs = align(old, fresh, idfOver([...old, ...fresh]));
  expect(pairs.map((pair) => pair.kind).sort()).toEqual(['removed', 'reworded']);
  expect(pairs.find((pair) => pair.kind === 'removed')?.elsewhere?.id).toBe('new#p1');
});

test('items of lists that correspond need less to be taken for one another', () => {
  const items = (id: string, lead: string, texts: string[]) => {
    const list = briefing(id, [lead, ...texts.map((text): Side => ({ kind: 'item', text }))]);
    return list.map((one, at) => (at === 0 ? one : { ...one, lead: 1 }));
  };
  const old = items('old', 'Three agreements were signed in 2019 with ministries of Norland, among them these:', [
    '"Safe work at sea and in ports" (signed by the Ministry of Labour)',
    '"Cleaner fuel for all vessels" (signed by the Ministry of Transport)',
  ]);
  const fresh = items('new', 'In 2019 agreements were signed with ministries of Norland:', [
    'The Ministry of Transport promises lower emissions of ships and ferries, and shore power in every harbour by the end of the decade.',
    'The Ministry of Labour promises inspections and medical care on board, and a hotline for crews who are far from home.',
  ]);
  expect(shown(align(old, fresh, idfOver([...old, ...fresh])))).toEqual([
    ['reworded', 1, 1],
    ['reworded', 3, 2],
    ['reworded', 2, 3],
  ]);
});

describe('unchanged means unchanged', () => {
  test.each([
    ['China ILO Cooperation', 'China – ILO cooperation', true],
    ['THE PORTS', 'The ports.', true],
    ['“Quoted”', '"Quoted"', true],
    ['It costs €5.', 'It costs $5.', false],
    ['5%', '5', false],
    ['1.2 million', '12 million', false],
    ['-5 degrees', '5 degrees', false],
    ['a@b.example', 'a b.example', false],
    ['!!!', '???', false],
    ['café', 'cafe', false],
  ])('%s and %s: %s', (a, b, same) => {
    expect(foldText(a) === foldText(b)).toBe(same);
  });
});

describe('for any two editions', () => {
  const line = fc.oneof(
    fc.constantFrom(
      'Norland has 7 harbours.',
      'Norland has 9 harbours.',
      'The ministry runs 12 ferries between the islands.',
      'ميناء 🗼 é',
      '港口很多。',
      '',
      ' ',
      '!!!',
      'E-mail: a@norland.example',
    ),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
  );
  const side = fc.record({
    text: line,
    kind: fc.constantFrom('body' as const, 'heading' as const, 'item' as const, 'contact' as const),
    headings: fc.array(fc.constantFrom('Ports', 'Ferries', 'Safer quays (2018-20)', 'Contact'), { maxLength: 2 }),
  });
  const edition = (id: string) => fc.array(side, { maxLength: 12 }).map((sides) => briefing(id, sides));

  test('every paragraph stands in one row', () => {
    fc.assert(
      fc.property(edition('a'), edition('b'), (from, to) => {
        const pairs = align(from, to, idfOver([...from, ...to]));
        expect(pairs.flatMap((pair) => pair.from?.id ?? []).sort()).toEqual(from.map((one) => one.id).sort());
        expect(pairs.flatMap((pair) => pair.to?.id ?? [])).toEqual(to.map((one) => one.id));
        for (const { kind, from: x, to: y, facts } of pairs) {
          expect(x !== null || y !== null).toBe(true);
          expect(facts.length > 0).toBe(kind === 'changed');
          if (kind === 'unchanged') expect(foldText(x!.text)).toBe(foldText(y!.text));
        }
      }),
      { numRuns: 150 },
    );
  });

  test('an edition is unchanged from itself', () => {
    fc.assert(
      fc.property(edition('a'), (list) => {
        expect(align(list, list, idfOver(list)).every((pair) => pair.kind === 'unchanged' && pair.from === pair.to)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('the order of the lists does not matter', () => {
    fc.assert(
      fc.property(edition('a'), edition('b'), fc.nat(), (from, to, seed) => {
        const shuffle = <T>(list: T[]) =>
          list
            .map((one, at) => [one, (at * 7919 + seed) % 101] as const)
            .sort((x, y) => x[1] - y[1])
            .map(([one]) => one);
        const weights = idfOver([...from, ...to]);
        expect(shown(align(shuffle(from), shuffle(to), weights))).toEqual(shown(align(from, to, weights)));
      }),
      { numRuns: 100 },
    );
  });
});

test('two editions of 1,000 paragraphs are aligned', () => {
  const make = (id: string, more: number) =>
    briefing(
      id,
      Array.from(
        { length: 1000 },
        (_, at) =>
          `Station ${at} of the Coast Guard keeps ${at + more} patrol boats for rescue work in district ${String.fromCharCode(97 + (at % 26))}${at % 37}.`,
      ),
    );
  const [from, to] = [make('a', 3), make('b', 5)];
  const pairs = align(from, to, idfOver(from));
  expect(pairs).toHaveLength(1000);
});
