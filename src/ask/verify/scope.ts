import { fold } from '../../core/text/tokens.ts';
import type { Ground, SourceReading, SourceSentence, TextReading } from './reading.ts';
import type { Finding } from './records.ts';
import { DENIES, DONE, FUTURE, has, PLANNED, RATES, SCOPES } from './words.ts';

/** "Per day", "a year", "each" right behind a figure: a rate that the source must speak of too. */
export function rateFindings({ claim: { text, quantities }, pieces, sources, language }: Ground): Finding[] {
  const near = nearOf(pieces, sources);
  for (const [stated, there] of language === 'en' ? RATES : []) {
    const match = stated.exec(text);
    const beside = (end: number) => match !== null && match.index + 1 >= end && /^[^.,;:]{0,40}$/.test(text.slice(end, match.index));
    if (match && quantities.some(({ end }) => beside(end)) && !has(near, there)) return [{ kind: 'unit', value: match[0] }];
  }
  return [];
}

/** The sentences that carry it, and what stands above them. */
const nearOf = (pieces: readonly SourceSentence[], sources: readonly SourceReading[]) =>
  [...pieces.map((piece) => piece.reading.text), ...sources.map((source) => source.above.text)].join('\n');

/** "All", "only", "the first" of its own: no word like it in the sentences that carry it. */
export function scopeFindings({ text, pieces, sources, language }: Ground): Finding[] {
  const near = nearOf(pieces, sources);
  return SCOPES.flatMap(([own, theirs]) =>
    [...(own[language] ? text.matchAll(own[language]) : [])]
      .filter(() => !has(near, theirs[language] ?? own[language]))
      .map(([value]): Finding => ({ kind: 'scope', value })),
  );
}

/**
 * A sentence is copied when what carries it has this share of its words. Of 580 true and 588 false ones (bench/claims/natural) are
 * refused at .5 36 and 128, at .6 15 and 110, at 2/3 8 and 93, here 5 and 74, at .8 4 and 64.
 */
export const COPIED = 3 / 4;

/** What the carrying sentence denies is told without any denial, nearly word for word. */
export function denialFindings({ claim, text, pieces, language }: Ground): Finding[] {
  const denies = DENIES[language];
  if (!denies || has(text, denies)) return [];
  for (const { reading } of pieces) {
    const [denial, ...more] = reading.text.match(denies) ?? [];
    if (denial && more.length === 0 && shared(reading, claim) >= COPIED) return [{ kind: 'denial', value: denial }];
  }
  return [];
}

/** What makes a word another thing or its contrary: "vice-president", "part-time", "unregistered". */
const PREFIX = /^(?:(?:vice|deputy|non|ex|part|full|half|co|sub|semi|anti|pre|post|under|over|multi|inter)-|(?:un|non)(?=\p{L}{5}))/u;
const compounds = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? [];

/** A word that the paragraphs only have with another prefix, or without its own. */
export function kindFindings({ text, sources, pieces, language }: Ground): Finding[] {
  const denies = DENIES[language];
  // "Not registered" is "unregistered".
  if (has(text, denies) || pieces.some((piece) => has(piece.reading.text, denies))) return [];
  const there = new Set(sources.flatMap((source) => compounds(source.whole)));
  const prefixed = new Map([...there].sort().flatMap((word) => (PREFIX.test(word) ? [[word.replace(PREFIX, ''), word]] : [])));
  for (const word of compounds(text)) {
    const base = word.replace(PREFIX, '');
    const other = prefixed.get(base) ?? (word.startsWith('un') && there.has(base) ? base : undefined);
    if (base.length > 3 && !there.has(word) && other !== undefined && other !== word) return [{ kind: 'kind', value: word }];
  }
  return [];
}

/** A plan told as done: the sentence that carries it speaks of what is to come and of nothing done, the claim has no word for that. */
export function planFindings({ claim, text, pieces, language }: Ground): Finding[] {
  const [best] = [...pieces].sort((a, b) => shared(claim, b.reading) - shared(claim, a.reading));
  const future = FUTURE[language];
  if (!best || !future || has(text, PLANNED[language]) || has(best.reading.text.replace(future, ''), DONE[language])) return [];
  const [planned] = best.reading.text.match(future) ?? [];
  return planned ? [{ kind: 'plan', value: planned }] : [];
}

/** Share of the words of one text that another has. */
const shared = (one: TextReading, other: TextReading): number =>
  one.words.filter((word) => other.terms.has(word.term)).length / Math.max(1, one.words.length);
