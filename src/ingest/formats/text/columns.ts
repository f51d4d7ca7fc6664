import type { Line } from './lines.ts';

/** White space between two columns: a gap inside justified text is narrower. */
const GUTTER = /\s{3,}/g;
/** Fewest lines that hold both columns; two lines side by side are as well a table or an address. */
const LEAST_LINES = 3;

interface Split {
  left: Line | null;
  right: Line | null;
}

/**
 * Text set in two columns and taken out of a page line by line ("The fund stood at £12.6     Fares rose by 4 per cent"): the
 * left column first, then the right one. Only where both sides are running text that goes on from line to line; a table stays.
 */
export function splitColumns(lines: readonly Line[]): Line[] {
  const out: Line[] = [];
  for (let from = 0; from < lines.length; ) {
    let to = from + 1;
    while (to < lines.length && (lines[to] as Line).gap === 0 && (lines[to] as Line).page === (lines[from] as Line).page) to++;
    const stretch = lines.slice(from, to);
    for (const line of columnsOf(stretch) ?? stretch) out.push(line);
    from = to;
  }
  return out;
}

/** The lines of one stretch in reading order, or null when it is not two columns. */
function columnsOf(lines: readonly Line[]): Line[] | null {
  const gutters = lines.map(gutterOf);
  const columns = gutters.flatMap((gutter, at) => (gutter ? [(lines[at] as Line).indent + gutter.to] : []));
  const [column] = columns;
  if (column === undefined || columns.length < LEAST_LINES || columns.some((one) => Math.abs(one - column) > 1)) return null;
  const rows: Split[] = [];
  for (const [at, line] of lines.entries()) {
    const gutter = gutters[at];
    if (gutter) rows.push({ left: part(line, 0, gutter.from), right: part(line, gutter.to, line.text.length) });
    else if (Math.abs(line.indent - column) <= 1) rows.push({ left: null, right: { ...line, indent: 0 } });
    else if (line.indent + line.text.length < column) rows.push({ left: line, right: null });
    else return null;
  }
  const left = side(rows.map((row) => row.left));
  const right = side(rows.map((row) => row.right));
  if (!runsOn(left) || !runsOn(right)) return null;
  return [...left, { ...(right[0] as Line), gap: 1 }, ...right.slice(1)].map((line, at) =>
    at === 0 ? { ...line, gap: (lines[0] as Line).gap } : line,
  );
}

/** The only gutter of a line, as offsets into its text; null when there is none or several. */
function gutterOf(line: Line): { from: number; to: number } | null {
  const found = [...line.text.matchAll(GUTTER)];
  const [only] = found;
  return found.length === 1 && only ? { from: only.index, to: only.index + only[0].length } : null;
}

const part = (line: Line, from: number, to: number): Line => ({
  ...line,
  start: line.start + from,
  end: line.start + to,
  text: line.text.slice(from, to),
  indent: from === 0 ? line.indent : 0,
});

/** The lines of one column; where it has none, a paragraph ends. */
function side(lines: readonly (Line | null)[]): Line[] {
  const out: Line[] = [];
  let gap = 0;
  for (const line of lines) {
    if (line) out.push({ ...line, gap });
    gap = line ? 0 : 1;
  }
  return out;
}

/** Whether lines are a paragraph: three words each on the average, and most break off in a sentence that the next one takes up. */
function runsOn(lines: readonly Line[]): boolean {
  const words = lines.reduce((sum, line) => sum + (line.text.match(/\p{L}{2,}/gu)?.length ?? 0), 0);
  if (lines.length < LEAST_LINES || words < 3 * lines.length) return false;
  const goesOn = lines.slice(1).filter((line, at) => !/[.!?:;]$/.test((lines[at] as Line).text) && /^[\p{Ll}\d(]/u.test(line.text));
  return goesOn.length * 2 >= lines.length - 1;
}
