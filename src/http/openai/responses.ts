import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Answer } from '../../core/model.ts';
import { whilePresent } from '../ask.ts';
import { httpFailure } from '../problem.ts';
import { json } from '../reply.ts';
import type { HttpService, Route } from '../routes.ts';
import { frame, streamed } from '../stream.ts';
import { baseOf } from './base.ts';
import { conversation, readConversation, textOfContent } from './conversation.ts';
import { chosen } from './models.ts';
import { chatSchemas } from './schemas.ts';
import { createTextWriter, type Mark, type MarkedText, tellInText, urlCitation } from './text.ts';

type ResponsesRequest = z.infer<ReturnType<typeof chatSchemas>['responses']>;

/** `POST /v1/responses`, as OpenAI's clients speak it. Nothing is kept, so there is nothing to get. */
export function responsesRoutes(service: HttpService, publicUrl: string | null): Route[] {
  const { pilcrow, limits } = service;
  const schema = chatSchemas(limits).responses;
  return [
    {
      method: 'POST',
      path: '/v1/responses',
      needs: 'ask',
      handle: async (call) => {
        const body = await readConversation(call, limits, schema, 'input');
        const { model, edition } = await chosen(pilcrow, body.model);
        const { sources = true, ...restrictions } = body.pilcrow ?? {};
        const request = { ...conversation(messagesOf(body), limits, 'input'), ...(edition ? { edition } : {}), ...restrictions };
        const base = baseOf(call, publicUrl);
        const reply = createReply(model, base);
        const writer = createTextWriter({ base, sources, nearest: sources });
        if (!body.stream) {
          const answer = await whilePresent(call, (signal) => pilcrow.ask(request, { signal }));
          return json(call, reply.completed(writer.rest(answer), answer));
        }

        let sequence = 0;
        const event = (type: string, data: object): string => frame({ type, sequence_number: sequence++, ...data }, type);
        return streamed(call, service, {
          work: async (write, signal) => {
            const pieces: MarkedText[] = [];
            let marked = 0;
            const begin = (): void => {
              if (sequence > 0) return;
              write(event('response.created', { response: reply.begun() }));
              write(event('response.in_progress', { response: reply.begun() }));
              write(event('response.output_item.added', { output_index: 0, item: reply.message([], 'in_progress') }));
              write(event('response.content_part.added', { ...reply.part, part: reply.content([]) }));
            };
            const put = (piece: MarkedText): void => {
              begin();
              pieces.push(piece);
              write(event('response.output_text.delta', { ...reply.part, delta: piece.text, logprobs: [] }));
              for (const mark of piece.marks) {
                const added = { annotation_index: marked++, annotation: reply.annotation(mark) };
                write(event('response.output_text.annotation.added', { ...reply.part, ...added }));
              }
            };
            const answer = await tellInText(pilcrow, request, signal, writer, { begin, put });
            const content = reply.content(pieces);
            write(event('response.output_text.done', { ...reply.part, text: content.text, logprobs: [] }));
            write(event('response.content_part.done', { ...reply.part, part: content }));
            write(event('response.output_item.done', { output_index: 0, item: reply.message([content], 'completed') }));
            write(event('response.completed', { response: reply.completed(pieces, answer) }));
          },
          // The members twice: OpenAI's reference puts them beside `type`, its client looks for them in `error`.
          failed: (write, { error }) => {
            const { message, code, param } = error;
            write(event('error', { code, message, param, error }));
          },
        });
      },
    },
    {
      method: 'GET',
      path: '/v1/responses/:id',
      needs: 'ask',
      handle: () => {
        throw httpFailure(404, 'not_found', 'No response is kept here.', { hint: 'Ask again with POST /v1/responses.' });
      },
    },
  ];
}

/** The objects of one reply, which share their ids. */
function createReply(model: string, base: string) {
  const id = `resp_${randomUUID().replaceAll('-', '')}`;
  const item = `msg_${randomUUID().replaceAll('-', '')}`;
  const created = Math.floor(Date.now() / 1000);
  const annotation = (mark: Mark) => ({ type: 'url_citation', ...urlCitation(mark, base) });
  const content = (pieces: readonly MarkedText[]) => ({
    type: 'output_text',
    text: pieces.map((piece) => piece.text).join(''),
    annotations: pieces.flatMap((piece) => piece.marks).map(annotation),
    logprobs: [],
  });
  const message = (parts: readonly ReturnType<typeof content>[], status: 'in_progress' | 'completed') => ({
    id: item,
    type: 'message',
    role: 'assistant',
    status,
    content: parts,
  });
  const response = (status: 'in_progress' | 'completed', output: readonly ReturnType<typeof message>[]) => ({
    id,
    object: 'response',
    created_at: created,
    completed_at: status === 'completed' ? Math.floor(Date.now() / 1000) : null,
    status,
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    model,
    output,
    parallel_tool_calls: false,
    previous_response_id: null,
    store: false,
    temperature: null,
    text: { format: { type: 'text' } },
    tool_choice: 'none',
    tools: [],
    top_p: null,
    truncation: 'disabled',
    ...(status === 'completed' ? { usage: USAGE } : {}),
  });
  return {
    part: { item_id: item, output_index: 0, content_index: 0 },
    annotation,
    content,
    message,
    begun: () => response('in_progress', []),
    completed: (pieces: readonly MarkedText[], answer: Answer) => ({
      ...response('completed', [message([content(pieces)], 'completed')]),
      pilcrow: answer,
    }),
  };
}

/** Tokens are not counted: without a model there are none, and a guess would pass for a count. */
const USAGE = {
  input_tokens: 0,
  input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
  output_tokens: 0,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 0,
};

const TEXTS = new Set(['input_text', 'output_text', 'text']);

/** Items that are no messages (calls of tools, references to what another server keeps) say nothing here. */
function messagesOf({ input }: ResponsesRequest) {
  if (typeof input === 'string') return [{ role: 'user', text: input, pointer: '/input' }];
  return input.flatMap(({ type, role, content }, index) => {
    if ((type !== undefined && type !== 'message') || role === undefined) return [];
    const pointer = `/input/${index}/content`;
    const odd = Array.isArray(content) ? content.findIndex((part) => !TEXTS.has(part.type)) : -1;
    return [{ role, text: textOfContent(content), pointer, ...(odd < 0 ? {} : { unreadable: `${pointer}/${odd}` }) }];
  });
}
