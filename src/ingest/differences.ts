import type { Briefing, Edition } from '../core/model.ts';

/** What an ingest makes different from the live snapshot, by file. */
export interface Differences {
  added: string[];
  changed: string[];
  /** Files whose text is as it was, under another name. */
  renamed: { from: string; to: string }[];
  /** Gone from the folder, or no longer readable; a problem says which. */
  removed: string[];
  /** Briefings that are as they were. */
  same: number;
  /** Series in which another edition is in force now. */
  newEditions: { series: string; briefing: string; title: string; edition: Edition }[];
}

/** Compares briefings by file and content. */
export function differences(before: readonly Briefing[], after: readonly Briefing[]): Differences {
  const old = new Map(before.map((briefing) => [briefing.source, briefing]));
  const now = new Set(after.map(({ source }) => source));
  const gone = new Map(before.filter(({ source }) => !now.has(source)).map((briefing) => [briefing.sha256, briefing]));
  const found: Differences = { added: [], changed: [], renamed: [], removed: [], same: 0, newEditions: [] };
  for (const { source, sha256 } of after) {
    const was = old.get(source);
    const elsewhere = gone.get(sha256);
    if (was?.sha256 === sha256) found.same++;
    else if (was) found.changed.push(source);
    else if (elsewhere) {
      found.renamed.push({ from: elsewhere.source, to: source });
      gone.delete(sha256);
    } else found.added.push(source);
  }
  const moved = new Set(found.renamed.map(({ from }) => from));
  found.removed = before.filter(({ source }) => !now.has(source) && !moved.has(source)).map(({ source }) => source);
  const inForce = new Map(before.filter(({ newest }) => newest).map((briefing) => [briefing.series, briefing]));
  for (const { series, id, title, edition, newest, sha256 } of after) {
    const was = inForce.get(series);
    if (newest && was && was.sha256 !== sha256 && was.edition.date !== edition.date)
      found.newEditions.push({ series, briefing: id, title, edition });
  }
  return found;
}
