import { expect, it } from 'vitest';
import { filled } from '../../../src/ask/understand/ellipsis.ts';

it.each([
  ['And in Ardle?', 'What is the mooring fee in Corran for a small boat?', 'What is the mooring fee in Ardle for a small boat?'],
  ['and for students?', 'How much is a day ticket for adults?', 'How much is a day ticket for students?'],
  ['What about Kenya?', 'How many treaties has Norway signed?', 'How many treaties has Kenya signed?'],
  ['Und in Wien?', 'Wie hoch ist die Gebühr in Graz?', 'Wie hoch ist die Gebühr in Wien?'],
  ['Et pour Lyon ?', 'Quel est le tarif pour Nice ?', 'Quel est le tarif pour Lyon ?'],
  ['¿Y en Lugo?', '¿Cuál es la tarifa en Vigo?', '¿Cuál es la tarifa en Lugo?'],
  ['y en Lugo?', '¿Cuál es la tarifa en Vigo?', '¿Cuál es la tarifa en Lugo?'],
  // Not plain enough: nothing to put it in the place of, another question, a word that points.
  ['And in Ardle?', 'Who runs the slipway?', null],
  ['And when does it open?', 'What is the mooring fee in Corran?', null],
  ['And for that one?', 'What is the fee for a crane?', null],
  ['And in Ardle?', 'What is the fee in Corran in winter?', null],
  ['In Ardle?', 'What is the mooring fee in Corran?', null],
])('%s after %s', (message, before, whole) => {
  expect(filled(message, before)).toBe(whole);
});
