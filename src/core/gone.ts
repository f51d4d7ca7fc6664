import type { GoneParagraph } from './model.ts';
import type { IndexReader } from './ports.ts';

/** A paragraph id whose text is gone, and where it, or what took its place, stands today: a paragraph id, or null. */
export interface Gone {
  id: string;
  since: string;
  now: string | null;
}

/** The ids of a briefing whose text is gone, in order of their numbers; none for a briefing that never was there. */
export async function goneOf(reader: IndexReader, briefing: string): Promise<Gone[]> {
  const all = await reader.gone();
  const list = all.filter(({ id }) => id.startsWith(`${briefing}#`)).sort((a, b) => numberOf(a.id) - numberOf(b.id));
  if (list.length === 0) return [];
  const byId = new Map(all.map((one) => [one.id, one]));
  return Promise.all(list.map(async ({ id, since }) => ({ id, since, now: await standsNow(id, byId, reader) })));
}

/** Follows what took the place of what. */
async function standsNow(id: string, gone: ReadonlyMap<string, GoneParagraph>, reader: IndexReader): Promise<string | null> {
  const seen = new Set<string>();
  for (let at = gone.get(id)?.now ?? null; at !== null && !seen.has(at); at = gone.get(at)?.now ?? null) {
    if (await reader.paragraph(at)) return at;
    seen.add(at);
  }
  return null;
}

const numberOf = (id: string): number => Number(id.slice(id.lastIndexOf('#p') + 2));
