import type { Abbreviation, Briefing } from '../core/model.ts';
import type { IndexReader } from '../core/ports.ts';
import { fold } from '../core/text/tokens.ts';

/** An abbreviation and how it is looked for. */
export type PlainAbbreviation = Abbreviation & { plain: { short: string; long: string } };

/** What every question of a snapshot needs to know of it. */
export interface Library {
  /** Those the briefings introduce themselves, with how they are looked for: `short` as a word, `long` between spaces. */
  abbreviations: readonly PlainAbbreviation[];
  /** Places in `abbreviations`, ascending: by `plain.short`, and by the first word of `plain.long`. */
  abbreviated: { byShort: ReadonlyMap<string, readonly number[]>; byFirst: ReadonlyMap<string, readonly number[]> };
  briefings: ReadonlyMap<string, Briefing>;
  list: readonly Briefing[];
  /** Languages of the briefings, the most frequent first. */
  languages: readonly string[];
}

/** Each once: a snapshot has them for each kind of access of its briefings. */
const each = (list: readonly Abbreviation[]): Abbreviation[] => [
  ...new Map(list.map((one) => [`${one.short}\u0000${one.long}`, one])).values(),
];

/** Folded words with one space between, however they were set apart. */
export const plainly = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Where in a list each key stands, ascending. */
function placesBy<T>(list: readonly T[], keyOf: (item: T) => string): Map<string, number[]> {
  const places = new Map<string, number[]>();
  list.forEach((item, at) => {
    const key = keyOf(item);
    const known = places.get(key);
    if (known) known.push(at);
    else places.set(key, [at]);
  });
  return places;
}

const libraries = new WeakMap<IndexReader, Library>();

/** The briefings of a snapshot, read once for each. */
export async function library(reader: IndexReader): Promise<Library> {
  let found = libraries.get(reader);
  if (!found) {
    const list = await reader.briefings();
    const counts = new Map<string, number>();
    for (const { language } of list) counts.set(language, (counts.get(language) ?? 0) + 1);
    const abbreviations = each((await reader.abbreviations()).filter((one) => !one.implied)).map((one) => ({
      ...one,
      plain: { short: fold(one.short), long: ` ${plainly(one.long)} ` },
    }));
    found = {
      abbreviations,
      abbreviated: {
        byShort: placesBy(abbreviations, ({ plain }) => plain.short),
        byFirst: placesBy(abbreviations, ({ plain }) => plain.long.split(' ')[1] as string),
      },
      list,
      briefings: new Map(list.map((briefing) => [briefing.id, briefing])),
      languages: [...counts].sort((a, b) => b[1] - a[1]).map(([language]) => language),
    };
    libraries.set(reader, found);
  }
  return found;
}
