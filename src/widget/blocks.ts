import type { AnswerSentence } from '../core/model.ts';

/** A run of sentences that are shown alike: running text, the items of a list, the rows of a table. */
export interface SentenceBlock {
  kind: 'text' | 'item' | 'row';
  under: string | null;
  /** Sentences with their places; of one item together. */
  parts: { sentence: AnswerSentence; place: number }[][];
}

/** A mark that a text brings along itself, where the list shows one. */
export const BULLET = /^\s*[•‣▪◦●►▶–-]\s+/;
const NUMBER = /^\(?(\d{1,4})[.)]?$/;
/** Where a note names the page of the changes; the second group is its address. */
export const CHANGES = /(^|[\s(:：])((?:\/[\w.~-]{1,60}){0,4}\/series\/[\w%.~-]{1,300}\/changes)(?![\w/])/;

/** Sentences by how they stand in the briefing; a title begins anew, and the same one again goes on. */
export function blocksOf(sentences: readonly AnswerSentence[]): SentenceBlock[] {
  const blocks: SentenceBlock[] = [];
  let paragraph: number | null = null;
  let title: string | null = null;
  for (const [place, sentence] of sentences.entries()) {
    const { shape } = sentence;
    const under = sentence.under !== title ? sentence.under : null;
    title = sentence.under ?? title;
    const kind = shape?.kind === 'item' || shape?.kind === 'row' ? shape.kind : BULLET.test(sentence.text) ? 'item' : 'text';
    const last = blocks.at(-1);
    const part = { sentence, place };
    if (!last || last.kind !== kind || under || (kind === 'row' && namesOf(last.parts[0]?.[0]?.sentence) !== namesOf(sentence)))
      blocks.push({ kind, under: under || null, parts: [[part]] });
    else if (kind === 'text' || (kind === 'item' && shape && shape.paragraph === paragraph)) last.parts.at(-1)?.push(part);
    else last.parts.push([part]);
    paragraph = shape?.paragraph ?? null;
  }
  return blocks;
}

/** The cells of a row; of anything else one without a name. */
export const cellsOf = (sentence: AnswerSentence | undefined): { name: string; text: string }[] => {
  const shape = sentence?.shape;
  return shape?.kind === 'row' && Array.isArray(shape.cells) && shape.cells.length > 0
    ? shape.cells
    : [{ name: '', text: sentence?.text ?? '' }];
};
/** Rows with the same names stand in one table. */
const namesOf = (sentence: AnswerSentence | undefined): string =>
  cellsOf(sentence)
    .map(({ name }) => name)
    .join('\n');

/** The number an item has in the briefing, 0 to 9999; null for an item that has none. */
export const numberOf = (sentence: AnswerSentence | undefined): number | null => {
  const marker = sentence?.shape?.kind === 'item' ? NUMBER.exec(sentence.shape.marker ?? '') : null;
  return marker ? Number(marker[1]) : null;
};
/** How deep an item stands within others, 0 to 3. */
export const depthOf = (sentence: AnswerSentence | undefined): number => {
  const depth = sentence?.shape?.kind === 'item' ? Number(sentence.shape.depth) : 0;
  return depth > 0 ? Math.min(Math.floor(depth), 3) : 0;
};
