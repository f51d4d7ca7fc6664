import { z } from 'zod';
import type { DeskBriefing, EvaluationState, FileNote, IngestNote, MadeCases, OpinionGroup, QuestionGroup } from '../../core/desk.ts';
import { isDate } from '../../core/time/dates.ts';
import type { IngestOutcome } from '../../core/updates.ts';

const text = (name: string, most: number) =>
  z.string(`${name} must be text`).min(1, `${name} is empty`).max(most, `${name} is longer than ${most} characters`);

/** Bodies of requests. */
export const deskRequests = {
  DeskEdition: z.object(
    {
      source: text('source', 500).meta({ description: 'The file, as the list of briefings names it.' }),
      edition: z
        .string('edition must be text')
        .refine(isDate, 'edition must be a date such as 2019, 2019-06 or 2019-06-26')
        .optional()
        .meta({ description: 'Without edition and series what was noted before is withdrawn.', examples: ['2026-07'] }),
      series: text('series', 200).optional(),
    },
    'the body must be an object',
  ),
  DeskSettle: z.object(
    {
      keys: z.array(text('each key', 100), 'keys must be a list').min(1, 'keys is empty').max(5000, 'at most 5000 keys'),
      settled: z.boolean('settled must be true or false'),
    },
    'the body must be an object',
  ),
  DeskCases: z.object(
    {
      opinions: z.array(text('each opinion', 100), 'opinions must be a list').max(500).optional().meta({ description: 'Ids of feedback.' }),
      questions: z
        .array(
          z.object({
            question: text('question', 4000),
            rightly: z.boolean('rightly must be true or false').meta({ description: 'Whether declining it was right.' }),
          }),
          'questions must be a list',
        )
        .max(500)
        .optional(),
      keep: z.boolean('keep must be true or false').optional().meta({ description: 'Whether to add them to the file of `PILCROW_CASES`.' }),
    },
    'the body must be an object',
  ),
};

const edition = z.object({
  date: z.string().nullable(),
  stated: z.boolean(),
  source: z.enum(['set', 'front-matter', 'title', 'first-page', 'file-name', 'text', 'none']),
});
const fileNote = z.object({ file: z.string(), message: z.string(), hint: z.string() }) satisfies z.ZodType<FileNote>;
const ingestNote = z.object({
  time: z.string(),
  failed: z.object({ message: z.string(), hint: z.string().nullable() }).nullable(),
  problems: z.array(fileNote).meta({ description: 'Files that were refused, or that something is amiss with.' }),
  notes: z.array(fileNote).meta({ description: 'What was left out of a file on purpose.' }),
}) satisfies z.ZodType<IngestNote>;
const deskBriefing = z.object({
  id: z.string(),
  title: z.string(),
  source: z.string(),
  series: z.string(),
  edition,
  newest: z.boolean(),
  paragraphs: z.int(),
  sha256: z.string(),
  access: z.array(z.array(z.string())).optional(),
}) satisfies z.ZodType<DeskBriefing>;
const questionGroup = z.object({
  keys: z.array(z.string()),
  question: z.string(),
  wordings: z.array(z.object({ question: z.string(), times: z.int() })),
  times: z.int(),
  askers: z.int(),
  last: z.string(),
  closest: z.int(),
  declined: z.int(),
  settled: z.boolean(),
}) satisfies z.ZodType<QuestionGroup>;
const opinion = z.object({
  id: z.string(),
  time: z.string(),
  verdict: z.enum(['up', 'down']),
  comment: z.string().nullable(),
  question: z.string(),
  answer: z.string(),
  status: z.enum(['answered', 'partial', 'not_found', 'older_edition_only', 'talk']),
  mode: z.enum(['extractive', 'generative']),
  snapshot: z.string(),
  citations: z.array(z.object({ paragraph: z.string(), edition: z.string().nullable(), quote: z.string() })),
  site: z.string().nullable(),
  settled: z.boolean(),
});
const opinionGroup = z.object({
  question: z.string(),
  up: z.int(),
  down: z.int(),
  opinions: z.array(opinion),
  settled: z.boolean(),
});
const evaluation = z.object({
  running: z.boolean(),
  began: z.string().nullable(),
  ended: z.string().nullable(),
  failed: z.string().nullable(),
  verdicts: z.array(z.string()),
  report: z.boolean().meta({ description: 'Whether `/desk/evaluation` has a report.' }),
}) satisfies z.ZodType<EvaluationState>;
const made = z.object({ yaml: z.string(), file: z.string().nullable(), open: z.int() }) satisfies z.ZodType<MadeCases>;
const named = z.array(z.string());

/** What replies look like. */
export const deskReplies = {
  DeskOverview: z.object({
    name: z.string(),
    snapshot: z.object({ id: z.string(), created: z.string() }).nullable(),
    briefings: z.array(deskBriefing),
    editionsSet: z.record(z.string(), z.object({ edition: z.string().optional(), series: z.string().optional() })),
    lastIngest: ingestNote.nullable(),
    warnings: z.array(z.string()),
    uploads: z
      .boolean()
      .meta({ description: 'Whether briefings may be brought in and taken out (`PUT` and `DELETE /v1/briefings/{name}`).' }),
    cases: z.string().nullable().meta({ description: 'File of evaluation cases.' }),
    kept: z
      .object({ questions: z.int().nullable(), feedback: z.int().nullable() })
      .meta({ description: 'Days; null: not kept, or without a limit.' }),
  }),
  DeskIngest: z.object({
    snapshot: z.string(),
    unchanged: z.boolean(),
    briefings: z.int(),
    added: named,
    changed: named,
    removed: named,
    renamed: z.array(z.object({ from: z.string(), to: z.string() })),
    problems: z.array(fileNote),
    notes: z.array(fileNote),
  }) satisfies z.ZodType<Omit<IngestOutcome, 'editions' | 'newEditions'>>,
  DeskQuestions: z.object({ kept: z.boolean(), asked: z.int(), groups: z.array(questionGroup) }),
  DeskOpinions: z.object({ groups: z.array(opinionGroup) }) satisfies z.ZodType<{ groups: OpinionGroup[] }>,
  DeskDone: z.object({ done: z.literal(true) }),
  DeskMadeCases: made,
  DeskEvaluation: evaluation,
};
