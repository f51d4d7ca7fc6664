import { ACCESS_FILE, accessKey } from '../core/access.ts';
import { isPilcrowError, pilcrowError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import type { Briefing } from '../core/model.ts';
import { isPassing, reasonOf } from '../core/reasons.ts';
import { isDate } from '../core/time/dates.ts';
import { type AccessRules, accessOf } from './access.ts';
import type { Document } from './document.ts';
import { READABLE } from './formats/names.ts';
import { type DocumentReader, localReader } from './isolated.ts';
import { memoryKey, noMemory, type ReadMemory } from './memory.ts';
import { type FileProblem, type FoundFile, readFile } from './read.ts';
import type { SeenFile } from './seen.ts';

export interface GatherRequest {
  folder: string;
  /** What `readFolder` found there. */
  listing: { files: FoundFile[]; problems: FileProblem[] };
  reader?: DocumentReader;
  memory?: ReadMemory;
  overrides?: Record<string, Override>;
  /** Which groups may read which files, besides what the files say. */
  access?: AccessRules;
  now?: Date;
  signal?: AbortSignal;
  /** Files and SHA-256 of the live briefings: what a file that cannot be read now is kept from. */
  live?: ReadonlyMap<string, string>;
  /** SHA-256 of files that were looked at already; the others are read. */
  seen?: ReadonlyMap<string, SeenFile | null>;
  /** Whether a folder without a briefing is meant. */
  allowEmpty?: boolean;
  onProgress?: (progress: ReadProgress) => void;
}

/** Files done of all, the one that was done last, and how many pages (of formats that have them) and paragraphs they had. */
export interface ReadProgress {
  stage: 'read';
  done: number;
  total: number;
  file: string;
  pages: number;
  paragraphs: number;
}

/** What was found in a folder. */
export interface Gathered {
  documents: Document[];
  /** What went wrong, and what was left out on purpose. */
  problems: FileProblem[];
  notes: FileProblem[];
  /** Files that were read now; the others are as they were. */
  read: number;
  /** Files that are not taken as `seen` says: they changed since, or could not be read. */
  unsteady: ReadonlySet<string>;
}

/** Reads every briefing of a folder, those that have not changed from memory. One bad file is a problem; see `ingest`. */
export async function gather(request: GatherRequest): Promise<Gathered> {
  const { reader = localReader, memory = noMemory, now = new Date(), signal } = request;
  const { files, problems } = request.listing;
  const notes: FileProblem[] = [];
  if (files.length === 0 && !request.allowEmpty) throw emptyFolder(request, problems);
  const documents: Document[] = [];
  const seen = new Map<string, string>();
  const keys = new Set<string>();
  const unsteady = new Set<string>();
  let read = 0;
  let pages = 0;
  let paragraphs = 0;
  const take = (file: FoundFile, document: Document) => {
    const tell = (message: string, hint: string, note?: true) => (note ? notes : problems).push({ file: file.name, message, hint });
    const taken = override(ruled(document, request.access), request.overrides?.[file.name]);
    // What some may not read is no reason to leave out its twin.
    const hash = `${document.briefing.sha256} ${accessKey(taken.briefing.access)}`;
    const twin = seen.get(hash);
    for (const one of document.problems) tell(one.message, one.hint, one.note);
    if (document.paragraphs.length === 0) tell('There is no text in it.', 'A scanned document needs text recognition first.');
    else if (twin !== undefined) tell(`It is the same as ${twin} and was left out.`, 'Remove one of the two.');
    else {
      seen.set(hash, file.name);
      documents.push(taken);
    }
  };
  for (const [index, file] of files.entries()) {
    signal?.throwIfAborted();
    try {
      const hash = request.seen?.get(file.name)?.sha256;
      const usableOf = async (wanted: string) => {
        const known = await memory.document(wanted);
        // What an earlier build kept may lack what this one needs.
        return known?.names && (known.settled || known.readOn === dayOf(now)) ? known : null;
      };
      let key = hash === undefined ? null : memoryKey(memory.version, file.name, hash);
      let usable = key === null ? null : await usableOf(key);
      let bytes: Uint8Array | null = null;
      if (key === null || usable === null) {
        bytes = await readFile(file);
        const readKey = memoryKey(memory.version, file.name, sha256(bytes));
        if (readKey !== key) {
          unsteady.add(file.name);
          usable = await usableOf(readKey);
        }
        key = readKey;
      }
      keys.add(key);
      const document = usable ?? (await reader.read(file.name, bytes as Uint8Array, { now }));
      if (!usable) {
        read++;
        await memory.keep(key, document);
      }
      pages += document.paragraphs.at(-1)?.page ?? 0;
      paragraphs += document.paragraphs.length;
      take(file, document);
    } catch (error) {
      if (isPilcrowError(error) && error.code === 'bad_request') throw error;
      // A file that is being written, or that the drive does not give now, keeps what answers come from now.
      if (isPassing(error) || (isPilcrowError(error) && error.code === 'unavailable')) unsteady.add(file.name);
      const writing = isPilcrowError(error) && error.code === 'unavailable';
      const hash = writing || isPassing(error) ? request.live?.get(file.name) : undefined;
      const key = hash === undefined ? null : memoryKey(memory.version, file.name, hash);
      const before = key === null ? null : await memory.document(key);
      if (key !== null && before !== null) {
        keys.add(key);
        problems.push({
          file: file.name,
          message: writing
            ? 'It is being written; answers come from it as it was before.'
            : `It cannot be read: ${reasonOf(error)}; answers come from it as it was before.`,
          hint: writing ? 'Run ingest again when it is complete.' : 'Run ingest again when the drive is well.',
        });
        take(file, { ...before, problems: [] });
      } else problems.push(asProblem(file, error));
    }
    request.onProgress?.({ stage: 'read', done: index + 1, total: files.length, file: file.name, pages, paragraphs });
  }
  const unused = request.access?.unused(files.map(({ name }) => name)) ?? [];
  for (const pattern of unused)
    problems.push({ file: ACCESS_FILE, message: `No file fits "${pattern}".`, hint: 'See whether it is written as the folder is.' });
  if (documents.length === 0 && files.length > 0) {
    throw pilcrowError('bad_request', `No file in ${request.folder} could be read: ${problems[0]?.file}: ${problems[0]?.message}`, {
      hint: `Put your briefings there as ${READABLE} files.`,
      details: problems,
    });
  }
  await memory.prune(keys);
  return { documents, problems, notes, read, unsteady };
}

/**
 * What an ingest is made from, as one hash: every file's name and bytes, what else is told of the folder, and `rest`. Null when a
 * file cannot be read, or when there is nothing to compare it with.
 */
export function fingerprint(listing: GatherRequest['listing'], seen: ReadonlyMap<string, SeenFile | null>, rest: unknown): string | null {
  const parts = [JSON.stringify([listing.problems, rest])];
  for (const { name } of listing.files) {
    const hash = seen.get(name)?.sha256;
    if (hash === undefined) return null;
    parts.push(`${name}\n${hash}`);
  }
  return sha256(parts.join('\n'));
}

const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

function emptyFolder({ folder, live }: GatherRequest, problems: readonly FileProblem[]) {
  const count = live?.size ?? 0;
  const message =
    count === 0
      ? `There is no briefing in ${folder}.`
      : count === 1
        ? `There is no briefing in ${folder}. The briefing of the last ingest still answers.`
        : `There is no briefing in ${folder}. The ${count} briefings of the last ingest still answer.`;
  const hint =
    count === 0
      ? `Put your briefings there as ${READABLE} files.`
      : `Put your briefings there as ${READABLE} files. If none is to answer any more, say so: \`pilcrow ingest --allow-empty\`.`;
  return pilcrowError('bad_request', message, {
    hint,
    details: problems,
  });
}

function asProblem(file: FoundFile, error: unknown): FileProblem {
  // The list of problems names the file already.
  const own = (message: string) => (message.startsWith(`${file.name} `) ? `It ${message.slice(file.name.length + 1)}` : message);
  if (isPilcrowError(error)) return { file: file.name, message: own(error.message), hint: error.hint ?? '' };
  return {
    file: file.name,
    message: `It cannot be read: ${reasonOf(error)}.`,
    hint: 'See whether the file is still there and may be read.',
  };
}

function ruled(document: Document, rules: AccessRules | undefined): Document {
  const list = rules?.of(document.briefing.source) ?? null;
  if (list === null) return document;
  const { access: own, ...rest } = document.briefing;
  const access = accessOf(own?.[0] ?? null, list);
  return { ...document, briefing: { ...rest, ...(access === undefined ? {} : { access }) } };
}

function override(document: Document, set: Override | undefined): Document {
  if (!set) return document;
  const { edition, series, title } = set;
  if (edition !== undefined && !isDate(edition)) {
    throw pilcrowError('bad_request', `"${edition}" is not an edition date (${document.briefing.source}).`, {
      hint: 'Write YYYY, YYYY-MM or YYYY-MM-DD.',
    });
  }
  const briefing: Briefing = {
    ...document.briefing,
    title: title ?? document.briefing.title,
    edition: edition === undefined ? document.briefing.edition : { date: edition, stated: true, source: 'set' },
  };
  return { ...document, briefing, meta: series === undefined ? document.meta : { ...document.meta, series } };
}

/** What a person decided about one briefing; wins over what is read from it. */
export interface Override {
  title?: string;
  series?: string;
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  edition?: string;
}
