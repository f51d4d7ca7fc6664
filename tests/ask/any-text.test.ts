import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sliceCodePoints } from '../../src/core/text/codepoints.ts';
import { serviceOf } from './service.ts';

const piece = fc.oneof(
  fc.lorem({ maxCount: 8 }),
  fc.constantFrom(
    'The harbour has 12 piers.',
    '在2019年有28个公约。',
    'كان هناك 26 اتفاقية في عام 2019.',
    'Zahl: 1.234,5 €',
    '👩‍👩‍👧‍👦 family 🇨🇳 2026',
    'é é ﬁ',
    'see [3] and [99]',
    'Dr. No. 5 said "no."',
  ),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
);

describe('for any text', () => {
  it('every quotation is verbatim at its offsets and every marker resolves', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 12 }), piece, async (pieces, question) => {
        const text = pieces.join('\n\n');
        if (!/\p{L}/u.test(text)) return;
        // Nothing is refused for lack of evidence, so that as much as possible is quoted.
        const { ask, reader } = await serviceOf(
          { 'a.txt': text, 'b.md': `# Title\n\n${pieces.toReversed().join('\n\n')}` },
          { strictness: 'lenient' },
        );
        for (const asked of [question, pieces[0] as string]) {
          const answer = await ask({ question: asked.slice(0, 2000) });
          for (const citation of answer.citations) {
            const whole = (await reader.text(citation.briefing.id)) as string;
            expect(sliceCodePoints(whole, citation.start, citation.end)).toBe(citation.quote.exact);
            expect(citation.quote.exact.length).toBeGreaterThan(0);
          }
          const markers = [...answer.answer.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1]));
          const known = new Set(answer.citations.map((citation) => citation.number));
          expect(markers.every((number) => known.has(number))).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});
