import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Citation } from '../core/model.ts';
import {
  baseOf,
  chatSchemas,
  citedTitle,
  conversation,
  createTextWriter,
  type MarkedText,
  readConversation,
  sourceUrl,
  tellInText,
  textOfContent,
} from './openai/index.ts';
import type { HttpService, Route } from './routes.ts';
import { frame, streamed } from './stream.ts';

type UiRequest = z.infer<ReturnType<typeof chatSchemas>['ui']>;

/** The one text part of a message. */
const TEXT = 'answer';

/**
 * `POST /v1/ui-messages`: UI messages of the AI SDK in, its UI message stream (version 1) out. Sentences are deltas of one text
 * part, each citation a `source-url` part whose id is its number in the text, and `data-pilcrow` holds the whole answer.
 */
export function uiStreamRoutes(service: HttpService, publicUrl: string | null): Route[] {
  const { pilcrow, limits } = service;
  const schema = chatSchemas(limits).ui;
  return [
    {
      method: 'POST',
      path: '/v1/ui-messages',
      needs: 'ask',
      public: true,
      handle: async (call) => {
        const body = await readConversation(call, limits, schema, 'messages');
        const { sources = false, ...restrictions } = body.pilcrow ?? {};
        const request = { ...conversation(messagesOf(body), limits, 'messages'), ...restrictions };
        const base = baseOf(call, publicUrl);
        // Sources are parts of their own here; the nearest passages have no part that would not make sources of them.
        const writer = createTextWriter({ base, sources, nearest: true });
        return streamed(call, service, {
          headers: { 'x-vercel-ai-ui-message-stream': 'v1' },
          work: async (write, signal) => {
            let begun = false;
            const shown = new Set<number>();
            const begin = (): void => {
              if (begun) return;
              begun = true;
              write(frame({ type: 'start', messageId: `msg_${randomUUID().replaceAll('-', '')}` }));
              write(frame({ type: 'text-start', id: TEXT }));
            };
            const put = (piece: MarkedText): void => {
              begin();
              write(frame({ type: 'text-delta', id: TEXT, delta: piece.text }));
              for (const { citation } of piece.marks) {
                if (!shown.has(citation.number)) write(frame(sourcePart(citation, base)));
                shown.add(citation.number);
              }
            };
            const answer = await tellInText(pilcrow, request, signal, writer, { begin, put });
            write(frame({ type: 'text-end', id: TEXT }));
            write(frame({ type: 'data-pilcrow', data: answer }));
            write(frame({ type: 'finish', finishReason: 'stop' }));
            write('data: [DONE]\n\n');
          },
          failed: (write, { error }) => {
            write(frame({ type: 'error', errorText: error.message }));
            write('data: [DONE]\n\n');
          },
        });
      },
    },
  ];
}

function sourcePart(citation: Citation, base: string) {
  const { number, paragraph, briefing, quote } = citation;
  return {
    type: 'source-url',
    sourceId: String(number),
    url: sourceUrl(citation, base),
    title: citedTitle(citation),
    providerMetadata: { pilcrow: { paragraph, quote: quote.exact, edition: briefing.edition.date, newest: briefing.newest } },
  };
}

/** Parts other than text and files belong to what the client shows: sources, data, steps. */
function messagesOf({ messages }: UiRequest) {
  return messages.map(({ role, parts }, index) => {
    const pointer = `/messages/${index}/parts`;
    const odd = parts.findIndex((part) => part.type === 'file');
    const text = textOfContent(parts.filter((part) => part.type === 'text'));
    return { role, text, pointer, ...(odd < 0 ? {} : { unreadable: `${pointer}/${odd}` }) };
  });
}
