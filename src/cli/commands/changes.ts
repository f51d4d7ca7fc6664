import { openEditions } from '../../compose.ts';
import { pilcrowError } from '../../core/errors.ts';
import type { ChangeKind, ChangeRow, ChangeSide, Changes, Series, SeriesEdition } from '../../core/model.ts';
import { spellDate } from '../../core/time/dates.ts';
import type { CommandContext } from '../command.ts';
import { EXIT, type Output } from '../output.ts';
import { oneLine, sanitise, terminalWidth, wrap } from '../terminal.ts';

/** What became of one edition in a later one. Without a series: the only one that has two editions. */
export async function run({ config, output, json }: CommandContext, options: Record<string, unknown>, given?: string): Promise<number> {
  const editions = await openEditions(config);
  try {
    const series = given ?? onlyOne(await editions.list());
    const { from, to } = options as { from?: string; to?: string };
    const changes = await editions.changes({ series, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) });
    if (json) output.json(changes);
    else show(changes, options.all === true, output);
    return EXIT.ok;
  } finally {
    await editions.close();
  }
}

function onlyOne(list: Series[]): string {
  const comparable = list.filter((series) => series.editions.length > 1);
  if (comparable.length === 1) return (comparable[0] as Series).id;
  const names = comparable
    .slice(0, 20)
    .map((series) => series.id)
    .join(', ');
  throw comparable.length === 0
    ? pilcrowError('bad_request', 'No series has two editions to compare.', {
        hint: '`pilcrow editions` shows which series each briefing was put into.',
      })
    : pilcrowError('bad_request', 'More than one series has several editions.', { hint: `Name one: ${names}.` });
}

const SIGNS: Record<ChangeKind, string> = { changed: '~', reworded: '≈', added: '+', removed: '-', unchanged: '=' };

function show({ series, from, to, summary, rows }: Changes, all: boolean, output: Output): void {
  const { style, line } = output;
  line(`${style.bold(oneLine(to.title))} ${style.dim(`· ${oneLine(series)}`)}`);
  line(`${name(from)} ${style.accent('→')} ${name(to)}`);
  line(
    style.dim(
      Object.entries(summary)
        .map(([kind, count]) => `${count} ${kind}`)
        .join(', '),
    ),
  );
  for (const row of rows) if (all || row.kind !== 'unchanged') showRow(row, from, to, output);
}

const name = ({ edition, briefing }: SeriesEdition) =>
  edition.date ? `${spellDate(edition.date)} edition${edition.stated ? '' : ' (date inferred)'}` : `undated ${oneLine(briefing)}`;

function showRow(
  { kind, from, to, facts, elsewhere }: ChangeRow,
  older: SeriesEdition,
  newer: SeriesEdition,
  { style, line }: Output,
): void {
  const width = terminalWidth();
  const paint = kind === 'removed' ? style.bad : kind === 'changed' ? style.warn : style.accent;
  line();
  line(
    paint(`${SIGNS[kind]} ${kind}`) +
      style.dim(
        `  ${[from, to]
          .filter((side) => side !== null)
          .map((side) => oneLine(side.paragraph))
          .join(' → ')}`,
      ),
  );
  for (const fact of facts) line(`    ${style.warn(`${oneLine(fact.from.text)} → ${oneLine(fact.to.text)}`)}`);
  const text = (side: ChangeSide, edition: SeriesEdition) => {
    line(style.dim(`    ${wrap(edition.edition.date ? spellDate(edition.edition.date) : 'undated', width, '    ')}`));
    line(`      ${wrap(sanitise(side.text), width, '      ')}`);
  };
  if (from) text(from, older);
  if (to) text(to, newer);
  if (elsewhere) line(style.dim(`    ${wrap(`Part of it is in ${oneLine(elsewhere.paragraph)}.`, width, '    ')}`));
}
