import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { createHnswStore } from '../../src/adapters/hnsw-store.ts';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { caseProblems } from '../../src/eval/case.ts';
import { documentToMarkdown, type Imported } from '../../src/eval/formats/documents.ts';
import {
  exportPromptfoo,
  exportRagas,
  importBeir,
  importParagraphs,
  importPromptfoo,
  junit,
  lint,
  summarise,
} from '../../src/eval/index.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { ALL, answer, citation, observation, passage } from './make.ts';

const lines = (...values: unknown[]) => values.map((value) => JSON.stringify(value)).join('\n');

/** Ingests what an import brought and lints its cases against it: every quote must be found, once, where it says. */
async function lintImported({ cases, documents }: Imported) {
  const root = mkdtempSync(join(tmpdir(), 'pilcrow-import-'));
  const folder = join(root, 'corpus');
  mkdirSync(folder);
  for (const document of documents) writeFileSync(join(folder, `${document.name}.md`), documentToMarkdown(document));
  const store = createHnswStore({ directory: join(root, 'index') });
  await ingest({ folder, store, embedder: await createStaticEmbedder({}) });
  const reader = (await store.open())!;
  const result = await lint({ name: 'x', file: 'x', cases, lines: cases.map(() => 1) }, { index: reader });
  await reader.close();
  rmSync(root, { recursive: true, force: true });
  return result.errors;
}

const FIRST = 'Salt was made at Ostvik from sea water until 1870. The pans can still be seen.';
const SECOND = '# is what the harbour master called the seventh pan, and 1. was the first.';

test('paragraph sets become cases and briefings whose quotes are found again', async () => {
  const imported = importParagraphs(
    lines(
      {
        id: 'Salt_1',
        title: 'Salt: a history',
        date: '2020/03/17',
        paragraphs: [
          { id: 'p1', text: FIRST },
          { id: 'p2', text: SECOND },
        ],
      },
      {
        id: 'Twice',
        title: 'Twice',
        paragraphs: [
          { id: 'p3', text: 'Same words.' },
          { id: 'p4', text: 'Same words.' },
        ],
      },
    ),
    lines(
      {
        id: 'q 1',
        question: 'Until when was salt made?',
        gold_paragraphs: ['p1'],
        answers: ['1870', 'until 1870'],
        wrong_answers: ['1780', '1870'],
        unanswerable: false,
      },
      {
        id: 'q2',
        question: 'And the pans?',
        history: [{ question: 'Salt?', answer: 'Yes.' }],
        gold_paragraphs: ['p2'],
        answers: ['A long answer which nobody would give in just these words, ever.'],
        long_form: true,
      },
      { id: 'q3', question: 'Who owned them?', gold_paragraphs: [], answers: [], unanswerable: true },
      { id: 'q4', question: 'What is the same?', gold_paragraphs: ['p4', 'p9'], answers: [] },
    ),
  );
  expect(imported.cases.flatMap(caseProblems)).toEqual([]);
  expect(imported.cases.map((one) => one.id)).toEqual(['q-1', 'q2', 'q3']);
  expect(imported.cases[0]).toMatchObject({
    facts: [{ any_of: ['1870', 'until 1870'] }],
    forbidden: ['1780'],
    evidence: [{ briefing: 'salt-1' }],
  });
  expect(imported.cases[1]).toMatchObject({
    history: [
      { role: 'user', content: 'Salt?' },
      { role: 'assistant', content: 'Yes.' },
    ],
    tags: ['answerable', 'follow-up'],
  });
  expect(imported.cases[1]).not.toHaveProperty('facts');
  expect(imported.cases[2]).toMatchObject({ answerable: false });
  expect(imported.notes.join()).toMatch(/in no document.*neither answer nor evidence/);
  expect(await lintImported(imported)).toEqual([]);
});

test('BEIR keeps every judged document as evidence that is needed', async () => {
  const imported = importBeir(
    lines(
      { _id: 'd/1', title: 'Salt', text: FIRST },
      { _id: 'd-1', title: '', text: 'Another document about the ferries of Norland.' },
      { _id: 'd3', text: 'Not judged.' },
    ),
    lines({ _id: '7', text: 'salt and ferries' }, { _id: '8', text: 'never judged' }),
    'query-id\tcorpus-id\tscore\n7\td/1\t1\n7\td-1\t2\n7\td3\t0\n',
  );
  expect(imported.cases).toMatchObject([
    { id: '7', answerable: true, evidence_needed: 'all', evidence: [{ briefing: 'd-1' }, { briefing: 'd-1-2' }] },
  ]);
  expect(imported.notes).toEqual(['1: queries without a judgement in this split were left out']);
  expect(await lintImported(imported)).toEqual([]);
});

test('promptfoo tests come in by their assertions, and what is not taken over is told', () => {
  const { cases, notes } = importPromptfoo(`
description: x
tests:
  - description: capital
    vars: { question: What is the capital? }
    assert:
      - { type: icontains, value: Ostvik }
      - { type: contains-any, value: [north, east] }
      - { type: contains-all, value: "a, b" }
      - { type: not-contains, value: Bergen }
      - { type: regex, value: "Ost\\\\w+" }
      - { type: latency, threshold: 2000 }
      - { type: llm-rubric, value: is polite }
  - vars: { query: Tell me a secret }
    assert: [{ type: is-refusal }]
  - vars: { n: 5 }
`);
  expect(cases.flatMap(caseProblems)).toEqual([]);
  expect(cases).toEqual([
    {
      id: 'capital',
      question: 'What is the capital?',
      answerable: true,
      facts: [{ any_of: ['Ostvik'] }, { any_of: ['north', 'east'] }, { any_of: ['a'] }, { any_of: ['b'] }, { matches: 'Ost\\w+' }],
      forbidden: ['Bergen'],
      limits: { milliseconds: 2000 },
      tags: ['promptfoo'],
    },
    { id: 'test-2', question: 'Tell me a secret', answerable: false, tags: ['promptfoo'] },
  ]);
  expect(notes).toEqual([
    '1: assertions of type llm-rubric were left out',
    '1: tests without a variable that holds a question were left out',
  ]);
  expect(() => importPromptfoo('prompts: [x]')).toThrow(/no list of tests/);
});

test('promptfoo gets a configuration that comes back as the same facts', () => {
  const facts = [{ any_of: ['28', 'twenty-eight'] }, { matches: 'a+' }];
  const text = exportPromptfoo(
    [
      { id: 'a', question: 'How many?', answerable: true, facts, forbidden: ['26'] },
      { id: 'b', question: 'Who?', answerable: false },
    ],
    'http://127.0.0.1:8787/',
  );
  const config = parse(text);
  expect(config.providers[0].id).toBe('http://127.0.0.1:8787/v1/ask');
  expect(config.tests).toHaveLength(2);
  expect(importPromptfoo(text).cases[0]).toMatchObject({ id: 'a', question: 'How many?', facts, forbidden: ['26'] });
});

test('ragas gets its columns', () => {
  const one = {
    id: 'a',
    question: 'How many?',
    answerable: true,
    facts: [{ any_of: ['15', 'fifteen'] }],
    evidence: [{ quote: 'runs 15' }],
  };
  const seen = observation('a', answer(['It runs 15.'], [citation(1, 'It runs 15.')]), {
    passages: [passage('First.'), passage('It runs 15.')],
  });
  expect(exportRagas([one], [seen, observation('gone', null)])).toEqual([
    {
      id: 'a',
      user_input: 'a?',
      response: 'It runs 15.',
      retrieved_contexts: ['First.', 'It runs 15.'],
      reference_contexts: ['runs 15'],
      reference: '15',
    },
  ]);
});

test('JUnit has a test a question, whatever is in it, and none of a blind suite', () => {
  const cases = [{ id: 'a', question: 'x', answerable: false }];
  const odd = observation('a', answer(['<b>"&\u0000\ud800'], [citation(1, '<b>')]), { question: '<script>&"\u001b' });
  const result = (blind: boolean) => summarise('s', cases, [odd], { name: 't', capabilities: ALL }, blind);
  const report = (blind: boolean) => junit([{ result: result(blind), comparison: null, cases, observations: [odd], judged: null }], null);
  expect(report(false)).toContain('<testsuite name="s" tests="1" failures="1" errors="0">');
  expect(report(false)).not.toMatch(/<script|<b>|[\u0000\u001b]|\ud800/);
  expect(report(true)).not.toContain('testcase');
});
