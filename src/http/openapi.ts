import { z } from 'zod';
import type { Limits } from '../config.ts';
import { deskPaths, deskReplies, deskRequests } from './desk/index.ts';
import { chatComponents, chatPaths } from './openai/index.ts';
import { withExtras } from './openapi-extras.ts';
import { json } from './reply.ts';
import type { HttpService, Route } from './routes.ts';
import { changesQuery, feedbackSchema, replySchemas, requestSchemas } from './schemas.ts';

type Json = Record<string, unknown>;

/** `GET /openapi.json`, made on first use. */
export function openapiRoutes({ limits }: HttpService): Route[] {
  let document: Json | null = null;
  return [
    {
      method: 'GET',
      path: '/openapi.json',
      needs: 'read',
      handle: (call) => {
        document ??= openapi(limits);
        return json(call, document, 200, { 'cache-control': 'no-cache' });
      },
    },
  ];
}

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' }) as Json;
  return rest;
};
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const replyOf = (name: string, description: string) => ({ description, content: { 'application/json': { schema: reference(name) } } });
const failure = (description: string) => ({ description, content: { 'application/problem+json': { schema: reference('Problem') } } });
const parameter = (name: string, description: string, schema: Json) => ({ name, in: 'path', required: true, description, schema });

const header = (name: string, description: string, schema: Json = { type: 'string' }) => ({
  name,
  in: 'header',
  required: false,
  description,
  schema,
});

const PROGRESS =
  'With `Accept: text/event-stream` events `progress` (`stage`, `done`, `total`, `file`) come as it goes, a last `published` whose data is ' +
  'the JSON reply, or a last `error` with a Problem.';

/** OpenAPI 3.1 from the schemas requests are checked with. */
export function openapi(limits: Limits): Json {
  const requests = requestSchemas(limits);
  const posted = {
    '400': failure('The request is not valid; `errors` lists every problem with its JSON Pointer.'),
    '413': failure(`The body is larger than ${limits.bodyBytes} bytes.`),
    '415': failure('The body is not JSON.'),
    '422': failure('Answering took more computing than one question may.'),
    '503': failure('There is nothing to answer from yet, or more waits than can be answered soon; `Retry-After` says when to try again.'),
  };
  const site = {
    '401': failure('A page of another origin came without its site token (header `pilcrow-token`), or with one that is not known.'),
    '403': failure('Pages of that origin may not ask.'),
    '429': failure('The site token is above its rate; `Retry-After` says how long.'),
  };
  const gotten = { '404': failure('There is no such thing.'), '503': failure('There is nothing to answer from yet.') };
  const changes = {
    '400': failure('The name is none a briefing may have, or a header means nothing here.'),
    '401': failure('No key was sent, or one that is not in force.'),
    '403': failure('The key has another scope, or the service takes no briefings over HTTP.'),
    '409': failure(
      'The same text is there under another name, the name is taken by something else, or the folder is not that of the index.',
    ),
    '412': failure('The file is not as `If-Match` or `If-None-Match` says.'),
    '503': failure('Another change is being made, or the new index could not be published; `Retry-After` says when to try again.'),
  };
  const changed = (description: string) => ({
    description,
    content: { 'application/json': { schema: reference('BriefingChange') }, 'text/event-stream': { schema: { type: 'string' } } },
  });
  const file = { ...parameter('id', 'Name of the file; no folders.', { type: 'string' }), example: 'report-2026.pdf' };
  const removed = { '410': failure('It was there; `gone` says where its text is now.') };
  const id = parameter('id', 'Id of the briefing.', { type: 'string' });
  return withExtras({
    openapi: '3.1.0',
    info: {
      title: 'Pilcrow',
      version: '1',
      description: "Answers questions about an organisation's briefings; every sentence cites the paragraph it comes from.",
    },
    paths: {
      '/v1/ask': {
        post: {
          operationId: 'ask',
          summary: 'Ask a question',
          description:
            'With `Accept: text/event-stream` the answer comes sentence by sentence: events `passages`, `sentence`, `withheld`, `note`, ' +
            'comments as heartbeat, and a last `answer` whose data is the JSON reply; after a failure a last `error` with a Problem.',
          requestBody: { required: true, content: { 'application/json': { schema: reference('AskRequest') } } },
          responses: {
            '200': {
              description: 'The answer; `not_found` is an answer too.',
              content: { 'application/json': { schema: reference('Answer') }, 'text/event-stream': { schema: { type: 'string' } } },
            },
            ...posted,
            ...site,
          },
        },
      },
      ...chatPaths(limits, site),
      '/v1/search': {
        post: {
          operationId: 'search',
          summary: 'Find passages',
          requestBody: { required: true, content: { 'application/json': { schema: reference('SearchRequest') } } },
          responses: { '200': replyOf('SearchResult', 'Passages, best first.'), ...posted },
        },
      },
      '/v1/feedback': {
        post: {
          operationId: 'giveFeedback',
          summary: 'Say what an answer was worth',
          description: 'Kept with question, answer, citations and snapshot, without anything that tells who it was.',
          requestBody: { required: true, content: { 'application/json': { schema: reference('FeedbackRequest') } } },
          responses: { '201': replyOf('FeedbackStored', 'It is on the disk.'), ...posted, ...site },
        },
      },
      '/v1/privacy': {
        get: {
          operationId: 'privacy',
          summary: 'What is kept of those who ask',
          description: 'To be shown before somebody asks. Needs no key and no token.',
          responses: { '200': replyOf('Privacy', 'For how many days questions and feedback are kept.') },
        },
      },
      '/v1/site': {
        get: {
          operationId: 'getSite',
          summary: 'How the service presents itself',
          description:
            'Its name, what it says of itself, questions to begin with, the series to choose from, and where else people may turn.',
          responses: { '200': replyOf('Site', 'What pages show.'), ...site },
        },
      },
      '/v1/briefings': {
        get: {
          operationId: 'listBriefings',
          summary: 'List the briefings',
          responses: { '200': replyOf('BriefingList', 'Every briefing.'), '503': gotten['503'] },
        },
      },
      '/v1/briefings/{id}': {
        get: {
          operationId: 'getBriefing',
          summary: 'One briefing with its text and paragraphs',
          parameters: [id],
          responses: { '200': replyOf('BriefingRecord', 'The briefing.'), ...gotten, ...removed },
        },
        put: {
          operationId: 'putBriefing',
          summary: 'Bring a briefing in, or replace it',
          description:
            'For keys with the scope `ingest`, where it is allowed (`PILCROW_UPLOAD_MEGABYTES`). The bytes of the file are read, checked, put ' +
            'into the folder of briefings and published; the reply comes when answers are made from them. On any failure file and answers ' +
            `stay as they were. One change at a time. ${PROGRESS}`,
          parameters: [
            file,
            header('If-None-Match', '`*`: only when there is no such file yet, otherwise 412.', { const: '*' }),
            header('If-Match', '`*`: only when there is one; `"<sha256>"`: only when it is that one; otherwise 412.'),
          ],
          requestBody: {
            required: true,
            description: 'The file as it is. Its name tells its format.',
            content: { 'application/octet-stream': { schema: {} } },
          },
          responses: {
            '200': changed('Replaced, or the same as before.'),
            '201': replyOf('BriefingChange', 'Brought in.'),
            ...changes,
            '413': failure('The file is larger than may be.'),
            '415': failure('The body is a form, or packed.'),
            '422': failure('The file cannot be read, with the reason: damaged, protected, without text, not what its name says.'),
          },
        },
        delete: {
          operationId: 'removeBriefing',
          summary: 'Take a briefing out',
          description: `For keys with the scope \`ingest\`, where it is allowed. The last one too: then nothing answers. ${PROGRESS}`,
          parameters: [file, header('If-Match', '`"<sha256>"`: only when it is that file; otherwise 412.')],
          responses: { '200': changed('Removed; nothing answers from it any more.'), '404': gotten['404'], ...changes },
        },
      },
      '/v1/briefings/{id}/original': {
        get: {
          operationId: 'getOriginal',
          summary: 'The file a briefing was read from',
          description:
            'Where it is allowed (`PILCROW_ORIGINALS`). Its ETag is the SHA-256 of the briefing. One `Range` of bytes may be asked for.',
          parameters: [id],
          responses: {
            '200': { description: 'The file.', content: { 'application/octet-stream': { schema: {} } } },
            '206': { description: 'The part that was asked for.', content: { 'application/octet-stream': { schema: {} } } },
            '403': failure('This service does not hand out original files.'),
            '404': failure('There is no such briefing, or its file is gone or was changed since.'),
            '416': failure('The part lies beyond the end.'),
            '503': gotten['503'],
          },
        },
      },
      '/v1/briefings/{id}/paragraphs/{number}': {
        get: {
          operationId: 'getParagraph',
          summary: 'One paragraph',
          parameters: [id, parameter('number', 'Number of the paragraph, from 1.', { type: 'integer', minimum: 1 })],
          responses: { '200': replyOf('ParagraphRecord', 'The paragraph.'), ...gotten, ...removed },
        },
      },
      '/v1/series': {
        get: {
          operationId: 'listSeries',
          summary: 'List the series and their editions',
          responses: { '200': replyOf('SeriesList', 'Every series, its editions newest first.'), '503': gotten['503'] },
        },
      },
      '/v1/series/{id}/changes': {
        get: {
          operationId: 'getChanges',
          summary: 'What changed from one edition to another',
          description: 'Default: the newest edition and the one before it. The reply always goes from the older to the newer one.',
          parameters: [
            parameter('id', 'Id of the series.', { type: 'string' }),
            ...Object.entries(changesQuery.shape).map(([name, schema]) => ({
              name,
              in: 'query',
              required: false,
              schema: schemaOf(schema.unwrap(), 'input'),
            })),
          ],
          responses: { '200': replyOf('Changes', 'The changes, paragraph by paragraph.'), '400': posted['400'], ...gotten },
        },
      },
      ...deskPaths(failure),
      '/healthz': {
        get: { operationId: 'health', summary: 'Whether the process runs', responses: { '200': replyOf('Health', 'It runs.') } },
      },
      '/readyz': {
        get: {
          operationId: 'readiness',
          summary: 'Whether questions can be answered',
          responses: { '200': replyOf('Readiness', 'They can.'), '503': gotten['503'] },
        },
      },
    },
    components: {
      schemas: {
        AskRequest: schemaOf(requests.ask, 'input'),
        SearchRequest: schemaOf(requests.search, 'input'),
        ...chatComponents(limits),
        FeedbackRequest: schemaOf(feedbackSchema(limits), 'input'),
        ...Object.fromEntries(Object.entries(deskRequests).map(([name, schema]) => [name, schemaOf(schema, 'input')])),
        ...Object.fromEntries(
          Object.entries({ ...replySchemas, ...deskReplies }).map(([name, schema]) => [name, schemaOf(schema, 'output')]),
        ),
      },
    },
  });
}
