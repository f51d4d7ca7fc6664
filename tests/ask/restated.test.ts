import { beforeAll, describe, expect, it } from 'vitest';
import { serviceOf } from './service.ts';

const edition = (date: string, text: string) =>
  `---\ntitle: Ferries of Norland\nseries: ferries\nedition: ${date}\n---\n# Ferries of Norland\n\n${text}\n`;
let service: Awaited<ReturnType<typeof serviceOf>>;
beforeAll(async () => {
  service = await serviceOf({
    'ferries-2019.md': edition('2019', 'Norland set up its ferry office in Selby in 1985.\n\nThe night ferry carries 310 passengers.'),
    'ferries-2026.md': edition(
      '2026',
      'The ferry office in Selby was established in 1985. It has 40 clerks today.\n\nEvery ferry has been electric since 2024.',
    ),
  });
});

describe('what a newer edition says in other words', () => {
  it('is quoted from the newer edition', async () => {
    const answer = await service.ask({ question: 'When did Norland set up its ferry office in Selby?' });
    expect(answer.status).toBe('answered');
    expect(answer.sentences[0]?.text).toBe('The ferry office in Selby was established in 1985.');
    expect(answer.notes.map((note) => note.kind)).not.toContain('older_edition');
  });
  it('is told from what it does not say', async () => {
    const answer = await service.ask({ question: 'How many passengers does the night ferry carry?' });
    expect(answer.status).toBe('older_edition_only');
    expect(answer.sentences[0]?.text).toContain('310');
  });
});
