import type { WordVectors } from '../features.ts';
import type { Item } from './reading.ts';
import { contrary, normalTerm, synonymous } from './thesaurus.ts';
import { dateSupports, sameQuantity } from './values.ts';

/** Abbreviations both ways: folded short form -> content terms of what it stands for. */
export type ShortForms = ReadonlyMap<string, readonly string[]>;

/** From this cosine on two words may stand for each other (of `wordVectors`, first 64 columns); lower lets strangers in ("workers" and "employers" .37, "sixth" and "seventh" .52). */
export const ALIKE = 0.5;
const SYNONYM = 0.9;
const DERIVED = 0.85;
/** Stems of which one begins with the other, and that are still no relatives. */
const STRANGERS = new Set([
  'intern internat',
  'commun communist',
  'univers univ',
  'gener generat',
  'organ organiz',
  'consult consul',
  'minist minister',
  'govern governor',
  'council councillor',
  'council councilor',
]);

/** What was compared once, by the word of the claim, then of the source; a model's sentences and its sources repeat themselves. */
const compared = new WeakMap<object, Map<string, Map<string, number>>>();
const PAIRS_KEPT = 20_000;
const NO_VECTORS = {};

/** How far a word of a claim is carried by a word of a source: 1 the same, 0 not at all. */
export function wordMatch(claim: Item, source: Item, vectors: WordVectors | null): number {
  if (claim.term === source.term && claim.word === source.word) return 1;
  const by = claim.upper && source.upper ? null : vectors;
  const key = by ?? NO_VECTORS;
  let pairs = compared.get(key);
  if (!pairs) {
    pairs = new Map();
    compared.set(key, pairs);
  }
  let row = pairs.get(claim.word);
  if (!row || row.size > PAIRS_KEPT) {
    if (pairs.size > PAIRS_KEPT / 10) pairs.clear();
    row = new Map();
    pairs.set(claim.word, row);
  }
  let found = row.get(source.word);
  if (found === undefined) {
    found = compare(claim, source, by);
    row.set(source.word, found);
  }
  return found;
}

function compare(claim: Item, source: Item, vectors: WordVectors | null): number {
  if (claim.term === source.term) return claim.word !== source.word && contrary(claim, source) ? 0 : 1;
  if (contrary(claim, source)) return 0;
  if (synonymous(claim.term, source.term)) return SYNONYM;
  if (derived(claim.term, source.term)) return DERIVED;
  const a = vectors?.(claim.word);
  const b = a && vectors?.(source.word);
  if (!a || !b) return 0;
  let dot = 0;
  for (let i = 0; i < a.length; i++) dot += (a[i] as number) * (b[i] as number);
  return dot >= ALIKE ? Math.min(DERIVED, dot) : 0;
}

function derived(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 4 || long.length - short.length > 4 || !long.startsWith(short.length >= 7 ? short.slice(0, -1) : short)) return false;
  if (short.length === 4 && long.length > 6) return false;
  return !STRANGERS.has(`${short} ${long}`);
}

/** The same for items of any kind: figures meet figures, dates meet dates. */
export function itemMatch(claim: Item, source: Item, vectors: WordVectors | null, sourceText: string): number {
  if (claim.figure) return source.figure && sameQuantity(claim.figure, source.figure) ? 1 : 0;
  if (claim.date) return source.date && dateSupports(claim.date, source.date, sourceText) ? 1 : 0;
  if (source.figure || source.date) return 0;
  return wordMatch(claim, source, vectors);
}

/** Content terms of a long form, for `ShortForms`. */
export function formTerms(long: string): string[] {
  return (long.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length > 3 || /\d/.test(word)).map(normalTerm);
}
