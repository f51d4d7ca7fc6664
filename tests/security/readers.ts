import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createPilcrow, ingestCorpus, type RunningPilcrow } from '../../src/compose.ts';
import { type Config, readConfig } from '../../src/config.ts';

/** A corpus of which some may read only a part, and the service over it. */
export interface Library {
  config: Config;
  pilcrow: RunningPilcrow;
  close(): Promise<void>;
}

export async function libraryOf(files: Record<string, string>): Promise<Library> {
  const root = mkdtempSync(join(tmpdir(), 'pilcrow-readers-'));
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, 'corpus', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const config = readConfig({ PILCROW_CORPUS: join(root, 'corpus'), PILCROW_INDEX: join(root, 'index'), PILCROW_ORIGINALS: 'on' });
  await ingestCorpus(config);
  const pilcrow = await createPilcrow(config);
  return {
    config,
    pilcrow,
    close: async () => {
      await pilcrow.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Words nobody else uses, one a briefing: where one is seen, its briefing was read. */
export const MARKS = { open: 'Quillwort', staff: 'Brambling', board: 'Vellichor' } as const;
export type Level = keyof typeof MARKS;
export const LEVELS = Object.keys(MARKS) as Level[];

const body = (level: Level, year: number, figure: number) => `---
series: ${level}-tariffs
edition: ${year}
---
# ${MARKS[level]} tariffs ${year}

## What the ${MARKS[level]} pays

The ${MARKS[level]} tariff is ${figure} crowns a month in ${year}. It is paid by the ${MARKS[level]} Tariff Office (${MARKS[level][0]}TO).

## Who decides on the ${MARKS[level]}

The committee of the ${MARKS[level]} meets in Norhaven ${figure - 3} times a year.
`;

/** A series for each level, and one whose editions are for others each time. */
export const FILES: Record<string, string> = {
  'access.yaml': 'rules:\n  - files: staff/**\n    groups: [staff, board]\n  - files: board/**\n    groups: [board]\n',
  ...Object.fromEntries(
    LEVELS.flatMap((level) => [
      [`${level}/${MARKS[level].toLowerCase()}-2023.md`, body(level, 2023, 11)],
      [`${level}/${MARKS[level].toLowerCase()}-2025.md`, body(level, 2025, 14)],
    ]),
  ),
  'open/ferry-2022.md':
    '---\nseries: ferries\nedition: 2022\n---\n# Ferries\n\nThe ferry to Norhaven leaves at seven. The Quillwort is the oldest ship.\n',
  'staff/ferry-2024.md':
    '---\nseries: ferries\nedition: 2024\n---\n# Ferries\n\nThe ferry to Norhaven leaves at eight. The Brambling is the oldest ship.\n',
  'board/ferry-2026.md':
    '---\nseries: ferries\nedition: 2026\n---\n# Ferries\n\nThe ferry to Norhaven leaves at nine. The Vellichor is the oldest ship.\n',
};
