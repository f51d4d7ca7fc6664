import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHnswStore } from '../../src/adapters/hnsw-store.ts';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { createAsk, localVectors } from '../../src/ask/ask.ts';
import type { Answer, AskRequest, Citation, NearestPassage } from '../../src/core/model.ts';
import type { Hit, IndexReader } from '../../src/core/ports.ts';
import { codePointLength, sliceCodePoints } from '../../src/core/text/codepoints.ts';
import {
  type Baseline,
  compare,
  type Gate,
  type InProcess,
  inProcess,
  loadCases,
  makeBaseline,
  observe,
  parseGate,
  runGate,
  summarise,
} from '../../src/eval/index.ts';
import { checkFigures } from '../../src/eval/support.ts';
import { ingest } from '../../src/ingest/ingest.ts';

/** Our own gate over our own cases (those that may be read), with a baseline of the engine as it is. */
const directory = mkdtempSync(join(tmpdir(), 'pilcrow-sabotage-'));
let reader: IndexReader;
let engine: InProcess;
let gate: Gate;
let baseline: Baseline;
let cases: Awaited<ReturnType<typeof loadCases>>['cases'];

type Search = NonNullable<InProcess['search']>;
/** What was made for the same request, or else what is made now. */
function once<Made>(kept: Map<string, Made>, request: object, make: () => Made): Made {
  const key = JSON.stringify(request);
  const made = kept.get(key) ?? make();
  kept.set(key, made);
  return made;
}

const engineOn = async (index: IndexReader): Promise<InProcess> => {
  const embedder = await createStaticEmbedder({});
  const asks = createAsk({ index: async () => index, embedder, vectors: localVectors(embedder) });
  return { ask: (request) => asks.ask(request), search: asks.search, text: (id) => reader.text(id) };
};

beforeAll(async () => {
  const store = createHnswStore({ directory });
  await ingest({ folder: 'corpus', store, embedder: await createStaticEmbedder({}) });
  reader = (await store.open()) as IndexReader;
  const sane = await engineOn(reader);
  // Sabotage changes answers and what was found: the honest ones are made once.
  const answers = new Map<string, ReturnType<InProcess['ask']>>();
  const found = new Map<string, ReturnType<Search>>();
  engine = {
    ...sane,
    ask: async (request, options) => structuredClone(await once(answers, request, () => sane.ask(request, options))),
    search: async (request) => structuredClone(await once(found, request, () => (sane.search as Search)(request))),
  };
  gate = parseGate(readFileSync('evals/gate.yaml', 'utf8'), 'evals/gate.yaml');
  gate = { ...gate, floors: gate.floors.filter((floor) => floor.suite !== 'held-out') };
  cases = (await loadCases('evals/cases/tune.yaml')).cases;
  baseline = makeBaseline([await measure(engine)], '2026-01-01', () => '');
});
afterAll(async () => {
  await reader?.close();
  rmSync(directory, { recursive: true, force: true });
});

async function measure(engineUnderTest: InProcess) {
  const target = inProcess(engineUnderTest);
  return summarise('tune', cases, await observe({ cases, target }), target);
}

/** Names of the measures the gate fails on. */
async function failures(engineUnderTest: InProcess): Promise<Set<string>> {
  const result = await measure(engineUnderTest);
  const checks = runGate(gate, [result], [compare(result, baseline)], () => cases);
  return new Set(checks.filter((check) => !check.passed).map((check) => check.measure));
}

/** The engine with its answers changed on their way out. */
const answering = (change: (answer: Answer, request: AskRequest) => Answer | Promise<Answer>): InProcess => ({
  ...engine,
  ask: async (request, options) => change(await engine.ask(request, options), request),
});

/** An answer made of a passage, cited correctly: what a service says that always says something. */
function blurt(answer: Answer, passage: NearestPassage, offset: number): Answer {
  const text = passage.text;
  const citation: Citation = {
    ...passage,
    number: 1,
    quote: { exact: text, prefix: '', suffix: '' },
    start: offset,
    end: offset + codePointLength(text),
  };
  return {
    ...answer,
    status: 'answered',
    answer: `${text} [1]`,
    sentences: [{ text, citations: [1], verdict: 'quoted', highlight: null, under: null }],
    citations: [citation],
    notes: [],
    nearest: [],
  };
}

async function best(query: string): Promise<{ passage: NearestPassage; offset: number }> {
  const found = (await engine.search?.({ query, limit: 1 }))?.passages[0];
  const paragraph = found ? await reader.paragraph(found.paragraph) : (await reader.paragraphsOf((await reader.briefings())[0]!.id))[3];
  // Cited is the paragraph, whatever chunk it was found in.
  if (found && paragraph) return { passage: { ...found, text: paragraph.text, headings: paragraph.headings }, offset: paragraph.start };
  const briefing = (await reader.briefing(paragraph!.briefing))!;
  return {
    passage: {
      paragraph: paragraph!.id,
      paragraphs: [paragraph!.id],
      briefing,
      headings: [],
      page: null,
      text: paragraph!.text,
      url: '',
      score: 0,
    },
    offset: paragraph!.start,
  };
}

test('the engine as it is passes', async () => {
  expect(await failures(engine)).toEqual(new Set());
});

test('asked again from the start, it gives the same scores', async () => {
  expect((await measure(await engineOn(reader))).digest).toBe(baseline.suites.tune?.digest);
});

test('broken retrieval: searches return other paragraphs than they found', async () => {
  const all = (await Promise.all((await reader.briefings()).map((one) => reader.chunksOf(one.id)))).flat().map((one) => one.id);
  const shift = (hits: Hit[]) => hits.map((hit) => ({ ...hit, chunk: all[(all.indexOf(hit.chunk) + 7) % all.length] as string }));
  const broken: IndexReader = {
    ...reader,
    nearest: async (...given) => shift(await reader.nearest(...given)),
    matching: async (...given) => shift(await reader.matching(...given)),
  };
  const failed = await failures(await engineOn(broken));
  expect(failed).toContain('recall_at_10');
  expect(failed).toContain('right_answerable');
  // Whatever is retrieved, what is said is cited and true to its source.
  for (const kept of ['citation_validity', 'number_fidelity', 'date_fidelity', 'citation_recall']) expect(failed).not.toContain(kept);
});

test('broken citations: offsets are off by one', async () => {
  const failed = await failures(
    answering((answer) => ({ ...answer, citations: answer.citations.map((one) => ({ ...one, start: one.start + 1, end: one.end + 1 })) })),
  );
  expect([...failed]).toEqual(['citation_validity']);
});

test('broken citations: the numbers of two are exchanged', async () => {
  const failed = await failures(
    answering((answer) => {
      const [a, b] = answer.citations;
      if (!a || !b || a.text === b.text) return answer;
      return { ...answer, citations: [{ ...b, number: a.number }, { ...a, number: b.number }, ...answer.citations.slice(2)] };
    }),
  );
  expect(failed).toContain('citation_recall');
  expect(failed).not.toContain('citation_validity');
});

test('broken edition choice: the older edition speaks unless asked otherwise', async () => {
  const failed = await failures({
    ...engine,
    ask: (request, options) => engine.ask({ ...request, edition: request.edition ?? '2019' }, options),
  });
  expect(failed).toContain('right_edition');
  for (const kept of ['citation_validity', 'number_fidelity', 'citation_recall']) expect(failed).not.toContain(kept);
});

test('broken abstention: what would be declined is answered from the nearest passage', async () => {
  const failed = await failures(
    answering(async (answer) => {
      if (answer.status !== 'not_found') return answer;
      const { passage, offset } = await best(answer.question.standalone);
      return blurt(answer, passage, offset);
    }),
  );
  expect(failed).toContain('abstention_recall');
  expect(failed).not.toContain('citation_validity');
});

test('one digit in one answer', async () => {
  let changed = 0;
  const failed = await failures(
    answering((answer) => {
      const sentence = answer.sentences[0];
      const source = answer.citations.map((one) => [one.text, ...one.headings, one.briefing.title].join('\n')).join('\n');
      if (changed > 0 || !sentence) return answer;
      for (const match of sentence.text.matchAll(/\d/g)) {
        const digit = (Number(match[0]) + 1) % 10;
        const text = `${sentence.text.slice(0, match.index)}${digit}${sentence.text.slice(match.index + 1)}`;
        // A digit whose change makes a figure that the paragraph holds as well would be no lie.
        if (!checkFigures(text, source).some((one) => one.kind === 'figure' && !one.found)) continue;
        changed++;
        return {
          ...answer,
          answer: answer.answer.replace(sentence.text, text),
          sentences: [{ ...sentence, text }, ...answer.sentences.slice(1)],
        };
      }
      return answer;
    }),
  );
  expect(changed).toBe(1);
  expect(failed).toContain('number_fidelity');
  expect(failed).toContain('citation_recall');
  // One answer among many: no average would have shown it.
  expect(failed).not.toContain('right');
});

test('always answering fails', async () => {
  const failed = await failures(
    answering(async (answer) => {
      const { passage, offset } = await best(answer.question.standalone);
      return blurt(answer, passage, offset);
    }),
  );
  expect(failed).toContain('abstention_recall');
  expect(failed).not.toContain('over_refusal');
});

test('always refusing fails', async () => {
  const failed = await failures(
    answering((answer) => ({
      ...answer,
      status: 'not_found',
      answer: 'The briefings do not answer this.',
      sentences: [],
      citations: [],
      notes: [],
    })),
  );
  expect(failed).toContain('over_refusal');
  expect(failed).toContain('right_answerable');
  expect(failed).not.toContain('abstention_recall');
});

test('the briefings hold what citations say they hold', async () => {
  const answer = await engine.ask({ question: 'How many Conventions has China ratified?' }, { signal: new AbortController().signal });
  for (const one of answer.citations)
    expect(sliceCodePoints((await reader.text(one.briefing.id)) as string, one.start, one.end)).toBe(one.quote.exact);
});
