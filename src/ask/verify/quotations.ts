/** An opening and its closing mark. */
const MARKS = ['“”', '„“', '«»', '「」', '『』', '""', '‘’'];

/** One form for comparing quotations: white space, quotation marks and dashes folded. */
export function foldQuotation(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[“”„«»「」『』"‘’'`]/g, "'")
    .replace(/[‐‑‒–—]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Texts between quotation marks, in order; UTF-16 offsets with the marks. Single marks count only around two words or more. */
export function quotations(text: string): { text: string; start: number; end: number }[] {
  const found: { text: string; start: number; end: number }[] = [];
  for (let i = 0; i < text.length; i++) {
    const pair = MARKS.find(([open]) => open === text[i]);
    if (!pair) continue;
    const end = text.indexOf(pair.charAt(1), i + 1);
    if (end < 0) continue;
    const inner = text.slice(i + 1, end).trim();
    if (pair[0] === '‘' && !/\s/.test(inner)) continue;
    if (inner !== '') found.push({ text: inner, start: i, end: end + 1 });
    i = end;
  }
  return found;
}

/** Whether a quotation stands in one of some texts: closing punctuation, a capital at the start and "…" between parts are let go. */
export function standsIn(quotation: string, folded: readonly string[]): boolean {
  const wanted = foldQuotation(quotation).replace(/[.,;:!?]$/, '');
  const parts = wanted.split(/\s?(?:\.\.\.|…|\[\.\.\.\]|\[…\])\s?/).filter((part) => part !== '');
  const stands = (part: string) => {
    const first = part[0] as string;
    return folded.some(
      (text) =>
        text.includes(part) || text.includes(first.toLowerCase() + part.slice(1)) || text.includes(first.toUpperCase() + part.slice(1)),
    );
  };
  return parts.every(stands);
}
