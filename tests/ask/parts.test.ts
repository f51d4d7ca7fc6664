import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOf } from '../../src/ask/parts.ts';

const texts = (question: string) => partsOf(question)?.map((part) => part.text) ?? null;

describe('partsOf', () => {
  it('separates two questions joined by "and"', () => {
    expect(partsOf('When was the harbour agreement signed and who signed it?')).toEqual([
      { text: 'When was the harbour agreement signed?', leans: false },
      { text: 'Who signed it?', leans: true },
    ]);
    expect(texts('How many schools joined the network, and what does the network cost?')).toEqual([
      'How many schools joined the network?',
      'What does the network cost?',
    ]);
    expect(texts('Could you tell me who leads the fund and how much the fund has given?')).toEqual([
      'Who leads the fund?',
      'How much the fund has given?',
    ]);
  });

  it('separates two sentences', () => {
    expect(partsOf('What is the budget of the ferry project? When does it end?')).toEqual([
      { text: 'What is the budget of the ferry project?', leans: false },
      { text: 'When does it end?', leans: true },
    ]);
  });

  it('gives two question words the clause they share', () => {
    expect(texts('When and where was the first seminar held?')).toEqual([
      'When was the first seminar held?',
      'Where was the first seminar held?',
    ]);
  });

  it('marks a part that says too little as leaning on the one before', () => {
    expect(partsOf('What was signed in Oslo, and by whom?')).toEqual([
      { text: 'What was signed in Oslo?', leans: false },
      { text: 'By whom?', leans: true },
    ]);
  });

  it.each([
    'Who signed the agreement?',
    'What do Norway and Sweden pay for the bridge?',
    'Which cities and regions does the programme cover?',
    'How many people who lost their work and had no cover were helped?',
    'Tell me about the bridge and the people who built it',
    'Which ministry signed, and the union?',
    'When Norway held the chair, which ministry hosted the talks?',
    'bridge budget and dates',
    'Hello! What is the budget?',
    '',
  ])('leaves one question alone: %s', (question) => {
    expect(partsOf(question)).toBeNull();
  });

  it('does not ask more than three', () => {
    expect(partsOf('Who is A? Who is B? Who is C? Who is D?')).toBeNull();
  });

  it('puts no words in that nobody said, and is total', () => {
    const words = fc.array(fc.constantFrom('and', 'when', 'who', 'was', 'it', 'X', ',', '?', 'signed')).map((list) => list.join(' '));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), words), (text) => {
        const parts = partsOf(text);
        if (parts === null) return true;
        const said = new Set(
          text
            .toLowerCase()
            .replace(/’/g, "'")
            .split(/[^\p{L}\p{N}]+/u),
        );
        const told = parts.flatMap((part) => part.text.toLowerCase().split(/[^\p{L}\p{N}]+/u));
        return parts.length >= 2 && told.every((word) => word === '' || said.has(word));
      }),
    );
  });

  it('takes hostile input in linear time', () => {
    const start = performance.now();
    partsOf('and who '.repeat(200_000));
    partsOf(`When ${', and '.repeat(100)}who?`);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
