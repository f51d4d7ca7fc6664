import { z } from 'zod';
import type { Limits } from '../../config.ts';
import { CONVERSATION_BODIES } from './conversation.ts';
import { chatReplySchemas, chatSchemas } from './schemas.ts';

type Json = Record<string, unknown>;

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const failure = (description: string) => ({ description, content: { 'application/problem+json': { schema: reference('Problem') } } });
const replyOf = (name: string, description: string) => ({ description, content: { 'application/json': { schema: reference(name) } } });
const bodyOf = (name: string) => ({ required: true, content: { 'application/json': { schema: reference(name) } } });
const events = { 'text/event-stream': { schema: { type: 'string' } } };

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' }) as Json;
  const properties = rest.properties as Json | undefined;
  if (io === 'output' && properties?.pilcrow) properties.pilcrow = reference('Answer');
  return rest;
}

/** Schemas of the chat protocols for `/openapi.json`, by name. */
export function chatComponents(limits: Limits): Json {
  const { chat, responses, ui } = chatSchemas(limits);
  return {
    ChatCompletionRequest: schemaOf(chat, 'input'),
    ResponseRequest: schemaOf(responses, 'input'),
    UiMessagesRequest: schemaOf(ui, 'input'),
    ...Object.fromEntries(Object.entries(chatReplySchemas).map(([name, schema]) => [name, schemaOf(schema, 'output')])),
  };
}

/** Paths of the chat protocols for `/openapi.json`. `site`: what pages of other origins may be told. */
export function chatPaths(limits: Limits, site: Json): Json {
  const posted = {
    '400': failure('The request is not valid, or asks for what cannot be given; `errors` says where.'),
    '413': failure(`The body is larger than ${limits.bodyBytes * CONVERSATION_BODIES} bytes.`),
    '415': failure('The body is not JSON.'),
    '503': failure('There is nothing to answer from yet.'),
  };
  const unknown = { '404': failure('There is no such model (`model_not_found`).') };
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  return {
    '/v1/chat/completions': {
      post: {
        operationId: 'createChatCompletion',
        summary: 'Ask as OpenAI chat clients do',
        description: 'With `stream: true` the reply comes as chunks, sentence by sentence; the one that finishes holds `pilcrow`.',
        requestBody: bodyOf('ChatCompletionRequest'),
        responses: {
          '200': {
            description: 'The answer with annotations; one that was not found is a completion that says so.',
            content: { 'application/json': { schema: reference('ChatCompletion') }, ...events },
          },
          ...posted,
          ...unknown,
        },
      },
    },
    '/v1/responses': {
      post: {
        operationId: 'createResponse',
        summary: 'Ask as clients of the OpenAI Responses API do',
        description: 'With `stream: true` the reply comes as events from `response.created` to `response.completed`.',
        requestBody: bodyOf('ResponseRequest'),
        responses: {
          '200': {
            description: 'The answer with annotations.',
            content: { 'application/json': { schema: reference('Response') }, ...events },
          },
          ...posted,
          ...unknown,
        },
      },
    },
    '/v1/responses/{id}': {
      get: {
        operationId: 'getResponse',
        summary: 'Nothing: no response is kept',
        parameters: [{ ...id, description: 'Id of a response.' }],
        responses: { '404': failure('No response is kept here.') },
      },
    },
    '/v1/models': {
      get: {
        operationId: 'listModels',
        summary: 'List the models: the newest edition, all of them, each of them',
        responses: { '200': replyOf('ModelList', 'Every model.'), '503': posted['503'] },
      },
    },
    '/v1/models/{id}': {
      get: {
        operationId: 'getModel',
        summary: 'One model',
        parameters: [{ ...id, description: 'Id of the model.' }],
        responses: { '200': replyOf('Model', 'The model.'), ...unknown, '503': posted['503'] },
      },
    },
    '/v1/ui-messages': {
      post: {
        operationId: 'streamUiMessage',
        summary: 'Ask as the AI SDK does',
        description:
          'Takes UI messages and streams the UI message protocol, version 1: text deltas, a `source-url` part for each citation, ' +
          '`data-pilcrow` with the whole Answer. Pages of other origins may use it with their site token.',
        requestBody: bodyOf('UiMessagesRequest'),
        responses: { '200': { description: 'The stream.', content: events }, ...posted, ...site },
      },
    },
  };
}
