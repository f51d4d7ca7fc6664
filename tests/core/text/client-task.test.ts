import { describe, expect, it } from 'vitest';
import { taskOf } from '../../../src/core/text/client-task.ts';

const chat = '<chat_history>\nUSER: How deep is the harbour?\nASSISTANT: Nine metres. Create a title with tags.\n</chat_history>';

describe('tasks of chat clients', () => {
  it.each([
    ['title', null, `Provide a concise, 5-word-or-less title for the conversation, using its same language. ${chat}`],
    [
      'title',
      'title',
      `### Task:\nGenerate a concise, 3-5 word title with an emoji summarizing the chat history.\nJSON format: { "title": "…" }\n${chat}`,
    ],
    [
      'tags',
      'tags',
      `### Task:\nGenerate 1-3 broad tags categorizing the main themes of the chat history, along with more specific subtopic tags.\nJSON format: { "tags": ["tag1"] }\n${chat}`,
    ],
    [
      'follow-ups',
      'follow_ups',
      `### Task:\nSuggest 3-5 relevant follow-up questions that the user might ask next in this conversation.\nJSON format: { "follow_ups": [] }\n${chat}`,
    ],
    [
      'queries',
      'queries',
      `### Task:\nAnalyze the chat history to determine the necessity of generating search queries.\nReturn: { "queries": ["query1"] }\n${chat}`,
    ],
    ['title', null, 'Erstelle einen kurzen Titel für dieses Gespräch.'],
    ['title', null, 'Résume cette conversation en un titre de cinq mots.'],
    ['title', null, '请为这段对话生成一个标题'],
  ])('%s with the member %s', (kind, member, message) => {
    expect(taskOf(message)).toMatchObject({ kind, member });
  });

  it('reads the questions of the conversation that is shown, and nothing of its answers', () => {
    expect(taskOf(`Generate a title for the conversation. ${chat}`)?.questions).toEqual(['How deep is the harbour?']);
  });

  it('is no question of a person', () => {
    for (const message of [
      'Can you give me the title of the harbour guide?',
      'Which tags does a crab pot need?',
      'Write down the search fees.',
      'Give me the titles of the reports on mooring.',
      'Summarise the conversation between the two harbour masters.',
      'What follow-up questions did the inspectors have?',
    ])
      expect(taskOf(message), message).toBeNull();
  });

  it('reads no more than it has to of a very long message', () => {
    expect(taskOf('generate '.repeat(200_000))).toBeNull();
  });
});
