import { beforeAll, describe, expect, it } from 'vitest';
import { norland } from '../fixtures/norland.ts';
import { serviceOf } from './service.ts';

let service: Awaited<ReturnType<typeof serviceOf>>;
beforeAll(async () => {
  service = await serviceOf(norland);
});

describe('what is said of the same people and things, but not what was asked', () => {
  it.each([
    'When was Minister Ada Berg born?',
    'What is the salary of Minister Ada Berg?',
    'How many harbours has Norland abolished?',
    'How many harbours does the US run?',
    'How many harbours does Zambia run?',
  ])('%s is declined', async (question) => {
    expect((await service.ask({ question })).status).toBe('not_found');
  });

  it('what was asked is answered', async () => {
    expect((await service.ask({ question: 'How many harbours does Norland run?' })).status).toBe('answered');
    expect((await service.ask({ question: 'Which minister cut the ribbon in Selby?' })).answer).toContain('Ada Berg');
  });
});
