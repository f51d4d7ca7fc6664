import type { Block } from '../../blocks.ts';
import { textOf } from '../../pieces.ts';
import { LONGEST_HEADING, PROSE_LINE } from '../../settings.ts';
import {
  bulletLength,
  endsInFunctionWord,
  hasYears,
  isAttribution,
  isCapitals,
  isContactTitle,
  isCopyright,
  isQuotation,
  isTitleLike,
  labelOf,
  sectionDepth,
} from '../../shapes.ts';
import type { Group } from './groups.ts';
import type { Line } from './lines.ts';
import { LIST_RUN } from './settings.ts';

/**
 * "1. Aims" between blank lines and before running text is a heading, and so it is right above bullets at the margin; "1. Aims" before
 * "2. Means" is an item.
 */
export function isNumberedHeading(groups: readonly Group[], index: number): boolean {
  const group = groups[index] as Group;
  const line = group.lines[0] as Line;
  if (sectionDepth(line.text) === 0 || !group.apart[0] || !isTitleLike(group.text)) return false;
  const next = groups[index + 1];
  const below = next?.lines[0];
  if (!group.apart[1]) return below !== undefined && bulletLength(below.text) > 0 && below.indent <= line.indent;
  return (
    next !== undefined &&
    (next.shape === 'plain' ||
      next.shape === 'marker' ||
      /^1[.)]/.test(next.lines[0]?.text ?? '') ||
      bulletLength(next.lines[0]?.text ?? '') > 0)
  );
}

/** Whether a group is a heading, by its own shape and by what stands after it. `run`: how many title-like groups end with it. */
export function isHeading(
  groups: readonly Group[],
  index: number,
  titled: boolean,
  run: number,
  labels: ReadonlyMap<string, number>,
): boolean {
  const group = groups[index] as Group;
  const next = groups[index + 1];
  if (!next || group.text.length > LONGEST_HEADING || isCopyright(group.text) || isLabelled(groups, index, labels)) return false;
  if (group.shape === 'item') return true;
  if (isCapitals(group.text)) return !/[.,;]$/.test(group.text);
  // Small letters after it: its own sentence goes on there.
  if (/^\p{Ll}/u.test(next.text) && next.shape === 'plain') return false;
  if (sectionDepth(group.text) > 0 && isTitleLike(group.text) && group.apart[0]) return true;
  if (!titled || isQuotation(group.text) || isAttribution(group.text)) return false;
  if (endsInFunctionWord(group.text)) return false;
  // What ends in a colon introduces the list or, if it is more than a few words, the paragraph below it.
  if (group.text.endsWith(':') && (next.shape === 'item' || group.text.length > PROSE_LINE)) return false;
  if (hasYears(group.text)) return true;
  // Four short lines in a row are a list without bullets, not four headings.
  let ahead = 0;
  for (let at = index + 1; at < Math.min(groups.length, index + LIST_RUN) && ahead < LIST_RUN; at++) {
    const other = groups[at] as Group;
    if (labelOf(other.text)) break;
    if (other.shape !== 'plain' || !isTitleLike(other.text) || isCapitals(other.text) || hasYears(other.text)) break;
    ahead++;
  }
  return run + ahead < LIST_RUN;
}

/** How often each label ("Status") opens a paragraph of its own. */
export function countLabels(groups: readonly Group[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const group of groups) {
    const label = group.shape === 'plain' ? labelOf(group.text)?.label : undefined;
    if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}

/** A label and its value, not a title with a colon: the label comes back, the value is no title, or another label stands next to it. */
export function isLabelled(groups: readonly Group[], index: number, labels: ReadonlyMap<string, number>): boolean {
  const found = labelOf((groups[index] as Group).text);
  if (!found) return false;
  if ((labels.get(found.label) ?? 0) > 1 || /^[\p{Ll}\d€$£]/u.test(found.value)) return true;
  return [index - 1, index + 1].some((at) => labelOf(groups[at]?.text ?? '') !== null);
}

/**
 * Levels of headings that carry no number: titles without a style of their own stand beside the headings in capitals or
 * with a mark when none of these came before, else below them. A section in capitals that holds nothing but a quotation
 * is a box: it stands inside the section around it, and so does what follows.
 */
export function setLevels(blocks: readonly Block[]): void {
  let open = false;
  let styled = false;
  let box: Block | null = null;
  let quoted = false;
  for (const block of blocks) {
    if (block.kind === 'quotation') quoted = true;
    else if (block.kind !== 'heading') box = null;
    if (block.kind !== 'heading' || block.level === 0) continue;
    if (block.level === 1) styled = true;
    if (block.level === -1) block.level = styled && !isContactTitle(textOf(block.pieces)) ? 2 : 1;
    if (block.level === 2 && !open) block.level = 1;
    if (block.level === 2 && box && quoted) box.level = 2;
    box = block.level === 1 && open ? block : null;
    quoted = false;
    if (block.level === 1) open = true;
  }
}
