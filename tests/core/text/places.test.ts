import { expect, it } from 'vitest';
import { countries } from '../../../src/core/text/places.ts';

it.each([
  ['The US paid for it.', ['US']],
  ['The U.S. and the UK paid for it.', ['GB', 'US']],
  ['It cost US$ 5 million, or US dollars 5 million, or US $5.', []],
  ['Tell us how.', []],
  ['USB sticks and BUS lines', []],
])('%s names %j', (text, codes) => {
  expect(
    countries(text)
      .map(({ code }) => code)
      .sort(),
  ).toEqual(codes);
});
