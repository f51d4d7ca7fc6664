import fc from 'fast-check';
import { expect, it } from 'vitest';
import { figures } from '../../../src/core/text/figures.ts';
import { tokens } from '../../../src/core/text/tokens.ts';
import { dates } from '../../../src/core/time/dates.ts';

const PIECES =
  'Three forty-five hundred million US$ u.s.$ USD 1,000 2.5 1999 2013–2017 2018-27 1990s April Jan. 5th 3 to 6 September 2016 and per cent % — - , . ( ) first Twelfth A4 4WD about over ’s 12:30 dozen 2019-07-01 one July'.split(
    ' ',
  );

it('reads plain text as it reads the same text beside a word that is not plain', () => {
  const text = fc.array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom(' ', '  ', '')), { maxLength: 12 });
  fc.assert(
    fc.property(text, (parts) => {
      const plain = parts.map(([piece, space]) => piece + space).join('');
      const other = `${plain} . é`;
      expect(figures(`${plain} . e`)).toEqual(figures(other));
      expect(dates(`${plain} . e`)).toEqual(dates(other));
      expect(tokens(`${plain} . e`).slice(0, -1)).toEqual(tokens(other).slice(0, -1));
    }),
    { numRuns: 500 },
  );
});
