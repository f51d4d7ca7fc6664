import { openEditions, setEdition } from '../../compose.ts';
import { pilcrowError } from '../../core/errors.ts';
import type { EditionSource, Series } from '../../core/model.ts';
import { spellDate } from '../../core/time/dates.ts';
import type { CommandContext } from '../command.ts';
import { EXIT, type Output } from '../output.ts';
import { oneLine, terminalWidth, wrap } from '../terminal.ts';
import { runIngest } from './ingest.ts';

/** Lists series and editions, where each date came from, and which is in force. */
export async function run({ config, output, json }: CommandContext): Promise<number> {
  const editions = await openEditions(config);
  try {
    const series = await editions.list();
    if (json) output.json({ series });
    else show(series, output);
    return EXIT.ok;
  } finally {
    await editions.close();
  }
}

const FROM: Record<EditionSource, string> = {
  set: 'set by you',
  'front-matter': 'stated in the front matter',
  title: 'stated in the title',
  'first-page': 'stated on the first page',
  'file-name': 'inferred from the file name',
  text: 'inferred from the newest date in the text',
  none: 'nothing dates it',
};

function show(list: Series[], { line, style }: Output): void {
  const width = terminalWidth();
  for (const [index, { id, title, editions }] of list.entries()) {
    if (index > 0) line();
    line(`${style.bold(wrap(oneLine(title), width))} ${style.dim(`· ${oneLine(id)}`)}`);
    for (const { briefing, edition, newest, source } of editions) {
      const date = edition.date ? spellDate(edition.date) : 'undated';
      line(
        `  ${newest ? style.accent('●') : ' '} ${date.padEnd(14)} ${wrap(`${FROM[edition.source]}${newest ? '; in force' : ''}`, width, ' '.repeat(19))}`,
      );
      line(style.dim(`${' '.repeat(19)}${wrap(`${oneLine(briefing)} (${oneLine(source)})`, width, ' '.repeat(19))}`));
    }
  }
}

/** Notes the edition or series of one briefing in the corpus folder, then ingests, so that it holds at once and from now on. */
export async function set(context: CommandContext, options: Record<string, unknown>, given: string): Promise<number> {
  const { config, output, json } = context;
  const { edition, series, clear, ingest } = options as { edition?: string; series?: string; clear?: boolean; ingest?: boolean };
  if (clear ? edition !== undefined || series !== undefined : edition === undefined && series === undefined) {
    throw pilcrowError('bad_request', 'Say what to set: --edition, --series or both; or --clear alone.', {
      hint: 'Example: pilcrow editions set china-ilo-cooperation --edition 2019',
    });
  }
  const editions = await openEditions(config);
  let source: string;
  try {
    const briefings = await editions.briefings();
    const found = briefings.find((one) => one.id === given) ?? briefings.find((one) => one.source === given);
    if (!found) {
      const known = briefings
        .slice(0, 10)
        .map((one) => one.id)
        .join(', ');
      throw pilcrowError('not_found', `There is no briefing "${given}".`, {
        hint: `Known: ${known}${briefings.length > 10 ? ' and more (pilcrow editions)' : ''}.`,
      });
    }
    source = found.source;
  } finally {
    await editions.close();
  }
  await setEdition(
    config,
    source,
    clear ? null : { ...(edition === undefined ? {} : { edition }), ...(series === undefined ? {} : { series }) },
  );
  if (ingest === false) {
    if (json) output.json({ source, ingested: false });
    else output.line(`Noted for ${oneLine(source)}; it holds from the next ingest on.`);
    return EXIT.ok;
  }
  const summary = await runIngest(context);
  const now = (await listed(context))
    .flatMap((one) => one.editions.map((each) => ({ ...each, series: one.id })))
    .find((one) => one.source === source);
  if (json) output.json({ source, ingested: true, snapshot: summary.snapshot, edition: now?.edition ?? null, series: now?.series ?? null });
  else if (now)
    output.line(
      `${oneLine(source)} is the ${now.edition.date ? spellDate(now.edition.date) : 'undated'} edition of ${oneLine(now.series)}${now.newest ? ' and in force' : ''}.`,
    );
  return EXIT.ok;
}

async function listed({ config }: CommandContext): Promise<Series[]> {
  const editions = await openEditions(config);
  try {
    return await editions.list();
  } finally {
    await editions.close();
  }
}
