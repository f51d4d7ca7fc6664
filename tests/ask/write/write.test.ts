import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOpenAIChat } from '../../../src/adapters/openai/chat.ts';
import { startDeadline } from '../../../src/ask/write/deadline.ts';
import { type EvidenceBlock, type WriteInput, writeAnswer } from '../../../src/ask/write/write.ts';
import { pilcrowError } from '../../../src/core/errors.ts';
import type { ChatMessage, ChatModel } from '../../../src/core/ports.ts';
import {
  brokenJson,
  errorEvent,
  flood,
  hangMidStream,
  type ModelServer,
  noFinish,
  reply,
  startModelServer,
  status,
} from '../../fixtures/model-server.ts';

/** A model that gives these replies in turn, in pieces of some characters; an error ends one. */
function saying(...replies: (string | Error)[]): ChatModel & { heard: ChatMessage[][] } {
  const heard: ChatMessage[][] = [];
  return {
    name: 'scripted',
    heard,
    async *stream(messages) {
      const next = replies[heard.length] ?? '';
      heard.push([...messages]);
      if (next instanceof Error) throw next;
      for (let at = 0; at < next.length; at += 7) yield next.slice(at, at + 7);
    },
  };
}
const down = () => pilcrowError('model_unavailable', 'It is down.', { details: { kind: 'unavailable' } });

const block = (label: number, text: string, more: Partial<EvidenceBlock> = {}): EvidenceBlock => ({
  label,
  title: 'Harbour handbook',
  series: 'Harbour handbook',
  edition: '2025-03',
  newest: true,
  language: 'en',
  headings: [],
  paragraphs: [{ id: `h#p${label}`, text, lead: null }],
  ...more,
});
const BLOCKS = [
  block(1, 'The pier is 300 metres long. Repairs of the pier cost 2 million euros in 2019.'),
  block(2, 'The yard employs 45 welders. Apprentices start in autumn and stay for three years.'),
];

async function written(chat: ChatModel, more: Partial<WriteInput> = {}) {
  const shown: string[] = [];
  const deadline = startDeadline(5000, more.signal);
  try {
    const result = await writeAnswer({
      standalone: 'What about pier and yard?',
      language: 'en',
      asker: 'en',
      today: '2025-06-15',
      blocks: BLOCKS,
      chat,
      reader: null,
      deadline,
      onSentence: (sentence) => shown.push(sentence.text),
      ...more,
    });
    expect(shown).toEqual(result.sentences.map(({ text }) => text));
    return result;
  } finally {
    deadline.stop();
  }
}
const LENGTH = 'The length of the pier is 300 metres.';
const WELDERS = 'There are 45 welders at the yard.';
const summary = ({ sentences, withheld }: Awaited<ReturnType<typeof written>>) => [
  sentences.map(({ text, verdict, carriers }) => [text, verdict, carriers.map((one) => one.paragraph).join()]),
  withheld.map(({ text, reason }) => [text, reason.kind]),
];

describe('what is said of a sentence', () => {
  test('verified by both, checked by code alone, quoted word for word; two calls in all', async () => {
    const reader = saying('1 yes\n2 yes');
    const read = await written(saying(`${LENGTH} [1] The yard employs 45 welders. [2] ${WELDERS} [2]`), { reader });
    expect(summary(read)).toEqual([
      [
        [LENGTH, 'verified', 'h#p1'],
        ['The yard employs 45 welders.', 'quoted', 'h#p2'],
        [WELDERS, 'verified', 'h#p2'],
      ],
      [],
    ]);
    expect([read.reading, read.calls]).toEqual(['done', { write: 1, repair: 0, read: 1, translate: 0 }]);
    const alone = await written(saying(`${LENGTH} [1]`));
    expect([alone.sentences[0]?.verdict, alone.reading]).toEqual(['checked', 'off']);
  });

  test('the paragraph that carries it is cited when the number is wrong or missing', async () => {
    const result = await written(saying(`${LENGTH} [2] ${WELDERS} Nothing else is known of it [9].`));
    expect(result.sentences.map(({ carriers }) => carriers[0]?.paragraph)).toEqual(['h#p1', 'h#p2']);
    expect(result.unknownNumbers).toBe(1);
  });

  test('a line that opens a list rests on what its items rest on, and is not shown without any', async () => {
    const blocks = [
      block(1, 'The harbour has many things. Values are among them.'),
      block(2, '', {
        paragraphs: ['These are its values:', 'Weld with care', 'Share the tools'].map((text, at) => ({
          id: `h#l${at}`,
          text,
          lead: null,
        })),
      }),
    ];
    const list = 'The harbour has two values:\n- "Weld with care" [2]\n- "Share the tools" [2]';
    const reader = saying('1 yes');
    const read = await written(saying(list), { reader, blocks });
    expect(read.sentences.map(({ text, carriers }) => [text, carriers.map((one) => one.paragraph)])).toEqual([
      ['The harbour has two values:', expect.arrayContaining(['h#l1', 'h#l2'])],
      ['"Weld with care"', ['h#l1']],
      ['"Share the tools"', ['h#l2']],
    ]);
    const none = await written(saying('The pier has this length: \n- It is 400 metres long.'), { blocks: BLOCKS });
    expect(none.sentences).toEqual([]);
  });

  test('the reader sees each sentence with the passages it cites, and only those', async () => {
    const reader = saying('1 yes');
    await written(saying(`${LENGTH} [1]`), { reader });
    const [[, user]] = reader.heard as [[ChatMessage, ChatMessage]];
    expect(user.content).toContain('Repairs of the pier');
    expect(user.content).not.toContain('welders');
  });
});

describe('the second reader', () => {
  test('refuses, with all that leans on it', async () => {
    const result = await written(saying(`The pier is in repair since 2019. [1] It cost 2 million euros. [1] ${WELDERS} [2]`), {
      reader: saying('1 no\n2 yes\n3 yes'),
    });
    expect(summary(result)[1]).toEqual([
      ['The pier is in repair since 2019.', 'doubted'],
      ['It cost 2 million euros.', 'leaning'],
    ]);
    expect(result.sentences.map(({ text }) => text)).toEqual([WELDERS]);
  });

  test('clears a doubt; without it a doubtful sentence is withheld', async () => {
    const blocks = [block(1, 'Purchases above 600 crowns need the consent of the director, Mr Ode.')];
    const example = 'A hull of 750 crowns goes past Mr Ode first.';
    const withheld = [[example, 'figure']];
    expect(summary(await written(saying(`${example} [1]`), { blocks, reader: saying('1 yes') }))[0]).toEqual([
      [example, 'verified', 'h#p1'],
    ]);
    expect(summary(await written(saying(`${example} [1]`), { blocks }))[1]).toEqual(withheld);
    expect(summary(await written(saying(`${example} [1]`), { blocks, reader: saying(down()) }))[1]).toEqual(withheld);
  });

  test.each([
    ['fails', down()],
    ['says nothing', ''],
    ['chats', 'Sure! I have looked at all of them and they seem fine to me.'],
    ['judges sentences that are not there', '7 yes\n8 no\n0 yes'],
    ['floods', `${'x'.repeat(50_000)}\n1 yes\n2 no`],
    ['thinks aloud only', '<think>\n1 no\n2 no\n'],
  ])('when it %s, sentences are checked by code alone and that is told', async (_, says) => {
    const result = await written(saying(`${LENGTH} [1] ${WELDERS} [2]`), { reader: saying(says) });
    expect([result.sentences.map(({ verdict }) => verdict), result.reading]).toEqual([['checked', 'checked'], 'failed']);
  });

  test.each([
    '1: yes\n2: no',
    '**1** yes\n**2** no',
    '- 1. Yes, it does.\n- 2. No: the yard is not named.',
    'Sentence 1: yes\nSentence 2: no',
    '<think>1 no</think>\n1 yes\n2 no\n2 yes',
  ])('is understood when it says %j', async (says) => {
    const result = await written(saying(`${LENGTH} [1] ${WELDERS} [2]`), { reader: saying(says) });
    expect(summary(result)).toEqual([[[LENGTH, 'verified', 'h#p1']], [[WELDERS, 'doubted']]]);
  });

  test('what it judged before it broke off counts', async () => {
    const result = await written(saying(`${LENGTH} [1] ${WELDERS} [2]`), {
      reader: {
        name: 'breaks',
        async *stream() {
          yield '1 yes\n';
          throw down();
        },
      },
    });
    expect([result.sentences.map(({ verdict }) => verdict), result.reading]).toEqual([['verified', 'checked'], 'failed']);
  });
});

describe('repair', () => {
  test('a hard reason is put right once, in its place, with the passage shown; a line may become two sentences', async () => {
    const chat = saying(`The pier is 400 metres long. [1] ${WELDERS} [2]`, `1: ${LENGTH} [1] Repairs took place in 2019. [1]`);
    const result = await written(chat);
    expect(result.sentences.map(({ text, repaired }) => [text, repaired])).toEqual([
      [LENGTH, true],
      ['Repairs took place in 2019.', true],
      [WELDERS, false],
    ]);
    expect(chat.heard[1]?.[1]?.content).toContain('"the_block_says":"The pier is 300 metres long');
    expect(result.calls).toEqual({ write: 1, repair: 1, read: 0, translate: 0 });
  });

  test('an empty repair is no failure; what stays wrong is withheld with its reason', async () => {
    const result = await written(saying(`The pier is 400 metres long. [1] ${WELDERS} [2]`, ''));
    expect(summary(result)).toEqual([[[WELDERS, 'checked', 'h#p2']], [['The pier is 400 metres long.', 'figure']]]);
    expect(result.failure).toBeNull();
  });

  test('nothing is put right that names no block, or that only the reader refused', async () => {
    const chat = saying(`Zebras sing at dawn. ${LENGTH} [1]`);
    const result = await written(chat, { reader: saying('1 no') });
    expect([chat.heard.length, result.withheld.map(({ reason }) => reason.kind)]).toEqual([1, ['unsupported', 'doubted']]);
  });
});

describe('what the blocks do not say', () => {
  test('the fixed form alone is nothing', async () => {
    const result = await written(saying('NOT_IN_BRIEFINGS'), { reader: saying() });
    expect([result.nothing, result.sentences, result.reading]).toEqual([true, [], 'none']);
  });

  test('the fixed form after a statement, a missing part, or words for it are a part', async () => {
    for (const tail of ['NOT_IN_BRIEFINGS', 'NOT_STATED: who owns the pier', 'The provided passages do not say who owns the pier.']) {
      const result = await written(saying(`${LENGTH} [1]\n${tail}`));
      expect([result.nothing, result.partly, result.sentences.map(({ text }) => text), result.withheld]).toEqual([
        false,
        true,
        [LENGTH],
        [],
      ]);
    }
  });
});

describe('other languages', () => {
  test('a translation is shown when it has the figures and the reader stands by it', async () => {
    const chat = saying(`${LENGTH} [1] ${WELDERS} [2]`, '1: Der Pier ist 300 Meter lang.\n2: Auf der Werft arbeiten 54 Schweißer.');
    const result = await written(chat, { asker: 'de', reader: saying('1 yes\n2 yes\n3 yes') });
    expect(result.sentences.map(({ text, inAskersLanguage }) => [text, inAskersLanguage])).toEqual([
      ['Der Pier ist 300 Meter lang.', true],
      [WELDERS, false],
    ]);
    expect(result.inOtherLanguage).toBe(true);
    expect(result.calls).toEqual({ write: 1, repair: 0, read: 1, translate: 1 });
  });

  test('a translation nobody stands by is not shown; the sentence is', async () => {
    const result = await written(saying(`${LENGTH} [1]`, '1: Der Pier ist 300 Meter lang.'), {
      asker: 'de',
      reader: saying('1 yes\n2 no'),
    });
    expect(result.sentences.map(({ text, verdict }) => [text, verdict])).toEqual([[LENGTH, 'verified']]);
  });
});

/** One paragraph, a sentence it carries, and one that is false in a word or in the order of its words. */
const LIES: [what: string, paragraph: string, truth: string, lie: string, by: 'code' | 'reader'][] = [
  ['a prefix dropped', 'The vice-chair is Ida Roth.', 'Ida Roth is the vice-chair.', 'The chair is Ida Roth.', 'code'],
  ['a prefix exchanged', 'The part-time crew counts 12.', 'There are 12 in the part-time crew.', 'The full-time crew counts 12.', 'code'],
  ['a contrary', 'Licensed divers pay 9 euros.', 'For licensed divers it is 9 euros.', 'Unlicensed divers pay 9 euros.', 'code'],
  [
    'a plan told as done',
    'The planned lock will cost 4 million euros.',
    'The lock will cost 4 million euros.',
    'The lock cost 4 million euros.',
    'code',
  ],
  [
    'a draft told as final',
    'The draft timetable has 40 sailings.',
    'In the draft timetable there are 40 sailings.',
    'The timetable has 40 sailings.',
    'code',
  ],
  [
    'a value of another group',
    'A berth is 30 euros for yachts and 8 euros for canoes.',
    'Canoes pay 8 euros for a berth.',
    'A berth is 30 euros for canoes.',
    'reader',
  ],
  [
    'a direction turned',
    'The quay was renamed from Alder to Birch.',
    'Once Alder, the quay was renamed to Birch.',
    'The quay was renamed from Birch to Alder.',
    'reader',
  ],
  [
    'a comparison turned',
    'The tram is quieter than the coach.',
    'Of the two, the tram is quieter than the coach.',
    'The coach is quieter than the tram.',
    'reader',
  ],
  [
    'leave told as duty',
    'The school may admit guests.',
    'Guests may be admitted by the school.',
    'The school must admit guests.',
    'reader',
  ],
  [
    'others let in beside the only ones',
    'Only divers may use the ladder.',
    'The ladder is for divers only.',
    'Divers and guests may use the ladder.',
    'reader',
  ],
];

/** A reader that finds one sentence wrong, and keeps what it was shown. */
function readerAgainst(lie: string): ChatModel & { shown: string[] } {
  const shown: string[] = [];
  return {
    name: 'reader',
    shown,
    async *stream([, user]) {
      shown.push(user?.content ?? '');
      for (const line of (user?.content ?? '').split('\n')) {
        if (!line.startsWith('{"sentence"')) continue;
        const one = JSON.parse(line) as { sentence: number; text: string };
        yield `${one.sentence} ${one.text === lie ? 'no' : 'yes'}\n`;
      }
    },
  };
}

describe('one word of a small document told otherwise', () => {
  test.each(LIES)('%s: the truth is verified, the lie withheld', async (_, paragraph, truth, lie, by) => {
    const blocks = [block(1, paragraph), block(2, 'The yard employs 45 welders.')];
    const reader = readerAgainst(lie);
    const result = await written(saying(`${lie} [1] ${truth} [1]`, ''), { blocks, reader });
    expect(result.sentences.map(({ text, verdict }) => [text, verdict])).toEqual([[truth, 'verified']]);
    expect(result.withheld.map(({ text }) => text)).toEqual([lie]);
    expect(reader.shown[0]).toContain(JSON.stringify(paragraph));
    expect(reader.shown[0]).not.toContain('welders');
    const alone = await written(saying(`${lie} [1]`, ''), { blocks });
    expect(alone.sentences.map(({ verdict }) => verdict)).toEqual(by === 'code' ? [] : ['checked']);
  });
});

describe('over HTTP', () => {
  let server: ModelServer;
  beforeAll(async () => {
    server = await startModelServer();
  });
  afterAll(() => server.close());
  const model = (chat: Parameters<ModelServer['script']>[0]['chat'], idleMilliseconds = 60_000) => {
    server.script({ chat });
    return createOpenAIChat({ model: 'm', apiKey: 'k', baseUrl: server.url, limits: { firstMilliseconds: 60_000, idleMilliseconds } });
  };

  test.each([
    ['hangs after a sentence', hangMidStream(`${LENGTH} [1] ${WELDERS} [2] The yard`), 'timeout'],
    ['breaks its JSON after a sentence', brokenJson(`${LENGTH} [1] ${WELDERS} [2] The yard`), 'nonsense'],
    ['gives no finish reason', noFinish(`${LENGTH} [1] ${WELDERS} [2] The yard`), 'cut_off'],
    ['sends an error in the stream', errorEvent(`${LENGTH} [1] ${WELDERS} [2] The yard`), 'unavailable'],
  ])('a server that %s: what was complete is shown, and why it ended', async (_, behaviour, failure) => {
    const chat = model(behaviour, failure === 'timeout' ? 3000 : undefined);
    const result = await written(chat);
    expect([result.failure, result.sentences.map(({ text }) => text)]).toEqual([failure, [LENGTH, WELDERS]]);
  });

  test.each([
    ['answers 401', status(401, 'No.'), 'rejected'],
    ['sends a hundred megabytes', flood(), 'nonsense'],
  ])('a server that %s: nothing is shown', async (_, behaviour, failure) => {
    const result = await written(model(behaviour), { reader: null });
    expect([result.failure, result.sentences]).toEqual([failure, []]);
  });

  test('one server writes and reads', async () => {
    const chat = model((request) => reply(request.messages[0]?.content.startsWith('You check') ? '1 yes' : `${LENGTH} [1]`));
    expect(summary(await written(chat, { reader: chat }))).toEqual([[[LENGTH, 'verified', 'h#p1']], []]);
  });

  test('an asker who leaves ends it', async () => {
    const leaving = new AbortController();
    const work = written(model(hangMidStream('The pier')), { signal: leaving.signal });
    leaving.abort(new Error('gone'));
    await expect(work).rejects.toThrow('gone');
  });
});
