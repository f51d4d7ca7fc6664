import fc from 'fast-check';
import { expect, test } from 'vitest';
import { passageParts } from '../../src/widget/answer/passage.ts';

test('lines with the same names are a table between text', () => {
  const text = [
    'Fares of the year.',
    'Route: Selby; Fare (one way): 4 crowns; Note: none: by foot',
    'Route: Marn; Fare (one way): 6 crowns; Note: none: by foot',
    'Children pay half.',
    'Dogs: free.',
  ].join('\n');
  expect(passageParts(text)).toEqual([
    { kind: 'text', text: 'Fares of the year.' },
    {
      kind: 'table',
      names: ['Route', 'Fare (one way)', 'Note: none'],
      rows: [
        ['Selby', '4 crowns', 'by foot'],
        ['Marn', '6 crowns', 'by foot'],
      ],
    },
    { kind: 'text', text: 'Children pay half.\nDogs: free.' },
  ]);
});

test('names with colons, and a table that follows another', () => {
  expect(passageParts('Group: Staff; Home (H:): 80 GB\nGroup: Guests; Home (H:): none\nA: 1; B: 2; C: 3\nA: 4; B: 5; C: 6')).toEqual([
    {
      kind: 'table',
      names: ['Group', 'Home (H:)'],
      rows: [
        ['Staff', '80 GB'],
        ['Guests', 'none'],
      ],
    },
    {
      kind: 'table',
      names: ['A', 'B', 'C'],
      rows: [
        ['1', '2', '3'],
        ['4', '5', '6'],
      ],
    },
  ]);
});

test.each([
  'One line.',
  'Path: /home; Quota: 40 GB',
  'It is late; go home\nIt is early; stay',
  'a password typed;\na mail sent;',
  'A: 1; B: 2\nA: 1; C: 2',
  '',
])('what is no table stays as it is: %s', (text) => {
  expect(passageParts(text)).toEqual([{ kind: 'text', text }]);
});

test('nothing of a text is lost', () => {
  const line = fc.array(fc.constantFrom('A: 1', 'A: 2', 'B: x', 'B: ', 'c', ': ', 'A'), { maxLength: 3 }).map((cells) => cells.join('; '));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      const again = passageParts(lines.join('\n')).map((part) =>
        part.kind === 'text'
          ? part.text
          : part.rows.map((row) => row.map((cell, at) => `${part.names[at]}: ${cell}`).join('; ')).join('\n'),
      );
      expect(again.join('\n')).toBe(lines.join('\n'));
    }),
  );
});
