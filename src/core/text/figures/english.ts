import { eachMatch, isPlain, plainPattern } from '../plain.ts';
import { ENGLISH_CODES, ENGLISH_NAMES, ENGLISH_SIGNS, englishUnit } from './currencies.ts';
import { asciiDigit, type Figure, mayBeYear } from './figure.ts';
import { NUMBER_WORDS, type NumberWords } from './words.ts';

const { values: VALUES, one: ONE, scales: SCALES, ordinals: ORDINALS } = NUMBER_WORDS.en as NumberWords;
const COUNTING_WORDS = [...VALUES.keys(), ...ONE];
/** Longest first, since the first that fits is taken; a word ends where its letters do. */
const oneOf = (list: Iterable<string>, end = '\\b'): string =>
  [...list]
    .sort((a, b) => b.length - a.length)
    .map((one) => one.replace(/[.$]/g, '\\$&').replace(/ /g, '\\s') + (/[a-z]$/.test(one) ? end : ''))
    .join('|');
const NUMBER_WORD = `(?:${oneOf(COUNTING_WORDS, '')})`;
const SPELLED = `${NUMBER_WORD}(?:(?:[\\s-]+(?:and[\\s-]+)?)(?:${NUMBER_WORD}|hundred|thousand|million|billion))*`;
const FIGURE_PATTERN =
  `(?<before>us\\s\\$|u\\.s\\.\\s\\$|${oneOf(Object.keys(ENGLISH_SIGNS))}|(?<![\\p{L}])(?:${oneOf(ENGLISH_CODES)}))?\\s?` +
  `(?<![\\p{L}\\p{N}.])(?:(?<digits>\\p{Nd}+(?:[,\u00a0\u202f ’']\\p{Nd}{3}(?!\\p{Nd}))*(?:\\.\\p{Nd}+)?)(?<ordinal>st|nd|rd|th)?|(?<spelled>${SPELLED}))(?![\\p{L}\\p{N}])` +
  `(?:[\\s-]?(?<scale>${oneOf(SCALES.keys(), '')})\\b)?` +
  `(?:\\s?(?<after>%|per\\s?cent\\b|percent\\b|€|${oneOf([...Object.keys(ENGLISH_NAMES), ...ENGLISH_CODES])}))?`;
const FIGURE = new RegExp(FIGURE_PATTERN, 'giu');
const PLAIN_FIGURE = plainPattern(FIGURE_PATTERN);
const ORDINAL_PATTERN = `(?<![\\p{L}\\p{N}-])(${oneOf(ORDINALS.keys(), '')})(?![\\p{L}\\p{N}-])`;
const ORDINAL_WORD = new RegExp(ORDINAL_PATTERN, 'giu');
const PLAIN_ORDINAL_WORD = plainPattern(ORDINAL_PATTERN);

/** Without one of these a text states no figure; looked for first, since the patterns above take their time. */
const ANY_FIGURE = /\p{Nd}/u;
const ANY_WORD = new RegExp(`(?<![a-z])(?:${COUNTING_WORDS.join('|')})`, 'iu');
const ANY_ORDINAL = /first|second|third|th(?![\p{L}\p{N}-])/iu;
/** The same for plain text in lower case. */
const PLAIN_ANY = new RegExp(`\\d|(?<![a-z])(?:${COUNTING_WORDS.join('|')})`, 'g');
/** What may stand before the digits or the word of a figure: "u.s. $ ". */
const LEAD_LENGTH = 8;
const PLAIN_ANY_ORDINAL = /first|second|third|th(?![a-z\d-])/;

/** Looks for figures only around what a figure cannot be without: most of a text is passed over by the simpler pattern. */
function eachPlainFigure(plain: string, put: (match: RegExpExecArray) => void): void {
  for (let end = 0; ; ) {
    PLAIN_ANY.lastIndex = end;
    const hint = PLAIN_ANY.exec(plain);
    if (!hint) return;
    PLAIN_FIGURE.lastIndex = Math.max(end, hint.index - LEAD_LENGTH);
    const match = PLAIN_FIGURE.exec(plain);
    if (!match) return;
    put(match);
    end = match.index + match[0].length;
  }
}

function spelledValue(text: string): number {
  let total = 0;
  let part = 0;
  for (const word of text.toLowerCase().split(/[\s-]+/)) {
    const value = ONE.has(word) ? 1 : VALUES.get(word);
    const scale = SCALES.get(word);
    if (value !== undefined) part += value;
    else if (scale === 100) part = (part || 1) * 100;
    else if (scale !== undefined) {
      total += (part || 1) * scale;
      part = 0;
    }
  }
  return total + part;
}

/**
 * Every figure in a text, in order: digits with separators, spelled-out numbers, money, percentages, ordinals, years.
 * "one" alone is skipped: it is nearly always a pronoun. Total for any string.
 */
export function englishFigures(text: string): Figure[] {
  const found: Figure[] = [];
  // Its length stays the same, so that places found in it are places in the text.
  const plain = isPlain(text) ? text.toLowerCase() : null;
  const put = (match: RegExpExecArray) => {
    const groups = match.groups as Record<string, string | undefined>;
    const { digits, spelled, scale, ordinal } = groups;
    if (spelled && !scale && !groups.after && !groups.before && /^one$/i.test(spelled)) return;
    let value = digits === undefined ? spelledValue(spelled as string) : Number(normaliseDigits(digits));
    if (!Number.isFinite(value)) return;
    if (scale) value *= SCALES.get(scale.toLowerCase()) as number;
    const lead = match[0].length - match[0].trimStart().length;
    const start = match.index + lead;
    const before = groups.before?.toLowerCase().replace(/\s|\./g, '');
    const after = groups.after?.toLowerCase();
    const percent = after === '%' || (after !== undefined && /^per\s?cent$/.test(after));
    const unit = percent ? '%' : (englishUnit(before) ?? englishUnit(after) ?? null);
    const plain = unit === null && !scale && digits !== undefined && /^\d{4}$/.test(digits);
    const kind = percent ? 'percent' : unit ? 'money' : ordinal ? 'ordinal' : plain && mayBeYear(value) ? 'year' : 'number';
    found.push({
      value,
      unit,
      kind,
      start,
      end: match.index + match[0].length,
    });
  };
  if (plain !== null) eachPlainFigure(plain, put);
  else if (ANY_FIGURE.test(text) || ANY_WORD.test(text)) eachMatch(FIGURE, text, put);
  const mayCount = plain === null ? ANY_ORDINAL.test(text) : PLAIN_ANY_ORDINAL.test(plain);
  const putOrdinal = (match: RegExpExecArray) => {
    const value = ORDINALS.get((match[1] as string).toLowerCase()) as number;
    found.push({ value, unit: null, kind: 'ordinal', start: match.index, end: match.index + match[0].length });
  };
  if (mayCount) eachMatch(plain === null ? ORDINAL_WORD : PLAIN_ORDINAL_WORD, plain ?? text, putOrdinal);
  return found.sort((a, b) => a.start - b.start);
}

function normaliseDigits(digits: string): string {
  // Any script's decimal digits to ASCII, then without thousands separators.
  return digits
    .normalize('NFKC')
    .replace(/[^\p{Nd}.]/gu, '')
    .replace(/\p{Nd}/gu, asciiDigit);
}
