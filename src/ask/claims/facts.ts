import { isAcronym } from '../../core/text/names.ts';
import { tokens } from '../../core/text/tokens.ts';
import type { WordVectors } from '../features.ts';
import { type Reason, reason } from '../reasons.ts';
import type { Piece } from './evidence.ts';
import { type ShortForms, wordMatch } from './match.ts';
import type { Entity, Item, Reading } from './reading.ts';
import { isCommon, normalTerm } from './thesaurus.ts';
import { boundAllows, sameQuantity } from './values.ts';

/** Words that say that a date is the edition's. */
const OF_EDITION = /\b(?:as of|edition|brief(?:ing)?|report|document|according to|version|up(?:-to-|\s)?date|stated|source|at the time)\b/i;

/** The first figure of the claim without its like in the sources, with the reason. */
export function figureProblem(claim: Reading, pieces: readonly Piece[]): { problem: 'figure' | 'unit'; reason: Reason } | null {
  for (const at of claim.figures) {
    const item = claim.items[at] as Item;
    const figure = item.figure as NonNullable<Item['figure']>;
    const shown = item.word.trim();
    let same: NonNullable<Item['figure']>[] = [];
    let value = false;
    for (const piece of pieces) {
      for (const there of piece.reading.figures) {
        const other = (piece.reading.items[there] as Item).figure as NonNullable<Item['figure']>;
        if (sameQuantity(figure, other)) same.push(other);
        else if (other.value === figure.value) value = true;
      }
    }
    if (same.length === 0 && enumerated(claim, item)) continue;
    if (same.length === 0)
      return value ? { problem: 'unit', reason: reason('unit', shown) } : { problem: 'figure', reason: reason('figure', shown) };
    same = same.filter((other) => boundAllows(figure.bound, other.bound));
    if (same.length === 0) return { problem: 'figure', reason: reason('bound', shown) };
  }
  return null;
}

const SPELLED = ['two', 'three', 'four', 'five'];

/** "Two reasons are SSTC and …", "two memoranda, one with … and one with …": a small count of what the sentence itself names. */
function enumerated(claim: Reading, item: Item): boolean {
  const count = SPELLED.indexOf(item.word.trim().toLowerCase()) + 2;
  if (count < 2) return false;
  const tail = claim.text.slice(item.end).replace(/[.!?]\s*$/, '');
  if ((tail.match(/\bone\b/giu) ?? []).length === count) return true;
  const list = /(?:\b(?:are|were|namely)|:)\s(.*)$/iu.exec(tail)?.[1];
  return list !== undefined && list.split(/,\s+(?:and\s+)?|\s+and\s+/u).length === count;
}

/** The first date of the claim that the sources do not state as precisely. */
export function dateProblem(claim: Reading, pieces: readonly Piece[]): Reason | null {
  for (const at of claim.dates) {
    const item = claim.items[at] as Item;
    const stated = pieces.some(
      (piece) => (piece.kind !== 'edition' || OF_EDITION.test(claim.text)) && (piece.links[at] as unknown[]).length > 0,
    );
    if (!stated) return reason('date', item.word);
  }
  return null;
}

/** Endings of words that may open a sentence without an article and are no names. */
const COMMON =
  /(?:ing|ion|ions|ment|ments|ance|ence|ity|ies|ship|ships|ness|ally|ly|ed|ers?|ors?|ants?|ents?|ists?|ees?|es|ss|ure|age|dom|ism|ive|al|ic|th|ous|ful|work|ward|wide)$/;

/** Words that open a sentence before a name: "Within the ILO". */
const PREPOSITION =
  /^(?:within|beyond|besides|beside|throughout|alongside|amid|amongst|among|during|despite|through|under|unlike|upon|via|toward|towards|regarding|concerning|following|including|across|around|behind|both|several|whereas|although|however|moreover|furthermore|additionally|meanwhile|overall|today|once|thus|hence)$/;

export interface SourceWords {
  words: ReadonlySet<string>;
  terms: ReadonlySet<string>;
  countries: ReadonlySet<string>;
}

const vocabularies = new Map<string, { words: string[]; terms: string[] }>();
const TEXTS_KEPT = 4000;

/** Everything the sources say by word. */
export function sourceWords(pieces: readonly Piece[], texts: readonly string[]): SourceWords {
  const words = new Set<string>();
  const terms = new Set<string>();
  for (const text of texts) {
    let found = vocabularies.get(text);
    if (!found) {
      const distinct = [...new Set(tokens(text).map((token) => token.word))];
      found = { words: distinct, terms: distinct.map(normalTerm) };
      if (vocabularies.size >= TEXTS_KEPT) vocabularies.clear();
      vocabularies.set(text, found);
    }
    for (const word of found.words) words.add(word);
    for (const term of found.terms) terms.add(term);
  }
  const countries = new Set(pieces.flatMap((piece) => piece.reading.names.flatMap((name) => name.countries)));
  return { words, terms, countries };
}

/** The first name of the claim that is not the sources', or null. */
export function nameProblem(claim: Reading, pieces: readonly Piece[], source: SourceWords, forms: ShortForms): Reason | null {
  for (const name of claim.names) {
    const missing = missingWord(claim, name, pieces, source, forms);
    if (missing || scattered(claim, name, pieces)) return reason('name', name.text);
  }
  // Addresses of any kind stand as they are or not at all.
  for (const match of claim.text.matchAll(/[^\s<>()“”"]{1,200}(?:@|:\/\/|www\.)[^\s<>()“”"]{1,200}/g)) {
    const wanted = match[0].replace(/[.,;:!?]+$/, '').toLowerCase();
    if (!pieces.some((piece) => piece.reading.text.toLowerCase().includes(wanted))) return reason('address', wanted);
  }
  return null;
}

/** Whether the words of a name all stand in the sources, but nowhere together: "Development Fund" out of "development" and "China Fund". */
function scattered(claim: Reading, name: Entity, pieces: readonly Piece[]): boolean {
  const own = claim.items
    .slice(name.first + (name.initial ? 1 : 0), name.last + 1)
    .filter((item) => item.upper && name.terms.includes(item.term));
  if (own.length < 2 || own.some((item) => isAcronym(claim.text.slice(item.start, item.end)))) return false;
  const indexes = own.map((item) => claim.items.indexOf(item));
  return !pieces.some((piece) => {
    const places = indexes.map((i) => (piece.links[i] as { at: number }[]).map((link) => link.at));
    return (places[0] as number[]).some((at) => places.every((list) => list.some((other) => Math.abs(other - at) <= own.length + 2)));
  });
}

function missingWord(claim: Reading, name: Entity, pieces: readonly Piece[], source: SourceWords, forms: ShortForms): boolean {
  if (name.countries.some((code) => !source.countries.has(code))) return true;
  for (let i = name.first; i <= name.last; i++) {
    const item = claim.items[i] as Item;
    if (!item.upper || item.figure || item.date) continue;
    if (source.words.has(item.word) || source.terms.has(item.term)) continue;
    if (pieces.some((piece) => (piece.links[i] as { match: number }[]).some((link) => link.match === 1))) continue;
    // Words for countries were compared as countries.
    if (!name.terms.includes(item.term)) continue;
    const long = forms.get(item.word);
    if (long?.every((term) => source.terms.has(term))) continue;
    const raw = claim.text.slice(item.start, item.end);
    if (isAcronym(raw) && /^(?:[A-Z]{2,})s$/.test(raw) && source.words.has(item.word.slice(0, -1))) continue;
    // "Programme" for "project" within a longer name is a common word with a capital.
    const common = !isAcronym(raw) && pieces.some((piece) => (piece.links[i] as { match: number }[]).some((link) => link.match >= 0.8));
    if (common && (name.initial || name.first !== name.last)) continue;
    if (name.initial && i === name.first && !isAcronym(raw) && !looksLikeName(claim, name, item)) continue;
    return true;
  }
  return false;
}

/** Whether the capitalised first word of a sentence is a name rather than any word. */
function looksLikeName(claim: Reading, name: Entity, item: Item): boolean {
  if (PREPOSITION.test(item.word)) return false;
  // "Ada Berg said": a second capital makes it a name, unless the first word only introduces it ("Minister Berg").
  if (name.last > name.first) return claim.items.slice(name.first + 1, name.last + 1).every((one) => one.upper) && !COMMON.test(item.word);
  if (COMMON.test(item.word) || isCommon(item.term)) return false;
  const next = claim.words.find((word) => word.start >= item.end);
  return next !== undefined && /^(?:has|had|is|was|will|s|.{2,}ed|said|gave|held|led)$/.test(next.word);
}

/** Kinds of counted things that never stand for one another. */
export function unitProblem(claim: Reading, pieces: readonly Piece[], vectors: WordVectors | null): Reason | null {
  for (const at of claim.figures) {
    const item = claim.items[at] as Item;
    const figure = item.figure as NonNullable<Item['figure']>;
    if (figure.kind === 'money' || figure.kind === 'ordinal') continue;
    const head = headOf(claim, at);
    if (!head) continue;
    let carried = false;
    let seen = '';
    for (const piece of pieces) {
      if (!(piece.links[at] as unknown[]).length) continue;
      // The counted thing stands in the figure's own sentence, or in the line above it.
      if (piece.reading.items.some((other) => !other.figure && !other.date && wordMatch(head, other, vectors) > 0)) carried = true;
      const alien = piece.links[at]?.map((link) => headOf(piece.reading, link.at)).find((other) => other);
      if (alien) seen = alien.word;
    }
    if (
      !carried &&
      pieces.some((piece) => piece.kind !== 'sentence' && piece.reading.items.some((other) => wordMatch(head, other, vectors) > 0.8))
    )
      carried = true;
    if (!carried && seen !== '') return reason('counted', seen, head.word);
  }
  return null;
}

const PLURAL = /(?:[^su]s|people|children|men|women|us)$/;

/** The plural noun a figure counts: the first one of the words right after it. */
function headOf(reading: Reading, at: number): Item | null {
  const figure = reading.items[at] as Item;
  let end = figure.end;
  for (let i = at + 1; i < reading.items.length && i <= at + 4; i++) {
    const item = reading.items[i] as Item;
    const between = reading.text.slice(end, item.start);
    // A number within a name counts nothing ("Five Year Plan").
    if (item.figure || item.date || /[.,;:()]/.test(between) || (item.name >= 0 && item.upper && !PLURAL.test(item.word))) return null;
    // "41 of the institutions": only "of" may stand between.
    if (
      /\p{L}/u.test(between) &&
      !/^\s*(?:(?:of|different|such|other)\s*)?(?:(?:the|its|their)\s*)?(?:(?:such|other)\s*)?$/iu.test(between)
    )
      return null;
    if (PLURAL.test(item.word)) return item;
    end = item.end;
  }
  return null;
}
