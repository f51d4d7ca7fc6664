import { z } from 'zod';
import type { Limits } from '../../config.ts';
import { replySchemas, requestSchemas } from '../schemas.ts';

/** A part of a message, as far as it is read. */
interface Part {
  type: string;
  text?: string | null | undefined;
}
type Content = string | Part[] | null;

const PART = { type: 'object', properties: { type: { type: 'string' }, text: { type: 'string' } }, required: ['type'] };

/** Stops at the first part that is none: a list of a hundred thousand would make as many complaints. */
const areParts = (value: unknown): value is Part[] =>
  Array.isArray(value) &&
  value.every((part) => typeof part?.type === 'string' && (part.text === undefined || part.text === null || typeof part.text === 'string'));

/** Schemas of what chat clients send. Members that are not named here are accepted and change nothing. */
export function chatSchemas(limits: Limits) {
  const { edition, briefings, limit } = requestSchemas(limits).ask.shape;
  const pilcrow = z
    .object(
      {
        edition,
        briefings,
        limit,
        sources: z
          .boolean('sources must be true or false')
          .optional()
          .meta({ description: 'Whether the text ends with a list of sources or nearest passages; default true.' }),
      },
      'pilcrow must be an object',
    )
    .optional()
    .meta({ description: 'What only Pilcrow knows. `edition` goes before the one the model names.' });
  const parts = z.custom<Part[]>(areParts, 'parts must be a list of parts, each with its type').meta({ type: 'array', items: PART });
  const content = z
    .custom<Content>(
      (value) => value === null || typeof value === 'string' || areParts(value),
      'content must be text or a list of parts, each with its type',
    )
    .optional()
    .meta({
      anyOf: [{ type: 'string' }, { type: 'array', items: PART }, { type: 'null' }],
      description: `Text, or parts of it. The question has at most ${limits.questionCharacters} characters.`,
    });
  const text = (name: string) => z.string(`${name} must be text`).max(200, `${name} has at most 200 characters`);
  const common = {
    model: text('model').nullish().meta({ description: '`pilcrow` (default), `pilcrow-all`, or with an edition: `pilcrow-2019`.' }),
    stream: z.boolean('stream must be true or false').nullish(),
    tool_choice: z
      .enum(['auto', 'none'], 'tool_choice must be auto or none: Pilcrow calls no tools')
      .nullish()
      .meta({ description: 'Tools may be sent; none is called.' }),
    pilcrow,
  };
  const chat = z.object(
    {
      ...common,
      messages: z
        .array(
          z.object(
            {
              role: z.enum(
                ['system', 'developer', 'user', 'assistant', 'tool', 'function'],
                'role must be system, developer, user, assistant, tool or function',
              ),
              content,
            },
            'each message must be an object with role and content',
          ),
          'messages must be a list',
        )
        .min(1, 'messages is empty: the last message of the user is the question')
        .meta({ description: 'The last user message is the question; user and assistant turns before it are the history.' }),
      n: z.literal(1, 'n must be 1: there is one answer').nullish(),
      stream_options: z
        .object(
          { include_usage: z.boolean('include_usage must be true or false').nullish() },
          'stream_options must be an object with include_usage',
        )
        .nullish(),
      response_format: z
        .object(
          { type: z.literal('text', 'response_format must be text: read the `pilcrow` member of the reply for records') },
          'response_format must be an object',
        )
        .nullish(),
    },
    'the body must be an object',
  );
  const notKept = (name: string, instead: string) => z.null(`${name} cannot be used: nothing is kept here; ${instead}`).optional();
  const responses = z.object(
    {
      ...common,
      input: z
        .union(
          [
            z.string(),
            z.array(
              z.object({
                type: z.string().optional(),
                role: z.enum(['user', 'assistant', 'system', 'developer']).optional(),
                content,
              }),
            ),
          ],
          'input must be text or a list of messages, each with role and content',
        )
        .meta({ description: 'The question, or messages of which the last one of the user is the question.' }),
      previous_response_id: notKept('previous_response_id', 'send the earlier turns in input'),
      conversation: notKept('conversation', 'send the earlier turns in input'),
      prompt: notKept('prompt', 'send the question in input'),
      background: z.literal(false, 'background must be false: nothing is kept here to be fetched later').nullish(),
      text: z
        .object(
          {
            format: z
              .object(
                { type: z.literal('text', 'text.format must be text: read the `pilcrow` member of the reply for records') },
                'text.format must be an object',
              )
              .nullish(),
          },
          'text must be an object',
        )
        .nullish(),
    },
    'the body must be an object',
  );
  const ui = z.object(
    {
      messages: z
        .array(
          z.object(
            {
              role: z.enum(['system', 'user', 'assistant'], 'role must be system, user or assistant'),
              parts,
            },
            'each message must be an object with role and parts',
          ),
          'messages must be a list of UI messages',
        )
        .min(1, 'messages is empty: the last message of the user is the question'),
      pilcrow,
    },
    'the body must be an object',
  );
  return { chat, responses, ui };
}

const index = z.int().min(0).meta({ description: 'Code points; the end is exclusive.' });
const place = { start_index: index, end_index: index, title: z.string(), url: z.string() };
const annotation = z.object({ type: z.literal('url_citation'), ...place });
const finished = z.object({
  role: z.literal('assistant'),
  content: z.string(),
  refusal: z.null(),
  annotations: z.array(z.object({ type: z.literal('url_citation'), url_citation: z.object(place) })),
});
const zero = z.literal(0);
const model = z.object({ id: z.string(), object: z.literal('model'), created: z.int(), owned_by: z.literal('pilcrow') });

/** Schemas of what they get. `pilcrow` is the reply of `/v1/ask`. */
export const chatReplySchemas = {
  ChatCompletion: z.object({
    id: z.string(),
    object: z.literal('chat.completion'),
    created: z.int(),
    model: z.string(),
    choices: z.tuple([z.object({ index: zero, message: finished, logprobs: z.null(), finish_reason: z.literal('stop') })]),
    usage: z.object({ prompt_tokens: zero, completion_tokens: zero, total_tokens: zero }).meta({ description: 'Tokens are not counted.' }),
    pilcrow: replySchemas.Answer,
  }),
  Response: z.object({
    id: z.string(),
    object: z.literal('response'),
    created_at: z.int(),
    completed_at: z.int(),
    status: z.literal('completed'),
    error: z.null(),
    incomplete_details: z.null(),
    instructions: z.null(),
    metadata: z.object({}),
    model: z.string(),
    output: z.array(
      z.object({
        id: z.string(),
        type: z.literal('message'),
        role: z.literal('assistant'),
        status: z.literal('completed'),
        content: z.array(
          z.object({
            type: z.literal('output_text'),
            text: z.string(),
            annotations: z.array(annotation),
            logprobs: z.array(z.never()),
          }),
        ),
      }),
    ),
    parallel_tool_calls: z.literal(false),
    previous_response_id: z.null(),
    store: z.literal(false),
    temperature: z.null(),
    text: z.object({ format: z.object({ type: z.literal('text') }) }),
    tool_choice: z.literal('none'),
    tools: z.array(z.never()),
    top_p: z.null(),
    truncation: z.literal('disabled'),
    usage: z
      .object({
        input_tokens: zero,
        input_tokens_details: z.object({ cached_tokens: zero, cache_write_tokens: zero }),
        output_tokens: zero,
        output_tokens_details: z.object({ reasoning_tokens: zero }),
        total_tokens: zero,
      })
      .meta({ description: 'Tokens are not counted.' }),
    pilcrow: replySchemas.Answer,
  }),
  Model: model,
  ModelList: z.object({ object: z.literal('list'), data: z.array(model) }),
};
