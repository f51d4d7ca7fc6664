import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatLimits } from '../../src/adapters/chat-limits.ts';
import { guardedChat } from '../../src/adapters/guarded-chat.ts';
import { createOpenAIChat } from '../../src/adapters/openai/chat.ts';
import { PARTLY } from '../../src/ask/write/prompt.ts';
import type { Answer, AskEvent, AskRequest } from '../../src/core/model.ts';
import { serviceOf } from '../ask/service.ts';
import {
  type Behaviour,
  hangAfterHeaders,
  hangBeforeHeaders,
  hangMidStream,
  htmlPage,
  type ModelRequest,
  type ModelServer,
  oneByteAt,
  refusal,
  reply,
  startModelServer,
  status,
} from '../fixtures/model-server.ts';
import { norland, numberOf } from '../fixtures/norland.ts';

const BOTH = 'How many harbours does Norland run and what did the new quay of Selby cost?';
const LEANING = 'When was the new quay of Selby opened and who cut the ribbon?';
const HALF = 'How many harbours does Norland run and how many airports does Zambia operate?';
/** Limits that only what never comes reaches, however busy the machine is. */
const PATIENT = { firstMilliseconds: 60_000, idleMilliseconds: 60_000, totalMilliseconds: 100_000 };
/** For what is given up before its first word, in the middle, or because it goes on for too long. */
const SILENT = { ...PATIENT, firstMilliseconds: 300 };
const BREAKS_OFF = { ...PATIENT, idleMilliseconds: 300 };
const GOES_ON = { ...PATIENT, totalMilliseconds: 1000 };

let server: ModelServer;
let plain: Awaited<ReturnType<typeof serviceOf>>;
let service: Awaited<ReturnType<typeof serviceOf>>;
beforeAll(async () => {
  server = await startModelServer();
  plain = await serviceOf(norland);
  service = await serviceWith(PATIENT);
  // What is loaded at the first question takes its time on a busy machine.
  await service.ask({ question: BOTH });
});
afterAll(() => server.close());

const modelWith = (limits: Partial<ChatLimits>) => createOpenAIChat({ baseUrl: server.url, model: 'scripted', limits });
const serviceWith = (limits: Partial<ChatLimits>) => serviceOf(norland, {}, { chat: modelWith(limits) });

async function ask(request: AskRequest, asked = service) {
  const events: AskEvent[] = [];
  const before = server.requests.length;
  const answer = await asked.ask(request, { onEvent: (event) => events.push(event) });
  // What was told on the way is what the answer says at its end.
  expect(events.at(-1)).toEqual({ type: 'answer', answer });
  expect(events.flatMap((event) => (event.type === 'sentence' ? [event.sentence] : []))).toEqual(answer.sentences);
  expect(events.flatMap((event) => (event.type === 'withheld' ? [event.withheld] : []))).toEqual(answer.withheld);
  expect(events.flatMap((event) => (event.type === 'note' ? [event.note] : []))).toEqual(answer.notes);
  expect(events.filter((event) => event.type === 'passages')).toHaveLength(1);
  for (const sentence of answer.sentences) {
    for (const number of sentence.citations) expect(answer.citations.map((citation) => citation.number)).toContain(number);
  }
  return { answer, calls: server.requests.length - before };
}
const shown = (answer: Answer) => answer.sentences.map((sentence) => sentence.text).join(' ');
const harbours = ({ messages }: ModelRequest) => `Norland runs 14 harbours [${numberOf(messages, '14 harbours')}].`;
const quay = ({ messages }: ModelRequest) => `The new quay of Selby cost US$ 3.5 million [${numberOf(messages, 'Selby')}].`;
const says = (write: (request: ModelRequest) => string) => server.script({ chat: (request) => reply(write(request), { chunk: 7 }) });

describe('a question that asks several things, and a model that fails', () => {
  const failures: [what: string, behaviour: () => Behaviour, note: RegExp, limits?: Partial<ChatLimits>][] = [
    ['is down', () => status(503), /cannot be reached/],
    ['refuses the key', () => status(401), /cannot be reached/],
    ['hangs before the headers', hangBeforeHeaders, /in time/, SILENT],
    ['hangs after the headers', hangAfterHeaders, /in time/, SILENT],
    ['is too slow', () => oneByteAt('Norland runs 14 harbours [1].', { every: 100 }), /in time/, GOES_ON],
    ['answers with a page', () => htmlPage(200), /could not be read/],
    ['refuses', () => refusal(), /declined/],
    ['talks nonsense', () => reply('%%% ][ [[1] {"a": <b> ]]] [1][1][1]'), /could be verified/],
    ['makes everything up', () => reply('Norland runs 15 harbours [1]. The quay cost US$ 9 billion [1].'), /could be verified/],
  ];
  it.each(failures)('%s: each part is quoted as without a model, and the note says so', async (_, behaviour, note, limits) => {
    server.script({ chat: behaviour });
    const limited = limits ? await serviceWith(limits) : service;
    for (const question of [BOTH, LEANING]) {
      const expected = await plain.ask({ question });
      const { answer } = await ask({ question }, limited);
      expect(answer).toMatchObject({ status: 'answered', mode: 'extractive', model: null, answer: expected.answer });
      expect(answer.sentences).toEqual(expected.sentences);
      expect(answer.citations).toEqual(expected.citations);
      expect(answer.notes).toEqual([...expected.notes, { kind: 'fallback', text: expect.stringMatching(note), citations: [] }]);
    }
  });

  it('names the part that is not answered, and shows nothing that was made up', async () => {
    says(() => 'Norland runs 15 harbours [1]. Zambia operates 4 airports [1].');
    const expected = await plain.ask({ question: HALF });
    const { answer } = await ask({ question: HALF });
    expect(answer).toMatchObject({ status: 'partial', mode: 'extractive' });
    expect(answer.sentences).toEqual(expected.sentences);
    expect(answer.withheld.map((one) => one.text)).toContain('Norland runs 15 harbours.');
    expect(answer.notes.map((one) => one.kind).toSorted()).toEqual([...expected.notes.map((one) => one.kind), 'fallback'].toSorted());
  });

  it('is not called again while it rests, and the parts are quoted', async () => {
    const chat = guardedChat(modelWith(PATIENT));
    const guarded = await serviceOf(norland, {}, { chat });
    server.script({ chat: status(401) });
    for (let i = 0; i < 2; i++) await guarded.ask({ question: BOTH });
    expect(chat.problem()).not.toBeNull();
    const before = server.requests.length;
    const answer = await guarded.ask({ question: BOTH });
    expect(server.requests.length).toBe(before);
    expect(answer.sentences).toEqual((await plain.ask({ question: BOTH })).sentences);
    expect(answer.notes.at(-1)).toMatchObject({ kind: 'fallback' });
  });

  it('breaks off after one part: what was checked stands, and the answer says that it is not whole', async () => {
    server.script({ chat: (request) => hangMidStream(`${harbours(request)} And the quay of Selby`) });
    const { answer } = await ask({ question: BOTH }, await serviceWith(BREAKS_OFF));
    expect(answer).toMatchObject({ status: 'partial', mode: 'generative' });
    expect(shown(answer)).toBe('Norland runs 14 harbours.');
    expect(answer.notes.map((one) => one.kind)).toContain('fallback');
  });

  it('gets one part wrong: the right one stands, and the answer says that it is not whole', async () => {
    says((request) => `${harbours(request)} The new quay of Selby cost US$ 4 million [${numberOf(request.messages, 'Selby')}].`);
    const { answer } = await ask({ question: BOTH });
    expect(answer.status).toBe('partial');
    expect(shown(answer)).toBe('Norland runs 14 harbours.');
    expect(answer.withheld).toEqual([expect.objectContaining({ text: 'The new quay of Selby cost US$ 4 million.' })]);
  });
});

describe('a question that asks several things, and a model that writes well', () => {
  it('is answered in one call from the paragraphs of every part', async () => {
    says((request) => `${harbours(request)} ${quay(request)}`);
    const { answer, calls } = await ask({ question: BOTH });
    expect(calls).toBe(1);
    expect(answer).toMatchObject({ status: 'answered', mode: 'generative', model: 'scripted', withheld: [] });
    expect(shown(answer)).toBe('Norland runs 14 harbours. The new quay of Selby cost US$ 3.5 million.');
    expect(answer.question).toMatchObject({ asked: BOTH, standalone: expect.stringMatching(/harbours.*Selby/) });
  });

  it('says what part the briefings do not answer, and the answer is partial', async () => {
    says((request) => `${harbours(request)}\n${PARTLY} the airports of Zambia`);
    const { answer, calls } = await ask({ question: HALF });
    expect(calls).toBe(1);
    expect(server.requests.at(-1)?.messages.at(-1)?.content).toContain('airports does Zambia operate');
    expect(answer).toMatchObject({ status: 'partial', mode: 'generative' });
    expect(shown(answer)).toBe('Norland runs 14 harbours.');
    expect(answer.nearest.length).toBeGreaterThan(0);
  });

  it('shows nothing of what was made up about things that are not there', async () => {
    says(() => 'Zambia operates 4 airports [1].');
    const { answer } = await ask({ question: 'Who is the king of Zambia and how many airports does Zambia operate?' });
    expect(answer).toMatchObject({ status: 'not_found', sentences: [], citations: [] });
  });

  it('finds no answer, and that is the answer', async () => {
    says(() => 'NOT_IN_BRIEFINGS');
    const { answer } = await ask({ question: BOTH });
    expect(answer).toMatchObject({ status: 'not_found', sentences: [], citations: [] });
    expect(answer.nearest.length).toBeGreaterThan(0);
  });

  it('takes a follow-up apart as the model understood it', async () => {
    const history = [{ role: 'user' as const, content: 'What is the new quay of Selby?' }];
    const question = 'How much did it cost and who cut the ribbon?';
    server.script({
      chat: (request) =>
        request.messages[0]?.content.includes('"standalone"')
          ? JSON.stringify({ standalone: 'How much did the new quay of Selby cost and who cut the ribbon of the new quay of Selby?' })
          : status(500),
    });
    const { answer } = await ask({ question, history });
    expect(answer.question).toMatchObject({ asked: question, standalone: expect.stringContaining('How much did the new quay of Selby') });
    expect(shown(answer)).toMatch(/3\.5 million.*Ada Berg/);
    expect(answer.notes.at(-1)?.kind).toBe('fallback');
  });

  it('says in the language of the asker what was withheld', async () => {
    server.script({
      chat: (request) => {
        const system = request.messages[0]?.content ?? '';
        if (system.includes('"standalone"')) return JSON.stringify({ standalone: 'La Norlande ?', search: HALF });
        return system.startsWith('You translate') ? '' : `${harbours(request)} Norland runs 15 harbours [1].`;
      },
    });
    const { answer } = await ask({ question: 'Combien de ports la Norlande exploite-t-elle et combien d’aéroports possède la Zambie ?' });
    expect(answer.status).toBe('partial');
    expect(answer.withheld).toEqual([{ text: 'Norland runs 15 harbours.', reason: 'le chiffre « 15 » n’est pas dans le paragraphe cité' }]);
  });
});
