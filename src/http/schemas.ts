import { z } from 'zod';
import type { Limits } from '../config.ts';
import { pilcrowError } from '../core/errors.ts';
import type { Answer, Briefing, Changes, Citation, NearestPassage, Paragraph, SearchResult, Series } from '../core/model.ts';
import { codePointLength } from '../core/text/codepoints.ts';
import { isDate } from '../core/time/dates.ts';
import type { UpdateReport } from '../core/updates.ts';

/** Text of 1 to `most` code points that is not only white space. */
const words = (name: string, most: number) =>
  z
    .string(`${name} must be text`)
    .refine((text) => text.trim() !== '', `${name} is empty`)
    .refine((text) => codePointLength(text) <= most, `${name} is longer than ${most} characters`)
    .meta({ minLength: 1, maxLength: most });

const edition = z
  .string('edition must be text')
  .refine(
    (text) => text === 'latest' || text === 'all' || isDate(text),
    'edition must be latest, all or a date such as 2019, 2019-06 or 2019-06-26',
  )
  .meta({ description: '`latest` (default), `all`, or an edition date of any precision.', examples: ['latest', '2019', '2026-07'] });
const briefings = z
  .array(z.string('each briefing must be an id').max(200, 'a briefing id has at most 200 characters'), 'briefings must be a list of ids')
  .max(1000, 'at most 1000 briefings')
  .meta({ description: 'Only these briefings, by id.' });
const limit = z
  .int('limit must be a whole number')
  .min(1, 'limit must be at least 1')
  .max(20, 'limit must be at most 20')
  .meta({ description: 'How many passages to consider and to show, 1 to 20.' });

const which = z
  .string()
  .max(200, 'an edition is a date or the id of a briefing')
  .meta({ description: 'Date of an edition (2019, 2019-06, 2019-06-26) or id of its briefing.', examples: ['2019', '2026-07'] });
/** Query of `GET /v1/series/{id}/changes`. */
export const changesQuery = z.object({ from: which.optional(), to: which.optional() });

/** Schemas of requests; members that are not known are ignored, so that newer clients can talk to older servers. */
export function requestSchemas(limits: Limits) {
  const turn = z.object(
    {
      role: z.enum(['user', 'assistant'], 'role must be user or assistant'),
      content: z
        .string('content must be text')
        .refine((text) => codePointLength(text) <= limits.turnCharacters, `content is longer than ${limits.turnCharacters} characters`)
        .meta({ maxLength: limits.turnCharacters }),
    },
    'each turn must be an object with role and content',
  );
  const ask = z.object(
    {
      question: words('question', limits.questionCharacters),
      history: z
        .array(turn, 'history must be a list of turns')
        .max(limits.historyTurns, `history has more than ${limits.historyTurns} turns; send only the latest`)
        .optional()
        .meta({ description: 'Earlier turns of the conversation, oldest first. The server keeps none.' }),
      edition: edition.optional(),
      briefings: briefings.optional(),
      limit: limit.optional(),
    },
    'the body must be an object',
  );
  const search = z.object(
    {
      query: words('query', limits.questionCharacters),
      edition: edition.optional(),
      briefings: briefings.optional(),
      limit: limit.optional(),
    },
    'the body must be an object',
  );
  return { ask, search };
}

/** Body of `POST /v1/feedback`. */
export function feedbackSchema(limits: Limits) {
  const text = (name: string, most: number) =>
    z
      .string(`${name} must be text`)
      .refine((value) => codePointLength(value) <= most, `${name} is longer than ${most} characters`)
      .meta({ maxLength: most });
  return z.object(
    {
      id: z
        .string('id must be text')
        .regex(/^[0-9a-f]{32}$/, 'id must be 32 hexadecimal digits')
        .meta({ description: 'Of the answer, chosen by the caller; a later record with it takes the place of an earlier one.' }),
      verdict: z.enum(['up', 'down'], 'verdict must be up or down'),
      comment: text('comment', 2000).nullable().optional().meta({ description: 'No personal data, please.' }),
      question: words('question', limits.questionCharacters),
      answer: text('answer', 20_000),
      status: z.enum(
        ['answered', 'partial', 'not_found', 'older_edition_only'],
        'status must be answered, partial, not_found or older_edition_only',
      ),
      mode: z.enum(['extractive', 'generative'], 'mode must be extractive or generative'),
      snapshot: text('snapshot', 200),
      citations: z
        .array(
          z.object(
            {
              paragraph: text('paragraph', 300),
              edition: z.string('edition must be text').refine(isDate, 'edition must be a date').nullable(),
              quote: text('quote', 2000),
            },
            'each citation must be an object',
          ),
          'citations must be a list',
        )
        .max(40, 'at most 40 citations'),
    },
    'the body must be an object',
  );
}

const editionDate = z.string().nullable();
const citedBriefing = z.object({
  id: z.string(),
  title: z.string(),
  series: z.string(),
  edition: z.object({ date: editionDate, stated: z.boolean() }),
  newest: z.boolean(),
  source: z.string(),
});
const offset = z.int().min(0);
const span = z.object({ start: offset, end: offset });
const citation = z.object({
  number: z.int().min(1),
  paragraph: z.string().meta({ examples: ['china-ilo-cooperation-2026-07#p3'] }),
  briefing: citedBriefing,
  headings: z.array(z.string()),
  page: z.int().nullable(),
  text: z.string().meta({ description: 'The whole paragraph.' }),
  quote: z.object({ exact: z.string(), prefix: z.string(), suffix: z.string() }),
  start: offset.meta({ description: "Code point offset of the quote in the briefing's normalised text." }),
  end: offset.meta({ description: 'End of the quote, exclusive.' }),
  url: z.string(),
}) satisfies z.ZodType<Citation>;
const nearest = z.object({
  paragraph: z.string().meta({ description: 'Id of the paragraph that fits best.' }),
  paragraphs: z.array(z.string()).meta({ description: 'Ids of all paragraphs the text is made of.' }),
  briefing: citedBriefing,
  headings: z.array(z.string()),
  page: z.int().nullable(),
  text: z.string(),
  url: z.string(),
  score: z.number(),
}) satisfies z.ZodType<NearestPassage>;
const numbers = z.array(z.int().min(1));
const answer = z.object({
  status: z.enum(['answered', 'partial', 'not_found', 'older_edition_only', 'talk']),
  outcome: z.enum(['answer', 'closest', 'declined', 'talk']).meta({
    description:
      'answer: the sentences answer. closest: nothing is asserted, `nearest` is worth a look. declined: nothing is close. talk: said to the service, which answers itself.',
  }),
  confidence: z.number().min(0).max(1).meta({ description: 'Probability that the best passage answers the question.' }),
  answer: z.string().meta({ description: 'The preface and the sentences, each followed by its `[n]`; for talk its text and items.' }),
  preface: z.string().nullable().meta({ description: 'Said by the service itself before the sentences.' }),
  talk: z
    .object({
      kind: z.enum([
        'greeting',
        'thanks',
        'farewell',
        'acknowledgement',
        'identity',
        'help',
        'briefings',
        'currency',
        'about',
        'smalltalk',
        'languages',
        'limits',
        'privacy',
        'trust',
        'contact',
        'rude',
        'unclear',
        'follow_up',
        'task',
      ]),
      text: z.string(),
      items: z.array(z.object({ text: z.string(), url: z.string().nullable() })),
    })
    .nullable()
    .meta({ description: 'What the service says of itself and of what it holds; only with the status `talk`.' }),
  sentences: z.array(
    z.object({
      text: z.string(),
      citations: numbers,
      verdict: z.enum(['quoted', 'verified', 'checked']),
      highlight: z
        .object({ start: offset, end: offset })
        .nullable()
        .meta({ description: 'The words that decide, code points of the text.' }),
      under: z.string().nullable().meta({ description: 'A title without which the quotation would say something else; no part of it.' }),
      shape: z
        .discriminatedUnion('kind', [
          z.object({ kind: z.literal('item'), paragraph: z.int(), marker: z.string().nullable(), depth: z.int() }),
          z.object({ kind: z.literal('row'), paragraph: z.int(), cells: z.array(z.object({ name: z.string(), text: z.string() })) }),
        ])
        .optional()
        .meta({
          description: 'How it stands in the briefing, where it is no running text; sentences of one item name the same paragraph.',
        }),
    }),
  ),
  withheld: z.array(z.object({ text: z.string(), reason: z.string() })),
  citations: z.array(citation),
  notes: z.array(
    z.object({
      kind: z.enum([
        'changed',
        'conflict',
        'older_edition',
        'edition_inferred',
        'language',
        'spelling',
        'rebuilding',
        'partial',
        'fallback',
        'checked',
      ]),
      text: z.string(),
      citations: numbers,
    }),
  ),
  nearest: z.array(nearest).meta({ description: 'Passages to look at when nothing answers, or beside an answer; best first.' }),
  suggestions: z.array(z.string()).meta({ description: 'Questions to ask next; each was put to the briefings and answered.' }),
  question: z.object({
    asked: z.string(),
    standalone: z.string(),
    period: z.object({ from: editionDate, to: editionDate }).nullable(),
    language: z.string(),
  }),
  mode: z.enum(['extractive', 'generative']),
  model: z.string().nullable(),
  snapshot: z.string(),
}) satisfies z.ZodType<Answer>;
const searchResult = z.object({
  query: z.string(),
  passages: z.array(nearest.extend({ lexical: z.number(), semantic: z.number() })),
  snapshot: z.string(),
}) satisfies z.ZodType<SearchResult>;
const gone = z.object({
  paragraph: z.string(),
  since: z.string().meta({ description: 'Day of the ingest that no longer found its text.' }),
  now: z
    .object({ paragraph: z.string(), url: z.string() })
    .nullable()
    .meta({ description: 'Where that text, or what took its place, stands now; null when nothing does.' }),
});
const briefing = z.object({
  id: z.string(),
  title: z.string(),
  series: z.string(),
  edition: z.object({
    date: editionDate,
    stated: z.boolean(),
    source: z.enum(['set', 'front-matter', 'title', 'first-page', 'file-name', 'text', 'none']),
  }),
  language: z.string(),
  publisher: z.string().nullable(),
  source: z.string(),
  sha256: z.string(),
  paragraphs: z.int(),
  length: z.int(),
  newest: z.boolean(),
}) satisfies z.ZodType<Briefing>;
const paragraph = z.object({
  id: z.string(),
  briefing: z.string(),
  number: z.int().min(1),
  kind: z.enum(['heading', 'body', 'item', 'quotation', 'contact']),
  text: z.string(),
  headings: z.array(z.string()),
  heading: z.int().nullable(),
  lead: z.int().nullable(),
  page: z.int().nullable(),
  start: offset,
  end: offset,
  hash: z.string(),
  sentences: z.array(span),
}) satisfies z.ZodType<Paragraph>;
const seriesEdition = z.object({
  briefing: z.string(),
  title: z.string(),
  edition: briefing.shape.edition,
  newest: z.boolean().meta({ description: 'Whether it is the edition in force.' }),
  source: z.string(),
  url: z.string(),
});
const series = z.object({
  id: z.string(),
  title: z.string(),
  editions: z.array(seriesEdition).meta({ description: 'Newest first.' }),
}) satisfies z.ZodType<Series>;
const stated = z.object({ text: z.string(), start: offset, end: offset });
const changeSide = z.object({
  paragraph: z.string(),
  kind: paragraph.shape.kind,
  text: z.string(),
  headings: z.array(z.string()),
  page: z.int().nullable(),
  url: z.string(),
});
const changes = z.object({
  series: z.string(),
  from: seriesEdition,
  to: seriesEdition,
  summary: z.object({ changed: z.int(), reworded: z.int(), added: z.int(), removed: z.int(), unchanged: z.int() }),
  rows: z.array(
    z.object({
      kind: z.enum(['changed', 'reworded', 'added', 'removed', 'unchanged']),
      from: changeSide.nullable(),
      to: changeSide.nullable(),
      facts: z
        .array(z.object({ kind: z.enum(['figure', 'date', 'name', 'contact']), from: stated, to: stated }))
        .meta({ description: "What the two state differently; offsets are code points within each paragraph's text." }),
      elsewhere: changeSide
        .nullable()
        .meta({ description: 'Of `added` and `removed`: the paragraph of the other edition that says part of it.' }),
    }),
  ),
  snapshot: z.string(),
}) satisfies z.ZodType<Changes>;
const told = z.array(z.object({ message: z.string(), hint: z.string() }));
const briefingChange = z.object({
  file: z.string().meta({ description: 'Name of the file, as it is kept.' }),
  action: z.enum(['added', 'replaced', 'unchanged', 'removed']),
  sha256: z.string().nullable().meta({ description: 'Of the file; its ETag in quotation marks.' }),
  snapshot: z.string().meta({ description: 'The snapshot that answers from now on.' }),
  briefing: z
    .object({ id: z.string(), title: z.string(), series: z.string(), edition: briefing.shape.edition, newest: z.boolean() })
    .nullable(),
  briefings: z.int().meta({ description: 'How many there are now.' }),
  problems: told.meta({ description: 'What is amiss with the file though it was read.' }),
  notes: told.meta({ description: 'What of the file was left out on purpose, such as running heads.' }),
  newEditions: z.array(z.object({ series: z.string(), briefing: z.string(), title: z.string(), edition: briefing.shape.edition })),
}) satisfies z.ZodType<UpdateReport>;
const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  hint: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  gone: z.array(gone).optional().meta({ description: 'Status 410: what is no longer there, and where it is now.' }),
  request_id: z.string().optional(),
  error: z.object({ message: z.string(), type: z.string(), code: z.string(), param: z.string().nullable() }),
});

/** Schemas of replies: what the OpenAPI document says and the tests hold the service to. */
export const replySchemas = {
  Answer: answer,
  SearchResult: searchResult,
  BriefingList: z.object({ snapshot: z.string(), briefings: z.array(briefing) }),
  BriefingRecord: z.object({
    snapshot: z.string(),
    briefing,
    text: z.string(),
    paragraphs: z.array(paragraph),
    gone: z.array(gone).meta({ description: 'Ids it gave once, whose text it no longer has.' }),
  }),
  SeriesList: z.object({ snapshot: z.string(), series: z.array(series) }),
  Changes: changes,
  ParagraphRecord: z.object({ snapshot: z.string(), briefing, paragraph }),
  Health: z.object({ status: z.literal('ok') }),
  Readiness: z.object({ status: z.literal('ready'), snapshot: z.record(z.string(), z.unknown()), warnings: z.array(z.string()) }),
  BriefingChange: briefingChange,
  Site: z.object({
    name: z.string(),
    introduction: z.string().nullable(),
    contact: z.string().nullable().meta({ description: 'A mail address, or an address in which {question} stands for the question.' }),
    suggestions: z.array(z.string()),
    history: z.boolean().meta({ description: 'Whether browsers may keep what was asked in them.' }),
    series: z.array(z.object({ id: z.string(), title: z.string(), briefings: z.array(z.string()) })),
  }),
  FeedbackStored: z.object({ id: z.string() }),
  Privacy: z.object({
    questions: z.object({ days: z.int() }).nullable().meta({ description: 'Null: questions are not kept.' }),
    feedback: z
      .object({ days: z.int().nullable().meta({ description: 'Null: without a limit of age.' }) })
      .nullable()
      .meta({ description: 'Null: feedback is not kept.' }),
  }),
  Problem: problem,
};

/** Programs send null for what they leave out; a member that is needed is then missing all the same. */
const withoutNulls = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null))
    : value;

/** Parses a request; rejects with one `bad_request` that lists every problem with its JSON Pointer. */
export function check<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(withoutNulls(value));
  if (result.success) return result.data;
  const errors = result.error.issues.map((issue) => ({
    pointer: issue.path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    detail: issue.message,
  }));
  const shown = errors.slice(0, 20);
  throw pilcrowError('bad_request', `The request is not valid: ${shown.map((one) => one.detail).join('; ')}.`, { details: shown });
}
