import { describe, expect, it } from 'vitest';
import type { Edition } from '../../src/core/model.ts';
import { compareEditions } from '../../src/core/time/editions.ts';
import { dateOfName } from '../../src/ingest/editions.ts';
import { assemble } from '../../src/ingest/ingest.ts';
import { assignIds, assignSeries } from '../../src/ingest/series.ts';
import { fixture, fromText } from './helpers.ts';

const brief = (country: string, figure: number) =>
  `Harbour brief\n\nThe harbours of ${country} are deep. ${country} adopted ${figure} codes, and ${country} trains pilots for the coast.\n\nThe Alliance works with ${country} on moorings, on dredging and on lamps.`;

describe('editions of one document', () => {
  it('takes the date line of the first page as stated', () => {
    expect(fixture('lindara-ports-cooperation-march-2025.txt').briefing.edition).toEqual({
      date: '2025-03',
      stated: true,
      source: 'first-page',
    });
  });

  it('infers the year of the newest date looked back on, not the end of a plan or what is expected', () => {
    expect(fixture('lindara-ports-cooperation.txt').briefing.edition).toEqual({ date: '2018', stated: false, source: 'text' });
  });

  it.each([
    ['The port will open in 2024. It was planned in 2020.', '2020'],
    ['The plan (2021-2030) supports the 2030 Agenda and was adopted in 2021.', '2021'],
    ['It was built in March 2022 and shall be paid by 2025.', '2022'],
    ['A visit from 3 to 5 May 2023 is recalled. It was extended to 2026.', '2023'],
    ['The year 2199 comes up.', null],
    ['No date at all.', null],
  ])('infers from %j', (text, date) => {
    expect(fromText(text).briefing.edition.date).toBe(date);
  });

  it.each([
    ['The sum is 3 * 700 - 100 = 2000 crane hours. It was set in 2015.', '2015'],
    ['The dues come to €2016 a berth; the list was made in 2014.', '2014'],
    ['A berth costs 2018 crowns in all. The list was made in 2014.', '2014'],
    ['Ring 555-2017 or +47 22 41 2019, as in 2014.', '2014'],
    ['The net is as in RFC 1918 and was laid in 1912.', '1912'],
    ['Order 2019-0047 holds, and so does that of 2014.', '2014'],
    ['Up to 2016 boats come in summer; in 2014 they were fewer.', '2014'],
    ['In 2019 boats were fewer than in 2014.', '2019'],
    ['The pact of 2017 binds 2019 sailors.', '2017'],
  ])('takes no number that counts, sums up or names for a year: %j', (text, date) => {
    expect(fromText(text).briefing.edition.date).toBe(date);
  });

  it('takes no bare number in code for a year', () => {
    expect(fromText('# Fees\n\nAs in 2014:\n\n```\n8 x 252 is\n2016 units\n```\n', 'fees.md').briefing.edition.date).toBe('2014');
  });

  it.each([
    ['Annual harbour brief 2024\n\nText.', '2024', 'title'],
    ['Harbour brief (May 2023)\n\nText.', '2023-05', 'title'],
    ['Guide to the Harbour Convention, 2019\n\nText of 2021.', '2021', 'text'],
    ['Moorings by 2025\n\nText of 2021.', '2021', 'text'],
    ['Harbour brief\n\nLast updated: 3 May 2023\n\nText.', '2023-05-03', 'first-page'],
  ])('reads %j', (text, date, source) => {
    expect(fromText(text).briefing.edition).toMatchObject({ date, source });
  });

  it('reads file names', () => {
    expect(dateOfName('harbour-brief-march-2025')).toBe('2025-03');
    expect(dateOfName('harbour_brief_2025-03')).toBe('2025-03');
    expect(dateOfName('2019-04-26 harbour brief')).toBe('2019-04-26');
    expect(dateOfName('brief2019')).toBe(null);
    expect(dateOfName('plan-2019-review-of-ports')).toBe(null);
    expect(fromText('Text.', 'harbour-brief-2020.txt').briefing.edition).toEqual({ date: '2020', stated: false, source: 'file-name' });
  });

  it.each([
    ['date: 2024-05-01T10:00:00Z', '2024-05-01'],
    ['date: 2024-05-01 10:00:00 +0200', '2024-05-01'],
    ['date: 2024/05/01', '2024-05-01'],
    ['edition: 2024-5', '2024-05'],
    ['edition: Second edition, May 2024', '2024-05'],
    ['edition: 3rd\ndate: 2024-05-02', '2024-05-02'],
  ])('reads %j in the front matter', (meta, date) => {
    const { briefing, problems } = fromText(`---\n${meta}\n---\n\nText of 2017.`, 'a.md');
    expect([briefing.edition, problems]).toEqual([{ date, stated: true, source: 'front-matter' }, []]);
  });

  it.each([
    ['edition: Q3 2025', '2025'],
    ['edition: FY 2024/25', '2024'],
    ['edition: Spring 2024', '2024'],
    ['date: 01/05/2024', '2024'],
  ])('takes the year of %j and says so', (meta, date) => {
    const { briefing, problems } = fromText(`---\n${meta}\n---\n\nText of 2017.`, 'a.md');
    expect(briefing.edition).toEqual({ date, stated: true, source: 'front-matter' });
    expect(problems[0]?.message).toContain(`is read as ${date}`);
  });

  it('reports an edition that is not a date', () => {
    const { briefing, problems } = fromText('---\nedition: third\n---\n\nText of 2017.', 'a.md');
    expect(briefing.edition).toMatchObject({ date: '2017', source: 'text' });
    expect(problems[0]?.message).toContain('third');
  });
});

describe('series', () => {
  it('puts two editions of one brief together and leaves the brief on another country out', () => {
    const [old, recent, other] = assignSeries(
      ['lindara-ports-cooperation.txt', 'lindara-ports-cooperation-march-2025.txt', 'veloria-ports-cooperation-march-2025.txt'].map(
        fixture,
      ),
    ).map(({ briefing }) => [briefing.series, briefing.newest]);
    expect(old).toEqual(['lindara-ports-cooperation', false]);
    expect(recent).toEqual(['lindara-ports-cooperation', true]);
    expect(other).toEqual(['veloria-ports-cooperation', true]);
  });

  it.each([
    ['guide-spring-2024.md', 'guide-autumn-2025.md', 'guide'],
    ['accounts-fy2023-24.txt', 'accounts-fy2024-25.txt', 'accounts'],
    ['note-2025-q3.txt', 'note-q1-2026.txt', 'note'],
    ['rules-v2.0.md', 'rules-v2.1.md', 'rules'],
  ])('finds one series in %s and %s', (one, two, name) => {
    const text = 'There are 12 plots by the harbour.\n\nBonfires are allowed on Fridays, and hens are, while cockerels are not.';
    const found = assignSeries([fromText(text, one), fromText(text.replace('12', '14'), two)]);
    expect(found.map(({ briefing }) => briefing.series)).toEqual([name, name]);
  });

  it('tells briefs with one title apart by what they are about', () => {
    const series = (names: [string, string][]) =>
      assignSeries(names.map(([name, text]) => fromText(text, name))).map(({ briefing }) => briefing.series);
    const two = series([
      ['moro/harbour-moro.txt', brief('Moro', 3)],
      ['teluk/harbour-teluk.txt', brief('Teluk', 4)],
    ]);
    expect(new Set(two).size).toBe(2);
    const one = series([
      ['harbour-moro-2019.txt', brief('Moro', 3)],
      ['harbour-moro-2023.txt', brief('Moro', 5)],
    ]);
    expect(one).toEqual(['harbour-moro', 'harbour-moro']);
  });

  it('lets a declared series decide', () => {
    const declared = (series: string, name: string) =>
      fromText(`---\nseries: ${series}\n---\n\n# Harbour brief\n\n${brief('Moro', 3)}`, name);
    expect(assignSeries([declared('a', 'x.md'), declared('b', 'x-2020.md')]).map(({ briefing }) => briefing.series)).toEqual(['a', 'b']);
    expect(assignSeries([declared('a', 'x.md'), declared('a', 'wholly-other.md')]).map(({ briefing }) => briefing.series)).toEqual([
      'a',
      'a',
    ]);
  });

  it('orders editions: precision in common, stated before inferred, undated first', () => {
    const edition = (date: string | null, stated = true): Edition => ({ date, stated, source: 'text' });
    expect(compareEditions(edition('2019'), edition('2026-07'))).toBeLessThan(0);
    expect(compareEditions(edition('2026'), edition('2026-07'))).toBeLessThan(0);
    expect(compareEditions(edition('2026', false), edition('2026'))).toBeLessThan(0);
    expect(compareEditions(edition(null), edition('1999'))).toBeLessThan(0);
    expect(compareEditions(edition('2026'), edition('2026'))).toBe(0);
  });

  it('calls both newest when they tie, and an undated one only among undated ones', () => {
    const doc = (name: string, edition: string) => fromText(`---\nseries: s\n${edition}\n---\n\nText.`, name);
    const newest = (...editions: string[]) =>
      assignSeries(editions.map((edition, index) => doc(`${index}.md`, edition))).map(({ briefing }) => briefing.newest);
    expect(newest('edition: "2020"', 'edition: "2020"', 'edition: "2019"')).toEqual([true, true, false]);
    expect(newest('edition: "2019"', 'x: y')).toEqual([true, false]);
    expect(newest('x: y', 'x: z')).toEqual([true, true]);
  });
});

describe('ids', () => {
  const ids = (...names: string[]) =>
    assignIds(assignSeries(names.map((name, index) => fromText(`Text ${index} on ports.`, name)))).map(({ briefing }) => briefing.id);

  it('are slugs of file names, and unique', () => {
    expect(ids('Über Häfen.txt', 'sub/Port & Quay (v2).md')).toEqual(['uber-hafen', 'port-quay-v2']);
    const clash = ids('a/brief.txt', 'b/brief.txt', 'brief.md');
    expect(new Set(clash).size).toBe(3);
    expect(new Set(ids('港口.txt', '码头.txt')).size).toBe(2);
    for (const id of [...clash, ...ids('港口.txt', '…txt')]) expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
  });

  it('are those of the path where file names clash, whatever the dates are', () => {
    expect(ids('2023/rules.md', '2024/rules.md', 'pilots.md')).toEqual(['2023-rules-md', '2024-rules-md', 'pilots']);
    expect(ids('notes.md', 'notes.txt')).toEqual(['notes-md', 'notes-txt']);
  });

  it('rename the paragraphs too', async () => {
    const [first] = await assemble([fromText('One.', 'a/brief.txt'), fromText('Two.', 'b/brief.txt')]);
    expect(first?.paragraphs[0]?.id).toBe(`${first?.briefing.id}#p1`);
    expect(first?.chunks[0]?.briefing).toBe(first?.briefing.id);
  });
});
