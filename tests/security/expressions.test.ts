import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { createExaminer } from '../../src/eval/slow-regex.ts';
import { expressionsOf, expressionsUnder, watchRegExp } from './expressions.ts';

/** Files whose expressions are made of text that the test cannot know, and what guards them. */
const MADE_OF_OTHER_TEXT: Record<string, string> = {
  'ingest/read.ts': 'one class of characters nobody sees',
  'ingest/formats/markdown/front-matter.ts': 'the source of an expression that is analysed itself',
  'ingest/formats/markdown/markdown.ts': 'the name of an HTML element after "<" or "</"',
  'eval/match.ts': 'patterns of evaluation cases: `eval lint` examines each in the same way',
  'eval/slow-regex.ts': 'only asks whether an expression is one, on no text',
  'eval/ambiguity.ts': 'only asks whether an expression is one, on no text',
  'ingest/abbreviations.ts': 'a name from the text with every special character escaped, so a literal',
};
/** Asked and read so that what is made meanwhile is seen too. */
const FILES = {
  'harbours-2019.md':
    '# Harbours\n\nThe National Harbour Board (NHB) has nine piers in France and in Spain. <table><tr><td>Pier</td><td>9</td></tr></table>\n\n<script>x</script>\n\nSince 2018 the NHB has signed two agreements with Cambodia.',
  'harbours-2024.md': '# Harbours\n\nThe National Harbour Board (NHB) has ten piers in France and in Spain.',
};
const QUESTIONS = [
  'How many piers did the 2019 edition give, and who runs them and how many are there in France?',
  'What did the older briefing say about the piers, according to the version of 2019?',
  'Combien y avait-il de quais en janvier 2019 ?',
  'Is that now different from then, as of 2024?',
];

/** Files that only run in a browser or start a command when imported; what they make is said above, if anything. */
const NOT_IMPORTED = /^(?:widget|http\/pages)\/|^cli\/main\.ts$|^vitest\/|\.(?:worker|child)\.ts$/;

const examine = createExaminer();

it('the reader of the source sees every form', () => {
  const text = [
    'const a: RegExp = /x+\\/y/giu;',
    "const b = new RegExp(a.source + '|b', 'i') as RegExp;",
    "const c = RegExp('c');",
    'const d = 4 / 2 / 1; // /not one/',
    'const e = `$'.concat('{"x".replace(/in a template/g, "")}`;'),
  ].join('\n');
  expect(expressionsOf('x.ts', text)).toEqual([
    { place: 'x.ts:1', written: { source: 'x+\\/y', flags: 'giu' } },
    { place: 'x.ts:2', written: null },
    { place: 'x.ts:3', written: null },
    { place: 'x.ts:5', written: { source: 'in a template', flags: 'g' } },
  ]);
});

it.each([
  ['a loop that reads a word in two ways', '^(?:(?:now|and now|and)\\s*)*then'],
  ['a loop in a loop', '^(?:\\w+\\s?)*$'],
  ['an optional part that comes again as another one', '^(?:hello(?: dear)?[ ,]+|dear[ ,]+)*friend'],
  ['endings that begin other words', '^(?:bring\\p{L}*|s|ing)*$'],
  ['a bounded loop', '(?:a|a){0,60}b'],
  ['an assertion', '(?=(?:x+)+y)x'],
  ['three loops in a row over the same letters', 'a+\\s*a*\\s*a+$'],
  ['spaces that four parts may take', '^\\s*(?:of)?\\s*(?:the)?\\s*(?:such)?\\s*$'],
])('finds %s', (_, source) => {
  expect(examine(source, 'iu').problem).toContain('slow');
});

it.each(['^(?:(?:now|and|then)\\s+)*go', '\\s+$', '(?:\\d{1,3}(?:,\\d{3})*|\\p{L}+)[ .]', '^[^@\\s]+@[^@\\s]+$', '(?<!\\p{L})(?:ab|cd)+x'])(
  'accuses no innocent expression: %s',
  (source) => {
    expect(examine(source, 'iu').problem).toBeNull();
  },
);

it('no expression of the source takes exponential or steep polynomial time', async () => {
  const watch = watchRegExp('src');
  try {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
    for (const file of files.filter((name) => name.endsWith('.ts') && !NOT_IMPORTED.test(name)))
      await import(pathToFileURL(resolve('src', file)).href);
    const { serviceOf } = await import('../ask/service.ts');
    const { ask } = await serviceOf(FILES);
    for (const question of QUESTIONS) {
      await ask({ question });
      await ask({
        question: 'And in Spain? And the second agreement?',
        history: [
          { role: 'user', content: question },
          { role: 'assistant', content: 'The National Harbour Board has nine piers in France. Would you like to know more about them?' },
        ],
      });
    }
    const { calendarOf } = await import('../../src/ask/verify/calendar.ts');
    for (const language of ['en', 'fr', 'es', 'de', 'zh']) calendarOf(language);
    const { dates } = await import('../../src/core/time/dates.ts');
    for (const language of ['fr', 'es', 'de', 'it', 'pt', 'nl', 'ru']) dates('5 mai 2018, 5. Mai 2018, 5 de mayo de 2018', language);
  } finally {
    watch.stop();
  }
  const found = expressionsUnder('src');
  // The reader would be of no use if it saw only some: the service has more than a thousand.
  expect(found.length).toBeGreaterThan(1000);
  const unseen: string[] = [];
  const todo = new Map<string, { place: string; source: string; flags: string }>();
  for (const { place, written } of found) {
    const list = written ? [written] : (watch.made.get(place) ?? []);
    if (list.length === 0 && !(place.slice(0, place.lastIndexOf(':')) in MADE_OF_OTHER_TEXT)) unseen.push(place);
    for (const one of list) todo.set(`${one.source}/${one.flags}`, { place, ...one });
  }
  const slow: string[] = [];
  const unread: string[] = [];
  for (const { place, source, flags } of todo.values()) {
    const report = examine(source, flags);
    if (report.problem) slow.push(`${place} ${report.problem}`);
    if (report.unread) unread.push(`${place} ${report.unread}`);
  }
  expect(slow).toEqual([]);
  expect(unread).toEqual([]);
  expect(unseen).toEqual([]);
  // 12 s on an idle machine; the processor may be shared.
}, 600_000);
