import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caseFileJsonSchema, type EvalCase, needsOf } from '../../src/eval/case.ts';
import { casesToJsonLines, casesToYaml, loadCases, parseCases } from '../../src/eval/dataset.ts';
import { lint } from '../../src/eval/lint.ts';
import { occurs, plain, proves, sameEdition, states } from '../../src/eval/match.ts';
import { createExaminer } from '../../src/eval/slow-regex.ts';
import { citation } from './make.ts';

const good: EvalCase = { id: 'one', question: 'How many?', answerable: true, facts: [{ any_of: ['28'] }], tags: ['number'] };

describe('case files', () => {
  test('YAML and JSONL hold the same', () => {
    const cases: EvalCase[] = [good, { id: 'two', question: 'Who: “she” or #5?', answerable: false, tags: ['a: b', '- c'] }];
    expect(parseCases(casesToYaml(cases), 'x.yaml')).toMatchObject({ problems: [], dataset: { cases } });
    expect(parseCases(casesToJsonLines(cases), 'x.jsonl')).toMatchObject({ problems: [], dataset: { cases, lines: [1, 2] } });
  });

  test.each(['', '# - id: asked\n#   question: How many?\n'])('a file that holds no case yet says what to do: %j', (text) => {
    const [problem, ...more] = parseCases(text, 'x.yaml').problems;
    expect(more).toEqual([]);
    expect(problem?.message).toContain('no case yet');
  });

  test('every problem is named with its line', () => {
    const text = `- id: one
  question: How many?
  answerable: true
  facts: [{ any_of: ["28"] }]

- id: one
  question: Again?
  answerable: maybe
  colour: blue
`;
    const { dataset, problems } = parseCases(text, 'x.yaml');
    expect(dataset.cases.map((one) => one.id)).toEqual(['one']);
    expect(problems.map(({ line, id, message }) => `${line} ${id} ${message}`)).toEqual([
      expect.stringMatching(/^6 one answerable: .*boolean/),
      expect.stringMatching(/^6 one .*colour/),
      '6 one this id was used before, in line 1',
    ]);
  });

  test('what is no list of cases is told, not thrown', () => {
    for (const [file, text] of [
      ['x.yaml', 'a: b'],
      ['x.yaml', '- [unclosed'],
      ['x.yaml', ''],
      ['x.jsonl', '{"id": '],
      ['x.jsonl', 'null'],
    ] as const)
      expect(parseCases(text, file).problems.length).toBeGreaterThan(0);
  });

  test('a fact has exactly one form, and a unit only with a number', () => {
    const wrong = (fact: object) => parseCases(JSON.stringify({ ...good, facts: [fact] }), 'x.jsonl').problems.length;
    expect([wrong({ any_of: ['a'], number: 1 }), wrong({}), wrong({ any_of: ['a'], unit: 'USD' })]).toEqual([1, 1, 1]);
    expect([wrong({ number: 8e6, unit: 'USD' }), wrong({ date: '2026-04' }), wrong({ matches: 'a+' })]).toEqual([0, 0, 0]);
  });

  test('a file that is not there is told with a hint', async () => {
    await expect(loadCases('/no/such/file.yaml')).rejects.toMatchObject({ code: 'bad_request' });
  });

  test('the published JSON Schema is the one cases are checked with', () => {
    expect(JSON.parse(readFileSync('evals/case.schema.json', 'utf8'))).toEqual(caseFileJsonSchema());
  });
});

describe('our own cases', () => {
  test('are well-formed, at least 150, of every kind, with unique ids over both files', async () => {
    const [tune, heldOut] = [await loadCases('evals/cases/tune.yaml'), await loadCases('evals/cases/held-out.yaml')];
    const cases = [...tune.cases, ...heldOut.cases];
    expect(cases.length).toBeGreaterThanOrEqual(150);
    expect(new Set(cases.map((one) => one.id)).size).toBe(cases.length);
    const tags = new Set(cases.flatMap((one) => one.tags ?? []));
    const kinds = [
      'single-fact',
      'number',
      'date',
      'list',
      'several-paragraphs',
      'edition',
      'changed',
      'follow-up',
      'paraphrase',
      'misspelt',
      'unanswerable',
      'near-miss',
      'other-language',
    ];
    expect(kinds.filter((kind) => !tags.has(kind))).toEqual([]);
    for (const dataset of [tune, heldOut]) expect((await lint(dataset)).errors).toEqual([]);
  });
});

describe('matching', () => {
  test('case, quotes, dashes and spaces do not matter; digits never match inside a number', () => {
    expect(occurs(plain('The “1+10” Dialogue\u00a0of 2018–27'), plain('"1+10" dialogue of 2018-27'))).toBe(true);
    for (const [text, wording, found] of [
      ['in 2026 it', '26', false],
      ['26 Conventions', '26', true],
      ['1.8 million', '8 million', false],
      ['US$ 8 million', '8 million', true],
      ['8 millions', '8 million', true],
      ['1,985 people', '985', false],
      ['in 1985.', '1985', true],
      ['3.5, 4', '3', false],
    ] as const)
      expect([text, wording, occurs(text, wording)]).toEqual([text, wording, found]);
  });

  test('numbers match however they are written, with the unit asked for', () => {
    expect(states('It gave US$ 8 million.', { number: 8_000_000, unit: 'USD' })).toBe(true);
    expect(states('It gave EUR 8,000,000.', { number: 8_000_000, unit: 'USD' })).toBe(false);
    expect(states('Twenty-eight Conventions', { number: 28 })).toBe(true);
    expect(states('28%', { number: 28, unit: '%' })).toBe(true);
    expect(states('signed on 12 April 2026', { date: '2026-04' })).toBe(true);
    expect(states('signed in 2026', { date: '2026-04' })).toBe(false);
    expect(states('Lao PDR', { matches: '\\blao\\b' })).toBe(true);
  });

  test('editions are the same at the coarser precision', () => {
    expect([
      sameEdition('2026-07', '2026'),
      sameEdition('2026', '2026-07'),
      sameEdition('2026-07', '2026-08'),
      sameEdition('20260', '2026'),
      sameEdition(null, '2026'),
    ]).toEqual([true, true, false, false, false]);
  });

  test('evidence is found by quote, and in another wording of the edition by anchors', () => {
    const entry = { edition: '2026-07', quote: 'has ratified 28 Conventions', anchors: ['28', 'ferries'] };
    expect(proves(citation(1, 'China has ratified 28 Conventions.'), entry)).toBe(true);
    expect(proves(citation(1, 'The number of Conventions stands at 28.'), entry)).toBe(true);
    expect(proves(citation(1, 'The number of Conventions stands at 280.'), entry)).toBe(false);
    expect(proves(citation(1, 'China has ratified 28 Conventions.', undefined, '2019'), entry)).toBe(false);
    expect(proves(citation(1, 'China has ratified 28 Conventions.'), { ...entry, briefing: 'ferries-2026-07.md' })).toBe(true);
    expect(proves(citation(1, 'China has ratified 28 Conventions.'), { ...entry, briefing: 'harbours' })).toBe(false);
  });

  test('whatever the text, a part of it occurs in it unless a digit would be cut', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
        (before, wording) => {
          const folded = plain(wording);
          if (folded === '' || /^\d|\d$/.test(folded)) return;
          expect(occurs(plain(`${before} ${wording} x`), folded)).toBe(true);
        },
      ),
    );
  });

  test('a megabyte of text is searched', () => {
    const text = plain('1'.repeat(1_000_000));
    expect(occurs(text, '1')).toBe(false);
  });

  test('evidence is needed one by one, or together where the answer is about several', () => {
    const evidence = [{ quote: 'a' }, { quote: 'b' }];
    expect(needsOf({ ...good, evidence })).toEqual([evidence]);
    expect(needsOf({ ...good, evidence, tags: ['changed'] })).toEqual([[evidence[0]], [evidence[1]]]);
    expect(needsOf({ ...good, evidence, tags: ['several-paragraphs'], evidence_needed: 'any' })).toEqual([evidence]);
    expect(needsOf({ ...good, evidence, edition: 'all' })).toHaveLength(2);
  });
});

describe('slow regular expressions', () => {
  const examine = createExaminer();
  const regexProblem = (source: string) => examine(source, 'iu').problem;
  test('are refused, quick ones are not', () => {
    for (const source of ['^(a+)+$', '(?:\\w+\\s?)+!', '(x|xx)*y', '([a-z]+)*\\d', '(.*)*@', '\\s+\\s+\\s+\\s+$'])
      expect(regexProblem(source)).toMatch(/is slow/);
    // Two readings of one word, where repeating any single letter or word of the pattern shows nothing.
    for (const source of [
      '^(?:(?:would you(?: kindly)?|kindly)\\s+)*answer',
      '^yes(?:[ ,]+(?:please|please do|do))*[.!]*$',
      '^(?:plan\\p{Ll}*|n|last)*(?:then|now)',
    ])
      expect(regexProblem(source)).toMatch(/is slow/);
    for (const source of ['\\b28\\b', 'twenty[- ]eight', '^.{0,40}Conventions', '(?:in|since) 19\\d\\d', 'a+b+c+'])
      expect(regexProblem(source)).toBeNull();
    expect(regexProblem('(')).toMatch(/[Ii]nvalid|Unterminated/);
    // Slow ones are waited for until they have computed for half a second, however busy the machine.
  }, 600_000);
});
