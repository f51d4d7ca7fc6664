import { z } from 'zod';
import { codePointLength } from '../core/text/codepoints.ts';
import { isDate } from '../core/time/dates.ts';
import type { McpOptions } from './options.ts';

export type CallLimits = NonNullable<McpOptions['limits']>;
/** The defaults of the variables PILCROW_MAX_…, for programs that set none. */
export const DEFAULT_LIMITS: CallLimits = { questionCharacters: 2000, historyTurns: 50, turnCharacters: 4000 };
/** Most paragraphs before and after one: ten each way are some two pages. */
const MOST_NEIGHBOURS = 10;
/** Most rows of a comparison in one result; a model reads some 10,000 tokens for 100 of them. */
const MOST_ROWS = 100;

const words = (name: string, most: number) =>
  z
    .string(`${name} must be text`)
    .refine((text) => text.trim() !== '', `${name} is empty`)
    .refine((text) => codePointLength(text) <= most, `${name} is longer than ${most} characters; shorten it`)
    .meta({ minLength: 1, maxLength: most });
const whole = (name: string, least: number, most: number) =>
  z
    .int(`${name} must be a whole number`)
    .min(least, `${name} must be from ${least} to ${most}`)
    .max(most, `${name} must be from ${least} to ${most}`);
const edition = z
  .string('edition must be text')
  .refine(
    (text) => text === 'latest' || text === 'all' || isDate(text),
    'edition must be latest, all or a date such as 2019, 2019-06 or 2019-06-26',
  )
  .optional()
  .describe('Which edition speaks: "latest" (default), "all", or the date of an edition such as 2019 or 2026-07.');
const briefings = z
  .array(z.string('each briefing must be an id').max(200, 'a briefing id has at most 200 characters'), 'briefings must be a list of ids')
  .max(1000, 'at most 1000 briefings')
  .optional()
  .describe('Only these briefings, by id.');
const which = z.string('an edition must be text').max(200, 'an edition is a date or the id of a briefing').optional();

/** What each tool takes. Members that are not known are ignored. */
export function inputSchemas(limits: CallLimits) {
  const turn = z.object({
    role: z.enum(['user', 'assistant'], 'role must be user or assistant'),
    content: z
      .string('content must be text')
      .refine((text) => codePointLength(text) <= limits.turnCharacters, `content is longer than ${limits.turnCharacters} characters`)
      .meta({ maxLength: limits.turnCharacters }),
  });
  return {
    ask: z.object({
      question: words('question', limits.questionCharacters).describe('The question, in plain words and any language.'),
      edition,
      briefings,
      history: z
        .array(turn, 'history must be a list of turns')
        .max(limits.historyTurns, `history has more than ${limits.historyTurns} turns; send only the latest`)
        .optional()
        .describe('Earlier turns of this conversation, oldest first, so that "And in 2019?" can be understood.'),
    }),
    search: z.object({
      query: words('query', limits.questionCharacters).describe('What to look for: a question or some words.'),
      edition,
      briefings,
      limit: whole('limit', 1, 20).optional().describe('Most passages, 1 to 20; default 10.'),
    }),
    get_paragraph: z.object({
      id: words('id', 300).describe('Id of a paragraph as citations and passages give it, e.g. "china-ilo-cooperation-2026-07#p12".'),
      neighbours: whole('neighbours', 0, MOST_NEIGHBOURS)
        .optional()
        .describe(`How many paragraphs before and after to add, 0 (default) to ${MOST_NEIGHBOURS}.`),
    }),
    compare_editions: z.object({
      series: words('series', 200).optional().describe('Id of the series; may be left out when only one has several editions.'),
      from: which.describe('The older edition: its date (2019, 2019-06) or the id of its briefing. Default: the one before `to`.'),
      to: which.describe('The newer edition: its date or the id of its briefing. Default: the newest.'),
      limit: whole('limit', 1, MOST_ROWS)
        .optional()
        .describe(`Most changes to list, 1 to ${MOST_ROWS}; default 20. The summary counts all.`),
    }),
  };
}

const url = z.string().nullable().describe('Page of the service that shows it; null when its address is not known.');
const resource = z.string().describe('Resource with the whole paragraph.');
const briefing = z.object({
  id: z.string(),
  title: z.string(),
  series: z.string(),
  edition: z.string().nullable().describe('Date of the edition; null when nothing dates it.'),
  stated: z.boolean().describe('False when the date was inferred from the text.'),
  newest: z.boolean().describe('Whether it is the newest edition of its series.'),
});
const place = {
  paragraph: z.string().describe('Id of the paragraph.'),
  briefing,
  headings: z.array(z.string()),
  page: z.int().nullable(),
  url,
  resource,
};
const passage = z.object({ ...place, text: z.string(), score: z.number() });
const numbers = z.array(z.int());
const paragraph = z.object({
  id: z.string(),
  number: z.int(),
  kind: z.enum(['heading', 'body', 'item', 'quotation', 'contact']),
  headings: z.array(z.string()),
  page: z.int().nullable(),
  text: z.string(),
  url,
  resource,
});
const side = z.object({ paragraph: z.string(), headings: z.array(z.string()), text: z.string(), url, resource });

/** What each tool gives as `structuredContent`. */
export const outputSchemas = {
  ask: z.object({
    status: z
      .enum(['answered', 'partial', 'not_found', 'older_edition_only', 'talk'])
      .describe(
        '`not_found` is a result: the briefings do not say. `older_edition_only`: only an edition that was replaced says it. `talk`: no question about the briefings.',
      ),
    outcome: z
      .enum(['answer', 'closest', 'declined', 'talk'])
      .describe(
        '`closest`: nothing is asserted and `nearest` is worth a look; `declined`: nothing is close; `talk`: said by the service itself.',
      ),
    confidence: z.number().describe('Probability 0..1 that the best passage answers.'),
    answer: z.string().describe('The checked sentences, each followed by its [n].'),
    sentences: z.array(
      z.object({ text: z.string(), citations: numbers, verdict: z.enum(['quoted', 'verified', 'checked']), under: z.string().nullable() }),
    ),
    citations: z.array(z.object({ number: z.int(), ...place, quote: z.string().describe('Words of the paragraph, letter for letter.') })),
    notes: z.array(z.object({ kind: z.string(), text: z.string(), citations: numbers })),
    withheld: z.int().describe('Sentences that were left out because they could not be verified.'),
    nearest: z.array(passage).describe('The next best passages; to look at when nothing answers.'),
    suggestions: z.array(z.string()).describe('Questions that the briefings answer, to ask next.'),
    question: z.object({ asked: z.string(), standalone: z.string().describe('The question as it was understood.') }),
    mode: z.enum(['extractive', 'generative']),
    model: z.string().nullable(),
    snapshot: z.string(),
  }),
  search: z.object({ query: z.string(), passages: z.array(passage), snapshot: z.string() }),
  get_paragraph: z.object({ briefing, paragraph, before: z.array(paragraph), after: z.array(paragraph), snapshot: z.string() }),
  compare_editions: z.object({
    series: z.string(),
    from: briefing,
    to: briefing,
    summary: z.object({ changed: z.int(), reworded: z.int(), added: z.int(), removed: z.int(), unchanged: z.int() }),
    changes: z.array(
      z.object({
        kind: z.enum(['changed', 'reworded', 'added', 'removed']),
        from: side.nullable(),
        to: side.nullable(),
        values: z.array(z.object({ kind: z.string(), from: z.string(), to: z.string() })).describe('What the two state differently.'),
      }),
    ),
    omitted: z.int().describe('Changes beyond `limit`.'),
    snapshot: z.string(),
  }),
};

export type Outputs = { [Tool in keyof typeof outputSchemas]: z.infer<(typeof outputSchemas)[Tool]> };

interface Described {
  properties?: Record<string, { type?: string }>;
  required?: string[];
}

/**
 * Arguments as models and agent frameworks mean them: null and empty text for what is optional count as left out, and a whole
 * number sent as text is a number. Everything else is for the schema to judge.
 */
function meant(value: unknown, { properties = {}, required = [] }: Described): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const kept = Object.entries(value).filter(([name, given]) => required.includes(name) || (given !== null && given !== ''));
  return Object.fromEntries(
    kept.map(([name, given]) => {
      const isNumber = properties[name]?.type === 'integer' && typeof given === 'string' && /^\s*\d{1,9}\s*$/.test(given);
      return [name, isNumber ? Number(given) : given];
    }),
  );
}

/** Schemas of arguments that read what was meant; see `meant`. */
export function lenient<Group extends Record<string, z.ZodType>>(group: Group): Group {
  const read = Object.entries(group).map(([name, schema]) => {
    const standard = schema['~standard'];
    const described = standard.jsonSchema.input({ target: 'draft-2020-12' }) as Described;
    return [name, { '~standard': { ...standard, validate: (value: unknown) => standard.validate(meant(value, described)) } }];
  });
  return Object.fromEntries(read) as Group;
}

/**
 * The same schemas for the protocol's package. Results are described as what can be read, not as closed: members may be added
 * later. Each JSON form is made once: over HTTP a server is made for every request, and making them again took a fifth of
 * the time of a small call.
 */
export function remembered<Group extends Record<string, z.ZodType>>(group: Group): Group {
  const wrapped = Object.entries(group).map(([name, schema]) => {
    const standard = schema['~standard'];
    const made = new Map<string, Record<string, unknown>>();
    const described = (options: Parameters<typeof standard.jsonSchema.input>[0]) => {
      const known = made.get(options.target) ?? standard.jsonSchema.input(options);
      made.set(options.target, known);
      return known;
    };
    return [name, { '~standard': { ...standard, jsonSchema: { input: described, output: described } } }];
  });
  return Object.fromEntries(wrapped) as Group;
}

export interface Schemas {
  input: ReturnType<typeof inputSchemas>;
  output: typeof outputSchemas;
}
