import type { Edition, Paragraph } from '../core/model.ts';
import { codePointLength } from '../core/text/codepoints.ts';
import { figures } from '../core/text/figures.ts';
import { type DateMention, dates, firstDay, isDate, lastDay } from '../core/time/dates.ts';
import { dateOfLine, isCopyright } from './shapes.ts';

export interface EditionClues {
  meta: Record<string, string>;
  title: string;
  dateLine: string | null;
  /** File name without extension. */
  name: string;
  /** Folders of the corpus the file lies in, outermost first. */
  folders?: readonly string[];
  paragraphs: readonly Paragraph[];
  now: Date;
}

/**
 * The edition of one document: from its front matter (`edition` or `date`), a date line on its first page, its title, its
 * file name, the folder it lies in, or else its text. The first three are *stated*: the briefing says so itself.
 */
export function readEdition(clues: EditionClues): {
  edition: Edition;
  problem: { message: string; hint: string } | null;
  /** False when a date after today was passed over. */
  settled: boolean;
} {
  const today = clues.now.toISOString().slice(0, 10);
  const { date: declared, problem } = declaredDate(clues.meta);
  const found = (date: string, source: Edition['source'], stated: boolean) => ({
    edition: { date, stated, source },
    problem,
    settled: true,
  });
  if (declared) return found(declared, 'front-matter', true);
  const line = clues.dateLine === null ? null : dateOfLine(clues.dateLine);
  if (line) return found(line, 'first-page', true);
  const titled = isCopyright(clues.title) ? null : titleDate(clues.title, today);
  if (titled) return found(titled, 'title', true);
  const named = dateOfName(clues.name) ?? dateOfFolders(clues.folders ?? []);
  if (named) return found(named, 'file-name', false);
  const { newest, settled } = newestPast(clues.paragraphs, today);
  const edition: Edition = newest ? { date: newest, stated: false, source: 'text' } : { date: null, stated: false, source: 'none' };
  return { edition, problem, settled: settled && firstDays(clues.title).every((day) => day <= today) };
}

/** What the front matter says: `edition`, or `date` where the edition is a number ("3rd"); with a note when it was not or only in part understood. */
function declaredDate(meta: Record<string, string>): { date: string | null; problem: { message: string; hint: string } | null } {
  const hint = 'Write YYYY, YYYY-MM or YYYY-MM-DD.';
  const given = [meta.edition, meta.date].filter((one) => one !== undefined && one !== '') as string[];
  for (const written of given) {
    const date = exactDate(written);
    if (date) return { date, problem: null };
  }
  for (const written of given) {
    const mentions = dates(written.slice(0, 100));
    const year = mentions.length === 1 ? (mentions[0] as DateMention).from.slice(0, 4) : null;
    // Of "Q3 2025", "FY 2024/25" and "01/05/2024" the year is sure.
    if (year) return { date: year, problem: { message: `The edition "${written}" in the front matter is read as ${year}.`, hint } };
  }
  const [written] = given;
  const message = `The edition "${written}" in the front matter is not a date and is ignored.`;
  return { date: null, problem: written === undefined ? null : { message, hint } };
}

/** A date in full: as ISO 8601 has it, time or not, with other separators, or in words ("5 May 2024", "Second edition, May 2024"). */
function exactDate(written: string): string | null {
  const [, y, , m, d] =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]\d\d:\d\d.*)?$/.exec(written) ?? /^(\d{4})([-.])(\d{1,2})()$/.exec(written) ?? [];
  const numeric = [y, m, d].filter(Boolean).map((part) => (part as string).padStart(2, '0'));
  if (isDate(numeric.join('-'))) return numeric.join('-');
  if (isDate(written)) return written;
  const [line, numbered] = [dateOfLine(written), /^\S+ edition,?\s+(.+)$/i.exec(written)?.[1]];
  return line ?? (numbered === undefined ? null : dateOfLine(numbered));
}

/** Words before a year that make it part of a name or a goal, not the date of the document. */
const NAMED_YEAR =
  /(?:convention|agenda|act|law|protocol|recommendation|treaty|by|until|till|to|towards|through|since|from|before|after|vision|strategy|plan|programme|program|phase),?\s*$/i;

// UTF-16 units that are looked at, bounds against texts made to be slow; longer than what stands there in a briefing.
/** Of a title, and of the name of a file. */
const TITLE_WINDOW = 400;
const NAME_WINDOW = 300;
/** Before and after a date: the words that say what it dates. */
const BEFORE_DATE = 20;
const AFTER_DATE = 40;
/** Each way around a date: its clause. */
const CLAUSE_WINDOW = 300;
/** A clause of no more words that opens like "In 2020" only says when. Chosen. */
const WHEN_WORDS = 8;

/** A single month or year at the end of a title ("Annual brief 2024", "Brief (July 2026)"), not after today. */
function titleDate(title: string, today: string): string | null {
  const mentions = dates(title.slice(0, TITLE_WINDOW));
  const last = mentions.at(-1);
  if (!last || last.from !== last.to || firstDay(last.from) > today) return null;
  const before = title.slice(0, last.start);
  const ends = /^[\s).,]*(?:edition)?\s*$/i.test(title.slice(last.end));
  // "Convention, 2019" and "by 2025" date something else; a project's years stand in brackets, with its name before them.
  return ends && !NAMED_YEAR.test(before.replace(/[\s(–—-]+$/, '')) ? last.from : null;
}

/** A date at either end of a file name (`brief-july-2026`, `brief_2026-07`, `2019 brief`), or the only one that names a month (`brief 2026-07-04 final`). */
export function dateOfName(name: string): string | null {
  const spaced = wholeDates(name.slice(0, NAME_WINDOW))
    .replace(
      /(?<![\d._-])(0[1-9]|1[0-2])[._-]((?:19|20)\d{2})(?![\d]|[._-]\d)|(?<=\D[._-])(0[1-9]|1[0-2])[._-]((?:19|20)\d{2})(?![\d]|[._-]\d)/g,
      (_, m, y, other, year) => ` ${spell(y ?? year, m ?? other)} `,
    )
    .replace(/(\d{4})[-_. ](0[1-9]|1[0-2])(?:[-_. ]([0-2]\d|3[01]))?(?!\d)/g, (_, y, m, d) => ` ${d ? `${y}-${m}-${d}` : spell(y, m)} `);
  const text = spaced
    .replace(/_/g, ' ')
    .replace(/([a-z])-(?=\d{4})/gi, '$1 ')
    .replace(/-(?=[a-z])/gi, ' ')
    .trim();
  const mentions = dates(text);
  for (const mention of [mentions.at(-1), mentions[0]]) {
    if (mention && mention.from === mention.to && (mention.start === 0 || mention.end === text.length)) return mention.from;
  }
  const [only, more] = mentions;
  return only && !more && only.from === only.to && only.from.length > 'YYYY'.length ? only.from : null;
}

/** Dates in digits alone, written as ISO has them: `20260115`, `15.07.2026`, `15-07-2026`; of `05-07-2026` only the year is sure. */
function wholeDates(name: string): string {
  return name
    .replace(/(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)/g, ' $1-$2-$3 ')
    .replace(/(?<!\d)(\d{1,2})([._-])(\d{1,2})\2((?:19|20)\d{2})(?!\d)/g, (whole, first, separator, second, year) => {
      const [a, b] = [Number(first), Number(second)];
      const iso = (month: number, day: number) => ` ${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')} `;
      // With full stops the day comes first everywhere.
      if (b >= 1 && b <= 12 && a >= 1 && a <= 31 && (separator === '.' || a > 12 || a === b)) return iso(b, a);
      if (a >= 1 && a <= 12 && b > 12 && b <= 31) return iso(a, b);
      return a <= 12 && b <= 12 ? ` ${year} ` : whole;
    });
}

/** The date that the innermost folder named after one says: `2024`, `2024-05`, `May 2024`. */
function dateOfFolders(folders: readonly string[]): string | null {
  for (const folder of [...folders].reverse()) {
    const name = wholeDates(folder.slice(0, 100)).trim();
    if (isDate(name)) return name;
    const spaced = name.replace(/[-_.]+/g, ' ').replace(/^(\d{4}) (0[1-9]|1[0-2])$/, (_, year, month) => spell(year, month));
    const [only, more] = dates(spaced);
    if (only && !more && only.from === only.to && only.start === 0 && only.end === spaced.length) return only.from;
  }
  return null;
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const spell = (year: string, month: string) => `${MONTHS[Number(month) - 1]} ${year}`;

/** The clause looks ahead: what it dates has not happened when it was written. */
const AHEAD =
  /\b(?:will|shall|would|expect(?:s|ed)?|plans to|(?:is|are) planned|planned for|project(?:s|ed) to|scheduled|forecast|intend(?:s|ed)?|upcoming|forthcoming|next|by the end of|extended to|target(?:s|ed)?)\b/i;
const UNTIL = /(?:\b(?:by|until|till|through|to|towards|before|beyond|in the year|horizon|agenda|vision)|[-–—])\s*$/i;
const GOAL = /^\s*(?:agenda|strategy|vision|goals?|targets?|framework|horizon)\b/i;

/**
 * The year of the newest date the text looks back on, or null. Plans' ends are no evidence (of "2018-2020" only 2018 counts),
 * nor is a year that a clause looks ahead to ("by the end of the project in 2020, … are expected"), nor a date after today.
 *
 * Only the year: the newest date mentioned is the earliest time the text can have been written, so naming its month would
 * claim what the text does not say.
 */
function newestPast(paragraphs: readonly Paragraph[], today: string): { newest: string | null; settled: boolean } {
  let newest = '';
  let settled = true;
  for (const paragraph of paragraphs) {
    if (!/\d{4}/.test(paragraph.text)) continue;
    const points = [...paragraph.text];
    for (const span of paragraph.sentences) {
      const sentence = points.slice(span.start, span.end).join('');
      const copyright = /©|\(c\)\s|\bcopyright\b/i.test(sentence);
      for (const mention of dates(sentence)) {
        if (isCount(mention, sentence, paragraph.role === 'code') || isBareCell(mention, paragraph, span.start, points, sentence)) continue;
        // "© 2015-2024" was written in 2024 at the earliest.
        const date = copyright ? mention.to : lookedBackOn(mention, sentence);
        if (date && firstDay(date) > today) settled = false;
        else if (date && lastYear(date) > newest) newest = lastYear(date);
      }
    }
  }
  return { newest: newest === '' ? null : newest, settled };
}

const firstDays = (title: string): string[] => dates(title.slice(0, TITLE_WINDOW)).map(({ from }) => firstDay(from));

const TELLS_TIME =
  /(?:\b(?:in|of|since|by|until|till|from|to|during|for|before|after|through|between|and|or|the|year|early|late|mid|end|fy|on|at|as)|[([,;:–—/“"'’-])\s*$/i;
/** Signs of a sum or a result before a number, and after it: "= 2000", "$2000", "2000 %". */
const RECKONED_BEFORE = /[=*×÷≈≤≥<>+€$£¥№#]\s?$/;
const RECKONED_AFTER = /^\s?[=*×÷+%‰€$£¥°²³]/;
/** What is numbered, not dated: "RFC 1918", "Directive 2007-039", "room 2019". */
const NUMBERED =
  /\b(?:no|nos|nr|n°|num|number|rfc|iso|iec|din|ieee|ansi|nist|asn|room|suite|flat|hall|box|bin|shelf|locker|gate|route|bus|line|flight|ext|extension|tel|phone|fax|mobile|pin|code|port|id|invoice|article|section|paragraph|page|p|pp|windows|server)\.?\s?[:.#]?\s?$/i;
/** The rest of a number with hyphens: "2016-1321" names a law, "+358 50 2014 115" and "555-2019" are to be dialled. */
const NUMBER_GOES_ON = /^-\d{3,}|^[ .]\d{3}(?!\d)/;
const NUMBER_BEFORE = /(?<![\d.,–-])(?:\d{3}|\+\d{1,3}(?:[ -]\d{1,4}){0,3})[ .-]$|(?<!\d)\d{5,}[ .-]$/;
/** How many, not when: "up to 2000". */
const HOW_MANY =
  /\b(?:up to|more than|less than|fewer than|at least|at most|no more than|as many as|a total of|total(?:ling)?|maximum of|minimum of|costs?|worth|fee of|price of)\s$/i;
/** A unit behind a number. */
const UNIT =
  /^\s(?:kg|g|mg|t|km|m|cm|mm|ha|sq|l|ml|kw|kwh|mw|mwh|gw|gwh|kb|mb|gb|tb|hz|khz|mhz|ghz|rpm|ppm|[ck]?cal|hours?|minutes?|seconds?|days?|weeks?|per cent|percent|people|persons|times)(?![\p{L}\p{N}])/iu;

/** A number of things, and one after another: "1200 nails and 1998 hinges". */
const COUNTED_AFTER = /^\s\p{Ll}{2,}s(?!\p{L})/u;
const COUNTED_BEFORE = /\d\s\p{Ll}{2,}s(?:,|,?\s(?:and|or))\s$/u;

/** A bare number that could be a year but counts, names or sums up things: "holds 2025 bolts", "= 2000 units", "RFC 1918". */
function isCount(mention: DateMention, sentence: string, code: boolean): boolean {
  if (!/^\d{4}$/.test(sentence.slice(mention.start, mention.end))) return false;
  if (code) return true;
  const before = sentence.slice(Math.max(0, mention.start - BEFORE_DATE), mention.start);
  const after = sentence.slice(mention.end, mention.end + AFTER_DATE);
  if (RECKONED_BEFORE.test(before) || RECKONED_AFTER.test(after) || NUMBERED.test(before) || HOW_MANY.test(before)) return true;
  if (NUMBER_BEFORE.test(before) || NUMBER_GOES_ON.test(after)) return true;
  const [money] = figures(sentence.slice(mention.start, mention.end + BEFORE_DATE));
  if (money && (money.kind === 'money' || money.kind === 'percent')) return true;
  if (mention.start === 0 || (TELLS_TIME.test(before) && !(COUNTED_BEFORE.test(before) && COUNTED_AFTER.test(after)))) return false;
  return UNIT.test(after) || COUNTED_AFTER.test(after);
}

const YEAR_COLUMN = /\b(?:year|years|date|dated|edition|since|until|from|to|period|as of|fy|founded|built|opened|signed|ratified)\b/i;

/** A number that is all there is in a cell dates nothing unless its column says that it is a year. */
function isBareCell(mention: DateMention, paragraph: Paragraph, start: number, points: readonly string[], sentence: string): boolean {
  if (!paragraph.cells || !/^\d{4}$/.test(sentence.slice(mention.start, mention.end))) return false;
  const at = start + codePointLength(sentence.slice(0, mention.start));
  const cell = paragraph.cells.find((one) => one.start <= at && at < one.end);
  return cell !== undefined && points.slice(cell.start, cell.end).join('').trim().length === 'YYYY'.length && !YEAR_COLUMN.test(cell.name);
}

function lookedBackOn(mention: DateMention, sentence: string): string | null {
  if (AHEAD.test(clauseAround(mention, sentence))) return null;
  const range = mention.from !== mention.to;
  if (
    UNTIL.test(sentence.slice(Math.max(0, mention.start - BEFORE_DATE), mention.start)) ||
    GOAL.test(sentence.slice(mention.end, mention.end + BEFORE_DATE))
  )
    return null;
  // Ranges of years are terms of plans and projects: they have begun. Ranges of days and months are events.
  return range && mention.from.length === 'YYYY'.length ? mention.from : mention.to;
}

/** The clause that holds a mention, with the next one when it only says when ("In 2020, … are expected"). Looked for within a window each way. */
function clauseAround(mention: DateMention, sentence: string): string {
  const before = sentence.slice(Math.max(0, mention.start - CLAUSE_WINDOW), mention.start);
  const after = sentence.slice(mention.end, mention.end + CLAUSE_WINDOW);
  const opening = before.split(/[,;:]\s|\sand\s/).at(-1) as string;
  const [rest = '', next = ''] = after.split(/[,;:]\s|\sand\s/);
  const clause = `${opening}${sentence.slice(mention.start, mention.end)}${rest}`;
  const when = /^\s*(?:in|by|at|on|from|during|after|until|over|with)\b/i.test(clause) && clause.split(/\s+/).length <= WHEN_WORDS;
  return when ? `${clause} ${next}` : clause;
}

const lastYear = (date: string) => lastDay(date).slice(0, 4);
