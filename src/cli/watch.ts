import { watch } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Quiet time after a change before it is taken up: copying a folder makes many. */
const QUIET = 1500;
/** How often the folder is looked at where the system tells of no changes, as on network drives. */
const LOOK = 30_000;
const MOST_FILES = 100_000;

/**
 * Calls `changed` now and after every change below a folder, one call at a time, until the signal aborts; once more after a while
 * when it resolves to `again`. Changes are awaited from the system and, for drives that tell of none, found by names, sizes and times.
 */
export async function watchFolder(folder: string, signal: AbortSignal, changed: () => Promise<'done' | 'again'>): Promise<void> {
  let due = true;
  let wake: () => void = () => {};
  let quiet: NodeJS.Timeout | undefined;
  let repeat: NodeJS.Timeout | undefined;
  const tell = () => {
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      due = true;
      wake();
    }, QUIET);
  };
  const watcher = openWatcher(folder, tell);
  let seen = await look(folder);
  const timer = setInterval(async () => {
    const now = await look(folder);
    if (now !== seen) tell();
    seen = now;
  }, LOOK);
  const stop = () => wake();
  signal.addEventListener('abort', stop);
  try {
    while (!signal.aborted) {
      if (!due) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      due = false;
      if ((await changed()) === 'again') repeat = setTimeout(tell, LOOK);
    }
  } finally {
    clearTimeout(quiet);
    clearTimeout(repeat);
    clearInterval(timer);
    watcher?.close();
    signal.removeEventListener('abort', stop);
  }
}

/** Null where the system cannot watch the folder; then only looking finds changes. */
function openWatcher(folder: string, tell: () => void) {
  try {
    const watcher = watch(folder, { recursive: true }, (_event, name) => {
      // What editors and sync clients write beside a file is passed over by ingest as well.
      if (name === null || !/(?:^|[\\/])(?:\.|~\$)|~$/.test(name)) tell();
    });
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}

/** Names, sizes and times of all files, as one text. */
async function look(folder: string): Promise<string> {
  const found: string[] = [];
  const names = await readdir(folder, { recursive: true }).catch(() => [] as string[]);
  for (const name of names.slice(0, MOST_FILES)) {
    const about = await stat(join(folder, name)).catch(() => null);
    if (about?.isFile()) found.push(`${name} ${about.size} ${about.mtimeMs}`);
  }
  return found.join('\n');
}
