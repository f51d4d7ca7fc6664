import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromText } from '../helpers.ts';

const WORDS = 'mill weir sluice wheel stone rye oats parish toll cart river bank lock gate ledger bridge miller flour'.split(' ');
/** A word with a number of its own, so that a lost one is seen. */
let next = 0;
const word = fc.constantFrom(...WORDS).map((one) => `${one}${++next}x`);
const phrase = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
const capital = phrase.map((text) => `${text[0]?.toUpperCase()}${text.slice(1)}`);
const sentence = capital.map((text) => `${text}.`);
const prose = fc.array(sentence, { minLength: 1, maxLength: 4 }).map((list) => list.join(' '));

const cell = fc.oneof(
  phrase,
  fc.constant(''),
  phrase.map((text) => `\`${text}|\``),
  phrase.map((text) => `[[t|${text}]]`),
);
const rowOf = (least: number) => fc.array(cell, { minLength: least, maxLength: 4 }).map((cells) => `| ${cells.join(' | ')} |`);
const table = fc
  .tuple(fc.tuple(cell, cell), fc.array(rowOf(1), { maxLength: 3 }))
  .map(([[a, b], rows]) => [`| ${a} | ${b} |`, '|--|--|', ...rows].join('\n'));
const block = fc.oneof(
  prose,
  capital.map((text) => `## ${text}`),
  fc.array(phrase, { minLength: 1, maxLength: 3 }).map((items) => items.map((item, at) => `${'  '.repeat(at)}- ${item}`).join('\n')),
  fc.array(sentence, { minLength: 1, maxLength: 3 }).map((items) => items.map((item, at) => `${at + 1}. ${item}`).join('\n')),
  prose.map((text) => `> ${text}`),
  prose.map((text) => `> [!NOTE] ${text}`),
  prose.map((text) => `\`\`\`\n${text}\n\`\`\``),
  fc.tuple(phrase, sentence).map(([term, meaning]) => `${term}\n: ${meaning}`),
  fc.tuple(prose, sentence).map(([text, note]) => `${text}^[${note}]`),
  phrase.map((text) => `:::tip\n${text}\n:::`),
  phrase.map((text) => `**${text}** _${text}_ ==${text}== \`${text}\``),
  fc.tuple(capital, phrase).map(([label, value]) => `${label}: ${value}`),
  fc.tuple(phrase, phrase).map(([a, b]) => `<table><tr><td>${a}</td><td>${b}</td></tr></table>`),
  prose.map((text) => `---\n\n${text}`),
  prose.map((text) => `    ${text}`),
  table,
);
const source = fc.array(block, { minLength: 1, maxLength: 8 }).map((blocks) => blocks.join('\n\n'));

function lost(text: string, name: string): string[] {
  const { paragraphs, problems, briefing, meta } = fromText(text, name);
  const told = [...paragraphs.map((one) => one.text), ...problems.map((one) => one.message), briefing.title, ...Object.values(meta)]
    .join('\n')
    .toLowerCase();
  return (text.toLowerCase().match(/[a-z]+\d+x/g) ?? []).filter((one) => !told.includes(one));
}

describe('no word is lost without a word', () => {
  it.each(['a.md', 'a.txt'])('of any %s', (name) => {
    fc.assert(
      fc.property(source, (text) => {
        expect(lost(text, name)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
