import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOpenAIChat } from '../../src/adapters/openai/chat.ts';
import type { Answer } from '../../src/core/model.ts';
import { serviceOf } from '../ask/service.ts';
import { ferries } from '../fixtures/ferries.ts';
import { hangAfterHeaders, type ModelRequest, type ModelServer, startModelServer, status } from '../fixtures/model-server.ts';
import { numberOf } from '../fixtures/norland.ts';

const PATIENCE = 2500;
const SUMMARISE = 'Summarise the electric ferries.';

let server: ModelServer;
let plain: Awaited<ReturnType<typeof serviceOf>>;
let service: Awaited<ReturnType<typeof serviceOf>>;
beforeAll(async () => {
  server = await startModelServer();
  plain = await serviceOf(ferries);
  const chat = createOpenAIChat({ baseUrl: server.url, model: 'scripted', limits: { firstMilliseconds: 1500 } });
  service = await serviceOf(ferries, {}, { chat, generation: { milliseconds: PATIENCE } });
  await service.ask({ question: SUMMARISE });
});
afterAll(() => server.close());
const shown = (answer: Answer) => answer.sentences.map((one) => one.text).join(' ');
const writes = ({ messages }: ModelRequest) =>
  `The Green Crossing programme began in 2023 [${numberOf(messages, 'Green Crossing')}]. Today six electric ferries run between Selby, Marn and Oster [${numberOf(messages, 'Six electric')}].`;

describe('a broad question, with a model', () => {
  it('is answered from the paragraphs on its topic, sentence by sentence verified', async () => {
    server.script({ chat: (request) => `${writes(request)} The ferries are painted blue [1].` });
    const answer = await service.ask({ question: SUMMARISE });
    expect(answer).toMatchObject({ mode: 'generative', model: 'scripted' });
    expect(shown(answer)).toBe('The Green Crossing programme began in 2023. Today six electric ferries run between Selby, Marn and Oster.');
    expect(answer.withheld.map((one) => one.text)).toEqual(['The ferries are painted blue.']);
    expect(answer.notes.map((note) => note.text).join()).not.toMatch(/no summary/);
  });

  it('about what the briefing is about is put to the model with its beginning', async () => {
    server.script({ chat: ({ messages }) => `Norland has been in the Coast Union since 1961 [${numberOf(messages, 'since 1961')}].` });
    const answer = await service.ask({ question: 'Explain the relationship between Norland and the Coast Union.' });
    expect(shown(answer)).toBe('Norland has been in the Coast Union since 1961.');
  });

  it('about the whole briefing is put to the model with the beginning of every section', async () => {
    server.script({ chat: ({ messages }) => `Norland has been in the Coast Union since 1961 [${numberOf(messages, 'since 1961')}].` });
    const answer = await service.ask({ question: 'Summarise the briefing.' });
    expect(answer).toMatchObject({ status: 'answered', mode: 'generative' });
    const prompt = server.requests.at(-1)?.messages.at(-1)?.content ?? '';
    for (const part of ['since 1961', 'Green Crossing', 'Harbour schools train', 'safety code']) expect(prompt).toContain(part);
  });

  it.each([
    ['is down', () => status(503), /cannot be reached/],
    ['hangs', hangAfterHeaders, /in time/],
  ])('is quoted as without one when the model %s', async (_, behaviour, note) => {
    server.script({ chat: behaviour });
    const expected = await plain.ask({ question: SUMMARISE });
    const began = performance.now();
    const answer = await service.ask({ question: SUMMARISE });
    expect(performance.now() - began).toBeLessThan(PATIENCE + 1500);
    expect(answer.sentences).toEqual(expected.sentences);
    expect(answer.citations).toEqual(expected.citations);
    expect(answer.notes).toContainEqual({ kind: 'fallback', text: expect.stringMatching(note), citations: [] });
  });

  it('is not found when the model finds no answer', async () => {
    server.script({ chat: 'NOT_IN_BRIEFINGS' });
    expect(await service.ask({ question: SUMMARISE })).toMatchObject({ status: 'not_found', sentences: [], citations: [] });
  });

  it.each([
    'Explain the relationship between Zambia and the Coast Union.',
    'Tell me about Minister Ada Berg.',
    'What does the briefing say on herring quotas?',
    'Describe the Green Crossing museum.',
  ])('%s never reaches the model: its topic is not there', async (question) => {
    server.script({ chat: 'Norland has belonged to the Coast Union since 1961 [1].' });
    const before = server.requests.length;
    expect((await service.ask({ question })).status).toBe('not_found');
    expect(server.requests.length).toBe(before);
  });
});
