const MARKS: [string, string][] = [
  ['“', '”'],
  ['„', '“'],
  ['«', '»'],
  ['「', '」'],
  ['『', '』'],
  ['"', '"'],
  ['‘', '’'],
];

/** One form for comparing quotations: white space, quotation marks and dashes folded. */
export function foldQuotation(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[“”„«»「」『』"‘’'`]/g, "'")
    .replace(/[‐‑‒–—]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Texts between quotation marks, without the marks, in order. Single marks count only around two words or more. */
export function quotations(text: string): string[] {
  const found: string[] = [];
  for (let i = 0; i < text.length; i++) {
    const pair = MARKS.find(([open]) => open === text[i]);
    if (!pair) continue;
    const end = text.indexOf(pair[1], i + 1);
    if (end < 0) continue;
    const inner = text.slice(i + 1, end).trim();
    if (pair[0] === '‘' && !/\s/.test(inner)) continue;
    if (inner !== '') found.push(inner);
    i = end;
  }
  return found;
}

/** The first quotation of a claim that stands in none of the texts, or null. Closing punctuation inside the marks is let go. */
export function forgedQuotation(claim: string, texts: readonly string[]): string | null {
  const own = quotations(claim);
  if (own.length === 0) return null;
  const folded = texts.map(foldQuotation);
  for (const quotation of own) {
    const wanted = foldQuotation(quotation).replace(/[.,;:!?]$/, '');
    if (wanted === '') continue;
    const parts = wanted.split(/\s?(?:\.\.\.|…|\[\.\.\.\]|\[…\])\s?/).filter((part) => part !== '');
    // A capital may open the quotation where the source has none.
    const stands = (part: string) =>
      folded.some((text) => text.includes(part) || text.includes((part[0] as string).toLowerCase() + part.slice(1)));
    if (!parts.every(stands)) return quotation;
  }
  return null;
}
