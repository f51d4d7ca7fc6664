/** A quantity as a text states it. */
export interface Figure {
  /** The value with its multiplier applied: "US$ 1.2 million" is 1200000. */
  value: number;
  /** `USD`, `EUR`, … or `%`; null for a bare number. */
  unit: string | null;
  /** `number`, `money`, `percent`, `ordinal`, `year` (1500–2199 without unit or separator). */
  kind: 'number' | 'money' | 'percent' | 'ordinal' | 'year';
  /** UTF-16 offsets of the figure with its unit. */
  start: number;
  end: number;
}

/** Decimal value of any script's digit as ASCII: Unicode lays the ten digits of a script in one run that starts at zero. */
export function asciiDigit(digit: string): string {
  if (/\d/.test(digit)) return digit;
  let code = digit.codePointAt(0) as number;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - 1))) {
    code--;
    value++;
  }
  return String(value);
}

/** Years, end exclusive: four digits from here to there that count nothing are one. */
const YEARS = [1500, 2200] as const;
export const mayBeYear = (value: number): boolean => value >= YEARS[0] && value < YEARS[1];
