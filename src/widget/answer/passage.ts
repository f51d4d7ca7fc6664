/** Lines of a passage that are shown alike: text as it stands, or rows of a table with the names of their columns. */
export type PassagePart = { kind: 'text'; text: string } | { kind: 'table'; names: string[]; rows: string[][] };

/**
 * A passage in parts. Rows of a table come as lines ("Fare: 4; Route: Selby"): where lines that follow one another have the same names in
 * the same order they are one table; what is not plainly that stays text.
 */
export function passageParts(text: string): PassagePart[] {
  const parts: PassagePart[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; ) {
    const table = tableAt(lines, at);
    if (table) {
      parts.push({ kind: 'table', names: table.names, rows: table.rows });
      at += table.rows.length;
      continue;
    }
    const last = parts.at(-1);
    if (last?.kind === 'text') last.text += `\n${lines[at]}`;
    else parts.push({ kind: 'text', text: lines[at] as string });
    at += 1;
  }
  return parts;
}

/** The table that begins with a line: at least two rows of at least two columns, each of which has a name. */
function tableAt(lines: readonly string[], from: number): { names: string[]; rows: string[][] } | null {
  const cells = (line: string | undefined) => line?.split('; ') ?? [];
  const first = cells(lines[from]);
  if (first.length < 2) return null;
  let names: string[] | null = null;
  const rows = [first];
  for (let at = from + 1; cells(lines[at]).length === first.length; at++) {
    const common = namesOf([...rows, cells(lines[at])]);
    if (common === null) break;
    names = common;
    rows.push(cells(lines[at]));
  }
  if (names === null) return null;
  const found = names;
  return {
    names: found.map((name) => name.slice(0, -2)),
    rows: rows.map((row) => row.map((cell, column) => cell.slice((found[column] as string).length))),
  };
}

/** What the cells of each column begin with, up to their last colon; null where a column has none. */
function namesOf(rows: readonly (readonly string[])[]): string[] | null {
  const names: string[] = [];
  for (let column = 0; column < (rows[0]?.length ?? 0); column++) {
    let common = rows[0]?.[column] as string;
    for (const row of rows) while (!(row[column] as string).startsWith(common)) common = common.slice(0, -1);
    const end = common.lastIndexOf(': ');
    if (end < 1) return null;
    names.push(common.slice(0, end + 2));
  }
  return names;
}
