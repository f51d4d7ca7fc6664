import { describe, expect, it } from 'vitest';
import { serviceOf } from './service.ts';

describe('what readers make of a document is what answers say', () => {
  it('names what a labelled line stands under', async () => {
    const { ask, reader } = await serviceOf({
      'sites.txt':
        'Building sites, June 2026\n\nThe quay wall\n\nContractor: Holm and Sons\n\nThe wall is 300 metres long.\n\nState of work: begun\n\nThe ferry hall\n\nContractor: Berg Construction\n\nThe hall has two floors.\n\nState of work: finished\n',
    });
    const quay = await ask({ question: 'What is the state of work of the quay wall?' });
    expect(quay.answer).toMatch(/begun/);
    expect(quay.answer).not.toMatch(/finished/);
    const finished = await ask({ question: 'Of which building site is the state of work finished?' });
    expect(finished.sentences).toMatchObject([{ text: 'State of work: finished', under: 'The ferry hall' }]);
    await reader.close();
  });

  it('finds a word whose joined letters were lost', async () => {
    const { ask, reader } = await serviceOf({
      'hall.txt':
        'The sports hall\n\nThe \ufffdooring of the hall was renewed in 2017.\n\nThe pro\ufffdt of the spring fair was 4,200 euros.\n',
    });
    expect((await ask({ question: 'When was the flooring of the hall renewed?' })).answer).toContain('2017');
    expect((await ask({ question: 'What was the profit of the spring fair?' })).answer).toContain('4,200 euros');
    await reader.close();
  });
});
