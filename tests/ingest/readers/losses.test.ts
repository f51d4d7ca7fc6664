import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../src/ingest/document.ts';
import { fromText, outline } from '../helpers.ts';

const texts = (text: string) => fromText(text).paragraphs.map((paragraph) => paragraph.text);

describe('plain text loses nothing', () => {
  it('takes a label and its value for a statement of its section', () => {
    const text =
      'Mill register\n\nUpper Mill\n\nOwner: the Parish\n\nIt grinds rye.\n\nState: shut\n\nLower Mill\n\nOwner: Ada Quist\n\nState: open\n\nIt grinds oats.';
    const { paragraphs } = fromText(text);
    expect(paragraphs.filter(({ kind }) => kind === 'heading').map((paragraph) => paragraph.text)).toEqual([
      'Mill register',
      'Upper Mill',
      'Lower Mill',
    ]);
    expect(paragraphs.find((paragraph) => paragraph.text === 'State: open')?.headings).toEqual(['Lower Mill']);
    expect(outline('Report\n\nPart two: the mills\n\nThey are old and need repair.')).toContain('heading: Part two: the mills');
  });

  it('cuts a text without blank lines at ends of sentences, and a text without any at spaces', () => {
    const lines = Array.from({ length: 400 }, (_, at) => `Wheel ${at} turns in mill ${(at * 7) % 31} and was greased by hand ${at % 9}.`);
    const cut = texts(lines.join('\n'));
    expect(Math.max(...cut.map((one) => one.length))).toBeLessThan(2600);
    expect(cut.every((one) => one.endsWith('.'))).toBe(true);
    expect(cut.join(' ')).toBe(lines.join(' '));
    const endless = texts('rye oats barley '.repeat(2000));
    expect(endless.join(' ')).toBe('rye oats barley '.repeat(2000).trim());
    expect(Math.max(...endless.map((one) => one.length))).toBeLessThan(2600);
  });

  it('joins a decimal that a line end cut, and nothing else', () => {
    expect(texts('The wheel was renewed in 2019 for 2.\n4 million crowns.')).toEqual([
      'The wheel was renewed in 2019 for 2.4 million crowns.',
    ]);
    expect(texts('The sluice is raised when the river stands at 3,\n80 metres.')).toEqual([
      'The sluice is raised when the river stands at 3,80 metres.',
    ]);
    expect(texts('The wheel was renewed in 2019.\n40 men worked on it all through the winter.')[0]).toContain('2019. 40 men');
  });

  it('knows numbered titles with their text right below', () => {
    const { paragraphs } = fromText(
      'Mill report\n\n1. Wheels\nThe parish has 9 wheels. Two are idle.\n2. Cost of repairs\nRepairs cost 900 crowns.',
    );
    expect(paragraphs.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'heading: Mill report',
      'heading: 1. Wheels',
      'body: The parish has 9 wheels. Two are idle.',
      'heading: 2. Cost of repairs',
      'body: Repairs cost 900 crowns.',
    ]);
    expect(outline('Steps\n\n1. Open the sluice\n2. Grease the axle\n3. Start the wheel')).toEqual([
      'heading: Steps',
      'item: Open the sluice',
      'item: Grease the axle',
      'item: Start the wheel',
    ]);
  });

  it('keeps a sentence that comes back, and tells what running heads it took out', () => {
    const text =
      'Wheels\n\nThe wheel of the upper mill turns by day and\n\nKeep your hands off the moving wheel.\n\nthe night shift greases it.\n\nThe lower one stands.\n\nKeep your hands off the moving wheel.';
    expect(texts(text).filter((one) => one.includes('Keep your hands off the moving wheel.')).length).toBeGreaterThan(0);
    const paged = Array.from(
      { length: 4 },
      (_, page) => `Mill gazette of the parish\n\nOn page ${page} we print what ${'happened '.repeat(9)}there.`,
    ).join('\n\f');
    expect(
      fromText(paged)
        .problems.filter(({ note }) => note)
        .map(({ message }) => message)[0],
    ).toContain('Mill gazette');
  });

  it('says how many characters are lost and where', () => {
    expect(fromText('One.\n\nThe \ufffdoor of the mil\ufffd.').problems[0]?.message).toBe(
      '2 characters are unreadable, the first in line 3.',
    );
  });

  it('bounds a title', () => {
    const { briefing } = fromText(`${'Mill '.repeat(3000)}\n\nIt turns.`, 'note.md');
    expect(briefing.title.length).toBeLessThanOrEqual(300);
  });
});

describe('encodings', () => {
  const encode = (label: string, text: string) => {
    const decoder = new TextDecoder(label);
    const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
    return Uint8Array.from([...text].map((letter) => bytes.get(letter) ?? 63));
  };

  it.each([
    ['windows-1250', 'Mlýn stojí na řece. Mlynář Jiří Dvořák platí obci ročně devět korun, jeho žena vede účty.'],
    ['windows-1251', 'Мельница стоит на реке. Мельник Иван Петров платит общине девять рублей в год.'],
    ['windows-1252', 'Die Mühle gehört der Gemeinde. Der Müller zahlt jährlich neun Kronen für das Wasser.'],
    ['windows-1253', 'Ο μύλος βρίσκεται στο ποτάμι και ο μυλωνάς πληρώνει εννέα κορώνες τον χρόνο.'],
    ['koi8-r', 'Мельница стоит на реке. Мельник Иван Петров платит общине девять рублей в год.'],
  ])('reads %s and says so', (label, text) => {
    const { paragraphs, problems } = readDocument('a.txt', encode(label, text));
    expect(paragraphs.map((paragraph) => paragraph.text).join(' ')).toBe(text);
    expect(problems.some(({ message }) => /per cent sure/.test(message))).toBe(true);
  });

  it('refuses what it cannot tell', () => {
    const noise = Uint8Array.from({ length: 400 }, (_, at) => 0xa0 + ((at * 37) % 90));
    expect(() => readDocument('a.txt', noise)).toThrow(/encoding cannot be told/);
  });

  it('loses one character to one wrong byte', () => {
    const bytes = Buffer.from('Ängeln är öppna. Kvarnen står i Åmål och är från 1887.\n\nX är fel.');
    bytes[bytes.indexOf('X')] = 0x96;
    const { text, problems } = readDocument('a.txt', bytes);
    expect(text).toContain('Kvarnen står i Åmål');
    expect(text).toContain('\ufffd är fel.');
    expect(problems[0]?.message).toBe('A character in line 3 is unreadable.');
  });

  it('reads UTF-16 without a mark, either way round', () => {
    const wide = Buffer.from('The mill has 9 wheels and two sluices.', 'utf16le');
    expect(readDocument('a.txt', wide).text).toBe('The mill has 9 wheels and two sluices.');
    expect(readDocument('a.txt', Buffer.from(wide).swap16()).text).toBe('The mill has 9 wheels and two sluices.');
  });
});
