import { describe, expect, it } from 'vitest';
import { startDeadline } from '../../src/ask/generate/deadline.ts';
import { understand } from '../../src/ask/understand.ts';
import { pilcrowError } from '../../src/core/errors.ts';
import type { Briefing, Turn } from '../../src/core/model.ts';
import type { ChatMessage, ChatModel } from '../../src/core/ports.ts';

/** A model that gives one reply and remembers what it was asked. */
function saying(reply: string | Error): ChatModel & { heard: ChatMessage[][] } {
  const heard: ChatMessage[][] = [];
  return {
    name: 'saying',
    heard,
    async *stream(messages) {
      heard.push([...messages]);
      if (reply instanceof Error) throw reply;
      yield reply;
    },
  };
}
const briefing = (language: string) => ({ language }) as Briefing;
const english = [briefing('en'), briefing('en')];
const history: Turn[] = [
  { role: 'user', content: 'How many ships does Norland have?' },
  { role: 'assistant', content: 'Norland has 12 ships. [1]' },
];
const read = (question: string, turns: Turn[], chat: ChatModel | null, briefings = english) =>
  understand(question, turns, briefings, chat && { chat, deadline: startDeadline(2000), signal: undefined });

describe('understanding a question', () => {
  it('leaves a first question in the language of the briefings to itself, without the model', async () => {
    const chat = saying('{"standalone":"no"}');
    expect(await read('How many ships does Norland have?', [], chat)).toMatchObject({
      search: 'How many ships does Norland have?',
      by: 'rule',
    });
    expect(chat.heard).toEqual([]);
  });

  it('has the model resolve a follow-up', async () => {
    const chat = saying(
      '```json\n{"standalone": "What did the ships of Norland cost?", "search": "What did the ships of Norland cost?"}\n```',
    );
    expect(await read('And their cost?', history, chat)).toMatchObject({
      standalone: 'What did the ships of Norland cost?',
      by: 'model',
      failure: null,
    });
    expect(chat.heard[0]?.at(-1)?.content).toContain('Norland has 12 ships');
  });

  it('has the model put a question into the language of the briefings, and keeps the asker’s', async () => {
    const chat = saying('{"standalone": "Combien de navires la Norlande possède-t-elle ?", "search": "How many ships does Norland have?"}');
    expect(await read('Combien de navires la Norlande possède-t-elle ?', [], chat)).toMatchObject({
      standalone: 'Combien de navires la Norlande possède-t-elle ?',
      search: 'How many ships does Norland have?',
      language: 'fr',
      by: 'model',
    });
  });

  it.each([
    ['no object', 'I would rewrite it thus: how many?', 'nonsense'],
    ['a figure nobody spoke of', '{"standalone": "Does Norland have 77 ships?"}', 'nonsense'],
    ['a country nobody spoke of', '{"standalone": "How many ships does India have?"}', null],
    ['an essay', `{"standalone": "${'word '.repeat(300)}"}`, 'nonsense'],
    ['an empty question', '{"standalone": " "}', 'nonsense'],
    ['a list', '[1, 2]', 'nonsense'],
    ['a failure', pilcrowError('model_unavailable', 'down', { details: { kind: 'unavailable' } }), 'unavailable'],
  ])('goes on by rule when the model gives %s', async (what, reply, failure) => {
    const turns = what.includes('country') ? [{ role: 'user' as const, content: 'How many ships does China have?' }] : history;
    const result = await read('And how old are they?', turns, saying(reply));
    expect(result.by).toBe('rule');
    expect(result.search).toContain('how old are they');
    expect(result.search).not.toMatch(/77|India/);
    if (failure) expect(result.failure).toBe(failure);
  });

  it('waits for a share of the time only', async () => {
    const silent: ChatModel = { name: 'silent', stream: () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) }) };
    const deadline = startDeadline(300);
    const result = await understand('And how old are they?', history, english, { chat: silent, deadline, signal: undefined });
    expect(result).toMatchObject({ by: 'rule', failure: 'timeout' });
    expect(deadline.left()).toBeGreaterThan(50);
    deadline.stop();
  });

  it('takes the language from the question before when the follow-up shows none', async () => {
    expect((await read('2019 ?', [{ role: 'user', content: 'Combien de conventions la Chine a-t-elle ratifiées ?' }], null)).language).toBe(
      'fr',
    );
  });
});
