import type { Figure } from '../../core/text/figures.ts';
import { detectLanguage } from '../../core/text/language.ts';
import { abbreviationsAcross, countriesIn, datesIn, figuresIn } from '../../core/text/localised.ts';
import { isAcronym, names } from '../../core/text/names.ts';
import { fold } from '../../core/text/tokens.ts';
import type { DateMention } from '../../core/time/dates.ts';
import { MARKUP } from './check.ts';

/**
 * Sentences are checked in the language of their paragraphs, then translated for the asker. What a translation could falsify
 * without anybody noticing is compared with the sentence that was checked: figures, dates, countries, abbreviations, quotations,
 * and whether something is affirmed or denied.
 */

/** Words that deny, by language. A language without an entry is not compared. */
const DENIES: Record<string, RegExp> = {
  en: /\b(?:not|never|no|none|without|neither|nor|cannot)\b|n['’]t\b/iu,
  fr: /(?<!\p{L})(?:ne\s|n['’])|\b(?:aucune?|sans|ni|jamais)\b/iu,
  es: /(?<!\p{L})(?:no|nunca|jamás|ningun[ao]?|ningún|sin|tampoco|ni)(?!\p{L})/iu,
  de: /(?<!\p{L})(?:nicht|nie|niemals|kein\p{L}{0,2}|ohne|weder)(?!\p{L})/iu,
  it: /(?<!\p{L})(?:non|mai|nessun[oa]?|senza|né)(?!\p{L})/iu,
  pt: /(?<!\p{L})(?:não|nunca|jamais|nenhuma?|sem|nem)(?!\p{L})/iu,
  nl: /(?<!\p{L})(?:niet|nooit|geen|zonder)(?!\p{L})/iu,
  ru: /(?<!\p{L})(?:не|нет|никогда|без|ни)(?!\p{L})/iu,
  zh: /没有|沒有|尚未|从未|從未|并未|並未|不(?!仅|僅|断|斷|同|少|久|超)/u,
  ja: /ない|ません|なかった|ずに/u,
};
/** Languages that write names, and little else within a sentence, with capitals of the Latin alphabet. */
const CAPITALS = new Set(['fr', 'es', 'it', 'pt', 'nl']);
/** Letters in which a name and its form in another language agree: Geneva, Genève; London, Londres. */
const SAME_START = 3;
/** Languages that a short sentence may be mistaken for. */
const ALIKE = ['es pt it', 'nl de', 'zh ja'].map((group) => group.split(' '));
/** Characters from which on another language is told apart with certainty enough. */
const TELLING_LENGTH = 40;
const ADDRESSES = /https?:\/\/|\bwww\.|\S@\S/i;
const QUOTED = /[“"«„「『]\s?([^”"»“」』]{2,400}?)\s?[”"»“」』]/gu;
/** A translation is neither a fraction of the sentence nor a multiple; Chinese takes a third of the characters. */
const LENGTHS = { least: 0.15, most: 3.5 };

const plain = (text: string) =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
const sameFigure = (a: Figure, b: Figure) => a.value === b.value && (a.unit === null || b.unit === null || a.unit === b.unit);
const sameDate = (a: DateMention, b: DateMention) => a.from === b.from && a.to === b.to;

function read(text: string, language: string) {
  const dates = datesIn(text, language);
  return {
    dates,
    figures: figuresIn(text, language).filter((figure) => !dates.some((date) => figure.start < date.end && date.start < figure.end)),
    countries: new Set(countriesIn(text, language)),
    abbreviations: [
      ...new Set(
        names(text)
          .flatMap((name) => name.text.split(/\s+/))
          .filter(isAcronym),
      ),
    ],
    quotations: [...text.matchAll(QUOTED)].map((match) => plain(match[1] as string)),
    // A quotation stays in its own language, and what it denies with it.
    denies: DENIES[language]?.test(text.replace(QUOTED, ' ')) ?? null,
  };
}

const matched = <T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean =>
  a.every((x) => b.some((y) => same(x, y))) && b.every((x) => a.some((y) => same(x, y)));

/**
 * Whether a translation holds a name of several words, as people have, of which none begins like a word of the original. A
 * single word is let through: "Travail" stands for "Labour", "Pechino" for "Beijing".
 */
function newName(original: string, translation: string): boolean {
  const start = (word: string) => fold(word).slice(0, SAME_START);
  const known = new Set((original.match(/\p{L}+/gu) ?? []).map(start));
  return names(translation.replace(QUOTED, ' ')).some((name) => {
    const words = name.text.match(/\p{Lu}[\p{L}\p{M}]+/gu) ?? [];
    return words.length > 1 && !words.some((word) => known.has(start(word)));
  });
}

/** Why a translation of a checked sentence cannot be shown, or null. */
export function wrongInTranslation(original: string, from: string, translation: string, to: string): string | null {
  const ratio = translation.length / Math.max(1, original.length);
  if (ratio < LENGTHS.least || ratio > LENGTHS.most) return 'its translation is too short or too long';
  if (MARKUP.test(translation) || (ADDRESSES.test(translation) && !ADDRESSES.test(original)))
    return 'its translation holds markup or an address';
  const found = detectLanguage(translation);
  if (found === from && found !== to) return 'it was not translated';
  const elsewhere = found !== to && found !== 'und' && !ALIKE.some((group) => group.includes(found) && group.includes(to));
  if (elsewhere && translation.length >= TELLING_LENGTH) return 'its translation is in another language';
  const a = read(original, from);
  const b = read(translation, to);
  if (!matched(a.figures, b.figures, sameFigure)) return 'its translation has other figures';
  if (!matched(a.dates, b.dates, sameDate)) return 'its translation has other dates';
  // An adjective may stand for a country in one language and for a language in the other: only new ones are wrong.
  if ([...b.countries].some((country) => !a.countries.has(country))) return 'its translation names another country';
  for (const short of b.abbreviations) {
    const known = new Set([short, ...abbreviationsAcross(short)].map(fold));
    if (!(original.match(/[\p{L}\p{N}-]+/gu) ?? []).some((word) => known.has(fold(word))))
      return 'its translation has another abbreviation';
  }
  if (CAPITALS.has(to) && newName(original, translation)) return 'its translation has another name';
  if (!matched(a.quotations, b.quotations, (x, y) => x === y)) return 'its translation changes a quotation';
  if (a.denies !== null && b.denies !== null && a.denies !== b.denies)
    return 'its translation affirms what the sentence denies, or the other way round';
  return null;
}
