import { describe, expect, it } from 'vitest';
import { standaloneQuestion } from '../../../src/ask/write/standalone.ts';
import type { Turn } from '../../../src/core/model.ts';
import type { ChatModel } from '../../../src/core/ports.ts';

const says = (reply: string): ChatModel => ({
  name: 'scripted',
  async *stream() {
    yield reply;
  },
});
const asked = (reply: unknown, question: string, history: Turn[] = [], language = 'en') =>
  standaloneQuestion(
    says(typeof reply === 'string' ? reply : JSON.stringify(reply)),
    question,
    history,
    language,
    new AbortController().signal,
  );
const CHINA: Turn[] = [{ role: 'user', content: 'How many Conventions has China ratified?' }];

describe('a question the model made stand alone', () => {
  it.each<[what: string, question: string, history: Turn[], standalone: string, search: string]>([
    [
      'a follow-up',
      'And in 2019?',
      CHINA,
      'How many Conventions had China ratified in 2019?',
      'How many Conventions had China ratified in 2019?',
    ],
    [
      'a translation',
      'Combien de conventions la Chine a-t-elle ratifiées ?',
      [],
      'Combien de conventions la Chine a-t-elle ratifiées ?',
      'How many Conventions has China ratified?',
    ],
    ['a translation from Chinese', '中国批准了多少公约？', [], '中国批准了多少公约？', 'How many Conventions has China ratified?'],
    ['an adjective', 'What do Cambodian factories make?', [], 'What do Cambodian factories make?', 'What do factories in Cambodia make?'],
  ])('is taken: %s', async (_, question, history, standalone, search) => {
    expect(await asked({ standalone, search }, question, history)).toEqual({ standalone, search });
  });
  it.each<[what: string, question: string, history: Turn[], reply: unknown]>([
    ['another country than spoken of', 'And in 2019?', CHINA, { standalone: 'How many Conventions had Cambodia ratified in 2019?' }],
    [
      'a country where none was spoken of',
      'How many Conventions were ratified?',
      [],
      { standalone: 'How many Conventions has China ratified?' },
    ],
    [
      'another country in the translation',
      'Combien de conventions la Chine a-t-elle ratifiées ?',
      [],
      { standalone: 'Combien de conventions la Chine a-t-elle ratifiées ?', search: 'How many Conventions has Japan ratified?' },
    ],
    ['a figure nobody named', 'And then?', CHINA, { standalone: 'Why has China ratified 77 Conventions?' }],
    ['no object', 'And then?', CHINA, 'China has ratified 28.'],
    ['null', 'And then?', CHINA, 'null'],
    ['a list', 'And then?', CHINA, '[{"standalone": 7}]'],
    ['too long', 'And then?', CHINA, { standalone: 'How '.repeat(400) }],
    ['open thoughts', 'And then?', CHINA, '<think>'.repeat(2000)],
  ])('is not taken: %s', async (_, question, history, reply) => {
    expect(await asked(reply, question, history)).toBeNull();
  });
});

describe('names', () => {
  const history: Turn[] = [{ role: 'user', content: 'what did the who and the yard of mia falk agree on in china?' }];

  it.each([
    'What did Mia Falk agree on with the World Health Organization?',
    "What did China's yard agree on?",
    'Which Chinese yard is meant by the WHO?',
    'When did the Yard of Mia Falk agree with the WHO?',
  ])('that were said are no news: %s', async (standalone) => {
    expect(await asked({ standalone }, 'And when was that agreed?', history)).not.toBeNull();
  });

  it.each(['What did Jan Holm agree on with the WHO?', 'What did the yard agree on with UNIDO?', 'What did Mia Berg agree on?'])(
    'that nobody said are refused: %s',
    async (standalone) => {
      expect(await asked({ standalone }, 'And when was that agreed?', history)).toBeNull();
    },
  );
});
