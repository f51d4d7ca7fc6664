import { accessKey } from '../core/access.ts';
import type { Edition } from '../core/model.ts';
import { stem } from '../core/text/stem.ts';
import { isStopword } from '../core/text/stopwords.ts';
import { fold, tokens } from '../core/text/tokens.ts';
import { dates } from '../core/time/dates.ts';
import { compareEditions } from '../core/time/editions.ts';
import { type Document, stem as fileStem, renameDocument } from './document.ts';
import { slug } from './slug.ts';

/** What two documents are compared by. */
interface Profile {
  declared: string;
  /** Who may read it. */
  access: string;
  titleWords: Set<string>;
  nameWords: Set<string>;
  nameKey: string;
  /** Whether the file name holds a date. */
  datedName: boolean;
  titleKey: string;
  /** How often each content word occurs, per thousand words. */
  readonly rates: Map<string, number>;
}

/** Words of a title or file name that say which edition it is, not what it is about. */
const EDITION_WORDS = new Set('edition version update updated revised final draft latest new old rev copy v1 v2 v3 v4 v5'.split(' '));

/**
 * Puts documents into series, ids and `newest` included. A declared series always holds. Otherwise two documents belong
 * together when their titles or file names agree, dates apart, and nothing speaks against it: a word that only one of the
 * names has and that its text is about ("Viet Nam"), or contents that share too few words. Those that are not read by the same
 * people are one series only where both say so.
 */
export function assignSeries(documents: readonly Document[]): Document[] {
  const profiles = documents.map(profile);
  const parent = documents.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  /** What a group declares: a document that declares nothing must not bridge two declared series. */
  const declaredOf = profiles.map((one) => one.declared);
  for (const [a, b] of candidates(profiles)) {
    const [first, second] = [root(a), root(b)];
    if (first === second || !related(profiles[a] as Profile, profiles[b] as Profile)) continue;
    const [one, two] = [declaredOf[first] as string, declaredOf[second] as string];
    if (one !== '' && two !== '' && one !== two) continue;
    parent[Math.max(first, second)] = Math.min(first, second);
    declaredOf[Math.min(first, second)] = one || two;
  }
  const groups = new Map<number, number[]>();
  for (const index of documents.keys()) groups.set(root(index), [...(groups.get(root(index)) ?? []), index]);
  const declaredBy = (open: boolean) =>
    profiles.filter((one) => (one.access === '') === open && one.declared !== '').map((one) => one.declared);
  const taken = new Set<string>(declaredBy(true));
  const out: Document[] = [...documents];
  // What everybody may read is named first: no name of it depends on what is hidden.
  const isOpen = ([top]: readonly [number, number[]]) => (profiles[top] as Profile).access === '';
  const inOrder = [...[...groups].filter(isOpen), ...[...groups].filter((group) => !isOpen(group))];
  let hidden = false;
  for (const [top, members] of inOrder) {
    if (!hidden && !isOpen([top, members])) {
      hidden = true;
      for (const name of declaredBy(false)) taken.add(name);
    }
    const series = declaredOf[top] || unique(seriesName(members.map((index) => profiles[index] as Profile)), taken);
    taken.add(series);
    const editions = members.map((index) => (documents[index] as Document).briefing.edition);
    for (const [at, index] of members.entries()) {
      const document = documents[index] as Document;
      const newest =
        isNewest(index, members, documents, profiles) ?? editions.every((other) => compareEditions(editions[at] as Edition, other) >= 0);
      out[index] = { ...document, briefing: { ...document.briefing, series, newest } };
    }
  }
  return out;
}

/**
 * Of files that differ by a date in their name, the one without it is today's: people date the copy they put away. Unless it
 * says itself that it is older. Null when no file name decides.
 */
function isNewest(index: number, members: readonly number[], documents: readonly Document[], profiles: readonly Profile[]): boolean | null {
  const isDated = (at: number) => (profiles[at] as Profile).datedName;
  const undated = members.filter((at) => !isDated(at));
  const dated = members.filter(isDated);
  const [today] = undated;
  if (today === undefined || undated.length > 1 || dated.length === 0) return null;
  if (dated.some((at) => (profiles[at] as Profile).nameKey !== (profiles[today] as Profile).nameKey)) return null;
  const year = (at: number) => (documents[at] as Document).briefing.edition.date?.slice(0, 4) ?? '';
  const own = year(today);
  if (own !== '' && dated.some((at) => year(at) > own)) return null;
  return index === today;
}

/**
 * Gives every document an id of its own: the one its file has had (`known`, by path), else the slug of its file name, where names
 * clash the slug of the whole path, and last a number. Dates are no part of it: an inferred one may change. The order of the list
 * decides, so sort it.
 */
export function assignIds(documents: readonly Document[], known: ReadonlyMap<string, string> = new Map()): Document[] {
  const ids = new Map<Document, string>();
  const taken = new Set<string>(documents.flatMap(({ briefing }) => known.get(briefing.source) ?? []));
  // What everybody may read is named first: no new id of it depends on what else is new and hidden.
  for (const open of [true, false]) {
    const named = documents.filter(({ briefing }) => (briefing.access === undefined) === open);
    const wanted = named.map(({ briefing }) => slug(fileStem(briefing.source)));
    const names = new Map<string, number>();
    for (const name of wanted) names.set(name, (names.get(name) ?? 0) + 1);
    named.forEach((document, index) => {
      const name = wanted[index] as string;
      const own = known.get(document.briefing.source);
      if (own !== undefined) ids.set(document, own);
      else if (names.get(name) === 1 && !taken.has(name)) ids.set(document, name);
      const id = ids.get(document);
      if (id !== undefined) taken.add(id);
    });
    for (const document of named) {
      if (ids.has(document)) continue;
      const id = unique(slug(document.briefing.source), taken);
      ids.set(document, id);
      taken.add(id);
    }
  }
  return documents.map((document) => renameDocument(document, ids.get(document) as string));
}

function unique(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name}-${number}`)) number++;
  return `${name}-${number}`;
}

function profile({ briefing, text, meta }: Document): Profile {
  let rates: Map<string, number> | null = null;
  const name = fileStem(briefing.source);
  const nameWords = topicWords(
    name
      .replace(PERIOD, ' ')
      .replace(/[-_.]+/g, ' ')
      .replace(/\b(\d{4}) (0[1-9]|1[0-2])(?: \d\d)?\b/g, '$1'),
  );
  const titleWords = topicWords(briefing.title);
  const key = (words: ReadonlySet<string>) => [...words].sort().join(' ');
  return {
    declared: meta.series ? slug(meta.series) : '',
    access: accessKey(briefing.access),
    titleWords,
    nameWords,
    titleKey: key(titleWords),
    nameKey: slugWords(name),
    datedName: slugWords(name) !== slug(name),
    // Read only where names or titles are alike: it costs more than the rest of an ingest in which nothing changed.
    get rates() {
      rates ??= ratesOf(text);
      return rates;
    },
  };
}

/** UTF-16 units that tell what a document is about. */
const TOPIC_WINDOW = 100_000;
/** Of a title or file name, UTF-16 units in which dates are looked for. */
const TITLE_DATES_WINDOW = 500;
/** Documents that share a word of their titles, at most, for it to say anything; and how far apart in a list of those with one key are compared.
 * Chosen: it bounds the pairs. */
const MOST_SHARING = 40;

function ratesOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  let total = 0;
  for (const token of tokens(text.slice(0, TOPIC_WINDOW))) {
    if (token.stop || /^\d/.test(token.term)) continue;
    counts.set(token.term, (counts.get(token.term) ?? 0) + 1);
    total++;
  }
  return new Map([...counts].map(([term, count]) => [term, (count * 1000) / Math.max(total, 1)]));
}

/** File name without dates and edition words, as a slug. */
function slugWords(name: string): string {
  return slug(
    withoutDates(
      name
        .replace(PERIOD, '-')
        .replace(/[_.]+/g, '-')
        .replace(/-/g, ' ')
        .replace(/\b(\d{4}) (0[1-9]|1[0-2])(?: \d\d)?\b/g, '$1'),
    )
      .split(/\s+/)
      .filter((word) => !EDITION_WORDS.has(fold(word)))
      .join(' ') || name,
  );
}

/** Periods that are no dates ("Q3 2025", "FY 2023/24", "Spring 2024") and numbers of versions ("v2.1"). */
const PERIOD =
  /\b(?:(?:spring|summer|autumn|fall|winter|q[1-4]|h[12]|fy|(?:fiscal|financial|school|academic) year)[\s_-]{0,3}(?:19|20)\d\d(?:[/–_-](?:\d\d){1,2})?|(?:19|20)\d\d[/–](?:\d\d){1,2}|(?:19|20)\d\d[\s_-]{0,3}(?:q[1-4]|h[12]))(?![\p{L}\p{N}])|(?<![\p{L}\p{N}.])(?:v\d{1,3}|v?\d{1,3}(?:\.\d{1,3}){1,3})(?![\p{L}\p{N}.])/giu;

function withoutDates(given: string): string {
  const text = given.slice(0, 1000).replace(PERIOD, ' ');
  let out = '';
  let at = 0;
  for (const mention of dates(text.slice(0, TITLE_DATES_WINDOW))) {
    out += `${text.slice(at, mention.start)} `;
    at = mention.end;
  }
  return out + text.slice(at);
}

const topicWords = (text: string): Set<string> =>
  new Set(
    (fold(withoutDates(text)).match(/[\p{L}\p{N}]+/gu) ?? [])
      .filter((word) => !isStopword(word) && !EDITION_WORDS.has(word))
      .map((word) => stem(word)),
  );

/** Pairs worth comparing: they share a key, or two words of their titles that are rare among the titles. */
function* candidates(profiles: readonly Profile[]): Generator<[number, number]> {
  const buckets = new Map<string, number[]>();
  const put = (key: string, index: number) => buckets.set(key, [...(buckets.get(key) ?? []), index]);
  profiles.forEach((one, index) => {
    if (one.declared) put(`=${one.declared}`, index);
    if (one.titleKey) put(`=${slug(one.titleKey)}`, index);
    put(`=${one.nameKey}`, index);
    for (const word of one.titleWords) put(`~${word}`, index);
  });
  const seen = new Set<string>();
  for (const [key, members] of buckets) {
    // A title word of more documents says nothing; equal keys are chained, since the relation is transitive there.
    const near = key.startsWith('=') || members.length <= MOST_SHARING ? MOST_SHARING : 0;
    for (let a = 0; a < members.length; a++) {
      for (let b = a + 1; b < Math.min(members.length, a + near); b++) {
        const pair = `${members[a]} ${members[b]}`;
        if (seen.has(pair)) continue;
        seen.add(pair);
        yield [members[a] as number, members[b] as number];
      }
    }
  }
}

function related(a: Profile, b: Profile): boolean {
  if (a.declared && b.declared) return a.declared === b.declared;
  // Else the name of the series, or that there is one, would tell of what somebody may not read.
  if (a.access !== b.access) return false;
  const declared = a.declared || b.declared;
  const other = a.declared ? b : a;
  const sameDeclared = declared !== '' && (declared === other.nameKey || declared === slug([...other.titleWords].join(' ')));
  const sameTitle = a.titleKey !== '' && a.titleKey === b.titleKey;
  const sameName = a.nameKey === b.nameKey;
  const closeTitle = similarity(a.titleWords, b.titleWords) >= CLOSE_TITLE;
  if (!sameDeclared && !sameTitle && !sameName && !closeTitle) return false;
  // The same name but for a date is one series, whatever the titles say.
  const datedApart = sameName && (a.datedName || b.datedName);
  if (!datedApart && (subject(a, b) || subject(b, a))) return false;
  return shared(a, b) >= (sameTitle || sameDeclared || datedApart ? LEAST_SHARED : LEAST_SHARED_WEAK);
}

/** Titles that share two words of three are close; "China ILO cooperation" and its brief share 3 of 4. */
const CLOSE_TITLE = 0.6;
/**
 * Least share of vocabulary (see `shared`) of two editions. Measured: the two ILO-China briefings, seven years apart and largely
 * rewritten, 0.42; their retellings 0.39 and 0.36 across wordings. Twice that distance is allowed where the titles are the same;
 * where only file names or most of the title agree, less.
 */
const LEAST_SHARED = 0.2;
const LEAST_SHARED_WEAK = 0.3;

function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let both = 0;
  for (const word of a) if (b.has(word)) both++;
  return both / (a.size + b.size - both);
}

/** Whether a word that only `a` is named by is what its text is about, and the other text is not: at least 3 in a thousand, and three times as often. */
function subject(a: Profile, b: Profile): boolean {
  for (const word of [...a.titleWords, ...a.nameWords]) {
    if (b.titleWords.has(word) || b.nameWords.has(word)) continue;
    const rate = a.rates.get(word) ?? 0;
    if (rate >= 3 && rate >= 3 * (b.rates.get(word) ?? 0)) return true;
  }
  return false;
}

/** Share of vocabulary in common, each word weighted by its smaller and larger rate (weighted Jaccard), 0..1. */
function shared(a: { rates: ReadonlyMap<string, number> }, b: { rates: ReadonlyMap<string, number> }): number {
  let low = 0;
  let high = 0;
  for (const [word, rate] of a.rates) {
    const other = b.rates.get(word) ?? 0;
    low += Math.min(rate, other);
    high += Math.max(rate, other);
  }
  for (const [word, rate] of b.rates) if (!a.rates.has(word)) high += rate;
  return high === 0 ? 0 : low / high;
}

/** The shortest file name of the group without its dates. */
function seriesName(members: readonly Profile[]): string {
  const names = members.map((one) => one.nameKey).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return names[0] as string;
}
