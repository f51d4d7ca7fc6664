/** A line or what is left of it inside block quotes. UTF-16 offsets into the normalised text; the end is untrimmed. */
export interface Row {
  start: number;
  end: number;
  /** Depth of block quotes around it. */
  quote: number;
  text: string;
  indent: number;
}

export const FENCE = /^(`{3,}|~{3,})/;
/** Deepest block quote followed; deeper marks stay text. */
export const DEEPEST = 20;

/** The rows of a Markdown source from an offset on; comments are left out, except in fenced code. */
export function readRows(text: string, from: number): Row[] {
  const rows: Row[] = [];
  let comment = false;
  let fence = '';
  let lastComment = text.lastIndexOf('-->');
  if (lastComment < from) lastComment = -1;
  const opening = seeker(text, '<!--');
  const closing = seeker(text, '-->');
  for (let at = from; at <= text.length; ) {
    const newline = text.indexOf('\n', at);
    const to = newline < 0 ? text.length : newline;
    let start = at;
    if (comment) {
      const close = closing(at);
      if (close >= to || close < 0) {
        at = to + 1;
        continue;
      }
      start = close + 3;
      comment = false;
    }
    const row = readRow(text, start, to);
    const mark = FENCE.exec(row.text)?.[1];
    if (mark && (fence === '' || (mark.startsWith(fence) && row.text.trim() === mark))) fence = fence === '' ? mark : '';
    if (fence === '') {
      // A comment ends the row; text after a comment that closes on the same line is a row of its own.
      for (let open = opening(row.start); open >= 0 && open < row.end && open < lastComment; ) {
        row.end = open;
        row.text = text.slice(row.start, open).trimEnd();
        const close = closing(open);
        if (close >= to) {
          comment = true;
          break;
        }
        if (text.slice(close + 3, to).trim() === '') break;
        if (row.text !== '') rows.push({ ...row });
        Object.assign(row, readRow(text, close + 3, to));
        open = opening(row.start);
      }
    }
    rows.push(row);
    at = to + 1;
  }
  return rows;
}

/** `indexOf` for places that ascend: what was found ahead is remembered, so that no stretch is searched once a line. */
function seeker(text: string, mark: string): (from: number) => number {
  let searched = 0;
  let found = -2;
  return (from) => {
    if (found === -2 || from < searched || (found >= 0 && found < from)) found = text.indexOf(mark, from);
    searched = from;
    return found;
  };
}

function readRow(text: string, from: number, to: number): Row {
  let start = from;
  let quote = 0;
  let indent = 0;
  for (; start < to; start++) {
    const unit = text[start];
    if (unit === ' ') indent++;
    else if (unit === '\t') indent += 4;
    else if (unit === '>' && indent < 4 && quote < DEEPEST) {
      quote++;
      indent = -1;
    } else if (unit !== '\f') break;
  }
  return { start, end: to, quote, indent: Math.max(0, indent), text: text.slice(start, to).trimEnd() };
}
