/**
 * Plain text: ASCII and typographic marks (U+2010 to U+205E hold dashes, quotation marks and spaces, no letters and no digits). Most
 * English text is, and patterns that need not know other letters read it several times as quickly.
 */
const PLAIN = /^[\0-\x7f\u2010-\u205e]*$/;

/** Calls for every match of a global pattern that never matches nothing. Unlike `matchAll` it makes no copy of the pattern. */
export function eachMatch(pattern: RegExp, text: string, put: (match: RegExpExecArray) => void): void {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) put(match);
}

export const isPlain = (text: string): boolean => PLAIN.test(text);

/** A pattern for any text without regard to case, as one for plain text in lower case. It uses `\p{L}` only within brackets. */
export const plainPattern = (pattern: string): RegExp =>
  new RegExp(pattern.replaceAll('\\p{L}', 'a-z').replaceAll('\\p{Nd}', '\\d').replaceAll('\\p{N}', '\\d'), 'g');
