import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { pilcrowError } from '../core/errors.ts';
import { httpFailure } from './problem.ts';
import { type Call, nodeOf } from './reply.ts';

const JSON_TYPE = /^application\/(?:[a-z0-9.+-]{1,64}\+)?json\s*(?:;|$)/i;

/** Longest time a body of JSON may take to arrive. One of 64 kB takes less than a second even on a slow line. */
const LONGEST_MILLISECONDS = 60_000;

/**
 * The JSON body of a request of at most `limit` bytes. Rejects with 415 for another content type, 413 as soon as the
 * limit is passed, 408 after a minute, 400 for what is not JSON. Bytes are counted while they arrive: Hono's own limit costs two thirds
 * of the throughput.
 */
export async function readJson(call: Call, limit: number): Promise<unknown> {
  if (!JSON_TYPE.test(call.req.header('content-type') ?? '')) {
    throw httpFailure(415, 'unsupported_media_type', 'The body must be JSON.', { hint: 'Send `Content-Type: application/json`.' });
  }
  const bytes = await bytesOf(call, limit);
  if (bytes.length === 0) throw badJson('is empty');
  if (!isUtf8(bytes)) throw badJson('is not UTF-8');
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw badJson('is not valid JSON');
  }
}

/** The fields of a form a page of ours sent, of at most `limit` bytes. Rejects with 415 for anything else. */
export async function readForm(call: Call, limit: number): Promise<URLSearchParams> {
  if (!/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(call.req.header('content-type') ?? ''))
    throw httpFailure(415, 'unsupported_media_type', 'The body must be a form.');
  return new URLSearchParams((await bytesOf(call, limit)).toString('utf8'));
}

async function bytesOf(call: Call, limit: number): Promise<Buffer> {
  if (Number(call.req.header('content-length') ?? 0) > limit) throw tooLarge(limit);
  const incoming = nodeOf(call).incoming;
  return incoming ? collectNode(incoming, limit) : collectWeb(call.req.raw.body, limit);
}

function badJson(what: string) {
  const detail = `The body ${what}.`;
  return pilcrowError('bad_request', detail, { hint: 'Send one JSON object.', details: [{ pointer: '', detail }] });
}

function tooLarge(limit: number) {
  return pilcrowError('too_large', `The body is larger than ${limit} bytes.`, { hint: 'Send fewer or shorter turns of history.' });
}

function collectNode(incoming: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    const late = setTimeout(
      () => reject(httpFailure(408, 'too_slow', 'The body took more than a minute to arrive.', { hint: 'Send it again.' })),
      LONGEST_MILLISECONDS,
    );
    late.unref();
    incoming.once('close', () => clearTimeout(late));
    incoming.on('data', (part: Buffer) => {
      size += part.length;
      // What arrives after the limit is dropped, not kept; the connection closes with the reply.
      if (size > limit) reject(tooLarge(limit));
      else parts.push(part);
    });
    incoming.on('end', () => {
      clearTimeout(late);
      resolve(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts));
    });
    incoming.on('error', () => reject(pilcrowError('bad_request', 'The connection broke while the body was read.')));
  });
}

async function collectWeb(body: ReadableStream<Uint8Array> | null, limit: number): Promise<Buffer> {
  if (!body) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > limit) throw tooLarge(limit);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
