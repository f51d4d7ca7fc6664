import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pilcrowError } from '../core/errors.ts';

/**
 * Folder of the installed package: the nearest one above this file whose package.json is named `pilcrow`. Walking up
 * finds it from `src/adapters` and from a bundle in `dist` alike.
 */
export function packageRoot(from: string = import.meta.url): string {
  let folder = dirname(fileURLToPath(from));
  for (;;) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && isOurs(file)) return folder;
    const above = dirname(folder);
    if (above === folder) break;
    folder = above;
  }
  throw pilcrowError('bad_config', 'The folder of the pilcrow package was not found.', {
    hint: 'Pass the path of the embedding model explicitly.',
  });
}

function isOurs(file: string): boolean {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown } | null)?.name === 'pilcrow';
  } catch {
    return false;
  }
}
