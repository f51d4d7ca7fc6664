import { beforeAll, describe, expect, it } from 'vitest';
import { cite } from '../../src/ask/cite.ts';
import { verify, verifyStatement } from '../../src/ask/verify.ts';
import type { Briefing, Citation, Paragraph } from '../../src/core/model.ts';
import { serviceOf } from './service.ts';

let reader: Awaited<ReturnType<typeof serviceOf>>['reader'];
let citation: Citation;

beforeAll(async () => {
  ({ reader } = await serviceOf({
    'harbours-2024.md': '# Harbours\n\nIn March 2021 Norland opened 12 harbours for US$ 3.5 million. Minister Ada Berg cut the ribbon.',
  }));
  const paragraph = (await reader.paragraph('harbours-2024#p2')) as Paragraph;
  citation = cite(
    1,
    paragraph,
    (await reader.briefing('harbours-2024')) as Briefing,
    paragraph.sentences[0] as { start: number; end: number },
  );
});

describe('verify', () => {
  it.each([
    'In March 2021 Norland opened 12 harbours for US$ 3.5 million.',
    'Norland opened twelve harbours.',
    'The opening cost US$ 3,500,000.',
    'Ada Berg opened them in 2021.',
  ])('passes what the paragraph states: %s', async (text) => {
    expect(await verify(text, [citation], reader)).toEqual({ verdict: 'verified' });
  });

  it.each([
    ['Norland opened 13 harbours.', 'figure'],
    ['The opening cost US$ 3.6 million.', 'figure'],
    ['Norland opened 12 harbours in April 2021.', 'date'],
    ['Minister Eva Lund opened 12 harbours.', 'name'],
  ])('withholds what it does not: %s', async (text, what) => {
    const result = await verify(text, [citation], reader);
    expect(result).toMatchObject({ verdict: 'withheld', reason: { kind: what } });
  });

  it('withholds a sentence without a citation', async () => {
    expect(await verify('Anything.', [], reader)).toMatchObject({ verdict: 'withheld' });
  });

  it('withholds a forged quotation, shifted offsets and an unknown paragraph', async () => {
    const forged = { ...citation, quote: { ...citation.quote, exact: citation.quote.exact.replace('12', '21') } };
    const shifted = { ...citation, start: citation.start + 1, end: citation.end + 1 };
    const unknown = { ...citation, paragraph: 'harbours-2024#p99' };
    const rewritten = { ...citation, text: `${citation.text} And more.` };
    for (const bad of [forged, shifted, unknown, rewritten])
      expect(await verify('Norland opened 12 harbours.', [bad], reader)).toMatchObject({
        verdict: 'withheld',
        reason: { kind: 'citation' },
      });
  });

  it('reads figures of the headings too', () => {
    expect(verifyStatement('It ran from 2018 to 2027.', [{ ...citation, headings: ['Skills (2018-27)'] }])).toBeNull();
  });
});
