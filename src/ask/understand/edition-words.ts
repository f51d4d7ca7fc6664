import type { Briefing, Period } from '../../core/model.ts';
import { type DateMention, firstDay, lastDay } from '../../core/time/dates.ts';
import type { When } from '../records.ts';

const DOCUMENT = '(?:edition|version|brief(?:ing)?|document|report|paper|note|file|issue)';
/** With a date, any name for something written is one: "the October 2015 travel policy". */
const DATED =
  '(?:edition|version|brief(?:ing)?|document|report|paper|note|file|issue|page|guide|guidelines?|handbook|manual|polic(?:y|ies)|rules|regulations|minutes|statement|brochure|leaflet|programme|agreement)';
const OLDER_DOCUMENT = new RegExp(
  `\\b(?:older|oldest|old|earlier|earliest|previous|prior|former|original|first)\\s+(?:\\w+\\s+)?${DOCUMENT}s?\\b`,
  'i',
);
const NEWER_DOCUMENT = new RegExp(`\\b(?:newer|newest|new|latest|current|most recent|recent|updated)\\s+(?:\\w+\\s+)?${DOCUMENT}\\b`, 'i');
const NOW =
  /\b(?:currently|now|nowadays|today|at present|at the moment|these days|as it stands|to date|so far|latest|up to date|current)\b/i;
const THEN =
  /\b(?:back then|at (?:the|that) time|originally|formerly|previously|in the past|used to|before that|in those days|years ago)\b/i;
const BEFORE_A_DATE = /\b(?:before|prior to|earlier than|until|up to)\s*(?:the\s+)?(?:\w+\s+)?$/i;
const SINCE = /\b(?:since|after|from|as from|starting(?: in)?|following)\s*(?:the\s+)?(?:\w+\s+)?$/i;

/** Asks how editions differ. "Climate change" and the like are subjects, not such a question. */
const CHANGED =
  /\b(?:changed|evolved|compare[ds]?|comparison|differ(?:s|ed|ent|ence|ences)?)\b|\bchanges?\b(?=.*\b(?:between|since|from|in the)\b)|\bwhat(?:'s| is| has) (?:\w+ )?(?:new|changed)\b|\b(?:grown|increased|risen|fallen|decreased|moved|dropped|gone (?:up|down)) (?:since|between|from|compared)\b|\b(?:any )?more\b.*\b(?:between the|than in the|since the)\b.*\b(?:editions?|versions?|brief(?:ing)?s?)\b/i;
const NOT_CHANGED =
  /\b(?:climate|technological|demographic|social|structural|different(?:ly)? (?:countries|kinds|types|areas))\b.{0,12}\b(?:changes?|countries|kinds|types|areas)\b/i;

/** Reads the time words of a question; `dates` are its date mentions. */
export function readWhen(text: string, dates: readonly DateMention[]): When {
  const none: When = { kind: 'default', date: null, period: null };
  const plain = text.replace(/[’]/g, "'");
  if (CHANGED.test(plain) && !NOT_CHANGED.test(plain)) return { ...none, kind: 'changed' };
  if (/\b(?:both|all|each|every|either)\s+(?:\w+\s+)?(?:editions|versions|briefs|briefings|documents)\b/i.test(text))
    return { ...none, kind: 'all' };
  const [first] = dates;
  for (const date of dates) {
    const before = text.slice(0, date.start);
    const after = text.slice(date.end);
    if (
      new RegExp(`^(?:'s)?\\s{0,3}(?:['’\\w-]{1,20}\\s){0,3}${DATED}\\b`, 'i').test(after) &&
      !/^\s+(?:progress|annual|final)/i.test(after)
    )
      return { kind: 'edition', date: date.from, period: null };
    if (new RegExp(`${DATED}\\s+(?:of|from|dated|in|for|published in|issued in)\\s*(?:the year\\s*)?$`, 'i').test(before))
      return { kind: 'edition', date: date.from, period: null };
  }
  if (OLDER_DOCUMENT.test(text)) return { ...none, kind: 'older' };
  if (NEWER_DOCUMENT.test(text)) return { ...none, kind: 'newest' };
  if (first) {
    const before = text.slice(0, first.start);
    if (dates.length === 1 && BEFORE_A_DATE.test(before))
      return { ...none, kind: 'period', period: { from: null, to: dayBefore(first.from) } };
    // "From 2013 to 2017" has an end.
    if (dates.length === 1 && first.from === first.to && SINCE.test(before))
      return { ...none, kind: 'period', period: { from: first.from, to: null } };
    const from = dates.map((date) => date.from).sort()[0] as string;
    const to = dates
      .map((date) => date.to)
      .sort()
      .at(-1) as string;
    return { ...none, kind: 'period', period: { from, to } };
  }
  if (NOW.test(text)) return { ...none, kind: 'newest' };
  if (THEN.test(text)) return { ...none, kind: 'older' };
  return none;
}

const DATED_DOCUMENT = new RegExp(
  `\\b(?:(?:according to|as per|in|of|from|by)\\s+)?(?:the\\s+)?(?:(?:\\p{L}+\\s+)?\\d{4}(?:-\\d\\d)?|older|oldest|old|earlier|previous|prior|former|last|newer|newest|new|latest|current|most recent|recent|updated|both|all|each|either|two)\\s+${DOCUMENT}s?\\b(?:\\s+(?:says?|said|states?|stated|tells?|mentions?|of the brief(?:ing)?|talk(?:s|ed)? about))?`,
  'giu',
);
const CHANGE_WORDS =
  /\b(?:how (?:has|have|did|does|do)|what(?:'s| is| has| have)? (?:new|changed)(?: (?:in|about|for|with))?|changed?|changes|evolved|compared? (?:both|the two|with|to)?|comparison of|differ(?:s|ed|ence|ences)?|between the two|between|since \d{4})\b/gi;
const DOCUMENT_DATED = new RegExp(
  `\\b(?:in|of|from|by)?\\s*(?:the\\s+)?${DOCUMENT}s?\\s+(?:of|from|dated|in|published in|issued in)\\s+(?:\\p{L}+\\s+)?\\d{4}\\b`,
  'giu',
);

/** What only bounds a time: "before 2020" asks for what was so then. */
const BOUNDS_A_YEAR = /\b(?:before|prior to|earlier than|until|up to)\s+(?=(?:the\s+)?(?:\p{L}{1,12}\s+)?(?:19|20)\d\d\b)/giu;

/**
 * A question without the words that choose an edition ("according to the older brief", "currently"), which say nothing
 * about its subject. The question itself when nothing else is left.
 */
export function withoutEditionWords(text: string): string {
  const stripped = text
    .replace(DATED_DOCUMENT, ' ')
    .replace(DOCUMENT_DATED, ' ')
    .replace(BOUNDS_A_YEAR, ' ')
    .replace(new RegExp(NOW.source, 'gi'), ' ')
    .replace(new RegExp(THEN.source, 'gi'), ' ')
    .replace(CHANGED.test(text) && !NOT_CHANGED.test(text) ? CHANGE_WORDS : /$^/, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:.]+/, '')
    .trim();
  return /\p{L}{3}/u.test(stripped) ? stripped : text;
}

/** The last moment before a date of any precision, as a date that compares right: `2020` -> `2019-12-31`. */
function dayBefore(date: string): string {
  const day = new Date(`${firstDay(date)}T00:00:00Z`);
  return new Date(day.getTime() - 86_400_000).toISOString().slice(0, 10);
}

/** Whether an edition date falls under a date asked for, of equal or coarser precision. */
export function matchesEdition(edition: string | null, asked: string): boolean {
  return edition !== null && (edition === asked || edition.startsWith(`${asked}-`) || asked.startsWith(`${edition}-`));
}

const seriesOf = new WeakMap<readonly Briefing[], Map<string, Briefing[]>>();

/** Editions of each series, newest first; a briefing without date comes last. Kept for as long as the list lives. */
export function bySeries(briefings: readonly Briefing[]): Map<string, Briefing[]> {
  let series = seriesOf.get(briefings);
  if (!series) {
    series = new Map<string, Briefing[]>();
    for (const briefing of briefings) {
      const list = series.get(briefing.series);
      if (list) list.push(briefing);
      else series.set(briefing.series, [briefing]);
    }
    for (const list of series.values()) {
      if (list.length > 1) list.sort((a, b) => (b.edition.date ?? '').localeCompare(a.edition.date ?? ''));
    }
    seriesOf.set(briefings, series);
  }
  return series;
}

/**
 * The edition of each series that was in force at the end of a period: the newest not later than it. A series whose
 * first edition is later has none.
 */
export function inForce(series: Map<string, Briefing[]>, period: Period): Set<string> {
  const end = period.to === null ? '9999' : lastDay(period.to);
  const ids = new Set<string>();
  for (const list of series.values()) {
    const found = list.length > 1 && list.find((briefing) => briefing.edition.date !== null && firstDay(briefing.edition.date) <= end);
    if (found) ids.add(found.id);
  }
  return ids;
}
