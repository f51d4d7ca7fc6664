import type { Paragraph } from '../core/model.ts';
import { stem } from '../core/text/stem.ts';
import { tokens } from '../core/text/tokens.ts';
import { type DateMention, dates } from '../core/time/dates.ts';
import { TITLES_KEPT } from './settings.ts';
import { dice, type Idf } from './weights.ts';

/** A title read for comparison. */
export interface Title {
  text: string;
  /** Content stems without its dates. */
  stems: Map<string, string>;
  dates: DateMention[];
  /** The years it ends in ("… (2018-27)"): it names a project or an event of its own. */
  years: DateMention | null;
}

const titles = new Map<string, Title>();
/** Words by which many a section is called, whatever it is about, as stems. */
const GENERIC = new Set(
  'overview introduction background summary context glance details information facts key update new'.split(' ').map((word) => stem(word)),
);

export function readTitle(text: string): Title {
  let found = titles.get(text);
  if (!found) {
    const mentions = dates(text);
    const stems = new Map<string, string>();
    for (const token of tokens(text)) {
      if (token.stop || token.word === 's' || mentions.some((date) => token.start < date.end && date.start < token.end)) continue;
      stems.set(token.term, token.term);
    }
    const telling = [...stems.keys()].filter((stem) => !GENERIC.has(stem));
    if (telling.length > 0) for (const stem of stems.keys()) if (GENERIC.has(stem)) stems.delete(stem);
    const last = mentions.at(-1);
    const closing = last !== undefined && /^[\s).\]]*$/.test(text.slice(last.end));
    // A range, or a year in brackets; "The agreements of 2019" only tells the time.
    const years = closing && (last.from !== last.to || /[([]\s*$/.test(text.slice(0, last.start))) ? last : null;
    found = { text, stems, dates: mentions, years };
    if (titles.size > TITLES_KEPT) titles.clear();
    titles.set(text, found);
  }
  return found;
}

/**
 * Least overlap of two projects' titles. In the ILO-China briefings and their retellings the titles of different projects
 * reach 0.65 ("universal social protection" of 2018 and of 2023); a title is seldom touched while a project runs.
 */
const SAME_PROJECT = 0.75;

/** Whether two titles with years name the same project: the same words and the same beginning. Its end may have been moved. */
export function sameProject(a: Title, b: Title, idf: Idf): boolean {
  if (!a.years || !b.years || a.years.from.slice(0, 4) !== b.years.from.slice(0, 4)) return false;
  return dice(a.stems, b.stems, idf) >= SAME_PROJECT;
}

/** The innermost title with years above a paragraph; a heading counts itself. */
function projectOf(paragraph: Paragraph): Title | null {
  const above = paragraph.kind === 'heading' ? [...paragraph.headings, paragraph.text] : paragraph.headings;
  for (let at = above.length - 1; at >= 0; at--) {
    const title = readTitle(above[at] as string);
    if (title.years) return title;
  }
  return null;
}

/** False when one belongs to a project and the other does not, or to a different one. */
export function projectsAgree(a: Paragraph, b: Paragraph, idf: Idf): boolean {
  const [one, two] = [projectOf(a), projectOf(b)];
  if (!one || !two) return one === two;
  return sameProject(one, two, idf);
}

/** How much the titles above two paragraphs agree, 0..1: the innermost counts most. 1 when neither has any. */
export function headingSimilarity(a: Paragraph, b: Paragraph, idf: Idf): number {
  const [x, y] = [a.headings, b.headings];
  if (x.length === 0 && y.length === 0) return 1;
  if (x.length === 0 || y.length === 0) return 0;
  const innermost = dice(readTitle(x.at(-1) as string).stems, readTitle(y.at(-1) as string).stems, idf);
  const whole = dice(union(x), union(y), idf);
  return Math.max(innermost, whole);
}

const union = (lines: readonly string[]): Map<string, string> => new Map(lines.flatMap((line) => [...readTitle(line).stems]));
