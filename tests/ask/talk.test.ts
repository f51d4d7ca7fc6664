import { beforeAll, describe, expect, it } from 'vitest';
import { recognise, withoutTalk } from '../../src/ask/talk/recognise.ts';
import { isTalk } from '../../src/ask/talk/talk.ts';
import type { AskEvent, Turn } from '../../src/core/model.ts';
import { serviceOf } from './service.ts';

const files = {
  'slipway-2023.md':
    '---\nseries: slipway\nedition: "2023"\n---\n# Slipway guide\n\nThe slipway at Ardle has 14 berths. It opens at six.\n\n## Fees\n\nA day on the slipway costs 9 euros for a small boat.\n\n## Winter storage\n\nBoats are stored in the long shed from November on.\n',
  'slipway-2025.md':
    '---\nseries: slipway\nedition: "2025"\n---\n# Slipway guide\n\nThe slipway at Ardle has 18 berths. It opens at six.\n\n## Fees\n\nA day on the slipway costs 12 euros for a small boat.\n\n## Winter storage\n\nBoats are stored in the long shed from October on.\n\n## How do I book a berth?\n\nA berth is booked at the harbour office by telephone.\n',
};
let service: Awaited<ReturnType<typeof serviceOf>>;
beforeAll(async () => {
  service = await serviceOf(files);
});

describe('talk', () => {
  it.each([
    ['en', 'Hello!', 'greeting'],
    ['de', 'Moin zusammen', 'greeting'],
    ['fr', 'Bonsoir à tous', 'greeting'],
    ['es', '¡Buenos días!', 'greeting'],
    ['zh', '早上好', 'greeting'],
    ['ar', 'السلام عليكم', 'greeting'],
    ['en', 'thanks a lot, that was very helpful', 'thanks'],
    ['de', 'Tausend Dank!', 'thanks'],
    ['fr', 'au revoir', 'farewell'],
    ['es', '¿quién eres?', 'identity'],
    ['en', 'Am I talking to a human?', 'identity'],
    ['de', 'Was kannst du?', 'help'],
    ['zh', '你有哪些文件?', 'briefings'],
    ['en', 'what is the newest edition?', 'currency'],
    ['fr', 'de quoi parlent ces documents ?', 'about'],
    ['en', 'tell me a joke', 'smalltalk'],
    ['de', 'Wird es morgen regnen?', 'smalltalk'],
    ['en', 'Do you store what I ask?', 'privacy'],
    ['fr', 'Est-ce que vous gardez mes questions ?', 'privacy'],
    ['es', 'Quiero hablar con una persona', 'contact'],
    ['en', 'Can I trust your answers?', 'trust'],
    ['de', 'Kann ich hier eine Datei hochladen?', 'limits'],
    ['zh', '你会说英文吗？', 'languages'],
  ])('%s: “%s” is a %s, answered in that language without asserting anything', async (language, question, kind) => {
    const answer = await service.ask({ question });
    expect(answer.talk?.kind).toBe(kind);
    expect([answer.status, answer.outcome]).toEqual(['talk', 'talk']);
    expect(answer.question.language).toBe(language);
    expect(answer.citations).toEqual([]);
    expect(answer.sentences).toEqual([]);
  });

  it('what looks like a question is talk where it may be and the briefings have nothing like it, and nothing else is told', async () => {
    const question = 'so what sort of stuff do you know about then';
    const events: AskEvent[] = [];
    const answer = await service.ask({ question }, { onEvent: (event) => events.push(event) });
    expect([answer.talk?.kind, answer.question.language]).toEqual(['about', 'en']);
    expect(events.map(({ type }) => type)).toEqual(['answer']);
    expect((await service.ask({ question: 'How many elephants are kept in the long shed?' })).talk).toBeNull();
  });

  it('is shorter by a sentence that was said and stands in the briefings, also where the question is in another language', async () => {
    const said = 'Boats are stored in the long shed from October on.';
    const history: Turn[] = [
      { role: 'user', content: '¿Qué hacen con los barcos en invierno?' },
      { role: 'assistant', content: `Dice: «${said}» y nada más de momento.` },
    ];
    const answer = await service.ask({ question: 'más corto, por favor', history });
    expect(answer.sentences.map(({ text }) => text)).toEqual([said]);
    expect(answer.citations[0]?.text).toContain(said);
  });

  it.each([
    ['en', 'What is this place about? My cousin cooks for the crew and forwarded me the address', 'about'],
    ['en', 'Evening! Somebody at reception told me to come by', 'greeting'],
    ['fr', 'Bonsoir ! Ma voisine m’envoie par ici', 'greeting'],
    ['de', 'Wer bist du? Mein Enkel hat mir das eingerichtet', 'identity'],
    ['es', '¿Guardas mis preguntas? Soy notario y he de tener cuidado', 'privacy'],
  ])('%s: “%s” is a %s: a remark beside it asks nothing', async (language, question, kind) => {
    const answer = await service.ask({ question });
    expect([answer.talk?.kind, answer.question.language]).toEqual([kind, language]);
  });

  it('answers the question beside manners, and what somebody tells before a general question', async () => {
    for (const question of [
      'Evening! Somebody at reception asked how many berths the slipway at Ardle has?',
      'Hi, I keep a small boat. What does a day on the slipway cost?',
    ])
      expect((await service.ask({ question })).sentences.length, question).toBeGreaterThan(0);
    expect((await service.ask({ question: 'My mast broke in the gale last night. Whom should I call?' })).talk).toBeNull();
  });

  it('sums up every edition, each under its date', async () => {
    const answer = await service.ask({ question: 'Give me the main points of both editions' });
    expect(answer.sentences.flatMap(({ under }) => (under === null ? [] : [under]))).toEqual([
      'Slipway guide (2025)',
      'Slipway guide (2023)',
    ]);
    expect(new Set(answer.citations.map(({ briefing }) => briefing.id)).size).toBe(2);
    expect(
      (await service.ask({ question: 'Give me the main points' })).citations.every(({ briefing }) => briefing.id === 'slipway-2025'),
    ).toBe(true);
  });

  it('sums up a subject by the sections on it, of the edition that is named, and counts no editions where sentences are counted', async () => {
    const stored = await service.ask({ question: 'A quick digest of the winter storage part, please' });
    expect([stored.outcome, stored.sentences.map(({ text }) => text)]).toEqual([
      'answer',
      ['Boats are stored in the long shed from October on.'],
    ]);
    const older = await service.ask({ question: 'Sum up what the 2023 edition says about fees' });
    expect(older.sentences.map(({ text }) => text)).toEqual(['A day on the slipway costs 9 euros for a small boat.']);
    const two = await service.ask({ question: 'Give me the main points in two sentences' });
    expect([two.sentences.length, new Set(two.citations.map(({ briefing }) => briefing.id)).size]).toEqual([2, 1]);
    const foreign = await service.ask({ question: 'Fass mir den Abschnitt über Bootshaken zusammen' });
    expect([foreign.talk?.kind, foreign.talk?.items.some(({ text }) => text === 'Winter storage')]).toEqual(['about', true]);
  });

  it('weighs what is said to it against a sure answer of the briefings', async () => {
    const said = { kind: 'help', language: 'en', rest: [], fresh: [], question: 0.2 } as const;
    expect(isTalk({ said, known: 0, foreign: false }, 0.05)).toBe(true);
    expect(isTalk({ said, known: 0, foreign: false }, 0.8)).toBe(false);
    expect(isTalk({ said, known: 1, foreign: false }, 0.05)).toBe(false);
    expect(isTalk({ said: { ...said, question: 0.4 }, known: 0, foreign: false }, 0)).toBe(true);
    expect(isTalk({ said: { ...said, question: 0.4 }, known: 0, foreign: true }, 0)).toBe(false);
  });

  it('takes what leans on an answer for its next meaning where there is none', async () => {
    expect((await service.ask({ question: 'translate this letter for me please' })).talk?.kind).toBe('limits');
    expect((await service.ask({ question: 'are you quite sure about that?' })).talk?.kind).toBe('trust');
  });

  it('asks the edition that is named by its date, also where the question is in another language', async () => {
    const history: Turn[] = [
      { role: 'user', content: '¿Cuánto cuesta el día?' },
      { role: 'assistant', content: 'A day on the slipway costs 12 euros for a small boat.' },
    ];
    const answer = await service.ask({ question: '¿Y qué decía la de 2023?', history });
    expect(answer.nearest[0]?.text ?? answer.sentences[0]?.text).toContain('9 euros');
  });

  it('takes back nothing that stands there word for word, and shows what is like it where the words for another one are foreign', async () => {
    const history: Turn[] = [
      { role: 'user', content: '¿Cuánto pagan los barcos al día?' },
      { role: 'assistant', content: 'A day on the slipway costs 12 euros for a small boat.' },
    ];
    const sure = await service.ask({ question: '¿seguro?', history });
    expect(sure.answer).toContain('palabra por palabra');
    expect(sure.nearest[0]?.text).toContain('12 euros');
    const other = await service.ask({ question: 'no, me refería al del invierno', history });
    expect(other.talk?.kind).toBe('follow_up');
    expect(other.nearest.length).toBeGreaterThan(0);
    expect(other.nearest.every(({ text }) => !text.includes('12 euros'))).toBe(true);
  });

  it('says of itself what is so: what it keeps, and where people turn', async () => {
    const [keeps, where] = await Promise.all(
      ['Do you store my questions?', 'I want to talk to a human'].map((question) => service.ask({ question })),
    );
    expect(keeps?.answer).toContain('not logged');
    expect(where?.answer).toContain('No contact is named');
    const other = await serviceOf(files, {}, { service: { name: 'Berth desk', contact: 'desk@ardle.example', questionDays: 30 } });
    expect((await other.ask({ question: 'Do you store my questions?' })).answer).toContain('30 days');
    expect((await other.ask({ question: 'I want to talk to a human' })).answer).toContain('desk@ardle.example');
    expect((await other.ask({ question: 'who are you?' })).answer).toContain('Berth desk');
  });

  it('sends whoever despairs to people, and suggests no questions', async () => {
    for (const [question, language] of [
      ['I want to die', 'en'],
      ['Ich will nicht mehr leben', 'de'],
      ['我不想活了', 'zh'],
    ] as const) {
      const answer = await service.ask({ question });
      expect(answer.question.language).toBe(language);
      expect(answer.answer).toMatch(/emergency|Notruf|急救/);
      expect(answer.suggestions).toEqual([]);
    }
  });

  it('names what there is, and suggests what it can answer', async () => {
    const answer = await service.ask({ question: 'which documents do you have?' });
    expect(answer.talk?.items.map(({ text }) => text)).toEqual(['Slipway guide (2025)', 'Slipway guide (2023)']);
    expect(answer.talk?.items[0]?.url).toBe('/briefings/slipway-2025');
    expect(answer.suggestions.length).toBeGreaterThan(0);
    for (const question of answer.suggestions) expect((await service.ask({ question })).status, question).toBe('answered');
  });

  it('leaves every message with a word of substance to the briefings', () => {
    for (const question of [
      'Hello, how many berths has the slipway?',
      'thanks, and when does it open?',
      'What can I do about a broken rudder?',
      'Which documents do I need to register a boat?',
      'Who can help me with the crane?',
      'Summarise the winter storage rules',
      'What is new?',
      'what has changed since 2023?',
      'Was gibt es Neues?',
      'Quoi de neuf ?',
      'Wer hilft beim Kran?',
      'Quels documents faut-il pour un bateau ?',
    ])
      for (const answered of [false, true]) expect(recognise(question, answered)?.rest.length ?? 1, question).toBeGreaterThan(0);
    expect(recognise('How does it work?', true)).toBeNull();
    expect(recognise('Rubber seals and summer heat in US harbours: are they related?', false)).toBeNull();
  });

  it.each([
    ['en', 'whats your nmae', 'identity'],
    ['en', 'tahnk you so much!!', 'thanks'],
    ['fr', 'merçi bcp', 'thanks'],
    ['es', 'quien te creo', 'identity'],
  ])('%s: “%s” is a %s, though nobody wrote it down', (language, question, kind) => {
    expect(recognise(question, false)).toMatchObject({ kind, language });
  });

  it('takes a word that the briefings know for what a message is about', async () => {
    for (const question of ['what is a slipway?', 'berths?', 'can you help me with storage'])
      expect((await service.ask({ question })).talk, question).toBeNull();
  });

  it('sums up by quotation: of the newest, of an edition, of a title', async () => {
    const told: AskEvent[] = [];
    const newest = await service.ask({ question: 'Can you give me the main points?' }, { onEvent: (event) => told.push(event) });
    expect(newest.status).toBe('answered');
    expect(newest.preface).toContain('2025');
    expect(newest.sentences.map(({ text }) => text)).toContain('A day on the slipway costs 12 euros for a small boat.');
    expect(newest.sentences.every(({ citations }) => citations.length === 1)).toBe(true);
    expect(newest.answer.startsWith(newest.preface as string)).toBe(true);
    expect(told.map(({ type }) => type)).toEqual(['preface', ...newest.sentences.map(() => 'sentence'), 'answer']);
    const older = await service.ask({ question: 'Summarise the 2023 edition' });
    expect(older.sentences.map(({ text }) => text)).toContain('A day on the slipway costs 9 euros for a small boat.');
    expect((await service.ask({ question: 'summary of the slipway guide please' })).preface).toContain('Slipway guide');
    expect((await service.ask({ question: 'Summarise the 1999 edition' })).preface).toBeNull();
  });

  it('gives as many points as somebody wants, and no label for a sentence', async () => {
    const contacts = await serviceOf({
      'guide.md':
        '# Guide\n\nThe guide tells who does what in the yard.\n\n## Crane\n\nThe crane lifts two tonnes in calm weather.\n\n## Telephone\n\nTelephone: 112\n\n## Paint\n\nPaint is kept in the blue shed.\n\n## Keys\n\nKeys hang at the office door.\n',
    });
    expect((await contacts.ask({ question: 'summarise it in 3 points' })).sentences).toHaveLength(3);
    const all = await contacts.ask({ question: 'summary please' });
    expect(all.sentences.map(({ text }) => text).join(' ')).not.toContain('112');
    expect(all.preface).toContain('3 of its 4');
  });

  it('gives clients the titles, tags and questions they ask for, without facts', async () => {
    const pasted = 'User: How much is a day on the slipway?\nAssistant: 12 euros [1].';
    const title = await service.ask({
      question: `Please generate a concise, 5-word-or-less title for the conversation, with no punctuation. ${pasted}`,
    });
    expect(title.talk?.kind).toBe('task');
    expect(title.answer).toMatch(/slipway/i);
    expect(title.answer).not.toMatch(/12|\?|\[/);
    const tags = await service.ask({
      question: `### Task:\nGenerate 1-3 broad tags categorizing the main themes of the chat history.\n### Output:\nJSON format: { "tags": ["tag1"] }\n### Chat History:\n${pasted}`,
    });
    expect(JSON.parse(tags.answer)).toEqual({ tags: ['Slipway guide'] });
    const next = await service.ask({
      question: `### Task:\nSuggest 3-5 relevant follow-up questions for this conversation. JSON format: { "follow_ups": ["Question 1?"] }\n<chat_history>\n${pasted}\n</chat_history>`,
    });
    expect(JSON.parse(next.answer).follow_ups.length).toBeGreaterThan(0);
    expect((await service.ask({ question: 'What title has the guide to the slipway?' })).talk).toBeNull();
  });
});

describe('what leans on the answer before', () => {
  const asked: Turn = { role: 'user', content: 'How many berths has the slipway at Ardle?' };
  const right: Turn[] = [asked, { role: 'assistant', content: 'The slipway at Ardle has 18 berths. [1]' }];
  const wrong: Turn[] = [asked, { role: 'assistant', content: 'The slipway has 31 berths.' }];
  const ask = (question: string, history: Turn[] = right) => service.ask({ question, history });

  it('looks again when asked whether it is sure, and puts right what does not stand there', async () => {
    const sure = await ask('Are you sure?');
    expect(sure.talk?.kind).toBe('follow_up');
    expect(sure.nearest[0]?.text).toContain('18 berths');
    const corrected = await ask('are you sure about that', wrong);
    expect(corrected.preface).not.toBeNull();
    expect(corrected.sentences.map(({ text }) => text).join(' ')).toContain('18 berths');
    expect(corrected.answer).not.toContain('31');
  });

  it('looks again when somebody says what would be right', async () => {
    const { talk, nearest } = await ask('no, that is wrong, it was 14');
    expect(talk?.kind).toBe('follow_up');
    expect(nearest[0]?.text).toContain('18 berths');
  });

  it('goes to the older edition for whoever meant that one, and gives just the figure', async () => {
    for (const question of ['no, I meant the older one', 'nein, ich meinte die alte Ausgabe'])
      expect((await ask(question)).sentences.map(({ text }) => text).join(' '), question).toContain('14 berths');
    const figure = await ask('just the figure please', [
      asked,
      { role: 'assistant', content: 'It has 18 berths, as the guide of 2025 says. It opens at six, too.' },
    ]);
    expect(figure.sentences.map(({ text }) => text)).toEqual(['The slipway at Ardle has 18 berths.']);
  });

  it('shows the whole paragraph and what follows it to whoever wants more', async () => {
    const { nearest } = await ask('tell me more');
    expect(nearest[0]?.text).toContain('It opens at six.');
  });

  it('neither confirms nor takes back what a language stands between, and shows where its figures are', async () => {
    const history: Turn[] = [
      { role: 'user', content: 'Wie viele Liegeplätze gibt es in Ardle?' },
      { role: 'assistant', content: '18 Liegeplätze (Ausgabe 2025).' },
    ];
    const sure = await ask('sicher?', history);
    expect(sure.nearest[0]?.text).toContain('18 berths');
    expect(sure.answer).not.toContain('nicht eindeutig');
  });

  it('shows no passage twice when there is no more to say', async () => {
    const { nearest } = await ask('why?');
    const paragraphs = nearest.flatMap((one) => one.paragraphs);
    expect(new Set(paragraphs).size).toBe(paragraphs.length);
    expect(nearest.length).toBeGreaterThan(1);
  });

  it('points at nothing where it has nothing to show', async () => {
    const asked: Turn[] = [
      { role: 'user', content: '码头有多少个泊位?' },
      { role: 'assistant', content: '18个。' },
    ];
    const { nearest, answer } = await service.ask({ question: '确定吗?', history: asked });
    expect(answer.includes('见下')).toBe(nearest.length > 0);
  });

  it('does what a wish says, or says that it cannot', async () => {
    expect((await ask('shorter please')).talk?.text).toContain('one sentence');
    const more = await ask('tell me more');
    expect(more.sentences).toEqual([]);
    expect(more.nearest.length).toBeGreaterThan(0);
    const german = await ask('auf Deutsch bitte');
    expect(german.question.language).toBe('de');
    expect(german.sentences).toEqual([]);
    const before = await ask('and before?');
    expect(before.sentences.map(({ text }) => text).join(' ')).toContain('14 berths');
    expect((await ask('repeat that')).sentences.length).toBeGreaterThan(0);
  });

  it('never gives the last answer again to a word that asks for nothing new', async () => {
    const first = await service.ask({ question: asked.content });
    const history: Turn[] = [asked, { role: 'assistant', content: first.answer }];
    for (const question of ['why?', 'and who?', 'ok', 'hm', '?', 'what about that?', 'thanks', 'und warum?', 'pourquoi ?'])
      expect(
        (await ask(question, history)).sentences.filter(({ text }) => first.answer.includes(text)),
        question,
      ).toEqual([]);
  });

  it('asks the question before again of an edition that is all a follow-up names', async () => {
    const answer = await ask('and the 2023 number?', right);
    expect(answer.sentences.map(({ text }) => text).join(' ')).toContain('14 berths');
  });

  it('takes back nothing that a paragraph has in another language than the question', async () => {
    const history: Turn[] = [
      { role: 'user', content: '¿Cuántos amarres tiene el slipway de Ardle?' },
      { role: 'assistant', content: 'El slipway de Ardle tiene 18 amarres.' },
    ];
    const answer = await ask('¿seguro? ¿no eran 15?', history);
    expect(answer.preface ?? '').not.toContain('disculpas');
    expect([...answer.nearest, ...answer.citations].some(({ text }) => text.includes('18 berths'))).toBe(true);
  });

  it('a correction is no assent', async () => {
    const answer = await ask('nah sorry, I meant the fee', right);
    expect(answer.talk?.kind).not.toBe('acknowledgement');
    expect(answer.sentences.map(({ text }) => text).join(' ')).toContain('12 euros');
  });

  it('says so when nothing was asked before', async () => {
    expect((await service.ask({ question: 'shorter' })).talk?.kind).toBe('unclear');
  });

  it('takes talk out of what a question leans on', () => {
    const thanks: Turn[] = [...right, { role: 'user', content: 'thanks!' }, { role: 'assistant', content: 'You are welcome.' }];
    expect(withoutTalk(thanks)).toEqual(right);
  });

  it.each([
    '[2026-11-30 10:22] @pilcrow how many berths has the slipway at Ardle?',
    '<div>Dear all,<br>how many berths has the slipway at Ardle?</div><div>Best regards, Jo</div>',
    '> **How many berths has the slipway at Ardle?**\n\nSee above, can you answer this?',
    'How many berths has the slipway at Ardle? One sentence only, please.',
    'Hello team! How many berths has the slipway at Ardle? Many thanks!!',
  ])('takes off what stands around a question: %j', async (question) => {
    expect((await service.ask({ question })).sentences.map(({ text }) => text).join(' ')).toContain('18 berths');
  });

  it.each(['Which council was that again?', 'and since when?', 'Says who?', 'And for a large boat?', 'repeat that', 'in one word'])(
    'is not led by a wrong answer in the history: “%s”',
    async (question) => {
      const history: Turn[] = [
        { role: 'user', content: 'What does a day on the slipway cost?' },
        { role: 'assistant', content: 'A day costs 99 euros, which the council of Westmere decided in 1971.' },
      ];
      const { answer, sentences, notes } = await service.ask({ question, history });
      const said = [answer, ...sentences.map(({ text }) => text), ...notes.map(({ text }) => text)].join(' ');
      expect(said).not.toMatch(/99|Westmere|1971/);
    },
  );

  it('says in which language it cannot answer, and asks what for where nothing was asked', async () => {
    for (const question of ['en français, s’il te plaît', 'auf Französisch bitte', 'translate that please', 'dilo en árabe'])
      expect((await ask(question)).talk?.kind, question).toBe('follow_up');
    expect((await service.ask({ question: 'and in French?' })).sentences).toEqual([]);
  });

  it('puts a place or a group in the place of the one asked about', async () => {
    const fees = await serviceOf({
      'fees.md':
        '# Fees\n\n## In Corran\n\nThe mooring fee in Corran is 31 euros a week.\n\n## In Ardle\n\nThe mooring fee in Ardle is 44 euros a week.\n\nThe crane in Ardle lifts two tonnes.\n',
    });
    const history: Turn[] = [{ role: 'user', content: 'What is the mooring fee in Corran?' }];
    const answer = await fees.ask({ question: 'And in Ardle?', history });
    expect(answer.question.standalone).toBe('What is the mooring fee in Ardle?');
    expect(answer.sentences.map(({ text }) => text).join(' ')).toContain('44 euros');
    const meant = await fees.ask({ question: 'no, I meant the one in Ardle', history });
    expect(meant.sentences.map(({ text }) => text).join(' ')).toContain('44 euros');
  });
});
