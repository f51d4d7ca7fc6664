import { z } from 'zod';

const text = z.string().trim().min(1);
const EDITION = /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/;
const status = z.enum(['answered', 'partial', 'not_found', 'older_edition_only']);

const fact = z
  .strictObject({
    any_of: z
      .array(text)
      .min(1)
      .optional()
      .describe(
        'Wordings, one of which must occur in the answer. Compared without regard to case, typographic quotes, dashes and spaces; a wording that begins or ends with a digit never matches inside a longer number.',
      ),
    number: z
      .number()
      .optional()
      .describe('A quantity that must occur with this value, however it is written: 8000000 is found in "US$ 8 million".'),
    unit: text.optional().describe('Unit of `number`: %, or an ISO 4217 code such as USD.'),
    date: z.string().regex(EDITION).optional().describe('A date that must occur, at this or a finer precision.'),
    matches: text.optional().describe('A JavaScript regular expression (flags iu) that must match. `eval lint` refuses slow ones.'),
    vital: z
      .boolean()
      .optional()
      .describe('Default true. A vital fact must be in a right answer; a fact that is not vital only counts in weighted fact recall.'),
  })
  .refine((one) => [one.any_of, one.number, one.date, one.matches].filter((form) => form !== undefined).length === 1, {
    message: 'needs exactly one of any_of, number, date and matches',
  })
  .refine((one) => one.unit === undefined || one.number !== undefined, { message: 'has a unit but no number' })
  .describe('Something the answer must state, in one of four forms.');

const evidence = z
  .strictObject({
    briefing: text
      .optional()
      .describe('Id of the briefing, its source file, or that file without its ending. Absent: any briefing of the edition.'),
    edition: z
      .string()
      .regex(EDITION)
      .optional()
      .describe(
        'Date of the edition the paragraph stands in: YYYY, YYYY-MM or YYYY-MM-DD, as a string. 2026 matches 2026-07 and the other way round.',
      ),
    quote: text.describe(
      'Words of the right paragraph that occur exactly once in the briefing. They survive re-ingest: a paragraph is right when it holds them.',
    ),
    anchors: z
      .array(text)
      .optional()
      .describe(
        'Words the right paragraph holds, headings included, in any wording of the same edition. Where the quote does not occur (another wording, e.g. the source document of a retelling), a paragraph of that edition with all anchors is right.',
      ),
  })
  .describe(
    'A paragraph that proves the answer, named by edition and quote, or by edition and anchors in another wording of that edition.',
  );

const forbidden = z
  .union([text, z.strictObject({ matches: text })])
  .describe(
    'A statement no sentence of the answer may make: words, or a regular expression. Notes may (they say what another edition said).',
  );

const limits = z
  .strictObject({
    sentences: z.int().positive().optional().describe('Most sentences of the answer.'),
    characters: z.int().positive().optional().describe('Most characters of all sentences together.'),
    milliseconds: z
      .number()
      .positive()
      .optional()
      .describe('Most time for the answer. Reported, never part of "right": times are not reproducible.'),
  })
  .describe('Bounds of a good answer.');

const turn = z.strictObject({ role: z.enum(['user', 'assistant']), content: z.string() });

/** One question and what a right answer to it is. The JSON Schema made from this is `evals/case.schema.json`. */
const caseSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[\p{L}\p{N}][\p{L}\p{N}._|:-]*$/u, 'must begin with a letter or digit and hold letters, digits and . _ - | : only')
      .describe('Unique in the file; stays the same when the wording of the question is improved, so that baselines go on.'),
    question: text,
    paraphrases: z.array(text).optional().describe('Other wordings that must be answered as well.'),
    history: z.array(turn).optional().describe('Turns before the question, oldest first.'),
    edition: text.optional().describe('The `edition` of the request: latest, all, or a date.'),
    briefings: z.array(text).optional().describe('The `briefings` of the request.'),
    answerable: z.boolean().describe('Whether the briefings answer the question.'),
    status: z
      .array(status)
      .min(1)
      .optional()
      .describe(
        'Outcomes that are right. Default: any but not_found for an answerable case, not_found for the others. A not_found listed for an answerable case counts as right.',
      ),
    facts: z.array(fact).optional(),
    forbidden: z.array(forbidden).optional(),
    evidence: z.array(evidence).optional(),
    evidence_needed: z
      .enum(['any', 'all'])
      .optional()
      .describe(
        'Whether one entry of `evidence` is enough. Default: all for the tags changed and several-paragraphs and for edition all, else any.',
      ),
    tags: z
      .array(text)
      .optional()
      .describe('What the case tests; scores are broken down by them. `changed`: facts may stand in notes, and forbidden does not apply.'),
    limits: limits.optional(),
  })
  .describe('A case: one question and what a right answer to it is.');

export type EvalCase = z.infer<typeof caseSchema>;
export type Fact = z.infer<typeof fact>;
export type Evidence = z.infer<typeof evidence>;
export type Forbidden = z.infer<typeof forbidden>;

/** The published JSON Schema of a case file: a list of cases (one case a line in JSONL). */
export function caseFileJsonSchema(): Record<string, unknown> {
  const { $schema, ...list } = z.toJSONSchema(z.array(caseSchema)) as Record<string, unknown>;
  return {
    $schema,
    title: 'Pilcrow evaluation cases',
    description:
      'A YAML list of cases, or JSONL with one case a line. Evidence is matched in two steps: by edition and quote in the corpus the cases were written for, and by edition and anchors in any other wording of the same editions, so that one file scores both.',
    ...list,
  };
}

/** Problems of one value as a case, each with the path inside it; empty when it is one. */
export function caseProblems(value: unknown): { path: (string | number)[]; message: string }[] {
  const read = caseSchema.safeParse(value);
  if (read.success) return [];
  return read.error.issues.map(({ path, message }) => ({
    path: path.filter((part) => typeof part !== 'symbol') as (string | number)[],
    message,
  }));
}

/** Outcomes that are right for a case. */
export function rightStatuses(one: EvalCase): readonly string[] {
  return one.status ?? (one.answerable ? ['answered', 'partial', 'older_edition_only'] : ['not_found']);
}

/** Whether facts may stand in notes: where the answer is about more than one edition. */
export function countsNotes(one: EvalCase): boolean {
  return one.tags?.includes('changed') === true || one.edition === 'all';
}

/** What must be cited: every inner list is one need, met by any of its entries. */
export function needsOf(one: EvalCase): Evidence[][] {
  const list = one.evidence ?? [];
  if (list.length === 0) return [];
  const all = one.evidence_needed ? one.evidence_needed === 'all' : countsNotes(one) || one.tags?.includes('several-paragraphs') === true;
  return all ? list.map((entry) => [entry]) : [[...list]];
}
