import { pilcrowError } from '../core/errors.ts';
import type { Original } from '../core/originals.ts';
import { briefingOf } from './briefings.ts';
import { httpFailure } from './problem.ts';
import { nodeOf, reply } from './reply.ts';
import type { HttpService, Route } from './routes.ts';

/** By ending. Whatever it is, it is saved and not shown: a web page among briefings is no page of this service. */
const TYPES: Record<string, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

/** `GET /v1/briefings/{id}/original`: the file itself, whole or a part of it, where that is allowed. */
export function originalRoutes({ pilcrow, originals }: HttpService): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/briefings/:id/original',
      needs: 'read',
      handle: async (call) => {
        const briefing = await briefingOf(call, await pilcrow.index());
        if (!originals) {
          throw httpFailure(403, 'originals_off', 'This service does not hand out original files.', {
            hint: 'Whoever runs it can allow that with PILCROW_ORIGINALS=on.',
          });
        }
        const etag = `"${briefing.sha256}"`;
        const common = { etag, 'cache-control': 'private, no-cache', 'accept-ranges': 'bytes' };
        const original = await originals.open(briefing);
        if (!original) {
          throw pilcrowError('not_found', 'The file this briefing was read from is gone, or was changed since.', {
            hint: 'Its text is still here; run `pilcrow ingest` to bring the index up to date.',
          });
        }
        if (call.req.header('if-none-match') === etag) {
          await original.close();
          return reply(call, null, 304, common);
        }
        // However the connection ends, the file does not stay open.
        nodeOf(call).outgoing?.once('close', () => void original.close());
        const { size } = original;
        const range = rangeOf(call.req.header('range'), size);
        if (range === 'none') {
          await original.close();
          throw httpFailure(416, 'range_not_satisfiable', `The file has ${size} bytes.`, {
            headers: { 'content-range': `bytes */${size}` },
          });
        }
        // A part of another version would not fit.
        const asked = call.req.header('if-range');
        const part = asked === undefined || asked === etag ? range : null;
        const { start, end } = part ?? { start: 0, end: size };
        const headers = {
          ...common,
          'content-type': TYPES[briefing.source.slice(briefing.source.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream',
          'content-length': String(end - start),
          'content-disposition': `attachment; filename*=UTF-8''${encodeName(briefing.source.slice(briefing.source.lastIndexOf('/') + 1))}`,
          'content-security-policy': "default-src 'none'; sandbox",
          ...(part ? { 'content-range': `bytes ${start}-${end - 1}/${size}` } : {}),
        };
        if (call.req.method === 'HEAD') {
          await original.close();
          return reply(call, null, 200, headers);
        }
        return reply(call, streamOf(original, start, end), part ? 206 : 200, headers);
      },
    },
  ];
}

/** One range of bytes; null for none, several or what is no range, which is answered with the whole; `none` beyond the end. */
function rangeOf(header: string | undefined, size: number): { start: number; end: number } | null | 'none' {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null;
  return start >= size || start >= end ? 'none' : { start, end };
}

/** RFC 8187: what `encodeURIComponent` leaves and a header may not hold goes too. */
const encodeName = (name: string): string =>
  encodeURIComponent(name.replace(/\p{Cs}/gu, '_')).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

function streamOf(original: Original, start: number, end: number): ReadableStream<Uint8Array> {
  const pieces = original.read(start, end)[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await pieces.next();
        if (!done) return controller.enqueue(value);
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      await original.close();
    },
    cancel: () => original.close(),
  });
}
