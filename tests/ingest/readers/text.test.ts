import { describe, expect, it } from 'vitest';
import { fixture, fromText, outline } from '../helpers.ts';

const old = fixture('lindara-ports-cooperation.txt');
const found = (start: string) => {
  const paragraph = old.paragraphs.find(({ text }) => text.startsWith(start));
  if (!paragraph) throw new Error(`no paragraph starts with ${start}`);
  return paragraph;
};

describe('text taken out of a PDF', () => {
  it('joins a word hyphenated over a break with blank lines, and keeps a hyphen that belongs to the word', () => {
    expect(found('In 2015').text).toBe(
      'In 2015, both sides agreed on a third Harbour Plan, which prepared the ground for a Memorandum of Understanding (MoU) on long-term dredging, signed in the same year.',
    );
  });

  it('joins a paragraph cut by a break when the rest starts with a capital', () => {
    expect(found('Pilots from').text).toContain('the Alliance started to teach Lindaran methods of pilotage');
  });

  it('joins a paragraph cut twice, before a number and before a small letter', () => {
    expect(found('Carried out').text).toMatch(
      /By the end of the project in 2020, 4,000 more boats.*mutual help between the islands.*moorings\.$/,
    );
    expect(found('The project reached').text).toBe('The project reached 120 crane drivers through workshops, among them 30 women.');
  });

  it('does not swallow a heading or a whole paragraph', () => {
    expect(found('The Alliance office').text).toMatch(/Teluk\.$/);
    expect(old.paragraphs.filter(({ kind }) => kind === 'heading').map(({ text, headings }) => [...headings, text].join(' > '))).toEqual([
      'Lindara Ports Cooperation',
      'Lindara and the Alliance',
      'LINDARA AND THE SEA AGENDA',
      'CURRENT AND RECENT PROJECTS FUNDED BY LINDARA',
      'CURRENT AND RECENT PROJECTS FUNDED BY LINDARA > Safer Moorings for Fishing Boats (2018-2020)',
      'CURRENT AND RECENT PROJECTS FUNDED BY LINDARA > Cranes and People: Training Strategies for Small Harbours (2017)',
      'CURRENT AND RECENT PROJECTS FUNDED BY LINDARA > THE HARBOUR MASTER ON THE COAST INITIATIVE',
      'CURRENT AND RECENT PROJECTS FUNDED BY LINDARA > High-Level Seminar on Tides and Trade (2016)',
      'Contact',
    ]);
  });

  it('knows the items of a list and the paragraph that introduces them', () => {
    const items = old.paragraphs.filter(({ kind }) => kind === 'item');
    expect(items.map(({ text }) => text.slice(0, 14))).toEqual(['"Safe Moorings', '"Clean Quays" ', 'Training of cr']);
    expect(items.map(({ lead }) => lead)).toEqual(items.map(() => found('Lately').number));
  });

  it('keeps a quotation with the person quoted', () => {
    const quotation = old.paragraphs.filter(({ kind }) => kind === 'quotation');
    expect(quotation).toHaveLength(1);
    expect(quotation[0]?.text).toMatch(/^“A harbour.*together\.” \(Harbour Master Ana Sørby .*2018\)\.$/);
  });

  it('keeps contact blocks line by line', () => {
    expect(old.paragraphs.filter(({ kind }) => kind === 'contact').map(({ text }) => text.split('\n').length)).toEqual([3, 3, 2]);
    expect(old.paragraphs.at(-1)).toMatchObject({ text: 'DEPARTMENT\nOF SISTER PORTS', headings: ['Contact'] });
  });

  it('undoes escapes', () => {
    expect(old.text).not.toContain('\\');
    expect(old.text).toContain('US$ 310,000');
  });

  it('reads marked headings, a title of two lines, a date line and a link', () => {
    const { briefing, paragraphs, text } = fixture('lindara-ports-cooperation-march-2025.txt');
    expect(briefing.title).toBe('Lindara – Ports cooperation');
    expect(text).not.toMatch(/March 2025|▶|[<>\\]/);
    expect(paragraphs.find(({ text }) => text.startsWith('Supported by'))?.headings).toEqual([
      'Current and recent projects funded by Lindara',
      'Cranes and people - Phase II (2023-27)',
    ]);
    expect(paragraphs.find(({ text }) => text.startsWith('In 2024'))?.headings).toEqual(['Support from the Coast Fund']);
  });
});

describe('page furniture', () => {
  it('drops running heads and page numbers between form feeds, joins over them, and knows the page', () => {
    const { paragraphs } = fromText(
      'ANNUAL PORT REPORT\n\nBrief of the Alliance\n\nThe first page has a sentence that goes\n\n1\n\fBrief of the Alliance\n\non after the break.\n\n1. Aims\n\nWe aim high.\n\n2\n\fBrief of the Alliance\n\n2. Means\n\nWe have means.\n\n3\n',
    );
    expect(paragraphs.map(({ page, text }) => `${page} ${text}`)).toEqual([
      '1 ANNUAL PORT REPORT',
      '1 The first page has a sentence that goes on after the break.',
      '2 1. Aims',
      '2 We aim high.',
      '3 2. Means',
      '3 We have means.',
    ]);
  });

  it('keeps what is said of one town after another at the edges of pages', () => {
    const towns = ['Moro', 'Teluk', 'Sarn', 'Moro', 'Teluk', 'Sarn', 'Moro', 'Teluk', 'Sarn', 'Moro', 'Teluk', 'Sarn'];
    const pages = towns.map(
      (town, at) =>
        `Port report | ${at + 1}\n\nA survey of ${at * 17 + 203} travellers at ${town} found that ${at + 51} per cent of them\nwere content.\n\nThe pier has ${at + 4} lamps. In ${town} the pier was mended, and the minister\nwent to see the new benches of ${town}.`,
    );
    const kept = outline(pages.join('\n\f'));
    expect(kept.filter((line) => line.includes('travellers'))).toHaveLength(12);
    expect(kept).toContain('body: A survey of 203 travellers at Moro found that 51 per cent of them were content.');
    expect(kept).toContain(
      'body: The pier has 4 lamps. In Moro the pier was mended, and the minister went to see the new benches of Moro.',
    );
    expect(kept.some((line) => line.includes('Port report'))).toBe(false);
  });

  it('takes a running head for the title of a document that has no other', () => {
    const page = (text: string, number: number) => `Norland Ports Review 2021\n${text}\n${number}\n`;
    const pages = [
      'The ports of Norland are old and deep, and most of them were dug by hand. They hold 12',
      'tugs. The tugs are based in Varde.',
      'The lighthouse is red.',
    ];
    const { briefing, paragraphs } = fromText(pages.map((text, at) => page(text, at + 1)).join('\f'));
    expect(briefing).toMatchObject({ title: 'Norland Ports Review 2021', edition: { date: '2021', source: 'title' } });
    expect(paragraphs.map(({ text }) => text)).toEqual([
      'Norland Ports Review 2021',
      'The ports of Norland are old and deep, and most of them were dug by hand. They hold 12 tugs. The tugs are based in Varde.',
      'The lighthouse is red.',
    ]);
  });

  it('drops a running head that cuts sentences and one that counts, without form feeds', () => {
    const text =
      'Ports of the coast\n\nThe harbours of the northern coast have been open since the\n\nAlliance brief 1\n\ngreat storm. They are safe.\n\nAlliance brief 2\n\nThe southern ones are closed.\n\nAlliance brief 3\n\nNothing else is known.';
    expect(outline(text)).toEqual([
      'heading: Ports of the coast',
      'body: The harbours of the northern coast have been open since the great storm. They are safe.',
      'body: The southern ones are closed.',
      'body: Nothing else is known.',
    ]);
  });

  it('takes a numbered title right above bullets for a title, and a number among numbers for an item', () => {
    const titled =
      'PORT RULES\n\n1. KEYS\nThey hang in the office beside the gate, and nobody takes one home without the word of the harbour master.\n\n2. DAILY ROUTINE\n- The gate opens at seven.\n- It shuts at nine.\n\n3. CRANES\nThey are old, and each of them is looked at in May by somebody who has learned to do so from the maker.';
    expect(outline(titled).slice(1)).toEqual([
      'heading: 1. KEYS',
      'body: They hang in the office beside the gate, and nobody takes one home without the word of the harbour master.',
      'heading: 2. DAILY ROUTINE',
      'item: The gate opens at seven.',
      'item: It shuts at nine.',
      'heading: 3. CRANES',
      'body: They are old, and each of them is looked at in May by somebody who has learned to do so from the maker.',
    ]);
    const listed = 'Port rules\n\nBring along:\n\n1. Warm clothes\n  - gloves\n  - a cap\n2. Your pass\n3. Food';
    expect(outline(listed).slice(1)).toEqual([
      'body: Bring along:',
      'item: Warm clothes',
      'item: gloves',
      'item: a cap',
      'item: Your pass',
      'item: Food',
    ]);
  });

  it('keeps headings that merely repeat and figures that stand alone', () => {
    const text =
      'Port brief\n\nMoro\n\nResults\n\nIt rained.\n\nTeluk\n\nResults\n\nIt did not.\n\nOther\n\nResults\n\nNone.\n\n28\n\nHarbour codes are in force.';
    const kept = outline(text);
    expect(kept.filter((line) => line === 'heading: Results')).toHaveLength(3);
    expect(kept).toContain('body: 28');
  });

  it('joins a paragraph over the notes at the foot of a page, and takes no note for its rest', () => {
    const kept = outline(
      'Port brief\n\nThe port is old.\n\nThe minister saw the harbour and promised to pay for\n\n1 Counts are of boats, not of nets.\n2 See the Harbours Act.\n\fthe new lights of Moro.\n\nAll is well.\n\n1\n\fThe end is near.',
    );
    expect(kept).toEqual([
      'heading: Port brief',
      'body: The port is old.',
      'body: The minister saw the harbour and promised to pay for the new lights of Moro.',
      'body: 1 Counts are of boats, not of nets. 2 See the Harbours Act.',
      'body: All is well.',
      'body: The end is near.',
    ]);
  });

  it('reads two columns one after the other, and leaves a table alone', () => {
    const left = [
      'The reserve fund stood at 12.6',
      'million at the end of the year and',
      'may be drawn on in a storm only,',
      'says the law.',
    ];
    const right = [
      'Fares rose by four per cent in',
      'June. Children who are under',
      'eleven travel free, and so do',
      'the old. Dogs pay half.',
    ];
    const columns = left.map((line, at) => line.padEnd(42) + right[at]).join('\n');
    const paragraphs = fromText(`Port brief\n\nThe port is old.\n\n${columns}\n\nAll is well.`).paragraphs;
    expect(paragraphs.map(({ text }) => text)).toEqual([
      'Port brief',
      'The port is old.',
      'The reserve fund stood at 12.6 million at the end of the year and may be drawn on in a storm only, says the law.',
      'Fares rose by four per cent in June. Children who are under eleven travel free, and so do the old. Dogs pay half.',
      'All is well.',
    ]);
    const table = 'Marigold of Moro      sails on Mondays\nTeasel of Teluk       sails on Fridays\nBramble of Sarn       sails on Sundays';
    expect(fromText(`Port brief\n\nThe port is old.\n\n${table}\n\nAll is well.`).paragraphs[2]?.text).toContain(
      'Marigold of Moro sails on Mondays',
    );
  });

  it('drops a table of contents', () => {
    expect(outline('Port brief\n\nAims ........ 2\nMeans . . . . . . 14\n\nAll is well in the port.')).toEqual([
      'heading: Port brief',
      'body: All is well in the port.',
    ]);
  });
});

describe('shapes of plain text', () => {
  it('unwraps lines and finds a title broken off on purpose', () => {
    expect(
      outline(
        'Report on Tides\n\nIntroduction\nThis is a paragraph with hard line ends, and all its lines are about as\nlong as this one, so that the short line above it must have been a title\non purpose.\n\n1) first thing\n2) second thing that is\n   wrapped',
      ),
    ).toEqual([
      'heading: Report on Tides',
      'heading: Introduction',
      'body: This is a paragraph with hard line ends, and all its lines are about as long as this one, so that the short line above it must have been a title on purpose.',
      'item: first thing',
      'item: second thing that is wrapped',
    ]);
  });

  it('takes numbered titles with their text directly below for headings, and long items for items', () => {
    expect(
      outline(
        'Minutes of the board\n\n1. Roof of the mill\nBen Osei reported that the lowest of the four quotations was that of Tarrant.\nThe board agreed.\n\n2. Visitors\nThe mill had 31,450 visitors, which is eight per cent fewer than the year before.\n\nThe board asks everybody to bring:\n\n1. a lamp that shines for longer than the whole of the winter night that is to\nCome, as the song has it, and its spare batteries.\n2. a rope',
      ),
    ).toEqual([
      'heading: Minutes of the board',
      'heading: 1. Roof of the mill',
      'body: Ben Osei reported that the lowest of the four quotations was that of Tarrant. The board agreed.',
      'heading: 2. Visitors',
      'body: The mill had 31,450 visitors, which is eight per cent fewer than the year before.',
      'body: The board asks everybody to bring:',
      'item: a lamp that shines for longer than the whole of the winter night that is to Come, as the song has it, and its spare batteries.',
      'item: a rope',
    ]);
  });

  it('nests items by their indentation', () => {
    const { paragraphs } = fromText('We need:\n\n- rope\n  - long\n  - short\n- lamps');
    expect(paragraphs.map(({ kind, lead }) => [kind, lead])).toEqual([
      ['body', null],
      ['item', 1],
      ['item', 2],
      ['item', 2],
      ['item', 1],
    ]);
  });

  it('joins Chinese lines without a space and reads a Chinese date line', () => {
    const { paragraphs, briefing } = fromText('港口合作简报\n\n2026年7月\n\n该国批准了十一项公约，\n并且支持合作。');
    expect(briefing).toMatchObject({ language: 'zh', title: '港口合作简报', edition: { date: '2026-07', stated: true } });
    expect(paragraphs.at(-1)?.text).toBe('该国批准了十一项公约，并且支持合作。');
  });

  it('does not join a list item without a full stop to the paragraph after the list', () => {
    expect(outline('We need:\n\n- rope\n- lamps\n\nThe rest is in the store room of the old port.').at(-1)).toBe(
      'body: The rest is in the store room of the old port.',
    );
  });
});
