import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { piecesOf } from '../../src/ingest/split-text.ts';

const SEPARATORS = ['\n', '; ', '. ', ', ', '，', ' ', ''];

it('a text is cut at the first separator it has, and what is too long at the next', () => {
  expect(piecesOf('One. Two is longer, and has a comma. Three', 20, SEPARATORS)).toEqual([
    'One',
    '. Two is longer',
    ', and has a comma',
    '. Three',
  ]);
  expect(piecesOf('abcdefghij', 4, SEPARATORS)).toEqual(['abcd', 'efgh', 'ij']);
  expect(piecesOf('  ', 4, SEPARATORS)).toEqual([]);
});

it("the pieces are those of LangChain's splitter, whatever the text", async () => {
  const unit = fc.constantFrom('a', ' ', '. ', '，', '中', '👩‍👩‍👧', '💶', 'word ', '; ', ', ', '\n', '\n\n', 'long'.repeat(9));
  await fc.assert(
    fc.asyncProperty(fc.array(unit, { maxLength: 120 }), fc.integer({ min: 2, max: 60 }), async (parts, chunkSize) => {
      const text = parts.join('');
      const splitter = new RecursiveCharacterTextSplitter({ chunkSize, chunkOverlap: 0, keepSeparator: true, separators: SEPARATORS });
      expect(piecesOf(text, chunkSize, SEPARATORS)).toEqual(await splitter.splitText(text));
    }),
    { numRuns: 500 },
  );
});
