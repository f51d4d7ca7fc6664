import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { extractText, getDocumentProxy } from 'unpdf';

/** A library that gives the plain text of a document. */
export interface Peer {
  name: string;
  formats: readonly string[];
  text(bytes: Buffer, format: string): Promise<string>;
}

/** Versions are named so that the table can be made again. */
const PACKAGES = ['mammoth@1.13', 'officeparser@7.8'];

/**
 * The libraries the readers are compared with. mammoth and officeparser are no dependencies of the project (officeparser brings some 100 MB):
 * npm puts them into a temporary folder, without running scripts of theirs, and `remove` takes that away.
 */
export async function loadPeers(): Promise<{ peers: Peer[]; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'pilcrow-peers-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const { status } = spawnSync(
    'npm',
    ['install', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, ...PACKAGES],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  if (status !== 0) {
    remove();
    throw new Error('npm could not fetch the peers.');
  }
  const find = createRequire(join(folder, 'package.json'));
  const load = async (name: string) => {
    const module = (await import(pathToFileURL(find.resolve(name)).href)) as Record<string, unknown> & {
      default?: Record<string, unknown>;
    };
    return { ...module.default, ...module } as Record<string, (...given: unknown[]) => Promise<unknown>>;
  };
  const [mammoth, officeparser] = [await load('mammoth'), await load('officeparser')];
  const peers: Peer[] = [
    {
      name: 'mammoth',
      formats: ['docx'],
      text: async (bytes) => {
        const made = (await mammoth.extractRawText?.({ buffer: bytes })) as { value: string } | undefined;
        return made?.value ?? '';
      },
    },
    {
      name: 'officeparser',
      formats: ['docx', 'pptx', 'html', 'pdf'],
      text: (bytes, fileType) =>
        // HTML has nothing to be known by, and has to be named.
        withoutPdfWorker(async () =>
          textOf(
            (await (officeparser.parseOffice ?? officeparser.parseOfficeAsync)?.(bytes, { fileType })) as
              | { toText?: () => string }
              | string,
          ),
        ),
    },
    {
      name: 'unpdf',
      formats: ['pdf'],
      text: async (bytes) => (await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true })).text,
    },
  ];
  return { peers, remove };
}

const textOf = (result: { toText?: () => string } | string): string => (typeof result === 'string' ? result : (result.toText?.() ?? ''));

/** Two versions of pdf.js in one process would use the worker of whichever came first. */
async function withoutPdfWorker<T>(run: () => Promise<T>): Promise<T> {
  const world = globalThis as { pdfjsWorker?: unknown };
  const own = world.pdfjsWorker;
  world.pdfjsWorker = undefined;
  try {
    return await run();
  } finally {
    world.pdfjsWorker = own;
  }
}
