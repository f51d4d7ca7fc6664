import { expect, it } from 'vitest';
import { createChatBudget } from '../../src/adapters/chat-budget.ts';
import { guardedChat } from '../../src/adapters/guarded-chat.ts';
import type { Asker } from '../../src/core/access.ts';
import type { ChatModel } from '../../src/core/ports.ts';

const model: ChatModel = {
  name: 'echo',
  async *stream() {
    yield 'yes';
  },
};
async function said(chat: ChatModel): Promise<string> {
  let text = '';
  for await (const delta of chat.stream([{ role: 'user', content: 'hello' }])) text += delta;
  return text;
}
const key = (id: string): Asker => ({ kind: 'key', id, scope: 'ask' });

it('every asker has their own calls of all models together, until the day is over', async () => {
  const state = { now: Date.parse('2026-11-30T23:00:00Z'), who: key('a') as Asker | null, refused: 0 };
  const budget = createChatBudget({ callsPerDay: 3, asker: () => state.who, refused: () => state.refused++, now: () => state.now });
  const writer = budget.of(model);
  const reader = budget.of({ ...model, name: 'reader' });
  expect([await said(writer), await said(reader), await said(writer)]).toEqual(['yes', 'yes', 'yes']);
  await expect(said(reader)).rejects.toMatchObject({ code: 'model_unavailable', details: { kind: 'over_budget' } });
  expect(state.refused).toBe(1);
  state.who = key('b');
  expect(await said(writer)).toBe('yes');
  // The same id as a person is somebody else.
  state.who = { kind: 'user', id: 'a', scope: 'ask' };
  expect(await said(writer)).toBe('yes');
  // Nobody asks: the service itself does.
  state.who = null;
  for (let call = 0; call < 5; call++) expect(await said(writer)).toBe('yes');
  state.who = key('a');
  await expect(said(writer)).rejects.toMatchObject({ details: { kind: 'over_budget' } });
  state.now += 3_600_000;
  expect(await said(writer)).toBe('yes');
});

it('a refused call is no failure of the model: others are still answered by it', async () => {
  const state = { who: key('a') };
  const guard = guardedChat(model, { failures: 1 });
  const chat = createChatBudget({ callsPerDay: 1, asker: () => state.who }).of(guard);
  await said(chat);
  for (let call = 0; call < 3; call++) await expect(said(chat)).rejects.toMatchObject({ details: { kind: 'over_budget' } });
  expect(chat.problem()).toBeNull();
  state.who = key('b');
  expect(await said(chat)).toBe('yes');
});
