import { pilcrowError } from '../core/errors.ts';
import type {
  Briefing,
  ChangeKind,
  ChangeRow,
  ChangeSide,
  Changes,
  ChangesRequest,
  Paragraph,
  Series,
  SeriesEdition,
} from '../core/model.ts';
import type { Editions, IndexReader } from '../core/ports.ts';
import { tokens } from '../core/text/tokens.ts';
import { isDate, spellDate } from '../core/time/dates.ts';
import { align, type Pair } from './align.ts';
import { SERIES_TOLD } from './settings.ts';
import type { Idf } from './weights.ts';

/** Every series by title, its editions newest first. */
export function seriesOf(briefings: readonly Briefing[]): Series[] {
  const bySeries = new Map<string, Briefing[]>();
  for (const briefing of briefings) bySeries.set(briefing.series, [...(bySeries.get(briefing.series) ?? []), briefing]);
  return [...bySeries]
    .map(([id, members]) => {
      const editions = members.sort(newestFirst).map(editionOf);
      return { id, title: (editions[0] as SeriesEdition).title, editions };
    })
    .sort((a, b) => a.title.localeCompare(b.title, 'en') || (a.id < b.id ? -1 : 1));
}

/** The one in force first, as ingest settled it; then by date, undated last. */
function newestFirst(a: Briefing, b: Briefing): number {
  const [x, y] = [a.edition.date ?? '', b.edition.date ?? ''];
  return (
    Number(b.newest) - Number(a.newest) ||
    (x < y ? 1 : x > y ? -1 : 0) ||
    Number(b.edition.stated) - Number(a.edition.stated) ||
    (a.id < b.id ? -1 : 1)
  );
}

function editionOf({ id, title, edition, newest, source }: Briefing): SeriesEdition {
  return { briefing: id, title, edition, newest, source, url: `/briefings/${encodeURIComponent(id)}` };
}

/**
 * Compares two editions of a series. Without `from` and `to`: the newest with the one before it; with one of them, its
 * neighbour in time. The result always goes from the older to the newer one, in whichever order they were asked for.
 */
export async function changes(reader: IndexReader, request: ChangesRequest): Promise<Changes> {
  const list = seriesOf(await reader.briefings());
  const series = list.find((one) => one.id === request.series);
  if (!series) {
    const known = list
      .slice(0, SERIES_TOLD)
      .map((one) => one.id)
      .join(', ');
    throw pilcrowError('not_found', 'There is no such series.', {
      hint: list.length === 0 ? 'Nothing has been indexed.' : `Known: ${known}${list.length > SERIES_TOLD ? ' and more' : ''}.`,
    });
  }
  const [older, newer] = chosen(series, request);
  const pairs = await alignBriefings(reader, older.briefing, newer.briefing);
  const summary: Record<ChangeKind, number> = { changed: 0, reworded: 0, added: 0, removed: 0, unchanged: 0 };
  for (const pair of pairs) summary[pair.kind]++;
  return { series: series.id, from: older, to: newer, summary, rows: pairs.map(rowOf), snapshot: reader.info.id };
}

/** The older and the newer of the two editions asked for. */
function chosen(series: Series, { from, to }: ChangesRequest): [SeriesEdition, SeriesEdition] {
  const { editions } = series;
  const available = editions.map((one) => (one.edition.date ? `${one.edition.date} (${one.briefing})` : one.briefing)).join(', ');
  if (editions.length < 2) {
    throw pilcrowError(
      'bad_request',
      `The series ${series.id} has one edition only (${spelled(editions[0] as SeriesEdition)}); there is nothing to compare it with.`,
      {
        hint: 'Add another edition of the briefing to the corpus; `pilcrow editions` shows which series each one was put into.',
      },
    );
  }
  const find = (asked: string): number => {
    const byId = editions.findIndex((one) => one.briefing === asked);
    if (byId >= 0) return byId;
    const byDate = editions.flatMap((one, at) =>
      isDate(asked) && one.edition.date !== null && (one.edition.date.startsWith(asked) || asked.startsWith(one.edition.date)) ? [at] : [],
    );
    const exact = byDate.filter((at) => editions[at]?.edition.date === asked);
    const found = exact.length > 0 ? exact : byDate;
    if (found.length === 0)
      throw pilcrowError('not_found', `The series ${series.id} has no edition "${asked.slice(0, 100)}".`, { hint: `It has ${available}.` });
    if (found.length > 1)
      throw pilcrowError('bad_request', `"${asked}" is more than one edition of ${series.id}.`, {
        hint: `Name one by its full date or its id: ${available}.`,
      });
    return found[0] as number;
  };
  // Newest first: the edition before a given one is the next in the list.
  const one = to === undefined ? null : find(to);
  const two = from === undefined ? null : find(from);
  const newer = one ?? (two === 0 ? 1 : 0);
  const older = two ?? (newer + 1 < editions.length ? newer + 1 : newer - 1);
  if (newer === older) throw pilcrowError('bad_request', 'Both are the same edition.', { hint: `Choose two of ${available}.` });
  return [editions[Math.max(newer, older)] as SeriesEdition, editions[Math.min(newer, older)] as SeriesEdition];
}

const spelled = ({ edition, briefing }: SeriesEdition) => (edition.date ? spellDate(edition.date) : briefing);

const alignments = new WeakMap<IndexReader, Map<string, Promise<Pair[]>>>();
/** Alignments kept per snapshot; one of two briefings of 50 paragraphs takes about 20 kB. */
const ALIGNMENTS_KEPT = 200;

/** The alignment of two briefings of a snapshot, kept as long as it is open: snapshots do not change. */
export function alignBriefings(reader: IndexReader, older: string, newer: string): Promise<Pair[]> {
  let kept = alignments.get(reader);
  if (!kept) {
    kept = new Map();
    alignments.set(reader, kept);
  }
  const key = `${older}\n${newer}`;
  let found = kept.get(key);
  if (!found) {
    found = make(reader, older, newer);
    if (kept.size >= ALIGNMENTS_KEPT) kept.clear();
    kept.set(key, found);
    found.catch(() => kept.delete(key));
  }
  return found;
}

async function make(reader: IndexReader, older: string, newer: string): Promise<Pair[]> {
  const [from, to] = await Promise.all([reader.paragraphsOf(older), reader.paragraphsOf(newer)]);
  return align(from, to, await idfOf(reader, [...from, ...to]));
}

/** Weights of every stem of some paragraphs and their headings in a snapshot. */
export async function idfOf(reader: IndexReader, paragraphs: readonly Paragraph[]): Promise<Idf> {
  const stems = new Set<string>();
  for (const text of new Set(paragraphs.flatMap((paragraph) => [paragraph.text, ...paragraph.headings]))) {
    for (const token of tokens(text)) if (!token.stop) stems.add(token.term);
  }
  const infos = await reader.terms([...stems]);
  const weights = new Map(infos.map(({ term, idf }) => [term, Math.max(LEAST_WEIGHT, idf)]));
  const rare = Math.max(LEAST_WEIGHT, Math.log(1 + (reader.info.paragraphs + 0.5) / 0.5));
  return (term) => weights.get(term) ?? rare;
}

/** No word counts for nothing: a corpus of two paragraphs has no rare ones. */
export const LEAST_WEIGHT = 0.1;

function rowOf({ kind, from, to, facts, elsewhere }: Pair): ChangeRow {
  return { kind, from: from && sideOf(from), to: to && sideOf(to), facts, elsewhere: elsewhere && sideOf(elsewhere) };
}

function sideOf({ id, briefing, number, kind, text, headings, page }: Paragraph): ChangeSide {
  return { paragraph: id, kind, text, headings, page, url: `/briefings/${encodeURIComponent(briefing)}#p${number}` };
}

/** Counterpart of each paragraph of a briefing in another edition of its series, by number. */
async function counterparts(reader: IndexReader, briefing: string, other: string): Promise<Map<number, number>> {
  const [one, two] = await Promise.all([reader.briefing(briefing), reader.briefing(other)]);
  if (!one || !two || one.series !== two.series || one.id === two.id) return new Map();
  const forward = newestFirst(one, two) > 0;
  const pairs = await (forward ? alignBriefings(reader, one.id, two.id) : alignBriefings(reader, two.id, one.id));
  return new Map(
    pairs.flatMap(({ from, to }): [number, number][] => {
      if (!from || !to) return [];
      return [forward ? [from.number, to.number] : [to.number, from.number]];
    }),
  );
}

/** The paragraph of another edition that stands for this one, or null. */
export async function counterpart(reader: IndexReader, paragraph: string, other: string): Promise<Paragraph | null> {
  const found = await reader.paragraph(paragraph);
  const number = found && (await counterparts(reader, found.briefing, other)).get(found.number);
  return number === undefined || number === null ? null : reader.paragraph(`${other}#p${number}`);
}

/** The use cases over whatever snapshot is live when they are called. */
export function createEditions(index: () => Promise<IndexReader>): Editions {
  return {
    list: async () => seriesOf(await (await index()).briefings()),
    changes: async (request) => changes(await index(), request),
    counterparts: async (briefing, other) => counterparts(await index(), briefing, other),
  };
}
