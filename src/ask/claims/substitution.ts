import type { Link, Piece } from './evidence.ts';
import type { Item, Reading } from './reading.ts';

/** From this match on a neighbour is the very neighbour. */
const SAME = 0.9;

/** Verbs are told in other words more often than they are exchanged; comparisons are read as bounds. */
const VERB =
  /(?:ed|ing)$|^(?:km|plans?|intends?|aims?|wants?|heard|seen|ride|come|goes|came|went|gave|said|held|led|took|made|across|around|through|way|along|within|among|between|via|onto|longer|more|less|fewer|higher|greater|stopped|until)$/;

/**
 * A word that nothing carries, between two neighbours that stand in a source around another word which the claim does
 * not have: "the foreign sales tax" for "the local sales tax". Null when there is none.
 */
export function replacedWord(
  claim: Reading,
  chosen: readonly Piece[],
  carried: readonly number[],
): { text: string; instead: string } | null {
  for (let i = 1; i + 1 < claim.items.length; i++) {
    const [before, item, after] = claim.items.slice(i - 1, i + 2) as [Item, Item, Item];
    if (
      (carried[i] as number) > 0 ||
      (item.word.length < 4 && item.word !== 'old') ||
      item.figure ||
      item.date ||
      item.name >= 0 ||
      item.light ||
      VERB.test(item.word)
    )
      continue;
    // Only what stands right before a word describes it.
    if (/[.,;:()]/.test(claim.text.slice(before.end, item.start)) || claim.text.slice(item.end, after.start).trim() !== '') continue;
    for (const piece of chosen) {
      const taken = new Set(piece.links.flatMap((links) => links.map((link) => link.at)));
      for (const link of piece.links[i - 1] as Link[]) {
        if (link.match < SAME || taken.has(link.at + 1)) continue;
        const other = piece.reading.items[link.at + 1];
        if (!other || other.figure || other.date || other.light || VERB.test(other.word)) continue;
        if (!(piece.links[i + 1] as Link[]).some((next) => next.at === link.at + 2 && next.match >= SAME)) continue;
        if (
          /[.,;:()]/.test(
            piece.reading.text.slice((piece.reading.items[link.at] as Item).end, (piece.reading.items[link.at + 2] as Item).start),
          )
        )
          continue;
        return { text: item.word, instead: other.word };
      }
    }
  }
  return null;
}
