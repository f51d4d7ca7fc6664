import { beforeAll, describe, expect, it } from 'vitest';
import type { Answer, AskEvent } from '../../src/core/model.ts';
import { norland } from '../fixtures/norland.ts';
import { serviceOf } from './service.ts';

let service: Awaited<ReturnType<typeof serviceOf>>;
beforeAll(async () => {
  service = await serviceOf(norland);
});
const shown = (answer: Answer) => answer.sentences.map((one) => one.text).join(' ');

describe('a question that asks several things', () => {
  it('is answered part by part, with one run of citations', async () => {
    const events: AskEvent[] = [];
    const answer = await service.ask(
      { question: 'How many harbours does Norland run and what did the new quay of Selby cost?' },
      { onEvent: (event) => events.push(event) },
    );
    expect(answer.status).toBe('answered');
    expect(shown(answer)).toMatch(/14 harbours.*3\.5 million/);
    expect(answer.citations.map((citation) => citation.number)).toEqual(answer.citations.map((_, index) => index + 1));
    for (const sentence of answer.sentences) {
      for (const number of sentence.citations) {
        expect(answer.citations.find((citation) => citation.number === number)?.quote.exact).toContain(sentence.text);
      }
    }
    expect(answer.question.asked).toBe('How many harbours does Norland run and what did the new quay of Selby cost?');
    expect(events.at(-1)).toEqual({ type: 'answer', answer });
    expect(events.filter((event) => event.type === 'answer')).toHaveLength(1);
    expect(events.map((event) => event.type).filter((type) => type === 'passages')).toHaveLength(1);
    expect(events[0]?.type).toBe('passages');
    expect(events.filter((event) => event.type === 'sentence').map((event) => event.sentence)).toEqual(answer.sentences);
  });

  it('names the part that the briefings do not answer', async () => {
    const answer = await service.ask({ question: 'How many harbours does Norland run and how many airports does Zambia operate?' });
    expect(answer.status).toBe('partial');
    expect(shown(answer)).toContain('14 harbours');
    expect(answer.notes).toContainEqual({
      kind: 'partial',
      text: expect.stringMatching(/^The briefings do not answer “how many airports does Zambia operate\?”$/i),
      citations: [],
    });
    expect(answer.nearest.length).toBeGreaterThan(0);
  });

  it('declines once when nothing of it is answered', async () => {
    const answer = await service.ask({ question: 'Who is the king of Zambia and how many airports does Zambia operate?' });
    expect(answer).toMatchObject({ status: 'not_found', sentences: [], notes: [] });
  });
});
