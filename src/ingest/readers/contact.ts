import { textOf } from '../pieces.ts';
import type { ReadBlock } from './record.ts';
import { isContactLine } from './shapes.ts';

/** Several short lines kept apart by hard breaks, some with a telephone, mail or web address. */
function isContactBlock(text: string): boolean {
  const lines = text.slice(0, 2000).split('\n');
  return lines.length > 1 && text.length < 2000 && lines.every((line) => line.length <= 90) && lines.some(isContactLine);
}

/** Bodies that are addresses become contacts. */
export const withContacts = (blocks: readonly ReadBlock[]): ReadBlock[] =>
  blocks.map((block) =>
    block.kind === 'body' && !block.role && isContactBlock(textOf(block.pieces)) ? { ...block, kind: 'contact' } : block,
  );
