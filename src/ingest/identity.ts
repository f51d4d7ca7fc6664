import { sha256 } from '../core/hash.ts';
import type { GoneParagraph, Paragraph } from '../core/model.ts';
import type { IngestedBriefing } from '../core/ports.ts';
import { fold } from '../core/text/tokens.ts';

/** What the snapshot before holds of what numbers go by. */
export interface Before {
  briefings: readonly { id: string; sha256: string; texts: readonly Paragraph[] }[];
  gone: readonly GoneParagraph[];
}

/** Shorter texts, in words, stand in many places: that one of them stands elsewhere too does not mean that it went there. */
const TELLING_WORDS = 6;
/** Share of words in common from which on a paragraph took the place of another. */
const SAME_PARAGRAPH = 0.5;
/** Most paragraphs of one gap that are compared word by word. */
const WIDEST_GAP = 200;
/** Most numbers remembered whose text is gone; of each briefing the highest always is. */
const MOST_GONE = 20_000;

/**
 * Gives every paragraph the number it had in the snapshot before, matched by its text and the titles above it in reading order; a new
 * one gets the next number its briefing has never used, one that comes back its old one. Says which numbers have lost their text,
 * on which day, and where that text, or what replaced it, stands now. Changes the entries in place.
 */
export function keepNumbers(entries: readonly IngestedBriefing[], before: Before, day: string): GoneParagraph[] {
  const known = new Map(before.briefings.map((one) => [one.id, one.texts]));
  const goneOf = groupBy(before.gone, ({ id }) => id.slice(0, id.lastIndexOf('#')));
  const gone: GoneParagraph[] = [];
  const lost: { old: Paragraph; now: Paragraph | null }[] = [];
  const fresh: Paragraph[] = [];
  for (const entry of entries) {
    const old = known.get(entry.briefing.id) ?? [];
    const remembered = goneOf.get(entry.briefing.id) ?? [];
    const left = groupBy(remembered, (one) => one.key);
    let next = Math.max(0, ...old.map(({ number }) => number), ...remembered.map(({ id }) => numberOf(id))) + 1;
    const { matched, replaced } = align(old, entry.paragraphs);
    const numbers = new Map<number, number>();
    const stays = new Set<Paragraph>();
    const news: Paragraph[] = [];
    for (const paragraph of entry.paragraphs) {
      const same = matched.get(paragraph);
      const back = same ? undefined : left.get(keyOf(paragraph))?.shift();
      if (same) stays.add(same);
      else news.push(paragraph);
      numbers.set(paragraph.number, same?.number ?? (back ? numberOf(back.id) : next++));
    }
    renumber(entry, numbers);
    fresh.push(...news);
    for (const one of old) if (!stays.has(one)) lost.push({ old: one, now: replaced.get(one) ?? null });
    gone.push(...[...left.values()].flat());
  }
  const here = new Set(entries.map(({ briefing }) => briefing.id));
  const renamed = new Map(entries.map(({ briefing, paragraphs }) => [briefing.sha256, paragraphs]));
  for (const { id, sha256: hash, texts } of before.briefings) {
    if (here.has(id)) continue;
    const { matched } = align(texts, renamed.get(hash) ?? []);
    const now = new Map([...matched].map(([paragraph, old]) => [old, paragraph]));
    for (const old of texts) lost.push({ old, now: now.get(old) ?? null });
  }
  for (const [id, list] of goneOf) if (!here.has(id)) gone.push(...list);
  // What was taken out of one place may have been put into another, of this briefing or of another one.
  const elsewhere = groupBy(fresh.filter(isTelling), ({ hash }) => hash);
  for (const { old, now } of lost) {
    const [moved] = isTelling(old) ? (elsewhere.get(old.hash) ?? []) : [];
    gone.push({ id: old.id, key: keyOf(old), since: day, now: (now?.text === old.text ? now : (moved ?? now))?.id ?? null });
  }
  return forgetOldest(gone);
}

/** UTF-16 units of a paragraph that are looked at: for enough words to be told by, and to be compared with another. */
const TELLING_WINDOW_UNITS = 400;
const COMPARED_UNITS = 4000;

const numberOf = (id: string): number => Number(id.slice(id.lastIndexOf('#p') + 2));
const keyOf = ({ headings, text }: Paragraph): string => sha256(`${headings.join('\n')}\n\n${text}`).slice(0, 16);
const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
const isTelling = ({ text }: Paragraph): boolean => wordsOf(text.slice(0, TELLING_WINDOW_UNITS)).length >= TELLING_WORDS;

function groupBy<T>(list: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const group = groups.get(key(one));
    if (group) group.push(one);
    else groups.set(key(one), [one]);
  }
  return groups;
}

function renumber(entry: IngestedBriefing, numbers: ReadonlyMap<number, number>): void {
  const of = (number: number) => numbers.get(number) as number;
  for (const paragraph of entry.paragraphs) {
    paragraph.number = of(paragraph.number);
    paragraph.id = `${entry.briefing.id}#p${paragraph.number}`;
    if (paragraph.heading !== null) paragraph.heading = of(paragraph.heading);
    if (paragraph.lead !== null) paragraph.lead = of(paragraph.lead);
  }
  for (const chunk of entry.chunks) {
    chunk.paragraphs = chunk.paragraphs.map(of);
    for (const part of chunk.parts) part.paragraph = of(part.paragraph);
  }
}

/**
 * Which old paragraph each new one is, by equal text: first what stands once under the same titles in both and in the same order, then
 * what follows or precedes that, then equal texts in order between these, then what moved. `replaced`: of what is left of the old ones,
 * what stands in its place now and is much like it.
 */
function align(old: readonly Paragraph[], fresh: readonly Paragraph[]) {
  const matched = new Map<Paragraph, Paragraph>();
  const used = new Set<Paragraph>();
  const pair = (a: Paragraph, b: Paragraph) => {
    matched.set(b, a);
    used.add(a);
  };
  const keys = new Map([...old, ...fresh].map((paragraph) => [paragraph, keyOf(paragraph)]));
  const key = (paragraph: Paragraph) => keys.get(paragraph) as string;
  const oldAt = new Map(old.map((paragraph, at) => [paragraph, at]));
  const twins = onceInBoth(old, fresh, key);
  const anchors = ascending(
    fresh.flatMap((paragraph, at): [number, number][] => {
      const twin = twins.get(paragraph);
      return twin ? [[oldAt.get(twin) as number, at]] : [];
    }),
  );
  for (const [a, b] of anchors) pair(old[a] as Paragraph, fresh[b] as Paragraph);
  const gaps = (): [Paragraph[], Paragraph[]][] => {
    const found: [Paragraph[], Paragraph[]][] = [];
    let [from, start] = [0, 0];
    for (let at = 0; at <= fresh.length; at++) {
      const twin = at < fresh.length ? matched.get(fresh[at] as Paragraph) : undefined;
      const to = twin ? (oldAt.get(twin) as number) : old.length;
      if (at < fresh.length && (!twin || to < from)) continue;
      const gap: [Paragraph[], Paragraph[]] = [
        old.slice(from, to).filter((one) => !used.has(one)),
        fresh.slice(start, at).filter((one) => !matched.has(one)),
      ];
      if (gap[0].length > 0 && gap[1].length > 0) found.push(gap);
      [from, start] = [to + 1, at + 1];
    }
    return found;
  };
  for (const same of [key, ({ hash }: Paragraph) => hash]) for (const [a, b] of gaps()) inOrder(a, b, same, pair);
  const rest = () => [old.filter((one) => !used.has(one)), fresh.filter((one) => !matched.has(one))] as const;
  for (const [one, twin] of onceInBoth(...rest(), key)) pair(twin, one);
  for (const [one, twin] of onceInBoth(...rest(), ({ hash }) => hash)) if (isTelling(one)) pair(twin, one);
  const replaced = new Map<Paragraph, Paragraph>();
  for (const [a, b] of gaps()) for (const [from, to] of likest(a.slice(0, WIDEST_GAP), b.slice(0, WIDEST_GAP))) replaced.set(from, to);
  return { matched, replaced };
}

/** New paragraphs whose key only one of the old ones has, and no other new one. */
function onceInBoth(
  old: readonly Paragraph[],
  fresh: readonly Paragraph[],
  key: (paragraph: Paragraph) => string,
): Map<Paragraph, Paragraph> {
  const before = groupBy(old, key);
  const found = new Map<Paragraph, Paragraph>();
  for (const [name, [one, ...more]] of groupBy(fresh, key)) {
    const [twin, ...others] = before.get(name) ?? [];
    if (one && twin && more.length === 0 && others.length === 0) found.set(one, twin);
  }
  return found;
}

/** The longest list of pairs that ascends in both; the second members ascend already. Patience sorting. */
function ascending(pairs: readonly [number, number][]): [number, number][] {
  const tops: number[] = [];
  const previous: number[] = [];
  for (const [at, [value]] of pairs.entries()) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] as number] as [number, number])[0] < value) low = middle + 1;
      else high = middle;
    }
    previous[at] = low > 0 ? (tops[low - 1] as number) : -1;
    tops[low] = at;
  }
  const found: [number, number][] = [];
  for (let at = tops.at(-1) ?? -1; at >= 0; at = previous[at] as number) found.push(pairs[at] as [number, number]);
  return found.reverse();
}

/** Pairs equal paragraphs of two lists: from both ends while they agree, then each with the first equal one that is left behind the last. */
function inOrder(
  old: readonly Paragraph[],
  fresh: readonly Paragraph[],
  key: (paragraph: Paragraph) => string,
  pair: (old: Paragraph, fresh: Paragraph) => void,
): void {
  let [from, to, start, end] = [0, old.length, 0, fresh.length];
  const equal = (a: number, b: number) => key(old[a] as Paragraph) === key(fresh[b] as Paragraph);
  while (from < to && start < end && equal(from, start)) pair(old[from++] as Paragraph, fresh[start++] as Paragraph);
  while (from < to && start < end && equal(to - 1, end - 1)) pair(old[--to] as Paragraph, fresh[--end] as Paragraph);
  const places = new Map<string, number[]>();
  for (let at = to - 1; at >= from; at--) {
    const name = key(old[at] as Paragraph);
    const list = places.get(name);
    if (list) list.push(at);
    else places.set(name, [at]);
  }
  for (let at = start; at < end; at++) {
    const list = places.get(key(fresh[at] as Paragraph));
    while (list && list.length > 0 && (list.at(-1) as number) < from) list.pop();
    const place = list?.pop();
    if (place === undefined) continue;
    pair(old[place] as Paragraph, fresh[at] as Paragraph);
    from = place + 1;
  }
}

/** For each of the old ones the new one of the same kind that shares most words with it, none twice, from `SAME_PARAGRAPH` on. */
function likest(old: readonly Paragraph[], fresh: readonly Paragraph[]): [Paragraph, Paragraph][] {
  const words = new Map([...old, ...fresh].map((one) => [one, new Set(wordsOf(one.text.slice(0, COMPARED_UNITS)))]));
  const pairs: { from: Paragraph; to: Paragraph; score: number }[] = [];
  for (const from of old) {
    for (const to of fresh) {
      const [a, b] = [words.get(from) as Set<string>, words.get(to) as Set<string>];
      if ((from.kind === 'heading') !== (to.kind === 'heading') || a.size === 0 || b.size === 0) continue;
      let both = 0;
      for (const word of a) if (b.has(word)) both++;
      const score = (2 * both) / (a.size + b.size);
      if (score >= SAME_PARAGRAPH) pairs.push({ from, to, score });
    }
  }
  const taken = new Set<Paragraph>();
  return pairs
    .sort((a, b) => b.score - a.score)
    .flatMap(({ from, to }): [Paragraph, Paragraph][] => {
      if (taken.has(from) || taken.has(to)) return [];
      taken.add(from).add(to);
      return [[from, to]];
    });
}

/** The newest ones, and of each briefing the highest number, so that none is given twice. Sorted, so that equal lists are equal. */
function forgetOldest(gone: readonly GoneParagraph[]): GoneParagraph[] {
  const sorted = [...gone].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (gone.length <= MOST_GONE) return sorted;
  const highest = new Map<string, GoneParagraph>();
  for (const one of gone) {
    const briefing = one.id.slice(0, one.id.lastIndexOf('#'));
    const other = highest.get(briefing);
    if (!other || numberOf(one.id) > numberOf(other.id)) highest.set(briefing, one);
  }
  const kept = new Set(highest.values());
  for (const one of [...gone].sort((a, b) => (a.since < b.since ? 1 : -1))) if (kept.size < MOST_GONE) kept.add(one);
  return sorted.filter((one) => kept.has(one));
}
