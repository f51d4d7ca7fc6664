import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBroad } from '../../../src/ask/broad/shape.ts';

describe('a question about a whole topic', () => {
  it.each([
    ['Summarise the ferry programme.', 'the ferry programme'],
    ['Could you please summarize the harbour reform in three sentences?', 'the harbour reform'],
    ['Explain the relationship between Norland and the Coast Union', 'the relationship between Norland and the Coast Union'],
    ['Give me a short overview of the ferries', 'the ferries'],
    ['I would like some background on the new quay, please.', 'the new quay'],
    ['Overview of harbour traffic', 'harbour traffic'],
    ['Tell me a bit more about Selby', 'Selby'],
    ['What can you tell me about the tower?', 'the tower'],
    ['What do we know about dredging?', 'dredging'],
    ['What is said about cruise ships?', 'cruise ships'],
    ['What does the 2026 briefing say on safety?', 'safety'],
    ['What do the documents have to say about Selby?', 'Selby'],
    ['What role does the Coast Union play?', 'the Coast Union'],
    ['What is the importance of the quay?', 'the quay'],
    ['Why does the Harbour Initiative matter?', 'the Harbour Initiative'],
    ['Why is dredging important to Norland?', 'dredging to Norland'],
    ['How do Norland and the Coast Union cooperate?', 'Norland and the Coast Union'],
  ])('%s', (question, topic) => {
    const found = readBroad(question);
    expect(found?.whole).toBe(true);
    for (const word of topic.split(' ')) expect(found?.topic).toContain(word);
  });

  it('may be one that a single sentence answers', () => {
    expect(readBroad('What is the Guide on Safety about?')).toEqual({ topic: 'Guide on Safety', whole: false });
  });

  it.each([
    'How many harbours does Norland run?',
    'Who opened the quay of Selby?',
    'What is the length of the quay?',
    'What is the Harbour Initiative?',
    'What is the name of the minister?',
    'What was the old ferry called?',
    'What is Selby’s population?',
    'Tell me when the quay was opened.',
    'Tell me about who opened the quay.',
    'Explain how many ships called in 2025.',
    'Explain why the quay was closed.',
    'What did the minister say about the quay?',
    'Summarise',
    '',
  ])('%s asks for one fact, or for nothing', (question) => {
    expect(readBroad(question)).toBeNull();
  });

  it('is read from any text, quickly', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        readBroad(text);
        const found = readBroad(`Tell me about ${text}`);
        if (found) expect(found.topic.length).toBeGreaterThan(0);
      }),
    );
    const began = performance.now();
    for (const piece of ['please ', 'what is ', 'summary of ', 'about ', 'a '])
      for (let size = 10; size <= 300; size += 10) readBroad(piece.repeat(100).slice(0, size));
    expect(performance.now() - began).toBeLessThan(500);
  });
});
