import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/ingest/document.ts';
import { dateOfName } from '../../src/ingest/editions.ts';
import { assemble } from '../../src/ingest/ingest.ts';
import { fromText, now, outline } from './helpers.ts';

/** Kinds of loss that people met, each with inputs of its own; what a single reader does stands in its own tests. */
const md = (text: string) => outline(text, 'note.md');
const sentencesOf = (text: string) =>
  fromText(text).paragraphs.flatMap((paragraph) => {
    const points = [...paragraph.text];
    return paragraph.sentences.map(({ start, end }) => points.slice(start, end).join(''));
  });
const editionOf = (name: string, text: string) => readDocument(name, Buffer.from(text), { now }).briefing.edition.date;

describe('dates', () => {
  it.each([
    ['20250704-tolls', '2025-07-04'],
    ['tolls_04.07.2025', '2025-07-04'],
    ['tolls 4.7.2025', '2025-07-04'],
    ['Tolls 2025_07_04 final', '2025-07-04'],
    ['scan_20251231_173000', '2025-12-31'],
    ['tolls-07.2025', '2025-07'],
    ['tolls (2025-07)', '2025-07'],
    ['minutes-20251301', null],
    ['1.2.3-notes', null],
    ['road-2019-and-after', null],
  ])('in the file name %s: %s', (name, date) => expect(dateOfName(name)).toBe(date));

  it.each([
    ['Stock list\n\nWe hold 2021 nails and 1998 hinges.', null],
    ['Prices\n\nA crate costs 2019 crowns.', null],
    ['Doors\n\nRoom 2019 is shut.', null],
    ['Tolls\n\nA cart pays 4 crowns.\n\n© 2012–2019 Parish of Ay', '2019'],
    ['Tolls\n\nCopyright 2009, 2014, 2018 Parish of Ay.\n\nA cart pays 4.', '2018'],
    ['Trade\n\nIn 2018 and 2019 exports rose.', '2019'],
  ])('in %j: %s', (text, date) => expect(editionOf('paper.txt', text)).toBe(date));

  it('of folders make editions of files of one name, whatever their titles say', async () => {
    const of = (folder: string, title: string, pay: number) =>
      readDocument(`${folder}/tolls.md`, Buffer.from(`# ${title}\n\nA cart pays ${pay} crowns.`), { now });
    const years = await assemble([of('2023', 'Tolls', 3), of('2024', 'What carts pay', 4)]);
    expect(years.map(({ briefing }) => [briefing.edition.date, briefing.newest])).toEqual([
      ['2023', false],
      ['2024', true],
    ]);
    expect(new Set(years.map(({ briefing }) => briefing.series)).size).toBe(1);
    const months = await assemble([of('minutes/2024-03', 'Tolls', 3), of('minutes/May 2024', 'Tolls', 4)]);
    expect(months.map(({ briefing }) => briefing.edition.date)).toEqual(['2024-03', '2024-05']);
  });

  it('of copyright lines are no titles', () => {
    expect(readDocument('c.txt', Buffer.from('Copyright © 2019 Parish\n\nTolls\n\nA cart pays 4 crowns.'), { now }).briefing.title).toBe(
      'Tolls',
    );
    expect(readDocument('c.md', Buffer.from('(c) 2019 by the parish.\n\n# Tolls\n\nA cart pays 4.'), { now }).briefing.title).toBe('Tolls');
  });
});

describe('encodings', () => {
  const wide = (text: string) => Buffer.from(text, 'utf16le');
  it.each(['Kvarnen står vid ån i Åmål.', '水车在河边，很旧。水车在河边。', 'Мельница стоит на реке.', 'الطاحونة على ضفة النهر وهي قديمة'])(
    'UTF-16 without a mark, either way round: %s',
    (text) => {
      for (const bytes of [wide(text), wide(text).swap16()]) {
        expect(readDocument('a.txt', bytes)).toMatchObject({ text: text.normalize('NFC'), problems: [] });
      }
    },
  );

  it('binary data is none', () => {
    let seed = 7;
    const noise = Uint8Array.from({ length: 4000 }, () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return seed >>> 24;
    });
    expect(() => readDocument('a.txt', noise)).toThrow(/not a text file/);
    expect(() => readDocument('a.txt', noise.subarray(0, 60))).toThrow();
  });

  it.each([
    ['Le moulin de Besançon, la mère ', ' l’âge de 40 ans.'],
    ['水车在河边。', '它很旧。'],
  ])('a wrong byte after %j costs one character', (before, after) => {
    const { text, problems } = readDocument('a.txt', Buffer.concat([Buffer.from(before), Buffer.of(0xe9), Buffer.from(after)]));
    expect(text).toBe(`${before}\ufffd${after}`);
    expect(problems.map(({ message }) => message)).toEqual(['A character in line 1 is unreadable.']);
  });
});

describe('Markdown', () => {
  it('takes the first row of a table for its header where the header is empty', () => {
    expect(md('| | |\n|:--|--:|\n| **Weir** | **Depth (m)** |\n| North | 2 |\n| South | 3 |')).toEqual([
      'body: Weir: North; Depth (m): 2',
      'body: Weir: South; Depth (m): 3',
    ]);
    expect(md('|  |  |  |\n|---|---|---|\n| | Rye | Oats |\n| Upper | 4 | 6 |')).toEqual(['body: Upper; Rye: 4; Oats: 6']);
  });

  it('joins two rows of header, the upper over those it spans', () => {
    expect(md('| Mill | Plan | |\n| | 2024 | 2025 |\n|--|--|--|\n| Upper | 4 | 9 |')).toEqual([
      'body: Mill: Upper; Plan 2024: 4; Plan 2025: 9',
    ]);
    expect(
      md('| Mill | Rye | | Oats | |\n| | sown | reaped | sown | reaped |\n|--|--|--|--|--|\n| Upper | 1 | 2 | 3 | 4 | and bran |'),
    ).toEqual(['body: Mill: Upper; Rye sown: 1; Rye reaped: 2; Oats sown: 3; Oats reaped: 4; and bran']);
  });

  it('knows a wiki link in a table by its label', () => {
    const rows = '| [[weirs/north\\|North weir]] | 2 m |\n| ![[map.png|300]] South | 3 m |\n| [[South#Gate|the gate]] | 4 m |';
    expect(md(`| Place | Depth |\n|--|--|\n${rows}`)).toEqual([
      'body: Place: North weir; Depth: 2 m',
      'body: Place: South; Depth: 3 m',
      'body: Place: the gate; Depth: 4 m',
    ]);
  });

  it('leaves out what is struck through, whole items too', () => {
    expect(md('Carts ~~pay 3 crowns~~ pay 4 crowns.\n\n- ~~Closed on Monday~~\n- Open on Friday')).toEqual([
      'body: Carts pay 4 crowns.',
      'item: Open on Friday',
    ]);
    expect(md('<s>Free on Sunday.</s>\n\n<p>It costs <strike>2</strike> 3 crowns.</p>')).toEqual(['body: It costs 3 crowns.']);
  });

  it.each([
    ['The bank&rsquo;s caf&eacute; &mdash; 3&nbsp;&times;&nbsp;4 &euro;', 'The bank’s café — 3 × 4 €'],
    ['&Aring;se & Bj&oslash;rn &hellip; &frac12; &#8364;5 &#x2192;', 'Åse & Bjørn … ½ €5 →'],
  ])('reads %s', (text, read) => expect(md(text)).toEqual([`body: ${read}`]));

  it.each([
    ['***\n\nToll: paid daily, in coin.\n\n***\n\nEnd.', ['body: Toll: paid daily, in coin.', 'body: End.']],
    ['---\n\nToll: paid daily.\n\n---\n\nEnd.', ['body: Toll: paid daily.', 'body: End.']],
  ])('keeps prose between rules: %j', (text, read) => expect(md(text)).toEqual(read));
});

describe('plain text', () => {
  it.each([
    [
      'Weir North\nDepth: 2 m\nKeeper: Bo Lund\n\nWeir South\nDepth: 3 m\nKeeper: Ada Quist',
      [
        'heading: Weir North',
        'body: Depth: 2 m',
        'body: Keeper: Bo Lund',
        'heading: Weir South',
        'body: Depth: 3 m',
        'body: Keeper: Ada Quist',
      ],
    ],
    [
      'Weirs\n\nWeir North\nDepth: 2 m\n\nWeir South\nDepth: 3 m\n\nThat is all there is.',
      [
        'heading: Weirs',
        'heading: Weir North',
        'body: Depth: 2 m',
        'heading: Weir South',
        'body: Depth: 3 m',
        'body: That is all there is.',
      ],
    ],
    [
      'Office\n\nParish of Ay\nAddress: 5 High Street\nTel: +44 20 7946 0000\nEmail: a@b.example',
      ['heading: Office', 'contact: Parish of Ay\nAddress: 5 High Street\nTel: +44 20 7946 0000\nEmail: a@b.example'],
    ],
  ])('takes labels below a title for statements: %j', (text, read) => expect(outline(text)).toEqual(read));

  it('knows numbered titles right below the title of all', () => {
    expect(
      outline(
        'Weir rules\n1. Scope\nIt holds for boats. Carts have rules of their own.\n2. Contacts\nAda Quist answers. She is in on Monday.',
      ),
    ).toEqual([
      'heading: Weir rules',
      'heading: 1. Scope',
      'body: It holds for boats. Carts have rules of their own.',
      'heading: 2. Contacts',
      'body: Ada Quist answers. She is in on Monday.',
    ]);
  });

  it.each([
    ['The bridge cost 12.\n75 crowns a yard.', 'The bridge cost 12.75 crowns a yard.'],
    ['Water stood at 0.\n9 metres. 3 people saw it.', 'Water stood at 0.9 metres. 3 people saw it.'],
  ])('joins the decimal in %j', (text, read) => expect(outline(text)).toEqual([`body: ${read}`]));

  it.each(['Wear a helmet.', 'Do not walk on the weir while the sluice is open.'])('keeps "%s" under every item', (warning) => {
    const mills = ['Upper', 'Lower', 'East', 'West'].map((mill, at) => `${mill} mill\n\nIt has ${at + 2} wheels.\n\n${warning}`);
    const read = outline([warning, ...mills].join('\n\n'));
    expect(read.filter((one) => one === `body: ${warning}`)).toHaveLength(5);
  });

  it.each([
    ['The mill was sold to Brandt & Co. Aarhus for 40 crowns. It is old.', 2],
    ['We meet at 7 p.m. Tuesday at the weir. Bring oil.', 2],
    ['Dr. Ada Quist runs it with Bo Lund Jr. as her clerk.', 1],
  ])('ends a sentence where it ends: %j', (text, count) => expect(sentencesOf(text)).toHaveLength(count));

  it('says how many letters were lost, and where', () => {
    expect(fromText('The o\ufffdce of the \ufffdour mill.\n\nIt is \ufffdne.').problems.map(({ message }) => message)).toEqual([
      '3 characters are unreadable, the first in line 1.',
    ]);
    expect(fromText('All is well.\n\nThe \ufffdour is white.').problems.map(({ message }) => message)).toEqual([
      'A character in line 3 is unreadable.',
    ]);
  });

  it.each([`---\ntitle: ${'long '.repeat(500)}\n---\n\nText.`, `# ${'wide '.repeat(900)}\n\nText.`])('bounds a title', (text) => {
    expect(fromText(text, 'note.md').briefing.title.length).toBeLessThanOrEqual(300);
  });
});
