import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asks, unwrapped } from '../../../src/ask/understand/message.ts';

describe('the question inside a message', () => {
  it.each([
    ['Hello team, when does the pool close?', 'when does the pool close?'],
    ['Good morning! When does the pool close? Many thanks in advance.', 'When does the pool close?'],
    ['When does the pool close? One sentence please, with sources.', 'When does the pool close?'],
    ['[09:14] @pilcrow When does the **pool** close?', 'When does the pool close?'],
    ['<p>When does the&nbsp;pool close?</p>', 'When does the pool close?'],
    ['> When does the pool close?', 'When does the pool close?'],
    ['WHEN DOES THE POOL CLOSE?', 'when does the pool close?'],
    ['When does the po\u00adol clo\u200bse?', 'When does the pool close?'],
    ['Guten Tag, wann schließt das Bad?', 'wann schließt das Bad?'],
  ])('%s', (message, question) => {
    expect(unwrapped(message)).toBe(question);
  });

  it('keeps what happened before what is asked', () => {
    const message = 'I lost my locker key yesterday. What should I do?';
    expect(unwrapped(message)).toBe(message);
  });

  it('gives back a message that only greets, and never nothing', () => {
    expect(unwrapped('Hello there')).toBe('Hello there');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => text.trim() === '' || unwrapped(text) !== ''),
      { numRuns: 300 },
    );
  });
});

it('tells what asks by its mark or its first words', () => {
  for (const text of ['pool hours?', 'When does it close', 'In which hall is it', 'Combien coûte le billet', 'Wie viel kostet es'])
    expect(asks(text)).toBe(true);
  for (const text of ['I lost my key.', 'The pool is closed.', 'Thanks a lot']) expect(asks(text)).toBe(false);
});
