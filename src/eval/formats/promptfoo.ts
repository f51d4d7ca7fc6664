import { pilcrowError } from '../../core/errors.ts';
import type { EvalCase, Fact, Forbidden } from '../case.ts';
import { readYaml, writeYaml } from '../dataset.ts';
import { caseId, type Imported } from './documents.ts';
import { keepUsable } from './paragraphs.ts';

interface Assertion {
  type: string;
  value?: unknown;
  threshold?: number;
}

interface PromptfooTest {
  description?: string;
  vars?: Record<string, unknown>;
  assert?: Assertion[];
  metadata?: Record<string, unknown>;
}

/** Variables that commonly hold the question, in the order tried. */
const QUESTION_VARS = ['question', 'query', 'prompt', 'input', 'message', 'user_input'];

/**
 * Tests of a promptfoo configuration (or a bare list of tests). Taken over: contains, contains-any, contains-all and their
 * case-insensitive forms, equals, regex, their `not-` forms, is-refusal and latency. Others are counted in the notes.
 */
export function importPromptfoo(text: string): Imported {
  const value = readYaml(text) as { tests?: unknown } | unknown[];
  const tests = (Array.isArray(value) ? value : value?.tests) as PromptfooTest[] | undefined;
  if (!Array.isArray(tests))
    throw pilcrowError('bad_request', 'There is no list of tests in it.', {
      hint: 'Tests in files of their own are not followed; name that file.',
    });
  const notes = new Map<string, number>();
  const note = (message: string) => notes.set(message, (notes.get(message) ?? 0) + 1);
  const ids = new Set<string>();
  const cases = tests.flatMap((test, index): EvalCase[] => {
    const name =
      QUESTION_VARS.find((one) => typeof test.vars?.[one] === 'string') ??
      Object.keys(test.vars ?? {}).find((one) => typeof test.vars?.[one] === 'string');
    const question = name ? String(test.vars?.[name]).trim() : '';
    if (question === '') {
      note('tests without a variable that holds a question were left out');
      return [];
    }
    let id = caseId(test.description?.slice(0, 60) ?? `test-${index + 1}`);
    while (ids.has(id)) id = `${id}-${index + 1}`;
    ids.add(id);
    const { facts, forbidden, refusal, milliseconds } = readAssertions(test.assert ?? [], note);
    return [
      {
        id,
        question,
        answerable: !refusal,
        ...(facts.length > 0 && !refusal ? { facts } : {}),
        ...(forbidden.length > 0 ? { forbidden } : {}),
        ...(milliseconds === null ? {} : { limits: { milliseconds } }),
        tags: ['promptfoo'],
      },
    ];
  });
  return { cases: keepUsable(cases, note), documents: [], notes: [...notes].map(([message, count]) => `${count}: ${message}`) };
}

function readAssertions(list: readonly Assertion[], note: (message: string) => void) {
  const facts: Fact[] = [];
  const forbidden: Forbidden[] = [];
  let refusal = false;
  let milliseconds: number | null = null;
  for (const { type, value, threshold } of list) {
    const not = type.startsWith('not-');
    const bare = type.replace(/^not-/, '').replace(/^icontains/, 'contains');
    const words = (Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [value])
      .map((one) => String(one).trim())
      .filter(Boolean);
    const whole = String(value ?? '').trim();
    if (bare === 'is-refusal') refusal = !not;
    else if (bare === 'latency' && threshold && !not) milliseconds = threshold;
    else if ((bare === 'contains' || bare === 'equals') && whole !== '') not ? forbidden.push(whole) : facts.push({ any_of: [whole] });
    else if (bare === 'contains-any' && words.length > 0) not ? forbidden.push(...words) : facts.push({ any_of: words });
    else if (bare === 'contains-all' && words.length > 0 && !not) facts.push(...words.map((word) => ({ any_of: [word] })));
    else if (bare === 'regex' && whole !== '') not ? forbidden.push({ matches: whole }) : facts.push({ matches: whole });
    else note(`assertions of type ${type} were left out`);
  }
  return { facts, forbidden, refusal, milliseconds };
}

/** Cases as a promptfoo configuration that asks a running service over `POST /v1/ask`. */
export function exportPromptfoo(cases: readonly EvalCase[], address: string): string {
  const tests = cases.map((one): PromptfooTest => {
    const facts = (one.facts ?? []).filter((fact) => fact.vital !== false).map(assertionOf);
    const forbidden = (one.forbidden ?? []).map((entry) =>
      typeof entry === 'string' ? { type: 'not-icontains', value: entry } : { type: 'not-regex', value: entry.matches },
    );
    const declined = { type: 'contains', value: 'not_found' };
    return {
      description: one.id,
      vars: {
        question: one.question,
        ...(one.edition ? { edition: one.edition } : { edition: 'latest' }),
        history: JSON.stringify(one.history ?? []),
      },
      assert: one.answerable ? [...facts, ...forbidden] : [declined],
      metadata: { tags: one.tags ?? [], answerable: one.answerable },
    };
  });
  return writeYaml({
    description: 'Pilcrow evaluation cases',
    prompts: ['{{question}}'],
    providers: [
      {
        id: `${address.replace(/\/+$/, '')}/v1/ask`,
        config: {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: { question: '{{question}}', edition: '{{edition}}', history: '{{history}}' },
          transformResponse:
            "['not_found', 'talk'].includes(json.status) ? 'not_found' : [json.answer, ...json.notes.map((note) => note.text)].join(' ')",
        },
      },
    ],
    tests,
  });
}

function assertionOf(fact: Fact): Assertion {
  if (fact.any_of) return { type: 'icontains-any', value: fact.any_of };
  if (fact.matches !== undefined) return { type: 'regex', value: fact.matches };
  return { type: 'icontains', value: fact.date ?? String(fact.number) };
}
