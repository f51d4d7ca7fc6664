import { abbreviationsAcross } from '../../core/text/bodies.ts';
import { type Figure, figures } from '../../core/text/figures.ts';
import { detectLanguage } from '../../core/text/language.ts';
import { isAcronym, names } from '../../core/text/names.ts';
import { countriesIn } from '../../core/text/places.ts';
import { fold } from '../../core/text/tokens.ts';
import { type DateMention, dates } from '../../core/time/dates.ts';
import { type FindingKind, MARKUP, quotations } from '../verify/index.ts';

/** Languages that a short sentence may be mistaken for. */
const ALIKE = ['es pt it', 'nl de', 'zh ja'].map((group) => group.split(' '));
/** Characters from which on another language is told apart with certainty enough. */
const TELLING_LENGTH = 40;
const ADDRESSES = /https?:\/\/|\bwww\.|\S@\S/i;
/** A translation is neither a fraction of the sentence nor a multiple; Chinese takes a third of the characters. */
const LENGTHS = { least: 0.15, most: 3.5 };

const plain = (text: string) =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
const sameFigure = (a: Figure, b: Figure) => a.value === b.value && (a.unit === null || b.unit === null || a.unit === b.unit);
const sameDate = (a: DateMention, b: DateMention) => a.from === b.from && a.to === b.to;

function read(text: string, language: string) {
  const stated = dates(text, language);
  return {
    dates: stated,
    // Small numbers come and go with articles and plurals ("one", "both").
    figures: figures(text, language).filter(
      (figure) =>
        !(figure.unit === null && figure.value <= 2) && !stated.some((date) => figure.start < date.end && date.start < figure.end),
    ),
    countries: new Set(countriesIn(text, language)),
    abbreviations: [
      ...new Set(
        names(text)
          .flatMap((name) => name.text.split(/\s+/))
          .filter(isAcronym),
      ),
    ],
    quotations: quotations(text).map((quotation) => plain(quotation.text)),
  };
}

const matched = <T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean =>
  a.every((x) => b.some((y) => same(x, y))) && b.every((x) => a.some((y) => same(x, y)));

/**
 * Why a translation of a checked sentence cannot be shown, or null: another language, or other figures, dates, countries,
 * abbreviations or quotations. What else it says is for the second reader.
 */
export function wrongInTranslation(original: string, from: string, translation: string, to: string): FindingKind | 'language' | null {
  const ratio = translation.length / Math.max(1, original.length);
  if (ratio < LENGTHS.least || ratio > LENGTHS.most) return 'long';
  if (MARKUP.test(translation)) return 'markup';
  if (ADDRESSES.test(translation) && !ADDRESSES.test(original)) return 'address';
  const found = detectLanguage(translation);
  if (found === from && found !== to) return 'language';
  const elsewhere = found !== to && found !== 'und' && !ALIKE.some((group) => group.includes(found) && group.includes(to));
  if (elsewhere && translation.length >= TELLING_LENGTH) return 'language';
  const a = read(original, from);
  const b = read(translation, to);
  if (!matched(a.figures, b.figures, sameFigure)) return 'figure';
  if (!matched(a.dates, b.dates, sameDate)) return 'date';
  // An adjective may stand for a country in one language and for a language in the other: only new ones are wrong.
  if ([...b.countries].some((country) => !a.countries.has(country))) return 'name';
  for (const short of b.abbreviations) {
    const known = new Set([short, ...abbreviationsAcross(short)].map(fold));
    if (
      !(original.match(/[\p{L}\p{N}-]+/gu) ?? []).some((word) => known.has(fold(word))) &&
      ![...known].some((form) => fold(original).includes(form))
    )
      return 'name';
  }
  return matched(a.quotations, b.quotations, (x, y) => x === y) ? null : 'quotation';
}
