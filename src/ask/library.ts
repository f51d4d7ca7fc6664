import type { Abbreviation, Briefing } from '../core/model.ts';
import type { IndexReader } from '../core/ports.ts';

/** What every question of a snapshot needs to know of it. */
export interface Library {
  /** Those the briefings introduce themselves; one list a snapshot. */
  abbreviations: readonly Abbreviation[];
  briefings: ReadonlyMap<string, Briefing>;
  list: readonly Briefing[];
}

const libraries = new WeakMap<IndexReader, Library>();

/** The briefings of a snapshot by id, made once for each. */
export async function library(reader: IndexReader): Promise<Library> {
  let found = libraries.get(reader);
  if (!found) {
    const list = await reader.briefings();
    const abbreviations = (await reader.abbreviations()).filter((one) => !one.implied);
    found = { abbreviations, list, briefings: new Map(list.map((briefing) => [briefing.id, briefing])) };
    libraries.set(reader, found);
  }
  return found;
}
