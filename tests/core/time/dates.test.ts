import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dates, firstDay, isDate, lastDay, overlaps, spellDate } from '../../../src/core/time/dates.ts';
import { FEW_PASSES, passesOver } from '../../fixtures/characters-read.ts';

const read = (text: string) => dates(text).map(({ from, to }) => (from === to ? from : `${from}/${to}`));

describe('dates', () => {
  it.each([
    ['in 2019', ['2019']],
    ['July 2026', ['2026-07']],
    ['26 April 2019', ['2019-04-26']],
    ['April 26, 2019', ['2019-04-26']],
    ['2019-04-26', ['2019-04-26']],
    ['in April and June 2019', ['2019-04/2019-06']],
    ['from 6 to 8 September 2016', ['2016-09-06/2016-09-08']],
    ['(2018-27)', ['2018/2027']],
    ['(2013–2017)', ['2013/2017']],
    ['2018-12', ['2018-12']],
    ['the 1990s', ['1990/1999']],
    ['2026年7月', ['2026-07']],
    ['于2019年4月26日签署，2020年生效', ['2019-04-26', '2020']],
    ['12,019 people and room 20195', []],
    ['2019年13月', []],
    ['no date', []],
  ])('%j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('lie in the text, in order, not overlapping, for any text', () => {
    const unit = fc.constantFrom(
      '2019',
      '2018-27',
      ' ',
      'May',
      ' and ',
      'June',
      '26',
      '-',
      '–',
      'to',
      'th',
      ',',
      '年',
      '月',
      '5',
      's',
      '🗼',
    );
    fc.assert(
      fc.property(
        fc.array(unit, { maxLength: 30 }).map((parts) => parts.join('')),
        (text) => {
          let at = 0;
          for (const { start, end, from, to } of dates(text)) {
            expect(start).toBeGreaterThanOrEqual(at);
            expect(end).toBeGreaterThan(start);
            expect(isDate(from) && isDate(to)).toBe(true);
            at = end;
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each(['2019 ', 'May 2019, ', '2018-27 '])('are found in a few passes over 500 kB of %j', async (unit) => {
    const text = unit.repeat(500_000 / unit.length);
    expect(dates(text).length).toBeGreaterThan(10_000);
    expect(await passesOver(text, dates)).toBeLessThan(FEW_PASSES);
  });

  it('compare and spell', () => {
    expect([firstDay('2019'), lastDay('2019-06')]).toEqual(['2019-01-01', '2019-06-31']);
    expect(overlaps({ from: '2019', to: '2019' }, { from: '2019-06', to: null })).toBe(true);
    expect(overlaps({ from: '2019', to: '2019' }, { from: '2020', to: null })).toBe(false);
    expect(['2019', '2026-07', '2019-04-26'].map(spellDate)).toEqual(['2019', 'July 2026', '26 April 2019']);
    expect(['2019', '2019-13', '19', '2019-04-32', '2019-04-26'].map(isDate)).toEqual([true, false, false, false, true]);
  });
});
