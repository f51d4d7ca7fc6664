import { fold } from '../../core/text/tokens.ts';
import type { Piece, Reading, SourceReading } from './reading.ts';
import type { Finding, HardKind, SoftKind } from './records.ts';
import { DENIES, DONE, FIRST, FUTURE, has, LIMITS, PLANNED, RATES, SCOPES } from './words.ts';

/** What a sentence is held against: the sentences that carry it, and the whole of their paragraphs. */
export interface Ground {
  claim: Reading;
  /** Without "Yes," or "No,". */
  text: string;
  pieces: readonly Piece[];
  sources: readonly SourceReading[];
  language: string;
}

/** What checks come to: the first finding that refuses, and those that only raise a doubt. */
export interface Findings {
  hard: Finding<HardKind> | null;
  doubts: Finding<SoftKind>[];
}
export const NONE: Findings = { hard: null, doubts: [] };

/** "Per day", "a year", "each" right behind a figure: a rate that the source must speak of too. */
export function rateProblem({ claim: { text, quantities }, pieces, sources, language }: Ground): Finding<HardKind> | null {
  const near = nearOf(pieces, sources);
  for (const [stated, there] of language === 'en' ? RATES : []) {
    const match = stated.exec(text);
    const beside = (end: number) => match !== null && match.index + 1 >= end && /^[^.,;:]{0,40}$/.test(text.slice(end, match.index));
    if (match && quantities.some(({ end }) => beside(end)) && !has(near, there)) return { kind: 'unit', value: match[0] };
  }
  return null;
}

/** The sentences that carry it, and what stands above them. */
const nearOf = (pieces: readonly Piece[], sources: readonly SourceReading[]) =>
  [...pieces.map((piece) => piece.reading.text), ...sources.map((source) => source.above.text)].join('\n');

/** A figure behind "all" or "only" tells how many: "every 90 days", "only 9 %". */
const COUNTED =
  /^\s*(?:the |of the |these )?(?:\p{N}|(?:two|three|four|five|six|seven|eight|nine|ten|hour|day|night|week|month|year|time)\b)/iu;

/** "All", "only", "the first" of its own: no word like it in the sentences that carry it; a doubt where it stands elsewhere in the paragraph. */
export function scopeFindings({ text, pieces, sources, language }: Ground): Findings {
  const near = nearOf(pieces, sources);
  const far = sources.map((source) => source.whole).join('\n');
  const doubts: Finding<SoftKind>[] = [];
  for (const [own, theirs] of SCOPES) {
    for (const match of own[language] ? text.matchAll(own[language]) : []) {
      const counts = COUNTED.test(text.slice(match.index + match[0].length)) && !/^all$/i.test(match[0]);
      const known = theirs[language] ?? own[language];
      if (counts || has(near, known)) continue;
      // "Under the first, …" counts off what a list has.
      if (!has(far, known) && own !== FIRST) return { hard: { kind: 'scope', value: match[0] }, doubts };
      doubts.push({ kind: 'scope', value: match[0] });
    }
  }
  return { hard: null, doubts };
}

/** Words of a sentence that stand beside a denial and are told without it, as a share of the sentence's own. */
const COPIED = 0.7;

/** What the carrying sentence denies is told without any denial, nearly word for word. */
export function denialProblem({ claim, text, pieces, language }: Ground): Finding<HardKind> | null {
  const denies = DENIES[language];
  if (!denies || has(text, denies) || has(text, LIMITS[language])) return null;
  for (const { reading } of pieces) {
    const [denial, ...more] = reading.text.match(denies) ?? [];
    if (denial && more.length === 0 && shared(claim, reading) >= COPIED && shared(reading, claim) >= COPIED)
      return { kind: 'denial', value: denial };
  }
  return null;
}

/** What makes a word another thing or its contrary: "vice-president", "part-time", "unregistered". */
const PREFIX = /^(?:(?:vice|deputy|non|ex|part|full|half|co|sub|semi|anti|pre|post|under|over|multi|inter)-|(?:un|non)(?=\p{L}{5}))/u;
const compounds = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? [];

/** A word that the paragraphs only have with another prefix, or without its own. */
export function kindProblem({ text, sources, pieces, language }: Ground): Finding<HardKind> | null {
  const denies = DENIES[language];
  // "Not registered" is "unregistered".
  if (has(text, denies) || pieces.some((piece) => has(piece.reading.text, denies))) return null;
  const there = new Set(sources.flatMap((source) => compounds(source.whole)));
  const prefixed = new Map([...there].sort().flatMap((word) => (PREFIX.test(word) ? [[word.replace(PREFIX, ''), word]] : [])));
  for (const word of compounds(text)) {
    const base = word.replace(PREFIX, '');
    const other = prefixed.get(base) ?? (word.startsWith('un') && there.has(base) ? base : undefined);
    if (base.length > 3 && !there.has(word) && other !== undefined && other !== word) return { kind: 'kind', value: word };
  }
  return null;
}

/** A plan told as done: the sentence that carries it speaks of what is to come, the claim has no word for that. */
export function planDoubt({ claim, text, pieces, language }: Ground): Finding<SoftKind>[] {
  const [best] = [...pieces].sort((a, b) => shared(claim, b.reading) - shared(claim, a.reading));
  if (!best || has(text, PLANNED[language]) || !has(text, DONE[language])) return [];
  const [planned] = best.reading.text.match(FUTURE[language] ?? /(?!)/) ?? [];
  return planned ? [{ kind: 'plan', value: planned }] : [];
}

/** Share of the words of one text that another has. */
const shared = (one: Reading, other: Reading): number =>
  one.words.filter((word) => other.terms.has(word.term)).length / Math.max(1, one.words.length);
