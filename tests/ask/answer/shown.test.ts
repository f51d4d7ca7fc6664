import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/core/model.ts';
import { serviceOf } from '../service.ts';

/** A section too long for one chunk, whose first half answers how wool is washed. */
const WASHING = [
  '# Handbook of the spinning mill',
  '',
  '## Washing raw wool',
  '',
  'Raw wool is washed in three baths before it is carded. Fill the first bath with water of sixty degrees and a cup of soda for each fleece, lay the fleece in without stirring, and leave it for twenty minutes. Lift it out by the net, let it drain, and lay it into the second bath, which has the same warmth but half the soda. The third bath is clear water of the same warmth, since wool felts when it is cooled of a sudden.',
  '',
  'After the third bath the fleece is pressed between two boards, never wrung, and spread on the racks of the drying loft with the cut side down. Turn it once a day. In summer a fleece is dry after two days, in winter after five, and it is dry when the thickest lock no longer feels cool against the cheek. Fleeces that are put away damp smell for years, and moths find them first.',
  '',
  '## Opening hours of the shop',
  '',
  'The shop in the old dye house is open from Tuesday to Saturday, nine to five.',
  '',
].join('\n');

const marked = (answer: Answer) => answer.sentences.filter(({ highlight }) => highlight !== null);

describe('what is shown of an answer', () => {
  it('marks in one place what answers, though what goes on from there is shown too', async () => {
    const { ask } = await serviceOf({ 'mill.md': WASHING });
    const answer = await ask({ question: 'How do I wash raw wool?' });
    expect(answer.status).toBe('answered');
    const paragraphs = new Set(answer.citations.map(({ paragraph }) => paragraph));
    expect(paragraphs.size).toBeGreaterThan(1);
    expect(marked(answer)).toHaveLength(1);
  });

  it('shows once what a briefing says twice', async () => {
    const rule = 'Visitors leave their bags in the lockers beside the wool store, since bags catch in the belts of the carding machines.';
    const { ask } = await serviceOf({
      'visits.md': `# Visits\n\n## Before the tour\n\n${rule}\n\n## During the tour\n\n${rule}\n\n## Shop\n\nThe shop takes cards.\n`,
    });
    const answer = await ask({ question: 'Where do visitors leave their bags?' });
    expect(answer.status).toBe('answered');
    expect(answer.sentences.filter(({ text }) => text === rule)).toHaveLength(1);
    expect(answer.nearest.filter(({ text }) => text.includes('bags catch'))).toHaveLength(0);
  });
});

describe('the closest passages', () => {
  const edition = (year: number, fee: string) =>
    [
      `# Mooring rules ${year}`,
      '',
      'The harbour master keeps a list of all who wait for a berth, and whoever has waited longest is asked first when a berth becomes free. Boats of the fishing cooperative, the lifeboat and the customs cutter keep their own places along the northern mole.',
      '',
      `Whoever leaves a boat at the visitors' pontoon over night pays ${fee} a metre to the harbour office before noon of the next day.`,
      '',
    ].join('\n');

  const nearestOf = async (older: string, newer: string) => {
    const { ask } = await serviceOf({ 'mooring-2019.md': edition(2019, older), 'mooring-2024.md': edition(2024, newer) });
    const answer = await ask({ question: 'Who paints the pontoon?' });
    expect(answer.status).toBe('not_found');
    return answer.nearest.map(({ briefing }) => briefing.edition.date);
  };

  it('have of what two editions say alike the newest only', async () => {
    expect(await nearestOf('4 euro', '4 euro')).toEqual(['2024']);
  });

  it('have both where they name another figure', async () => {
    expect((await nearestOf('4 euro', '6 euro')).sort()).toEqual(['2019', '2024']);
  });
});
