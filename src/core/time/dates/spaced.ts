import { alone, DAY_OF_MONTH, type DateForm, decadeEnd, pad, period, YEAR_NUMBER } from './form.ts';
import { monthPattern, monthsOf } from './months.ts';

const DAY = `${DAY_OF_MONTH}(?:er|\\.?[ºª°]|\\.|e)?`;
/** Between the two ends of a range: "6 au 8", "6 al 8", "6. bis 8.", "6 e 8". */
const UNTIL = 'au|a|al|bis|tot|t/m|ate|ao|fino a|по|до|الى';
const TO = `(?:\\s?[-–—]\\s?|\\s+(?:${UNTIL}|et|y|e|ed|und|en|и|و)\\s+)`;
/** Of years: "2018 et 2019" are two. */
const SPAN = `(?:\\s?[-–—]\\s?|\\s+(?:${UNTIL})\\s+)`;
const OF = "(?:\\s+(?:de|d['’]|del|do|von|van))?\\s*";
const DECADE = '(?:annees|anos|anni|jaren|decada de|decada dos anos)';

const edge = (pattern: string) => new RegExp(alone(pattern), 'giu');

/** How dates are written in a language that puts spaces between its words. Folded text. */
export function spacedForms(language: string): readonly DateForm[] {
  const months = monthsOf(language);
  const MONTH = monthPattern(language);
  const month = (name: string | undefined) => months.get(name ?? '') as string;
  const day = (text: string | undefined) => pad(String(Number.parseInt(text ?? '', 10)));
  return [
    {
      pattern: edge(`(${DAY})${OF}(${MONTH})\\.?${OF}(${YEAR_NUMBER})${TO}(${DAY})${OF}(${MONTH})\\.?${OF}(${YEAR_NUMBER})`),
      read: ([d, m, y, e, n, z]) => period(`${y}-${month(m)}-${day(d)}`, `${z}-${month(n)}-${day(e)}`),
    },
    {
      pattern: edge(`(${DAY})${OF}(${MONTH})\\.?${TO}(${DAY})${OF}(${MONTH})\\.?${OF}(${YEAR_NUMBER})`),
      read: ([d, m, e, n, y]) => period(`${y}-${month(m)}-${day(d)}`, `${y}-${month(n)}-${day(e)}`),
    },
    {
      pattern: edge(`(${DAY})${TO}(${DAY})${OF}(${MONTH})\\.?${OF}(${YEAR_NUMBER})`),
      read: ([d, e, m, y]) => period(`${y}-${month(m)}-${day(d)}`, `${y}-${month(m)}-${day(e)}`),
    },
    { pattern: edge(`(${DAY})${OF}(${MONTH})\\.?${OF}(${YEAR_NUMBER})`), read: ([d, m, y]) => period(`${y}-${month(m)}-${day(d)}`) },
    {
      pattern: edge(`(${MONTH})\\.?${OF}(${YEAR_NUMBER})${TO}(${MONTH})\\.?${OF}(${YEAR_NUMBER})`),
      read: ([m, y, n, z]) => period(`${y}-${month(m)}`, `${z}-${month(n)}`),
    },
    {
      pattern: edge(`(${MONTH})\\.?${TO}(${MONTH})\\.?${OF}(${YEAR_NUMBER})`),
      read: ([m, n, y]) => period(`${y}-${month(m)}`, `${y}-${month(n)}`),
    },
    { pattern: edge(`(${MONTH})\\.?${OF}(${YEAR_NUMBER})`), read: ([m, y]) => period(`${y}-${month(m)}`) },
    {
      pattern: edge(`(${DAY_OF_MONTH})[./-](0?[1-9]|1[0-2])[./-](${YEAR_NUMBER})`),
      read: ([d, m, y]) => period(`${y}-${pad(m!)}-${pad(d!)}`),
    },
    { pattern: edge(`(?:${DECADE})\\s+((?:1[5-9]|20|21)\\d0)`), read: ([y]) => period(y!, decadeEnd(y!)) },
    { pattern: edge(`(${YEAR_NUMBER})er(?:[- ]jahren?)?`), read: ([y]) => (y!.endsWith('0') ? period(y!, decadeEnd(y!)) : null) },
    { pattern: edge(`(${YEAR_NUMBER})${SPAN}(${YEAR_NUMBER})`), read: ([y, z]) => period(y!, z!) },
  ];
}
