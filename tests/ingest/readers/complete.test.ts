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
/** Two rows of header, and none that says anything, as converters write them. */
const twoHeaders = fc.tuple(phrase, phrase, phrase, rowOf(2)).map(([a, b, c, row]) => `| ${a} | ${b} |\n|--|--|\n| | ${c} |\n${row}`);
const headerless = fc.tuple(rowOf(2), rowOf(2)).map(([a, b]) => `| | |\n|--|--|\n${a}\n${b}`);
const indented = (text: string, by: number) => text.replace(/^(?=.)/gm, ' '.repeat(by));
const note = fc.tuple(prose, prose, fc.boolean()).map(([text, more, long]) => {
  const name = `n${++next}`;
  return `${text}[^${name}]\n\n[^${name}]: ${more}${long ? `\n\n    ${more}` : ''}`;
});
/** Inside a line. */
const span = fc.oneof(
  phrase.map((text) => `**${text}** _${text}_ ==${text}== \`${text}\``),
  phrase.map((text) => `~~${text}~~`),
  phrase.map((text) => `<b>${text}</b> <kbd>${text}</kbd> H<sub>2</sub>O`),
  phrase.map((text) => `[[${text}]] [[t|${text}]]`),
  phrase.map((text) => `[${text}](https://example.org "t") <https://example.org>`),
  fc.tuple(phrase, phrase).map(([a, b]) => `${a}&nbsp;&amp;&deg;${b}&eacute; &lt;${a}&gt;`),
  fc.tuple(phrase, phrase).map(([a, b]) => `${a}<br>${b} \\* ${a}\\_${b}`),
  fc.tuple(phrase, phrase).map(([a, b]) => `$${a}$ {${b}} ${a} | ${b}`),
);
const line = fc.array(fc.oneof(phrase, span), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '));
const listItem = fc.oneof(
  line,
  fc.tuple(phrase, phrase).map(([a, b]) => `${a}\n  ${b}`),
  fc.tuple(phrase, phrase).map(([a, b]) => `${a}\n${b}`),
  phrase.map((text) => `[ ] ${text}`),
  fc.tuple(phrase, prose).map(([a, b]) => `${a}\n\n  ${b}`),
  fc.tuple(phrase, phrase, phrase).map(([a, b, c]) => `${a}\n  - ${b}\n    1. ${c}`),
  fc.tuple(phrase, prose).map(([a, b]) => `${a}\n\n  > ${b}`),
  fc.tuple(phrase, table).map(([a, b]) => `${a}\n\n${indented(b, 2)}`),
);
const block = fc.oneof(
  prose,
  line,
  capital.map((text) => `## ${text}`),
  line.map((text) => `### ${text} ###`),
  capital.map((text) => `${text}\n---`),
  fc.array(phrase, { minLength: 1, maxLength: 3 }).map((items) => items.map((item, at) => `${'  '.repeat(at)}- ${item}`).join('\n')),
  fc.array(listItem, { minLength: 1, maxLength: 3 }).map((items) => items.map((item) => `- ${item}`).join('\n')),
  fc.array(sentence, { minLength: 1, maxLength: 3 }).map((items) => items.map((item, at) => `${at + 1}. ${item}`).join('\n')),
  prose.map((text) => `> ${text}`),
  fc.tuple(prose, phrase).map(([text, item]) => `> ${text}\n>\n> - ${item}\n> > ${text}`),
  prose.map((text) => `> [!NOTE] ${text}`),
  fc.tuple(phrase, prose).map(([title, text]) => `> [!warning]- ${title}\n> ${text}`),
  fc.tuple(phrase, prose).map(([title, text]) => `!!! note "${title}"\n    ${text}`),
  prose.map((text) => `\`\`\`\n${text}\n\`\`\``),
  fc.tuple(phrase, sentence).map(([term, meaning]) => `${term}\n: ${meaning}`),
  fc.tuple(prose, sentence).map(([text, inline]) => `${text}^[${inline}]`),
  note,
  phrase.map((text) => `:::tip\n${text}\n:::`),
  fc.tuple(capital, phrase).map(([label, value]) => `${label}: ${value}`),
  fc.tuple(phrase, phrase).map(([a, b]) => `<table><tr><td>${a}</td><td>${b}</td></tr></table>`),
  fc.tuple(phrase, phrase).map(([a, b]) => `<details><summary>${a}</summary>\n\n${b}\n\n</details>`),
  fc.tuple(phrase, phrase).map(([a, b]) => `<dl><dt>${a}</dt><dd>${b}</dd></dl>\n<p>${b}<p>${a}`),
  fc.tuple(phrase, phrase).map(([a, b]) => `<div align="center">\n${a}\n\n**${b}**\n</div>`),
  prose.map((text) => `---\n\n${text}`),
  prose.map((text) => `    ${text}`),
  table,
  twoHeaders,
  headerless,
);
/** What front matter says beside what is of use is metadata, not text, and has no numbered words here. */
const front = fc.oneof(
  fc.constant(''),
  phrase.map((title) => `---\ntitle: ${title}\nowner: ada\ntags: [mills, tolls]\n---\n\n`),
  phrase.map((title) => `+++\ntitle = "${title}"\n[params]\nowner = "ada"\n+++\n\n`),
  fc.tuple(phrase, prose).map(([label, text]) => `---\n${label}: ${text}\n${text}\n---\n\n`),
  prose.map((text) => `---\n${text}\n---\n\n`),
);
const source = fc
  .tuple(front, fc.array(block, { minLength: 1, maxLength: 8 }), fc.constantFrom('\n\n', '\n\n', '\n'))
  .map(([head, blocks, between]) => head + blocks.join(between));

function lost(text: string, name: string): string[] {
  const { paragraphs, problems, briefing, meta } = fromText(text, name);
  const told = [...paragraphs.map((one) => one.text), ...problems.map((one) => one.message), briefing.title, ...Object.values(meta)]
    .join('\n')
    .toLowerCase();
  return (text.toLowerCase().match(/[a-z]+\d+x/g) ?? []).filter((one) => !told.includes(one));
}

describe('no word is lost without a word', () => {
  it.each(['a.md', 'a.txt'])('of any %s', { timeout: 600_000 }, (name) => {
    fc.assert(
      fc.property(source, (text) => {
        expect(lost(text, name)).toEqual([]);
      }),
      { numRuns: Number(process.env.RUNS ?? 300) },
    );
  });
});
