import { isStopword } from '../core/text/stopwords.ts';
import { dates } from '../core/time/dates.ts';
import {
  BEGINNING_WINDOW,
  CAPITALISED_SHARE,
  FEWEST_CAPITALS,
  LONGEST_ATTRIBUTION,
  LONGEST_CONTACT_LINE,
  LONGEST_CONTACT_TITLE,
  LONGEST_DATE_LINE,
  LONGEST_HEADING,
  LONGEST_UNCASED_TITLE,
  MOST_TITLE_WORDS,
  SENTENCE_END_WINDOW,
  SHORTEST_QUOTATION,
  SHORTEST_QUOTED,
  YEARS_WINDOW,
} from './settings.ts';

const ITEM = /^(?:[-–*•‣◦▪▫●○∙·➢➤✓✔❖\uf0b7\uf0a7\uf0d8]|[►▶■◆](?=\s?\p{Ll}))\s+(?=\S)|^[•‣▪●➢✓✔\uf0b7\uf0a7](?=\S)/u;
const NUMBERED = /^(?:\(?(\d{1,2}|[a-z]|[ivx]{2,5})\)|(\d{1,2}|[a-h])\.)\s+(?=\S)/;
const SECTION = /^(?:(?:chapter|section|part|annex|box)\s+)?(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[\p{Lu}“"])/iu;
const MARKER = /^[►▶■◆❚▌]\s*(?=[\p{Lu}\p{N}\p{Lo}“"‘'])/u;
const ENDS = /[.!?。！？؟।…]["'”’»)\]]*$/u;
const YEARS = /\((?:[^()]{0,20}\s)?\d{4}(?:\s?[-–—/]\s?(?:\d{2}|\d{4}|\p{L}{2,10}))?\)$/u;
const QUOTES: Record<string, string> = { '“': '”', '"': '"', '«': '»', '„': '“”', '「': '」', '『': '』' };
const CONTACT_TITLE =
  /^(?:contacts?(?: (?:details|information|us|persons?|points?))?|for (?:more|further) information|get in touch|how to (?:contact us|get in touch)|coordonnées|contacto|kontakt|联系方式)\s*:?$/iu;
const CONTACT_LINE =
  /(?:^|\s)(?:t|tel|telephone|phone|fax|f|e|e-?mail|mail|web|website)\s?:\s?\S|\S@[\w-]+\.\w|(?:^|\s|<)(?:https?:\/\/|www\.)\S|\+\d[\d ()/-]{7,}/iu;
const DATE_LEAD =
  /^(?:(?:last\s+)?(?:updated?|revised|published|issued|printed|edition|version|date|as (?:of|at)|stand|état au|mise à jour)(?:\s+(?:on|in|of|at))?\s*:?\s*)/iu;

/** Bullet or number of a list item at the start of a line: how many UTF-16 units it takes; 0 when there is none. */
export const bulletLength = (line: string): number => ITEM.exec(line)?.[0].length ?? 0;

/** A number or letter that may open a list item or a heading: `{length, label}`. */
export function numbering(line: string): { length: number; label: string } | null {
  const found = NUMBERED.exec(line);
  return found ? { length: found[0].length, label: (found[1] ?? found[2]) as string } : null;
}

/** Depth of a numbered heading ("2.1 Aims" is 2), or 0. */
export function sectionDepth(line: string): number {
  const found = SECTION.exec(line.slice(0, LONGEST_HEADING));
  return found ? (found[1] as string).split('.').length : 0;
}

/** Length of a heading mark such as "▶ ", or 0. */
export const markerLength = (line: string): number => MARKER.exec(line)?.[0].length ?? 0;

/** Whether a text ends as a sentence does. */
export const endsSentence = (text: string): boolean => ENDS.test(text.slice(-SENTENCE_END_WINDOW));

/** Whether a title ends in the years of a project: "(2018-2020)", "(2018)". */
export const hasYears = (text: string): boolean => YEARS.test(text.slice(-YEARS_WINDOW));

/** Whether a line is in capitals: at least 4 letters, none of them small. */
export function isCapitals(text: string): boolean {
  if (text.length > LONGEST_HEADING || /\p{Ll}/u.test(text.replace(/(?<=\p{Lu}{2})s(?!\p{L})/gu, ''))) return false;
  return (text.match(/\p{Lu}/gu)?.length ?? 0) >= FEWEST_CAPITALS && /\p{Lu}{3}/u.test(text);
}

/**
 * Whether a text that stands alone reads like a title: short, no end of sentence, opens with a capital, and either most
 * of its words are capitalised, or it is at most 9 words, or it ends in years. Scripts without case: at most 30 characters.
 */
export function isTitleLike(text: string): boolean {
  if (text.length > LONGEST_HEADING || text.length < 2 || /[,;.!?。！？，；؟।…]["”’]?$/u.test(text)) return false;
  if (/[.!?]["”’)]?\s+\p{Lu}\p{L}+\s+\p{Ll}/u.test(text)) return false;
  if (/^[\p{Lo}]/u.test(text)) return text.length <= LONGEST_UNCASED_TITLE && !/[。，！？]/u.test(text);
  if (!/^[“"‘'(]?[\p{Lu}\p{N}]/u.test(text) || !/\p{L}{2}/u.test(text)) return false;
  if (hasYears(text)) return true;
  const words = text.match(/\p{L}[\p{L}\p{M}\p{N}’'-]*/gu) ?? [];
  const weighty = words.filter((word) => !isStopword(word.toLowerCase()));
  if (words.length <= MOST_TITLE_WORDS) return !/^(?:\p{Lu}\p{L}*\s){1,3}(?:is|are|was|were|has|have|had|will)\s/u.test(text);
  if (/,\s(?:which|who|where|whose)\s/.test(text)) return false;
  return weighty.length > 0 && weighty.filter((word) => /^\p{Lu}/u.test(word)).length / weighty.length >= CAPITALISED_SHARE;
}

/** Whether the whole text stands in quotation marks. */
export function isQuotation(text: string): boolean {
  const close = QUOTES[text[0] as string];
  if (!close || text.length < SHORTEST_QUOTATION) return false;
  const last = text.replace(/[.\s]+$/, '').at(-1) as string;
  if (!close.includes(last)) return false;
  // “A” and “B” is a sentence with two names, not a quotation.
  const inner = text.slice(1, text.lastIndexOf(last));
  return ![...close].some((mark) => inner.includes(mark)) && inner.length >= SHORTEST_QUOTED;
}

/** Whether a text names who was quoted: "(the Minister at …, 26 April 2019)." or "— The Minister". */
export const isAttribution = (text: string): boolean =>
  text.length <= LONGEST_ATTRIBUTION && (/^\([^()]+\)\.?$/u.test(text) || /^[—–―]\s?\p{Lu}[^.]*\.?$/u.test(text));

const LABEL = /^(\p{Lu}[\p{L}\p{M} '’/&()-]{1,40}):\s+(\S.*)$/u;
const PART = /^(?:chapter|section|part|annex|appendix|box|table|figure|phase|step|day|module|unit|item|case)\b/i;

/** What a line like "Status: delayed" labels, or null; "Part two: aims" is a title. */
export function labelOf(line: string): { label: string; value: string } | null {
  const found = line.length <= LONGEST_HEADING ? LABEL.exec(line) : null;
  return found && !PART.test(line) ? { label: (found[1] as string).toLowerCase(), value: found[2] as string } : null;
}

/** A line that says who holds the rights, and since when. */
export const isCopyright = (text: string): boolean => /^(?:©|\(c\)|copyright\b)/iu.test(text.slice(0, BEGINNING_WINDOW));

export const isContactTitle = (text: string): boolean => text.length <= LONGEST_CONTACT_TITLE && CONTACT_TITLE.test(text);
export const isContactLine = (text: string): boolean => text.length <= LONGEST_CONTACT_LINE && CONTACT_LINE.test(text);

/** The date a line consists of ("July 2026", "Updated: 3 July 2026"), as an ISO date; null for any other line. */
export function dateOfLine(text: string): string | null {
  if (text.length > LONGEST_DATE_LINE) return null;
  const bare = text
    .replace(MARKER, '')
    .replace(DATE_LEAD, '')
    .replace(/\s+edition$/iu, '')
    .trim();
  const found = dates(bare);
  const only = found[0];
  if (!only || found.length > 1 || only.from !== only.to) return null;
  const rest = `${bare.slice(0, only.start)}${bare.slice(only.end)}`.replace(/[()\s.,|•-]+/g, ' ').trim();
  // A place before the date is usual: "Geneva, July 2026".
  return rest === '' || (/^\p{Lu}\p{L}+$/u.test(rest) && only.start > 0 && /,/.test(bare)) ? only.from : null;
}

export const endsInFunctionWord = (text: string): boolean =>
  /\s(?:a|an|the|of|in|on|to|for|and|or|by|with|from|at|as|its|their|which|that)$/.test(text);
