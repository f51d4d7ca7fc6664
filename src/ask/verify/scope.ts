import { fold } from '../../core/text/tokens.ts';
import type { Piece, Reading, SourceReading } from './reading.ts';
import type { Finding, HardKind, SoftKind } from './records.ts';
import {
  count,
  DENIES,
  DONE,
  EVERY,
  EVERY_THERE,
  FIRST,
  FIRST_THERE,
  FUTURE,
  has,
  LIMITS,
  ONLY,
  ONLY_THERE,
  PLANNED,
  RATE_REACH,
  RATES,
  YES_NO,
} from './words.ts';

/** What a sentence is held against: the sentences that carry it, and the whole of their paragraphs. */
export interface Ground {
  claim: Reading;
  /** Without "Yes," or "No,". */
  text: string;
  pieces: readonly Piece[];
  sources: readonly SourceReading[];
  language: string;
  /** Share of the claim's words that the carriers hold, 0..1. */
  coverage: number;
}

export const withoutYesNo = (text: string): string => text.replace(YES_NO, '');

const hard = (kind: HardKind, value: string): Finding<HardKind> => ({ kind, value });
const soft = (kind: SoftKind, value: string): Finding<SoftKind> => ({ kind, value });

/** "Per day", "a year", "each": a rate beside a figure must stand beside one of the source's own sentences that carry it. */
export function rateProblem({ claim, pieces, sources, language }: Ground): Finding<HardKind> | null {
  if (language !== 'en' || claim.quantities.length === 0) return null;
  const near = [...pieces.map((piece) => piece.reading.text), ...sources.map((source) => source.above.text)];
  for (const [, stated, there] of RATES) {
    const match = stated.exec(claim.text);
    if (!match) continue;
    const end = match.index + match[0].length;
    const beside = claim.quantities.some(
      (one) =>
        match.index - one.end < RATE_REACH &&
        match.index >= one.start &&
        !/[.,;:]/.test(claim.text.slice(one.end, match.index)) &&
        match.index + 1 >= one.end,
    );
    if (!beside || end > claim.text.length) continue;
    if (!near.some((text) => there.test(text))) return hard('unit', match[0]);
  }
  return null;
}

/** A sentence that opens with "the first" within so many characters may number a list. */
const OPENING = 10;

/** "All", "only", "the first" of its own: no word like it in the sentences that carry it. */
export function scopeProblem({ text, pieces, sources, language }: Ground): {
  hard: Finding<HardKind> | null;
  doubt: Finding<SoftKind> | null;
} {
  const near = [...pieces.map((piece) => piece.reading.text), ...sources.map((source) => source.above.text)].join('\n');
  const far = sources.map((source) => source.whole).join('\n');
  let doubt: Finding<SoftKind> | null = null;
  for (const [own, theirs] of [
    [EVERY[language], EVERY_THERE[language] ?? EVERY[language]],
    [ONLY[language], ONLY_THERE[language] ?? ONLY[language]],
    [FIRST[language], FIRST_THERE[language] ?? FIRST[language]],
  ] as const) {
    for (const match of own ? text.matchAll(own) : []) {
      // "Every 90 days" and "all three" are told by their figures, "only 9 %" comments on one.
      const after = text.slice(match.index + match[0].length, match.index + match[0].length + 24);
      if (
        /^\s*(?:the |of the |these )?(?:\p{N}|(?:two|three|four|five|six|seven|eight|nine|ten|hour|day|night|week|month|year|time)\b)/iu.test(
          after,
        ) &&
        !/^all$/i.test(match[0])
      )
        continue;
      if (has(near, theirs)) continue;
      // "Under the first, …", "The first option …" counts off what a list has.
      if (has(far, theirs) || (own === FIRST[language] && match.index <= OPENING)) doubt ??= soft('scope', match[0]);
      else return { hard: hard('scope', match[0]), doubt };
    }
  }
  return { hard: null, doubt };
}

/** The clause around a place, by punctuation and joining words. */
function clauseAround(text: string, at: number): string {
  const before = text.slice(0, at);
  const after = text.slice(at);
  const from = Math.max(
    ...[...before.matchAll(/[,;:.–—]\s|\b(?:but|and|while|whereas|aber|und|mais|et|pero|y)\s/giu)].map(
      (match) => match.index + match[0].length,
    ),
    0,
  );
  const to = after.search(/[,;:–—]\s|\s(?:but|while|whereas|aber|mais|pero)\s/iu);
  return text.slice(from, to < 0 ? text.length : at + to);
}

/** Shares of the words of a clause that must be told again before a missing "not" counts, and of the claim's that the source must have. */
const RETOLD = 0.75;
const COPIED = 0.7;

/** Denial: what the carrying sentence denies is told without a denial, nearly word for word; or the other way round. */
export function denialProblem({ claim, text, pieces, sources, language, coverage }: Ground): Finding<HardKind> | null {
  const denies = DENIES[language];
  if (!denies) return null;
  const limits = LIMITS[language];
  const own = count(text, denies);
  const terms = claim.terms;
  if (own === 0) {
    if (has(text, limits)) return null;
    for (const { reading } of pieces) {
      for (const match of reading.text.matchAll(denies)) {
        const clause = clauseAround(reading.text, match.index);
        const from = reading.text.indexOf(clause);
        const words = reading.words.filter((word) => word.start >= from && word.end <= from + clause.length);
        if (words.length < 2) continue;
        const told = words.filter((word) => terms.has(word.term)).length / words.length;
        const copied = claim.words.filter((word) => reading.terms.has(word.term)).length / Math.max(1, claim.words.length);
        if (told >= RETOLD && copied >= COPIED) return hard('denial', match[0]);
      }
    }
    return null;
  }
  const everywhere = sources.map((source) => source.whole).join('\n');
  if (coverage < COPIED || count(everywhere, denies) > 0 || has(everywhere, limits)) return null;
  return hard('denial', text.match(denies)?.[0] ?? '');
}

/** Prefixes that make another thing or its contrary, joined with a hyphen or not. */
const OTHER_THING = /^(?:vice|deputy|non|ex|part|full|half|co|sub|semi|anti|pre|post|under|over|multi|inter)$/;

/** "President" where the source only has "vice-president", "full-time" for "part-time", "unregistered" for "registered". */
export function kindProblem({ sources, text, pieces, language }: Ground): Finding<HardKind> | null {
  const whole = sources.map((source) => fold(source.whole)).join('\n');
  const words = new Set(whole.match(/[\p{L}\p{N}]+/gu) ?? []);
  const compounds = [...whole.matchAll(/(?<![\p{L}-])(\p{L}{2,6})-(\p{L}{3,})/gu)].map((match) => [match[1], match[2]] as [string, string]);
  // Words that stand without a hyphen before them, compounds as one.
  const alone = new Set([...whole.matchAll(/(?<![\p{L}\p{N}-])\p{L}+(?:-\p{L}+)?(?![\p{L}\p{N}-])/gu)].map(([word]) => word));
  const free = (word: string) => alone.has(word);
  const folded = fold(text);
  for (const match of folded.matchAll(/(?<![\p{L}-])(?:(\p{L}{2,6})-)?(\p{L}{3,})(?![\p{L}-])/gu)) {
    const [, head, tail] = match as unknown as [string, string | undefined, string];
    const rivals = compounds.filter(([other, base]) => base === tail && OTHER_THING.test(other));
    if (
      rivals.length > 0 &&
      !rivals.some(([other]) => other === head || folded.includes(`${other} ${tail}`) || folded.includes(`${other}${tail}`)) &&
      !free(head ? `${head}-${tail}` : tail) &&
      (head === undefined || OTHER_THING.test(head))
    )
      return hard('kind', match[0]);
    if (language !== 'en' || head !== undefined) continue;
    const denied = pieces.some((piece) => has(piece.reading.text, DENIES.en)) || has(text, DENIES.en);
    const base = /^un(\p{L}{4,})$/u.exec(tail)?.[1];
    if (base && !words.has(tail) && words.has(base) && !denied) return hard('denial', match[0]);
    if (
      tail.length >= 4 &&
      !words.has(tail) &&
      (words.has(`un${tail}`) || words.has(`non${tail}`)) &&
      !has(text, DENIES.en) &&
      !has(text, LIMITS.en)
    )
      return hard('denial', match[0]);
  }
  return null;
}

/** A plan told as done: the sentence that carries it speaks of what is to come, the claim has no word for that. */
export function planDoubt({ claim, text, pieces, language }: Ground): Finding<SoftKind> | null {
  const [best] = [...pieces].sort((a, b) => shared(claim, b) - shared(claim, a));
  if (!best || !FUTURE[language] || has(text, PLANNED[language]) || !has(text, DONE[language])) return null;
  const plain = count(best.reading.text, FUTURE[language]);
  return plain > 0 && shared(claim, best) >= 0.4 ? soft('plan', best.reading.text.match(FUTURE[language] as RegExp)?.[0] ?? '') : null;
}

const shared = (claim: Reading, piece: Piece): number =>
  claim.words.filter((word) => piece.reading.terms.has(word.term)).length / Math.max(1, claim.words.length);
