/** One line of normalised text. Offsets are UTF-16; `start..end` is the line without the white space around it. */
export interface Line {
  start: number;
  end: number;
  text: string;
  /** Width of the white space before it; a tab counts 4. */
  indent: number;
  page: number;
  /** Blank lines since the line before, 0 for the next line of the same paragraph; form feeds count as blank. */
  gap: number;
}

/** The lines that are not blank, and how many pages the form feeds make (1 when there is none). */
export function readLines(text: string): { lines: Line[]; pages: number } {
  const lines: Line[] = [];
  let page = 1;
  let blank = 0;
  for (let at = 0; at <= text.length; ) {
    const newline = text.indexOf('\n', at);
    const to = newline < 0 ? text.length : newline;
    let start = at;
    let indent = 0;
    for (; start < to; start++) {
      const unit = text[start] as string;
      if (unit === '\f') {
        page++;
        blank++;
        indent = 0;
      } else if (unit === ' ') indent++;
      else if (unit === '\t') indent += 4;
      else break;
    }
    const body = text.slice(start, to);
    const trimmed = body.trimEnd();
    if (trimmed === '') blank++;
    else {
      // A form feed inside a line ends the page after it.
      lines.push({ start, end: start + trimmed.length, text: trimmed, indent, page, gap: lines.length === 0 ? 1 : blank });
      blank = 0;
    }
    for (let feed = body.indexOf('\f'); feed >= 0; feed = body.indexOf('\f', feed + 1)) {
      page++;
      blank++;
    }
    at = to + 1;
  }
  return { lines, pages: page };
}
