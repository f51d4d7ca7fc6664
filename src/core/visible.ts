import { type Access, accessKey, type Groups, mayRead } from './access.ts';
import type { Abbreviation, Briefing, Chunk, GoneParagraph, SnapshotInfo } from './model.ts';
import { compareEditions } from './time/editions.ts';

/** Kinds of access in a snapshot: briefings of one class are read by the same people. */
export interface AccessClasses {
  /** By number, in the order in which they first occur. */
  classes: readonly (Access | undefined)[];
  /** Number of each briefing's class. */
  of: Uint32Array;
}

/** Classes of briefings, in snapshot order. The same briefings have the same classes wherever they are numbered. */
export function accessClasses(briefings: readonly Pick<Briefing, 'access'>[]): AccessClasses {
  const numbers = new Map<string, number>();
  const classes: (Access | undefined)[] = [];
  const of = Uint32Array.from(briefings, ({ access }) => {
    const key = accessKey(access);
    let number = numbers.get(key);
    if (number === undefined) {
      number = classes.push(access) - 1;
      numbers.set(key, number);
    }
    return number;
  });
  return { classes, of };
}

/** Whether any briefing is not for everybody. */
export const isRestricted = ({ classes }: AccessClasses): boolean => classes.some((access) => access !== undefined);

/** One byte a class: whether members of these groups read it. */
export const readableClasses = ({ classes }: AccessClasses, groups: Groups): Uint8Array =>
  Uint8Array.from(classes, (access) => (mayRead(access, groups) ? 1 : 0));

/** Briefings as somebody sees them who reads only some. */
export interface Visible {
  /** In the order given; null for what is not seen. What is seen does not say who else may. */
  briefings: readonly (Briefing | null)[];
  /** Ids of briefings whose chunks are not replaced by anything that is seen. */
  unreplaced: ReadonlySet<string>;
  /** Of series that are not seen whole, by the id of an edition: the newest that are seen, and how many are. */
  replacing: ReadonlyMap<string, { newest: ReadonlySet<string>; editions: number }>;
}

/** Minutes and yearly reports repeat their headings without replacing one another; a document has few editions. */
export const MOST_REPLACING = 3;

/**
 * What is left of a snapshot's briefings when only some exist. In a series of which some are not seen, the newest by date of those
 * that are is in force.
 */
export function visibleBriefings(all: readonly Briefing[], seen: (at: number) => boolean): Visible {
  const series = new Map<string, { shown: Briefing[]; hidden: Briefing[] }>();
  const kept = all.map((briefing, at) => {
    const members = series.get(briefing.series) ?? { shown: [], hidden: [] };
    series.set(briefing.series, members);
    if (!seen(at)) {
      members.hidden.push(briefing);
      return null;
    }
    members.shown.push(briefing);
    return briefing;
  });
  const newest = new Map<string, boolean>();
  const unreplaced = new Set<string>();
  const replacing = new Map<string, { newest: Set<string>; editions: number }>();
  for (const { shown, hidden } of series.values()) {
    if (hidden.length === 0) continue;
    const isReplaced = hidden.some((one) => one.newest);
    const latest = { newest: new Set<string>(), editions: shown.length };
    for (const one of shown) {
      const isNewest = shown.every((other) => compareEditions(one.edition, other.edition) >= 0);
      newest.set(one.id, isNewest);
      if (isNewest) latest.newest.add(one.id);
      replacing.set(one.id, latest);
      if (isReplaced) unreplaced.add(one.id);
    }
  }
  return {
    briefings: kept.map((briefing) => {
      if (briefing === null) return null;
      const shown = withoutAccess(briefing);
      const inForce = newest.get(briefing.id) ?? briefing.newest;
      return shown.newest === inForce ? shown : { ...shown, newest: inForce };
    }),
    unreplaced,
    replacing,
  };
}

const shownAs = new WeakMap<Briefing, Briefing>();

/** The same object for the same briefing: what is kept of a briefing elsewhere is kept for every reader of it. */
function withoutAccess(briefing: Briefing): Briefing {
  if (briefing.access === undefined) return briefing;
  let shown = shownAs.get(briefing);
  if (!shown) {
    const { access: _, ...rest } = briefing;
    shown = rest;
    shownAs.set(briefing, shown);
  }
  return shown;
}

/** A chunk as it is seen. */
export function visibleChunk(chunk: Chunk, { unreplaced, replacing }: Visible): Chunk {
  const { replacedBy, ...shown } = chunk;
  const latest = replacing.get(chunk.briefing);
  if (replacedBy === undefined) return chunk.superseded && unreplaced.has(chunk.briefing) ? { ...chunk, superseded: false } : chunk;
  if (latest === undefined) return shown;
  const bySections = latest.editions <= MOST_REPLACING;
  const superseded =
    !latest.newest.has(chunk.briefing) && replacedBy.some(({ briefing, alike }) => latest.newest.has(briefing) && (alike || bySections));
  return { ...shown, superseded };
}

/** Abbreviations of briefings of some kinds of access, each once; one without is everybody's. */
export function visibleAbbreviations(all: readonly Abbreviation[], kinds: readonly (Access | undefined)[]): Abbreviation[] {
  const keys = new Set(kinds.map(accessKey)).add(accessKey(undefined));
  const found = new Map<string, Abbreviation>();
  for (const { access, ...one } of all) {
    if (!keys.has(accessKey(access))) continue;
    const key = `${one.short}\u0000${one.long}`;
    const known = found.get(key);
    // Written out somewhere outweighs implied elsewhere.
    if (!known || (known.implied && !one.implied)) found.set(key, one);
  }
  return [...found.values()];
}

/**
 * What is gone from briefings that are seen, and where it is now when that is seen as well. Who might read a briefing that is gone
 * itself nobody can tell any more: to whoever does not read everything it never was.
 */
export const visibleGone = (all: readonly GoneParagraph[], seen: (briefing: string) => boolean): GoneParagraph[] => {
  const isSeen = (paragraph: string) => seen(paragraph.slice(0, paragraph.lastIndexOf('#')));
  return all.filter(({ id }) => isSeen(id)).map((one) => (one.now === null || isSeen(one.now) ? one : { ...one, now: null }));
};

/** What the snapshot says of itself, counting what is seen. */
export const visibleInfo = (info: SnapshotInfo, briefings: number, paragraphs: number, chunks: number): SnapshotInfo => ({
  ...info,
  briefings,
  paragraphs,
  chunks,
});
