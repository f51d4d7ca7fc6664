import { expect, it } from 'vitest';
import { assemble } from '../../src/ingest/ingest.ts';
import { fromText } from './helpers.ts';

const edition = (year: number, body: string, title = 'Harbours') =>
  fromText(`---\ntitle: ${title}\nedition: ${year}\nseries: ${title}\n---\n\n# ${title}\n\n${body}`, `${title.toLowerCase()}-${year}.md`);
/** Texts of the chunks that a newer edition replaces, by edition. */
const replaced = async (...documents: ReturnType<typeof edition>[]) =>
  (await assemble(documents)).map(({ briefing, chunks }) => [
    briefing.edition.date,
    chunks.filter(({ superseded }) => superseded).map(({ text }) => text),
  ]);
const FERRY = 'The slowest ferry takes eleven hours to the outer islands of the coast.';
const FASTER = 'The slowest ferry takes nine hours to the outer islands of the coast.';
const DIVERS = 'Divers of the navy repaired a broken cable below the northern lighthouse.';

it('is what says much the same as the newest edition, under whatever title', async () => {
  expect(await replaced(edition(2020, `## Boats\n\n${FERRY}\n\n## Work\n\n${DIVERS}`), edition(2024, `## Ferries\n\n${FASTER}`))).toEqual([
    ['2020', [FERRY]],
    ['2024', []],
  ]);
});

it('is a section that the newest edition has as well, in a series of few editions', async () => {
  const old = `## Repairs\n\n${DIVERS}`;
  const now = '## REPAIRS\n\nNothing broke.';
  expect(await replaced(edition(2020, old), edition(2024, now))).toEqual([
    ['2020', [DIVERS]],
    ['2024', []],
  ]);
  const yearly = [2020, 2021, 2022].map((year) => edition(year, `${old} It was ${year}.`));
  expect((await replaced(...yearly, edition(2024, now))).flatMap(([, texts]) => texts)).toEqual([]);
});

it('is nothing that stands under no title, only because neither does what is new', async () => {
  expect((await replaced(edition(2020, DIVERS), edition(2024, FASTER))).flatMap(([, texts]) => texts)).toEqual([]);
});

it('is nothing of another series, and nothing where there is one edition', async () => {
  expect((await replaced(edition(2020, FERRY), edition(2024, FERRY, 'Ferries'))).flatMap(([, texts]) => texts)).toEqual([]);
  expect(await replaced(edition(2020, `${FERRY}`))).toEqual([['2020', []]]);
});
