import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { whilePresent } from '../ask.ts';
import { type Call, json } from '../reply.ts';
import type { HttpService, Route } from '../routes.ts';
import { frame, streamed } from '../stream.ts';
import { baseOf } from './base.ts';
import { conversation, readConversation, textOfContent } from './conversation.ts';
import { chosen } from './models.ts';
import { chatSchemas } from './schemas.ts';
import { createTextWriter, type MarkedText, tellInText, urlCitation } from './text.ts';

type ChatRequest = z.infer<ReturnType<typeof chatSchemas>['chat']>;

/** `POST /v1/chat/completions`, as OpenAI's clients speak it. */
export function chatRoutes(service: HttpService, publicUrl: string | null): Route[] {
  const { pilcrow, limits } = service;
  const schema = chatSchemas(limits).chat;
  return [
    {
      method: 'POST',
      path: '/v1/chat/completions',
      needs: 'ask',
      handle: async (call) => {
        const body = await readConversation(call, limits, schema, 'messages');
        const { model, edition } = await chosen(pilcrow, body.model);
        const { sources = true, ...restrictions } = body.pilcrow ?? {};
        const request = { ...conversation(messagesOf(body), limits, 'messages'), ...(edition ? { edition } : {}), ...restrictions };
        const base = baseOf(call, publicUrl);
        const head = { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model };
        const writer = createTextWriter({ base, sources, nearest: sources });
        if (body.stream) return stream(call, body, head, base, writer, request);

        const answer = await whilePresent(call, (signal) => pilcrow.ask(request, { signal }));
        const pieces = writer.rest(answer);
        const message = {
          role: 'assistant',
          content: pieces.map((piece) => piece.text).join(''),
          refusal: null,
          annotations: annotations(pieces, base),
        };
        return json(call, {
          ...head,
          object: 'chat.completion',
          choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
          usage: USAGE,
          pilcrow: answer,
        });
      },
    },
  ];

  function stream(
    call: Call,
    body: ChatRequest,
    head: { id: string; created: number; model: string },
    base: string,
    writer: ReturnType<typeof createTextWriter>,
    request: Parameters<typeof pilcrow.ask>[0],
  ): Promise<Response> {
    const withUsage = body.stream_options?.include_usage === true;
    const chunk = (choices: unknown[], more: object = {}): string =>
      frame({ ...head, object: 'chat.completion.chunk', choices, ...(withUsage ? { usage: null } : {}), ...more });
    const delta = (content: object, finish: 'stop' | null = null, more: object = {}): string =>
      chunk([{ index: 0, delta: content, logprobs: null, finish_reason: finish }], more);
    return streamed(call, service, {
      work: async (write, signal) => {
        let begun = false;
        const begin = (): void => {
          if (!begun) write(delta({ role: 'assistant', content: '' }));
          begun = true;
        };
        const pieces: MarkedText[] = [];
        const put = (piece: MarkedText): void => {
          begin();
          pieces.push(piece);
          write(delta({ content: piece.text }));
        };
        const answer = await tellInText(pilcrow, request, signal, writer, { begin, put });
        // All at once: OpenAI's own helper keeps only the last list of a stream.
        const found = annotations(pieces, base);
        if (found.length > 0) write(delta({ annotations: found }));
        write(delta({}, 'stop', { pilcrow: answer }));
        if (withUsage) write(chunk([], { usage: USAGE }));
        write('data: [DONE]\n\n');
      },
      failed: (write, { error }) => write(frame({ error })),
    });
  }
}

/** Tokens are not counted: without a model there are none, and a guess would pass for a count. */
const USAGE = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

function messagesOf({ messages }: ChatRequest) {
  return messages.map(({ role, content }, index) => {
    const pointer = `/messages/${index}`;
    const odd = Array.isArray(content) ? content.findIndex((part) => part.type !== 'text') : -1;
    return {
      role,
      text: textOfContent(content),
      pointer: `${pointer}/content`,
      ...(odd < 0 ? {} : { unreadable: `${pointer}/content/${odd}` }),
    };
  });
}

function annotations(pieces: readonly MarkedText[], base: string) {
  return pieces.flatMap((piece) => piece.marks).map((mark) => ({ type: 'url_citation', url_citation: urlCitation(mark, base) }));
}
