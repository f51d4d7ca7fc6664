import type { IncomingMessage } from 'node:http';
import type { Asker, Audit } from '../core/access.ts';
import { isPilcrowError, pilcrowError } from '../core/errors.ts';
import type { BriefingFiles, Expectation, UpdateReport } from '../core/updates.ts';
import type { Admission } from './access.ts';
import { callerLeft, httpFailure } from './problem.ts';
import { type Call, json, nodeOf, requestIdOf } from './reply.ts';
import type { HttpService, Route } from './routes.ts';
import { frame, streamed } from './stream.ts';

/** `PUT` and `DELETE /v1/briefings/{id}`, `id` being the name of a file: briefings brought in and taken out by programs with a key. */
export function uploadRoutes(service: HttpService, access: Admission, files: BriefingFiles | null, audit: Audit | null): Route[] {
  const opened = (call: Call): BriefingFiles => {
    access.admitProgram(call);
    if (files) return files;
    throw httpFailure(403, 'uploads_off', 'This service takes no briefings over HTTP.', {
      hint: 'Whoever runs it can allow that with PILCROW_UPLOAD_MEGABYTES.',
    });
  };
  const note = (call: Call, asker: Asker, { file, action, sha256, snapshot }: UpdateReport): void => {
    if (action === 'unchanged') return;
    audit?.note({ event: `briefing.${action}`, file, sha256, snapshot, by: `${asker.kind} ${asker.id}`, request: requestIdOf(call) });
  };
  /** The reply when it is done; with `Accept: text/event-stream` how far it is, as it goes. */
  const told = (
    call: Call,
    work: (onProgress?: (progress: object) => void) => Promise<UpdateReport>,
    toReply: (report: UpdateReport) => Response,
  ): Response | Promise<Response> => {
    if (!(call.req.header('accept') ?? '').includes('text/event-stream')) return work().then(toReply);
    return streamed(call, service, {
      work: async (write) => write(frame(await work((progress) => write(frame(progress, 'progress'))), 'published')),
      failed: (write, problem) => write(frame(problem, 'error')),
    });
  };
  return [
    {
      method: 'PUT',
      path: '/v1/briefings/:id',
      needs: 'ingest',
      handle: async (call, _site, asker) => {
        const folder = opened(call);
        const { name, bytes } = nameOf(call, folder);
        plainBody(call, bytes);
        const expected = expectation(call);
        const received = await folder
          .receive(name, () => bodyOf(call), { expected, bytes })
          .catch((error) => {
            throw unreadable(error);
          });
        return told(
          call,
          async (onProgress) => {
            const report = await received.publish(onProgress);
            note(call, asker, report);
            return report;
          },
          (report) =>
            json(call, report, report.action === 'added' ? 201 : 200, {
              etag: `"${report.sha256}"`,
              ...(report.action === 'added' && report.briefing
                ? { location: `${call.get('base') ?? ''}/v1/briefings/${encodeURIComponent(report.briefing.id)}` }
                : {}),
            }),
        );
      },
    },
    {
      method: 'DELETE',
      path: '/v1/briefings/:id',
      needs: 'ingest',
      handle: (call, _site, asker) => {
        const folder = opened(call);
        const { name } = nameOf(call, folder);
        const expected = expectation(call);
        if (expected?.is === 'absent') throw badHeader('If-None-Match', 'Leave it out: what is not there cannot be removed.');
        return told(
          call,
          async (onProgress) => {
            const report = await folder.remove(name, { expected, onProgress });
            note(call, asker, report);
            return report;
          },
          (report) => json(call, report),
        );
      },
    },
  ];
}

function nameOf(call: Call, folder: BriefingFiles): { name: string; bytes: number } {
  return folder.accept(call.req.param('id') ?? '');
}

/** What stands in the way of the bytes of the body being those of the file. */
function plainBody(call: Call, bytes: number): void {
  const type = call.req.header('content-type') ?? '';
  if (/^\s*(?:multipart\/|application\/x-www-form-urlencoded)/i.test(type)) {
    throw httpFailure(415, 'unsupported_media_type', 'The body is a form.', {
      hint: 'Send the bytes of the file alone, e.g. with curl --upload-file.',
    });
  }
  const encoding = (call.req.header('content-encoding') ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity') {
    throw httpFailure(415, 'unsupported_media_type', `The body is packed (${encoding.slice(0, 40)}).`, { hint: 'Send the file as it is.' });
  }
  if (call.req.header('content-range') !== undefined) throw badHeader('Content-Range', 'Send the whole file.');
  if (Number(call.req.header('content-length') ?? 0) > bytes) {
    throw pilcrowError('too_large', `The file is larger than ${(bytes / 1_048_576).toLocaleString('en')} MB.`, {
      hint: 'Split the document, or leave out what is not text.',
    });
  }
}

const badHeader = (name: string, hint: string) => pilcrowError('bad_request', `${name} means nothing here.`, { hint });

/** What `If-Match` and `If-None-Match` say, with the SHA-256 of a file as its ETag; null when neither was sent. */
function expectation(call: Call): Expectation | null {
  const none = call.req.header('if-none-match')?.trim();
  const match = call.req.header('if-match')?.trim();
  if (none !== undefined && none !== '*') throw badHeader('If-None-Match', 'Send `If-None-Match: *` to bring in what is not there yet.');
  if (none !== undefined && match !== undefined) throw badHeader('If-Match', 'Send it or If-None-Match, not both.');
  if (none !== undefined) return { is: 'absent' };
  if (match === undefined) return null;
  if (match === '*') return { is: 'present' };
  const tags = match.split(',').map((tag) => /^"([0-9a-f]{64})"$/.exec(tag.trim())?.[1]);
  if (tags.some((tag) => tag === undefined)) {
    throw badHeader('If-Match', 'Its tags are SHA-256 of files in quotation marks, as `sha256` of a briefing gives it.');
  }
  return { is: 'one of', sha256: tags as string[] };
}

/** The bytes as they come. The connection lives on when it is left early, so that the reply can be read. */
async function* bodyOf(call: Call): AsyncGenerator<Uint8Array> {
  const incoming: IncomingMessage | undefined = nodeOf(call).incoming;
  if (!incoming) {
    for await (const part of (call.req.raw.body ?? []) as unknown as AsyncIterable<Uint8Array>) yield part;
    return;
  }
  try {
    for await (const part of incoming.iterator({ destroyOnReturn: false })) yield part as Uint8Array;
  } catch {
    throw callerLeft();
  }
}

/** What a reader refuses is the caller's to mend. */
function unreadable(error: unknown): unknown {
  return isPilcrowError(error) && error.code === 'bad_document'
    ? httpFailure(422, 'unreadable', error.message, { hint: error.hint ?? undefined })
    : error;
}
