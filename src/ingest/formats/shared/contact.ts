import type { Block } from '../../blocks.ts';
import { textOf } from '../../pieces.ts';
import { LONGEST_ADDRESS_LINE, LONGEST_CONTACT_SENTENCE, PLAIN_SENTENCE_WORDS } from '../../settings.ts';
import { endsSentence, isContactLine, isContactTitle } from '../../shapes.ts';

/** Longer is no address, UTF-16 units. */
const LONGEST_ADDRESS = 2000;

/** Several short lines kept apart by hard breaks, some with a telephone, mail or web address. */
function isContactBlock(text: string): boolean {
  const lines = text.slice(0, LONGEST_ADDRESS).split('\n');
  return (
    lines.length > 1 &&
    text.length < LONGEST_ADDRESS &&
    lines.every((line) => line.length <= LONGEST_ADDRESS_LINE) &&
    lines.some(isContactLine)
  );
}

/** What stands below "Contact" and is no prose. */
function isBelowTitle(text: string): boolean {
  const plain =
    /^\p{Lu}/u.test(text) && text.split(/\s+/, PLAIN_SENTENCE_WORDS).length >= PLAIN_SENTENCE_WORDS && !/[@:+\n]|\d{3}/.test(text);
  return text.length < LONGEST_ADDRESS && !(endsSentence(text) && (text.length > LONGEST_CONTACT_SENTENCE || plain));
}

/** Bodies that are addresses become contacts: by their lines, or by the heading they stand below. */
export function withContacts(blocks: readonly Block[]): Block[] {
  let titled = false;
  return blocks.map((block) => {
    if (block.kind === 'heading') titled = isContactTitle(textOf(block.pieces));
    if (block.kind !== 'body' || block.role) return block;
    const text = textOf(block.pieces.slice(0, LONGEST_ADDRESS));
    return isContactBlock(text) || (titled && isBelowTitle(text)) ? { ...block, kind: 'contact' } : block;
  });
}
