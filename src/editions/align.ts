import type { Paragraph } from '../core/model.ts';
import { analyseParagraph } from '../core/text/analysis.ts';
import { type ContactPlace, contactChanges, contactsOf, isContact, isContactHeading } from './contact.ts';
import { type DifferingFact, differingFacts } from './facts.ts';
import { headingSimilarity, projectsAgree, readTitle, sameProject } from './headings.ts';
import { prepare } from './sentence.ts';
import { dice, type Idf } from './weights.ts';

type PairKind = 'changed' | 'reworded' | 'added' | 'removed' | 'unchanged';

/** A paragraph of one edition and its counterpart in the other; null where it has none. */
export interface Pair {
  kind: PairKind;
  from: Paragraph | null;
  to: Paragraph | null;
  /** Facts the two state differently; only of `changed`. */
  facts: DifferingFact[];
  /** Of `added` and `removed`: the paragraph of the other edition that says part of it, or null. */
  elsewhere: Paragraph | null;
}

/*
 * Thresholds: found on the two ILO-China briefings (2019 and 2026, largely rewritten) and on their retellings in corpus/, by
 * reading every pair from 0.25 up (`pilcrow changes` shows those that were taken, bench/editions.ts counts them). Outside
 * corresponding lists, paragraphs that are about the same score 0.41 and more, and those that are not 0.36 at most.
 */
/** Least score of two paragraphs that are taken for one another. */
const COUNTERPART = 0.4;
/** Least overlap of two headings. */
const COUNTERPART_HEADING = 0.5;
const NEARLY_SAME_HEADING = 0.9;
/** Paragraphs with less in common are not looked at sentence by sentence. */
const LEAST_OVERLAP = 0.08;
/** How much of the score the titles above make up. */
const HEADINGS_SHARE = 0.15;
/** What a common changed value, or a sentence told alike in both, adds: it is the surest sign that both speak of one thing. */
const CHANGED_VALUE = 0.3;
/** A sentence told alike in both carries its paragraph along, a little less than the whole would. */
const SENTENCE_SHARE = 0.95;
/** A date in common adds; paragraphs that each date something, but nothing alike, are about different events. */
const COMMON_DATE = 0.1;
const OTHER_DATES = 0.25;
/** Items of lists whose opening lines are counterparts, and that alone in their lists share a name: they score 0.26 by themselves. */
const SAME_LIST = 0.2;
const OWN_NAME = 0.2;
/** Sentences this alike say that a paragraph without a counterpart went into another one. */
const MOVED_LIKENESS = 0.8;

/**
 * Aligns two editions one paragraph to one, the best match first; headings with headings, contact details with contact
 * details, paragraphs of a project with those of the same project. Order of the result: reading order of `to`, what was
 * removed after the paragraph that preceded it in `from`. The order of the lists given does not matter.
 */
export function align(from: readonly Paragraph[], to: readonly Paragraph[], idf: Idf): Pair[] {
  const [old, fresh] = [inOrder(from), inOrder(to)];
  const addresses = contactChanges(old, fresh);
  const near = [...candidates(old, fresh, idf)];
  const leads = { old: leadsOf(old), fresh: leadsOf(fresh) };
  const matches: Match[] = [];
  const weak: Match[] = [];
  for (const [x, y] of near) {
    const match = compare(x, y, idf, addresses, leads);
    if (match) (match.score >= COUNTERPART ? matches : weak).push(match);
  }
  const span = (list: readonly Paragraph[]) => Math.max(1, list.at(-1)?.start ?? 1);
  const place = (paragraph: Paragraph, list: readonly Paragraph[]) => paragraph.start / span(list);
  const distance = ({ from: x, to: y }: Match) => Math.abs(place(x, old) - place(y, fresh));
  const partner = new Map<Paragraph, Match>();
  const take = (list: Match[]) => {
    list.sort((a, b) => b.score - a.score || distance(a) - distance(b) || a.to.start - b.to.start || a.from.start - b.from.start);
    for (const match of list) {
      if (partner.has(match.from) || partner.has(match.to)) continue;
      partner.set(match.from, match);
      partner.set(match.to, match);
    }
  };
  take(matches);
  // Once the lines that open two lists are counterparts, less is needed for their items.
  take(listItems(weak, partner, leads, old, fresh));
  const moved = (paragraph: Paragraph, others: readonly Paragraph[]) => elsewhere(paragraph, others, idf);
  const nearOld = grouped(near.map(([x, y]) => [x, y]));
  const nearFresh = grouped(near.map(([x, y]) => [y, x]));
  const pairs = fresh.map((paragraph): Pair => {
    const match = partner.get(paragraph);
    if (!match) return { kind: 'added', from: null, to: paragraph, facts: [], elsewhere: moved(paragraph, nearFresh.get(paragraph) ?? []) };
    const kind = match.same ? 'unchanged' : match.facts.length > 0 ? 'changed' : 'reworded';
    return { kind, from: match.from, to: match.to, facts: match.facts, elsewhere: null };
  });
  return withRemoved(pairs, old, partner, (paragraph) => moved(paragraph, nearOld.get(paragraph) ?? []));
}

type Leads = Map<Paragraph, Paragraph>;
interface BothLeads {
  old: Leads;
  fresh: Leads;
}

/** For each list item the line that introduces its list. */
function leadsOf(list: readonly Paragraph[]): Leads {
  const byNumber = new Map(list.map((paragraph) => [paragraph.number, paragraph]));
  return new Map(
    list.flatMap((paragraph) =>
      paragraph.lead !== null && byNumber.has(paragraph.lead) ? [[paragraph, byNumber.get(paragraph.lead) as Paragraph]] : [],
    ),
  );
}

function grouped(pairs: readonly (readonly [Paragraph, Paragraph])[]): Map<Paragraph, Paragraph[]> {
  const out = new Map<Paragraph, Paragraph[]>();
  for (const [key, value] of pairs) out.set(key, [...(out.get(key) ?? []), value]);
  return out;
}

/** Weak matches between items of lists that correspond, with what that adds; those that are enough now. */
function listItems(
  weak: readonly Match[],
  partner: ReadonlyMap<Paragraph, Match>,
  leads: BothLeads,
  old: readonly Paragraph[],
  fresh: readonly Paragraph[],
): Match[] {
  const namesOf = (paragraph: Paragraph) =>
    new Set(
      analyseParagraph(paragraph).sentences.flatMap((sentence) =>
        prepare({ sentence, paragraph }).names.flatMap((name) => [...name.stems]),
      ),
    );
  const items = (list: readonly Paragraph[], of: Leads, lead: Paragraph) => list.filter((paragraph) => of.get(paragraph) === lead);
  return weak.flatMap((match) => {
    const [one, two] = [leads.old.get(match.from), leads.fresh.get(match.to)];
    if (!one || !two || partner.get(one)?.to !== two) return [];
    const [left, right] = [namesOf(match.from), namesOf(match.to)];
    const alone = (name: string, list: readonly Paragraph[]) => list.filter((item) => namesOf(item).has(name)).length === 1;
    const [ours, theirs] = [items(old, leads.old, one), items(fresh, leads.fresh, two)];
    const own = [...left].some((name) => right.has(name) && alone(name, ours) && alone(name, theirs));
    const score = match.score + SAME_LIST + (own ? OWN_NAME : 0);
    return score >= COUNTERPART ? [{ ...match, score }] : [];
  });
}

/** Where part of a paragraph stands in the other edition: a sentence nearly the same, or an address. */
function elsewhere(paragraph: Paragraph, others: readonly Paragraph[], idf: Idf): Paragraph | null {
  if (paragraph.kind === 'heading') return null;
  const values = new Set(contactsOf(paragraph).map((contact) => contact.value));
  let best: { paragraph: Paragraph; score: number } | null = null;
  for (const other of others) {
    if (other.kind === 'heading' || !projectsAgree(paragraph, other, idf)) continue;
    let score = contactsOf(other).some((contact) => values.has(contact.value)) ? 1 : 0;
    if (!isContact(paragraph) && !isContact(other)) score = Math.max(score, bestSentence(paragraph, other, idf));
    if (score >= MOVED_LIKENESS && (!best || score > best.score)) best = { paragraph: other, score };
  }
  return best?.paragraph ?? null;
}

/** Overlap of the two most alike sentences of two paragraphs, 0..1. */
function bestSentence(x: Paragraph, y: Paragraph, idf: Idf): number {
  let best = 0;
  for (const one of analyseParagraph(x).sentences) {
    for (const two of analyseParagraph(y).sentences) {
      const [a, b] = [prepare({ sentence: one, paragraph: x }).keys, prepare({ sentence: two, paragraph: y }).keys];
      if (a.size >= LEAST_WORDS && b.size >= LEAST_WORDS) best = Math.max(best, dice(a, b, idf));
    }
  }
  return best;
}

/** Years a paragraph dates things with; an item has those of the line that introduces it as well. */
function yearsOf(paragraph: Paragraph, leads: Leads): Set<string> {
  const own = analyseParagraph(paragraph).sentences.flatMap((sentence) =>
    sentence.dates.flatMap((date) => [date.from.slice(0, 4), date.to.slice(0, 4)]),
  );
  const lead = leads.get(paragraph);
  return new Set(lead ? [...own, ...yearsOf(lead, new Map())] : own);
}

interface Match {
  from: Paragraph;
  to: Paragraph;
  score: number;
  same: boolean;
  facts: DifferingFact[];
}

const inOrder = (list: readonly Paragraph[]) => [...list].sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

/**
 * A text as it is compared for being unchanged: without case, spacing and punctuation, except where these belong to a
 * figure or an address; signs of money, percent and calculation are kept.
 */
export function foldText(text: string): string {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\u00ad/g, '')
    .replace(/[\u2010-\u2015\u2212]/gu, '-')
    .replace(/(?<![\p{L}\p{N}])-(?=\d)/gu, ' \u2212')
    .replace(/(?<=[\p{L}\p{N}])[@/.](?=[\p{L}\p{N}])|[%‰@/]|(?<=\d)[,.:’'-](?=\d)|(\p{P}+)/gu, (mark, dropped) =>
      dropped === undefined ? mark : ' ',
    )
    .replace(/\s+/gu, ' ')
    .trim();
  return folded === '' ? text.trim() : folded;
}

/** Content of a paragraph without figures and dates, key -> stem. */
function wordsOf(paragraph: Paragraph): Map<string, string> {
  let found = words.get(paragraph);
  if (!found) {
    found =
      paragraph.kind === 'heading'
        ? readTitle(paragraph.text).stems
        : new Map(analyseParagraph(paragraph).sentences.flatMap((sentence) => [...prepare({ sentence, paragraph }).keys]));
    words.set(paragraph, found);
  }
  return found;
}
const words = new WeakMap<Paragraph, Map<string, string>>();

/** Most paragraphs a word may occur in to bring two together by itself; what two have in common is hardly ever only such words. */
const COMMON_WORD_PARAGRAPHS = 200;

/** Pairs that share a text, a word that is not everywhere, or an address. */
function* candidates(old: readonly Paragraph[], fresh: readonly Paragraph[], idf: Idf): Generator<[Paragraph, Paragraph]> {
  const byKey = new Map<string, Paragraph[]>();
  const keys = (paragraph: Paragraph): string[] => [
    `=${foldText(paragraph.text)}`,
    ...(contactsOf(paragraph).length > 0 || (paragraph.kind === 'heading' && isContactHeading(paragraph.text)) ? ['@'] : []),
    ...wordsOf(paragraph).keys(),
  ];
  for (const paragraph of old) {
    for (const key of keys(paragraph)) {
      const list = byKey.get(key);
      if (list) list.push(paragraph);
      else byKey.set(key, [paragraph]);
    }
  }
  for (const y of fresh) {
    const weights = new Map<Paragraph, number>();
    for (const key of keys(y)) {
      const list = byKey.get(key);
      if (!list) continue;
      const always = key.startsWith('=') || key === '@';
      if (list.length > COMMON_WORD_PARAGRAPHS && !always) continue;
      const weight = always ? 1000 : idf(key);
      // A text that is repeated a thousand times is paired with the ones in the same place.
      for (const x of list.length > COMMON_WORD_PARAGRAPHS ? list.slice(0, COMMON_WORD_PARAGRAPHS) : list)
        weights.set(x, (weights.get(x) ?? 0) + weight);
    }
    const best = [...weights]
      .sort(([a, v], [b, w]) => w - v || Math.abs(a.start - y.start) - Math.abs(b.start - y.start) || a.start - b.start)
      .slice(0, NEAREST_PARAGRAPHS);
    for (const [x] of best) yield [x, y];
  }
}

/** Paragraphs of the other edition looked at for each one. */
const NEAREST_PARAGRAPHS = 40;

function compare(x: Paragraph, y: Paragraph, idf: Idf, addresses: ReturnType<typeof contactChanges>, leads: BothLeads): Match | null {
  if ((x.kind === 'heading') !== (y.kind === 'heading') || isContact(x) !== isContact(y)) return null;
  const above = headingSimilarity(x, y, idf);
  if (foldText(x.text) === foldText(y.text)) return { from: x, to: y, score: 2 + above, same: true, facts: [] };
  const overlap = dice(wordsOf(x), wordsOf(y), idf);
  if (x.kind === 'heading') return compareHeadings(x, y, isContactHeading(x.text) && isContactHeading(y.text) ? 1 : overlap, above, idf);
  if (isContact(x)) return compareContacts(x, y, overlap, above, addresses);
  if (overlap < LEAST_OVERLAP || !projectsAgree(x, y, idf)) return null;
  const facts: DifferingFact[] = [];
  for (const one of analyseParagraph(x).sentences) {
    for (const two of analyseParagraph(y).sentences)
      facts.push(...differingFacts({ sentence: one, paragraph: x }, { sentence: two, paragraph: y }, idf));
  }
  const own = facts.filter((fact) => unique(fact, facts)).sort((a, b) => a.to.start - b.to.start);
  const score =
    (1 - HEADINGS_SHARE) * Math.max(overlap, SENTENCE_SHARE * bestSentence(x, y, idf)) +
    HEADINGS_SHARE * above +
    dated(x, y, leads) +
    (own.length > 0 ? CHANGED_VALUE : 0);
  return { from: x, to: y, score, same: false, facts: own };
}

function dated(x: Paragraph, y: Paragraph, leads: BothLeads): number {
  const [left, right] = [yearsOf(x, leads.old), yearsOf(y, leads.fresh)];
  if (left.size === 0 || right.size === 0) return 0;
  return [...left].some((year) => right.has(year)) ? COMMON_DATE : -OTHER_DATES;
}

/** A sentence of fewer content words is alike by chance. */
const LEAST_WORDS = 5;

/** A value that two values replace, or the other way round, is left out. */
const unique = (fact: DifferingFact, all: readonly DifferingFact[]) =>
  !all.some((other) => other !== fact && (other.from.start === fact.from.start || other.to.start === fact.to.start));

function compareHeadings(x: Paragraph, y: Paragraph, overlap: number, above: number, idf: Idf): Match | null {
  const [one, two] = [readTitle(x.text), readTitle(y.text)];
  if ((one.years === null) !== (two.years === null)) return null;
  // A heading that dates what the other leaves undated may head something else.
  if (overlap < (one.dates.length === two.dates.length ? COUNTERPART_HEADING : NEARLY_SAME_HEADING)) return null;
  if (one.years && !sameProject(one, two, idf)) return null;
  if (!projectsAgree({ ...x, kind: 'body' }, { ...y, kind: 'body' }, idf)) return null;
  const [a] = analyseParagraph(x).sentences;
  const [b] = analyseParagraph(y).sentences;
  const facts = a && b ? differingFacts({ sentence: a, paragraph: x }, { sentence: b, paragraph: y }, idf) : [];
  return { from: x, to: y, score: Math.max(COUNTERPART, (1 - HEADINGS_SHARE) * overlap + HEADINGS_SHARE * above), same: false, facts };
}

function compareContacts(
  x: Paragraph,
  y: Paragraph,
  overlap: number,
  above: number,
  addresses: ReturnType<typeof contactChanges>,
): Match | null {
  const facts = addresses
    .filter((change) => change.from.paragraph === x && change.to.paragraph === y)
    .map(({ from, to }): DifferingFact => ({ kind: 'contact', from: from.place as ContactPlace, to: to.place as ContactPlace }));
  const [one, two] = [contactsOf(x), contactsOf(y)];
  const both = one.filter((contact) => two.some((other) => other.kind === contact.kind && other.value === contact.value)).length;
  // Blocks of addresses are alike by their addresses, postal ones by their words.
  const alike = one.length > 0 && two.length > 0 ? both / Math.min(one.length, two.length) : one.length === two.length ? overlap : 0;
  const score = (1 - HEADINGS_SHARE) * alike + HEADINGS_SHARE * above + (facts.length > 0 ? 1 : 0);
  return score < COUNTERPART ? null : { from: x, to: y, score, same: false, facts };
}

/** Puts each paragraph without a counterpart after the row of the one that preceded it. */
function withRemoved(
  pairs: readonly Pair[],
  old: readonly Paragraph[],
  partner: ReadonlyMap<Paragraph, Match>,
  moved: (paragraph: Paragraph) => Paragraph | null,
): Pair[] {
  const after = new Map<Paragraph | null, Pair[]>();
  let anchor: Paragraph | null = null;
  for (const paragraph of old) {
    if (partner.has(paragraph)) anchor = paragraph;
    else
      after.set(anchor, [
        ...(after.get(anchor) ?? []),
        { kind: 'removed', from: paragraph, to: null, facts: [], elsewhere: moved(paragraph) },
      ]);
  }
  return [...(after.get(null) ?? []), ...pairs.flatMap((pair) => [pair, ...(pair.from ? (after.get(pair.from) ?? []) : [])])];
}
