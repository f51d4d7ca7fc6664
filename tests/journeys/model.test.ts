import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatLimits } from '../../src/adapters/chat-limits.ts';
import { guardedChat } from '../../src/adapters/guarded-chat.ts';
import { createOpenAIChat } from '../../src/adapters/openai/chat.ts';
import { withMarkers } from '../../src/ask/cite/cite.ts';
import type { Answer, AskEvent, AskRequest } from '../../src/core/model.ts';
import type { IndexReader } from '../../src/core/ports.ts';
import { codePointLength, sliceCodePoints } from '../../src/core/text/codepoints.ts';
import { serviceOf } from '../ask/service.ts';
import { eventually } from '../fixtures/held.ts';
import {
  type Behaviour,
  brokenJson,
  contentFilter,
  errorEvent,
  finishLength,
  flood,
  hangAfterHeaders,
  hangBeforeHeaders,
  hangMidStream,
  htmlPage,
  type ModelRequest,
  type ModelServer,
  noFinish,
  oneByteAt,
  refusal,
  reply,
  reset,
  startModelServer,
  status,
  tooManyRequests,
} from '../fixtures/model-server.ts';
import { norland, numberOf } from '../fixtures/norland.ts';

/** Limits that only what never comes reaches, however busy the machine is. */
const PATIENT = { firstMilliseconds: 60_000, idleMilliseconds: 60_000, totalMilliseconds: 100_000 };
/** For what is given up before its first word, in the middle, or because it goes on for too long. */
const SILENT = { ...PATIENT, firstMilliseconds: 300 };
const BREAKS_OFF = { ...PATIENT, idleMilliseconds: 300 };
const GOES_ON = { ...PATIENT, totalMilliseconds: 1000 };
const HARBOURS = 'How many harbours does Norland run?';
const QUAY = 'What did the new quay of Selby cost?';

let server: ModelServer;
let reader: IndexReader;
/** The same service for somebody who waits. */
let patient: Awaited<ReturnType<typeof serviceOf>>;
let ask: (request: AskRequest, read?: boolean, limits?: Partial<ChatLimits>) => Promise<{ answer: Answer; events: AskEvent[] }>;

beforeAll(async () => {
  server = await startModelServer();
  const chat = createOpenAIChat({
    baseUrl: server.url,
    model: 'scripted',
    limits: PATIENT,
  });
  const service = await serviceOf(norland, {}, { chat });
  const doubting = await serviceOf(norland, {}, { chat, check: chat });
  patient = await serviceOf(norland, {}, { chat: createOpenAIChat({ baseUrl: server.url, model: 'scripted' }) });
  reader = service.reader;
  // What is loaded at the first question takes its time on a busy machine.
  await patient.ask({ question: HARBOURS });
  ask = async (request, read = false, limits = PATIENT) => {
    const events: AskEvent[] = [];
    const limited =
      limits === PATIENT
        ? service
        : await serviceOf(norland, {}, { chat: createOpenAIChat({ baseUrl: server.url, model: 'scripted', limits }) });
    const answer = await (read ? doubting : limited).ask(request, { onEvent: (event) => events.push(event) });
    return { answer, events };
  };
});
afterAll(() => server.close());

const isReading = ({ messages }: ModelRequest) => messages[0]?.content.startsWith('You check sentences');
/** A model that writes so and, reading again, answers `verdict` for every sentence. */
const says = (write: (request: ModelRequest) => string, verdict: 'yes' | 'no' = 'yes') =>
  server.script({
    chat: (request) =>
      isReading(request)
        ? Array.from({ length: 12 }, (_, index) => `${index + 1} ${verdict}`).join('\n')
        : reply(write(request), { chunk: 7 }),
  });

/** What holds for every answer, whatever a model did. */
async function expectSound({ answer, events }: Awaited<ReturnType<typeof ask>>): Promise<void> {
  expect(events.at(-1)).toEqual({ type: 'answer', answer });
  expect(events.filter((event) => event.type === 'sentence').map((event) => event.sentence)).toEqual(answer.sentences);
  expect(answer.answer).toBe(
    answer.status === 'not_found' ? answer.answer : answer.sentences.map((one) => withMarkers(one.text, one.citations)).join(' '),
  );
  for (const sentence of answer.sentences) {
    expect(sentence.citations.length).toBeGreaterThan(0);
    for (const number of sentence.citations) expect(answer.citations.map((citation) => citation.number)).toContain(number);
  }
  for (const citation of answer.citations) {
    const text = (await reader.text(citation.briefing.id)) as string;
    expect(sliceCodePoints(text, citation.start, citation.end)).toBe(citation.quote.exact);
    expect(codePointLength(citation.quote.exact)).toBeGreaterThan(0);
  }
}

const shown = (answer: Answer) => answer.sentences.map((sentence) => sentence.text).join(' ');

describe('a model that writes well', () => {
  it('answers in its own words, with the paragraph that proves it', async () => {
    says(({ messages }) => `At present Norland operates 14 harbours. [${numberOf(messages, '14 harbours')}]`);
    const result = await ask({ question: HARBOURS });
    await expectSound(result);
    expect(result.answer).toMatchObject({ status: 'answered', mode: 'generative', model: 'scripted' });
    expect(shown(result.answer)).toBe('At present Norland operates 14 harbours.');
    expect(result.answer.citations[0]).toMatchObject({ briefing: { id: 'harbours-2026' } });
    expect(result.answer.notes).toContainEqual(expect.objectContaining({ kind: 'changed', text: expect.stringContaining('12') }));
  });

  it('is shown sentence by sentence, while it still writes', async () => {
    server.script({
      chat: ({ messages }) =>
        hangMidStream(
          `Norland runs 14 harbours [${numberOf(messages, '14 harbours')}]. Three of these harbours freeze when winter comes to the`,
        ),
    });
    const controller = new AbortController();
    const first = await new Promise<AskEvent>((resolve, reject) => {
      patient
        .ask({ question: HARBOURS }, { signal: controller.signal, onEvent: (event) => event.type === 'sentence' && resolve(event) })
        .catch(reject);
    });
    controller.abort();
    expect(first).toMatchObject({ type: 'sentence', sentence: { text: 'Norland runs 14 harbours.', citations: [1] } });
  });

  it('combines paragraphs', async () => {
    says(
      ({ messages }) =>
        `Norland runs 14 harbours [${numberOf(messages, '14 harbours')}]. The quay of Selby was opened in May 2021 and cost US$ 3,500,000 [${numberOf(messages, 'Selby')}].`,
    );
    const result = await ask({ question: 'What is known of the harbours of Norland and the new quay of Selby?' });
    await expectSound(result);
    expect(result.answer.sentences.map((sentence) => `${sentence.text} ${sentence.verdict}`)).toEqual([
      'Norland runs 14 harbours. checked',
      'The quay of Selby was opened in May 2021 and cost US$ 3,500,000. checked',
    ]);
  });

  it('says that nothing answers, and that is the answer', async () => {
    says(() => 'NOT_IN_BRIEFINGS');
    const result = await ask({ question: HARBOURS });
    await expectSound(result);
    expect(result.answer).toMatchObject({ status: 'not_found', sentences: [], citations: [] });
    expect(result.answer.nearest.length).toBeGreaterThan(0);
  });

  it('says nothing of what is not there', async () => {
    says(() => 'Norland has 3 airports [1].', 'no');
    const result = await ask({ question: 'How many airports does Zambia operate?' }, true);
    await expectSound(result);
    expect(result.answer).toMatchObject({ status: 'not_found', sentences: [] });
  });
});

describe('a model that writes what the paragraphs do not state', () => {
  const harbours = (messages: ModelRequest['messages']) => numberOf(messages, '14 harbours');
  const quay = (messages: ModelRequest['messages']) => numberOf(messages, 'Selby');
  it.each<[what: string, question: string, write: (request: ModelRequest) => string, lie: RegExp, truth: RegExp, by?: 'reader']>([
    ['a made-up number', HARBOURS, ({ messages }) => `Norland runs 15 harbours [${harbours(messages)}].`, /15/, /14/],
    [
      'two figures swapped',
      HARBOURS,
      ({ messages }) => `Norland runs 3 harbours, of which 14 freeze in winter [${harbours(messages)}].`,
      /runs 3/,
      /14 harbours/,
      'reader',
    ],
    ['another unit', QUAY, ({ messages }) => `The new quay cost US$ 3.5 billion [${quay(messages)}].`, /billion/, /3\.5 million/],
    ['another date', QUAY, ({ messages }) => `The quay of Selby was opened in May 2022 [${quay(messages)}].`, /2022/, /3\.5 million/],
    ['another name', QUAY, ({ messages }) => `Minister Eva Lund opened the quay [${quay(messages)}].`, /Lund/, /3\.5 million/],
    [
      'a forged quotation',
      HARBOURS,
      ({ messages }) => `The harbour master said that “every ship has waited for six hours” [${numberOf(messages, '14 harbours')}].`,
      /every ship/,
      /14/,
    ],
    [
      'the contrary',
      QUAY,
      ({ messages }) => `The quay has been dredged since it was opened [${quay(messages)}].`,
      /has been dredged/,
      /3\.5 million/,
    ],
    [
      'what no paragraph speaks of',
      HARBOURS,
      () => 'Norland is famous for its herring and its long winter nights [1].',
      /herring/,
      /14/,
      'reader',
    ],
    ['the older figure as today’s', HARBOURS, () => 'Norland runs 12 harbours [1].', /12 harbours/, /14/],
    // What code cannot tell, the second reader has to.
  ])('%s is withheld, and the quoted answer serves', async (_, question, write, lie, truth, by) => {
    says(write, 'no');
    const result = await ask({ question }, by === 'reader');
    await expectSound(result);
    expect(shown(result.answer)).not.toMatch(lie);
    expect(shown(result.answer)).toMatch(truth);
    expect(result.answer).toMatchObject({ mode: 'extractive', model: null });
    expect(result.answer.withheld).toHaveLength(1);
    expect(result.answer.withheld[0]?.reason).toMatch(/\w{3,}/);
    expect(result.answer.notes.map((note) => note.kind)).toContain('fallback');
  });

  it.each(['Norland runs 12 harbours [1].', 'Norland currently runs 12 harbours [1].'])(
    'says of “%s” that only an older edition states it',
    async (says12) => {
      says(() => says12);
      const { answer } = await ask({ question: HARBOURS });
      expect(answer.withheld.map((one) => one.reason)).toEqual([
        'only an older edition (March 2024) states it, and a newer one replaces that',
      ]);
    },
  );

  it('drops numbers that stand for no paragraph and finds the one that carries the sentence', async () => {
    says(() => 'Norland runs 14 harbours [9].');
    const result = await ask({ question: HARBOURS });
    await expectSound(result);
    expect(result.answer.sentences).toEqual([
      { text: 'Norland runs 14 harbours.', citations: [1], verdict: 'checked', highlight: null, under: null },
    ]);
    expect(result.answer.answer).toBe('Norland runs 14 harbours. [1]');
  });

  it('cites a sentence that came without a number, and withholds chatter', async () => {
    says(() => 'Great question! Norland runs 14 harbours. I hope this helps you with your work today.');
    const result = await ask({ question: HARBOURS });
    await expectSound(result);
    expect(shown(result.answer)).toBe('Norland runs 14 harbours.');
    expect(shown(result.answer)).not.toMatch(/Great|hope/);
  });

  it('keeps what is right beside what is wrong, and says that something is missing', async () => {
    says(
      ({ messages }) => `Norland runs 14 harbours [${harbours(messages)}]. The quay of Selby cost US$ 9.9 million [${harbours(messages)}].`,
    );
    const result = await ask({ question: HARBOURS });
    await expectSound(result);
    expect(result.answer).toMatchObject({ status: 'partial', mode: 'generative' });
    expect(shown(result.answer)).toBe('Norland runs 14 harbours.');
    expect(result.answer.withheld.map((one) => one.text)).toEqual(['The quay of Selby cost US$ 9.9 million.']);
  });

  it('gives it one chance to mend a sentence', async () => {
    server.script({
      chat: ({ messages }, number) =>
        number === 0
          ? `Norland runs 15 harbours [${numberOf(messages, '14 harbours')}].`
          : `1: Norland runs 14 harbours [${numberOf(messages, '14 harbours')}].`,
    });
    const before = server.requests.length;
    const result = await ask({ question: HARBOURS });
    await expectSound(result);
    expect(server.requests.length - before).toBe(2);
    expect(server.requests.at(-1)?.messages.at(-1)?.content).toContain('15 harbours');
    expect(result.answer).toMatchObject({ status: 'answered', mode: 'generative', withheld: [] });
    expect(result.answer.sentences).toEqual([
      { text: 'Norland runs 14 harbours.', citations: [1], verdict: 'checked', highlight: null, under: null },
    ]);
  });

  it('asks it for a second opinion where that is wanted, which can only take away', async () => {
    server.script({
      chat: (request, number) =>
        isReading(request)
          ? '1 no'
          : number === 0
            ? `Norland runs 14 harbours [${harbours(request.messages)}]. Norland runs 15 harbours [1].`
            : '',
    });
    const result = await ask({ question: HARBOURS }, true);
    await expectSound(result);
    expect(result.answer.mode).toBe('extractive');
    expect(result.answer.withheld.map((one) => one.reason)).toContainEqual(expect.stringContaining('second reading'));
  });

  it('says which edition an older figure is from, when both are asked for', async () => {
    says(
      ({ messages }) =>
        `Norland runs 12 harbours [${numberOf(messages, '12 harbours', '2024')}]. Norland runs 14 harbours [${harbours(messages)}].`,
    );
    const result = await ask({ question: 'How many harbours does Norland run in each edition?', edition: 'all' });
    await expectSound(result);
    expect(result.answer.mode).toBe('generative');
    expect(shown(result.answer)).toMatch(/2024[^.]*12 harbours/);
  });
});

describe('a server that misbehaves', () => {
  const good = (request: ModelRequest) => `Norland runs 14 harbours [${numberOf(request.messages, '14 harbours')}].`;
  const cases: [what: string, behaviour: (request: ModelRequest) => Behaviour, mode: Answer['mode'], limits?: Partial<ChatLimits>][] = [
    ['hangs before the headers', hangBeforeHeaders, 'extractive', SILENT],
    ['hangs after the headers', hangAfterHeaders, 'extractive', SILENT],
    ['hangs in the middle of a sentence', () => hangMidStream('Norland runs 1'), 'extractive', BREAKS_OFF],
    ['hangs after a sentence', (request) => hangMidStream(`${good(request)} And`), 'generative', BREAKS_OFF],
    ['answers 500', () => status(500), 'extractive'],
    ['answers 401', () => status(401), 'extractive'],
    ['answers 429 for longer than anybody waits', () => tooManyRequests(60), 'extractive'],
    ['answers with a page', () => htmlPage(200), 'extractive'],
    ['answers with a page and 502', () => htmlPage(502), 'extractive'],
    ['breaks its JSON', () => brokenJson(), 'extractive'],
    ['breaks its JSON after a sentence', (request) => brokenJson(`${good(request)} And`), 'generative'],
    ['gives no finish reason', (request) => noFinish(`${good(request)} And it`), 'generative'],
    ['stops at the most tokens', (request) => finishLength(`${good(request)} And it`), 'generative'],
    ['has a filter', () => contentFilter(), 'extractive'],
    ['refuses', () => refusal(), 'extractive'],
    ['refuses in words', () => reply('I am sorry, but I cannot help with that request.'), 'extractive'],
    ['says nothing', () => reply(''), 'extractive'],
    ['sends an error in the stream', () => errorEvent(), 'extractive'],
    ['resets the connection', () => reset(), 'extractive'],
    ['sends one byte at a time', (request) => oneByteAt(good(request), { every: 100 }), 'extractive', GOES_ON],
    ['sends a hundred megabytes', () => flood(), 'extractive'],
    ['sends one event of a hundred megabytes', () => flood({ shape: 'one-event' }), 'extractive'],
    ['writes nonsense', () => reply('%%% ][ [[1] {"a": <b> ]]] 🧨 \u0000 [1][1][1]'), 'extractive'],
  ];
  it.each(cases)('%s: the asker has an answer', async (_, behaviour, mode, limits) => {
    server.script({ chat: (request) => behaviour(request) });
    const result = await ask({ question: HARBOURS }, false, limits);
    await expectSound(result);
    expect(shown(result.answer)).toContain('14 harbours');
    expect(result.answer.mode).toBe(mode);
    expect(result.answer.notes.map((note) => note.kind)).toContain('fallback');
  });

  it('is listed in the documentation, case by case', () => {
    const page = readFileSync('docs/models.md', 'utf8');
    for (const [what, , mode] of cases)
      expect(page).toContain(`| a server ${what} | ${mode === 'extractive' ? 'the quoted answer' : 'the sentences verified'}`);
  });

  it('answers 429 once, then works: nobody notices', async () => {
    server.script({ chat: (request, number) => (number === 0 ? tooManyRequests(0) : good(request)) });
    const result = await ask({ question: HARBOURS });
    await expectSound(result);
    expect(result.answer).toMatchObject({ status: 'answered', mode: 'generative' });
  });

  it('failed twice: the next asker is told that it is left alone, and one half a minute later reaches it', async () => {
    let time = 0;
    const inner = createOpenAIChat({ baseUrl: server.url, model: 'scripted' });
    const guarded = await serviceOf(norland, {}, { chat: guardedChat(inner, { now: () => time }) });
    server.script({ chat: status(401) });
    for (let i = 0; i < 2; i++) await guarded.ask({ question: HARBOURS });
    server.script({ chat: good });
    const before = server.requests.length;
    const answer = await guarded.ask({ question: HARBOURS });
    expect(server.requests.length).toBe(before);
    expect(answer.mode).toBe('extractive');
    expect(answer.notes.find((note) => note.kind === 'fallback')?.text).toContain('half a minute');
    const none = await guarded.ask({ question: 'Who paints the ferries of Norland?' });
    expect(none).toMatchObject({ status: 'not_found' });
    expect(none.notes.find((note) => note.kind === 'fallback')?.text).toContain('no part in this reply');
    time = 31_000;
    expect(await guarded.ask({ question: HARBOURS })).toMatchObject({ status: 'answered', mode: 'generative' });
    expect(server.requests.length).toBe(before + 1);
  });

  it('has nothing to put right and says nothing: that is no failure', async () => {
    const chat = guardedChat(createOpenAIChat({ baseUrl: server.url, model: 'scripted' }));
    const guarded = await serviceOf(norland, {}, { chat });
    server.script({
      chat: (request) =>
        request.messages.at(-1)?.content.includes('failed a check') ? '' : `Norland runs 15 harbours [1]. ${good(request)}`,
    });
    // Side by side, so that no other call of theirs succeeds in between.
    const answers = await Promise.all([1, 2, 3].map(() => guarded.ask({ question: HARBOURS })));
    expect(answers.map(({ mode, status: found }) => [mode, found])).toEqual(answers.map(() => ['generative', 'partial']));
    expect(chat.problem()).toBeNull();
  });

  it('hangs up on the model when the asker leaves', async () => {
    const controller = new AbortController();
    server.script({ chat: { serve: () => controller.abort() } });
    await expect(patient.ask({ question: HARBOURS }, { signal: controller.signal })).rejects.toThrow();
    await eventually(() => expect(server.requests.at(-1)?.aborted).toBe(true));
  });
});
