import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPilcrow, ingestCorpus, readConfig } from 'pilcrow';

/** A Pilcrow over this project's briefings, indexed in a temporary folder. */
export async function openPilcrow() {
  const config = readConfig({
    PILCROW_CORPUS: join(import.meta.dirname, '..', 'briefings'),
    PILCROW_INDEX: await mkdtemp(join(tmpdir(), 'pilcrow-example-')),
  });
  await ingestCorpus(config);
  return createPilcrow(config);
}
