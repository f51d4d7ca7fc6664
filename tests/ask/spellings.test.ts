import { describe, expect, it } from 'vitest';
import { serviceOf } from './service.ts';

/** What is shown first: the answer's first passage, or the closest one. */
async function firstOf(files: Record<string, string>, question: string): Promise<string> {
  const { ask } = await serviceOf(files);
  const answer = await ask({ question });
  return answer.sentences[0] ? answer.sentences.map(({ text }) => text).join(' ') : (answer.nearest[0]?.text ?? '');
}

describe('one thing written in several ways', () => {
  const forms = {
    'forms.md':
      '# Forms\n\n## Gardens\n\nForm B-12 is sent in for a new hedge and costs 15 crowns.\n\n## Wells\n\nForm B-21 is sent in for a new well and costs 40 crowns.\n\n## Sheds\n\nForm C3 is sent in for a shed and costs 25 crowns.\n',
  };
  it.each([
    ['What is form B12 for?', 'hedge'],
    ['What is form B 21 for?', 'well'],
    ['what does form C-3 cost', '25 crowns'],
  ])('codes with a hyphen, a space or neither: %s', async (question, wanted) => {
    expect(await firstOf(forms, question)).toContain(wanted);
  });

  const countries = {
    'boats.md':
      '# Boats delivered\n\n## South\n\nEswatini was given four ferries for its lake.\n\n## West\n\nCabo Verde was given nine tugs for its harbours.\n\n## East\n\nMyanmar was given two dredgers for its rivers.\n',
  };
  it.each([
    ['What was Swaziland given?', 'ferries'],
    ['What did Cape Verde get?', 'tugs'],
    ['What did Burma receive?', 'dredgers'],
  ])('countries by another name: %s', async (question, wanted) => {
    expect(await firstOf(countries, question)).toContain(wanted);
  });

  const sums = {
    'sums.md':
      '# Sums\n\n## Harbour\n\nThe harbour wall is paid with 2.4 million crowns by the region.\n\n## Bridge\n\nThe bridge is paid with 2,040,000 crowns by the town.\n\n## Road\n\nThe road is paid with 24,000 crowns by the parish.\n',
  };
  it.each([['What is paid with 2,400,000 crowns?', 'harbour wall']])('figures by their value: %s', async (question, wanted) => {
    expect(await firstOf(sums, question)).toContain(wanted);
  });
});

describe('what is shown of an answer', () => {
  it('steps go on in the next chunk of their section', async () => {
    const step = (number: number) =>
      `Step ${number}: take key number ${number} from the cabinet, turn it twice in lock number ${number} and write the time of it into column ${number} of the log book beside the door.`;
    const { ask } = await serviceOf({
      'boiler.md': `# Boiler room\n\n## How to shut down the boiler\n\n${[1, 2, 3, 4, 5].map(step).join('\n\n')}\n\n## Smoking\n\nNobody smokes in the boiler room.\n`,
    });
    const { sentences } = await ask({ question: 'How do I shut down the boiler?' });
    const shown = sentences.map(({ text }) => text).join(' ');
    for (const number of [1, 2, 3, 4, 5]) expect(shown).toContain(`Step ${number}:`);
    expect(shown).not.toContain('smokes');
  });

  it('an item keeps the item it stands under', async () => {
    const filler = (name: string) =>
      `  - ${name} is looked after by the records office, which answers letters within ten working days and keeps a list of everybody who was let in`;
    const { ask } = await serviceOf({
      'stores.md': `# Stores\n\n## Where things may be kept\n\n- The red cabinet:\n${filler('The red cabinet')}\n  - it is not fit for medicines of any kind\n- The blue cabinet:\n${filler('The blue cabinet')}\n  - it is meant for medicines that are kept cold\n`,
    });
    const { sentences } = await ask({ question: 'Which cabinet is not fit for medicines?' });
    expect(sentences.map(({ text }) => text).join(' ')).toContain('The red cabinet');
  });

  it('within one edition only the same words contradict', async () => {
    const { ask } = await serviceOf({
      'prices.md':
        '# Prices\n\n## Minutes\n\nVerbatim minutes cost 2.25 crowns a minute.\n\nLiteral minutes cost 2.50 crowns a minute.\n\n## Rooms\n\nThe small room costs 12 crowns.\n',
    });
    const { notes } = await ask({ question: 'What do verbatim minutes cost?' });
    expect(notes.filter(({ kind }) => kind === 'conflict')).toEqual([]);
  });
});
