import type { Paragraph, Span } from '../../core/model.ts';
import { codePointLength, sliceCodePoints } from '../../core/text/codepoints.ts';
import { spellDate } from '../../core/time/dates.ts';
import type { WordVectors } from '../features.ts';
import { formTerms, itemMatch, type ShortForms } from './match.ts';
import { type Item, type Reading, read } from './reading.ts';

export interface ClaimSource {
  paragraph: Paragraph;
  /** Title of the briefing. */
  title: string;
  /** Its edition date, or null. */
  edition: string | null;
  /** Text that introduces the list this item belongs to, or null. */
  lead: string | null;
}

/** Where a word of the claim meets a word of a piece. */
export interface Link {
  /** Index into the items of the piece. */
  at: number;
  /** 0..1 */
  match: number;
}

/** A sentence of a source, or a line above it that speaks for it. */
export interface Piece {
  source: number;
  kind: 'sentence' | 'lead' | 'heading' | 'title' | 'edition';
  reading: Reading;
  /** Code points relative to the paragraph; of sentences only. */
  span: Span | null;
  /** For each item of the claim, where it is met; empty when nowhere. */
  links: Link[][];
}

/** Longer paragraphs are read for the sentences most alike; the rest still counts for names, figures and quotations. */
const SENTENCES_COMPARED = 24;
/** Code points; no real sentence is longer. */
const LONGEST_SENTENCE = 1200;
const LINES_KEPT = 4000;
const readings = new WeakMap<Paragraph, { language: string; list: { reading: Reading; span: Span }[] }>();
const lineReadings = new Map<string, Reading>();

function readParagraph(paragraph: Paragraph, language: string): { reading: Reading; span: Span }[] {
  const known = readings.get(paragraph);
  if (known?.language === language) return known.list;
  const spans = paragraph.sentences.length > 0 ? paragraph.sentences : [{ start: 0, end: codePointLength(paragraph.text) }];
  const list = spans.flatMap(cut).map((span) => ({ span, reading: read(sliceCodePoints(paragraph.text, span.start, span.end), language) }));
  readings.set(paragraph, { language, list });
  return list;
}

/** Text without sentence ends is read in pieces: what is compared with the claim stays bounded. */
function cut({ start, end }: Span): Span[] {
  const pieces: Span[] = [];
  for (let from = start; from < end; from += LONGEST_SENTENCE) pieces.push({ start: from, end: Math.min(end, from + LONGEST_SENTENCE) });
  return pieces;
}

function readLine(line: string, language: string): Reading {
  const key = `${language} ${line}`;
  let found = lineReadings.get(key);
  if (!found) {
    found = read(line, language);
    if (lineReadings.size >= LINES_KEPT) lineReadings.clear();
    lineReadings.set(key, found);
  }
  return found;
}

/** Sentences of the sources and the lines above them, with what each shares with the claim. */
export function piecesOf(
  claim: Reading,
  sources: readonly ClaimSource[],
  vectors: WordVectors | null,
  forms: ShortForms,
  language: string,
): Piece[] {
  const pieces: Piece[] = [];
  const wanted = new Set(claim.items.map((item) => item.term));
  sources.forEach((source, index) => {
    let list = readParagraph(source.paragraph, language);
    if (list.length > SENTENCES_COMPARED) {
      const shared = list.map(({ reading }, at) => ({
        at,
        hits: new Set(reading.items.filter((item) => wanted.has(item.term) || item.figure || item.date).map((item) => item.term)).size,
      }));
      const best = shared.sort((a, b) => b.hits - a.hits || a.at - b.at).slice(0, SENTENCES_COMPARED);
      list = best.sort((a, b) => a.at - b.at).map(({ at }) => list[at] as { reading: Reading; span: Span });
    }
    const put = (kind: Piece['kind'], reading: Reading, span: Span | null) =>
      pieces.push({ source: index, kind, reading, span, links: linksOf(claim, reading, vectors, forms) });
    for (const { reading, span } of list) put('sentence', reading, span);
    if (source.lead) put('lead', readLine(source.lead, language), null);
    for (const heading of source.paragraph.headings) if (heading !== source.title) put('heading', readLine(heading, language), null);
    put('title', readLine(source.title, language), null);
    if (source.edition) put('edition', readLine(spellDate(source.edition), 'en'), null);
  });
  return pieces;
}

function linksOf(claim: Reading, source: Reading, vectors: WordVectors | null, forms: ShortForms): Link[][] {
  const links = claim.items.map((item) => {
    const found: Link[] = [];
    source.items.forEach((other, at) => {
      const match = itemMatch(item, other, vectors, source.text);
      if (match > 0) found.push({ at, match });
    });
    return found;
  });
  if (forms.size > 0) linkForms(claim, source, forms, links);
  return links;
}

/** "MoU" meets "Memorandum of Understanding", both ways, when all its words are there. */
function linkForms(claim: Reading, source: Reading, forms: ShortForms, links: Link[][]): void {
  const placesOf = (reading: Reading, terms: readonly string[]) => {
    const places = terms.map((term) => reading.items.findIndex((item) => item.term === term && !item.figure && !item.date));
    return places.length > 0 && !places.includes(-1) ? places : null;
  };
  const formOf = (item: Item) => (item.upper ? forms.get(item.word) : undefined);
  claim.items.forEach((item, i) => {
    const terms = formOf(item);
    const places = terms && placesOf(source, terms);
    if (places && (links[i] as Link[]).length === 0) for (const at of places) (links[i] as Link[]).push({ at, match: 1 });
  });
  source.items.forEach((item, at) => {
    const terms = formOf(item);
    const places = terms && placesOf(claim, terms);
    if (places)
      for (const i of places) if (!(links[i] as Link[]).some((link) => link.match === 1)) (links[i] as Link[]).push({ at, match: 1 });
  });
}

/** General ones that every reader knows; the briefings need not introduce them. Folded. */
const KNOWN: [string, string][] = [
  ['un', 'United Nations'],
  ['eu', 'European Union'],
  ['mou', 'Memorandum of Understanding'],
  ['sdg', 'Sustainable Development Goal'],
  ['gdp', 'gross domestic product'],
  ['ngo', 'non-governmental organization'],
];

const INTRODUCED = /(?<![\p{L}\p{N}’'-])((?:[\p{L}\p{N}’'-]+[ \u00a0]){1,10})\(([\p{Lu}][\p{L}\p{N}&-]{1,11})\)/gu;

const listed = new WeakMap<object, Map<string, readonly string[]>>();
const introduced = new Map<string, [string, string][]>();

/** Short forms of the briefings' own list and of the texts at hand, "Long Name (LN)". */
export function shortForms(list: readonly { short: string; long: string }[], texts: readonly string[]): ShortForms {
  let base = listed.get(list);
  if (!base) {
    base = new Map();
    for (const [short, long] of KNOWN) put(base, short, long);
    for (const { short, long } of list) put(base, short, long);
    listed.set(list, base);
  }
  const fresh = texts.flatMap((text) => (text.includes('(') ? introducedIn(text) : []));
  if (fresh.length === 0) return base;
  const found = new Map(base);
  for (const [short, long] of fresh) put(found, short, long);
  return found;
}

function introducedIn(text: string): [string, string][] {
  let found = introduced.get(text);
  if (found) return found;
  found = [];
  for (const match of text.matchAll(INTRODUCED)) {
    const short = match[2] as string;
    const initials = [...short]
      .filter((letter) => /\p{Lu}/u.test(letter))
      .join('')
      .toLowerCase();
    const words = (match[1] as string).trim().split(/[ \u00a0]/);
    for (let n = 1; n <= words.length; n++) {
      const tail = words.slice(-n);
      const capitals = tail.flatMap((word) => word.split('-')).filter((word) => !/^(?:of|the|and|for|on|in|to|de|du|la)$/i.test(word));
      if (capitals.map((word) => (word[0] ?? '').toLowerCase()).join('') === initials) {
        found.push([short, tail.join(' ')]);
        break;
      }
    }
  }
  if (introduced.size >= LINES_KEPT) introduced.clear();
  introduced.set(text, found);
  return found;
}

function put(forms: Map<string, readonly string[]>, short: string, long: string): void {
  const key = short.toLowerCase();
  const terms = formTerms(long);
  if (terms.length === 0) return;
  forms.set(key, terms);
  if (key.endsWith('s')) forms.set(key.slice(0, -1), terms);
  else forms.set(`${key}s`, terms);
}
