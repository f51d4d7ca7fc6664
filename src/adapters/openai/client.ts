import type { OpenAI } from 'openai';
import { pilcrowError } from '../../core/errors.ts';
import { OPENAI_URL } from '../../core/openai.ts';
import { modelFailure } from '../chat-limits.ts';

/** A server that speaks OpenAI's API, and how its settings are called in hints. */
export interface ModelServer {
  /** Empty or null for servers that want none. */
  apiKey?: string | null;
  /** Up to and with `/v1`; OpenAI's own when absent. */
  baseUrl?: string;
  fetch?: typeof globalThis.fetch;
  /** What a person sets; default the environment variables. */
  settings?: Partial<SettingNames>;
}
interface SettingNames {
  apiKey: string;
  baseUrl: string;
  model: string;
  /** Of embeddings only. */
  dimensions: string;
}

/** The package with a client, loaded at the first call: it takes some 100 ms and most commands never need it. */
export interface Loaded {
  client: OpenAI;
  errors: Pick<typeof import('openai'), 'APIError' | 'APIConnectionError'>;
}

export interface Server {
  /** Host and port, for messages. */
  host: string;
  names: SettingNames;
  load(): Promise<Loaded>;
  /** Text of the server, fit for a message: one line, no key, not long. */
  quote(text: string): string;
}

/** Most bytes of a body, and of one server-sent event in it. */
export interface ByteLimits {
  body: number;
  event: number;
}

/** Checks the connection (`bad_config`, without showing the key) and prepares a client; contacts nothing. */
export function serverOf(connection: ModelServer, model: string, modelSetting: string, limits: ByteLimits): Server {
  const { apiKey, baseUrl = OPENAI_URL } = connection;
  const names = {
    apiKey: 'OPENAI_API_KEY',
    baseUrl: 'OPENAI_BASE_URL',
    model: modelSetting,
    dimensions: 'dimensions',
    ...connection.settings,
  };
  if (!model) throw pilcrowError('bad_config', 'No model is named.', { hint: `Set ${names.model}.` });
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw pilcrowError('bad_config', 'The base URL of the model server is not an http(s) address without a name and password.', {
      hint: `Set ${names.baseUrl} to e.g. ${OPENAI_URL}.`,
    });
  }
  // A header holds nothing else, and the error fetch would raise shows the key.
  if (apiKey && !/^[\x21-\x7e]+$/.test(apiKey)) {
    throw pilcrowError('bad_config', 'The key of the model server holds characters no key has.', { hint: `Set ${names.apiKey} again.` });
  }
  let loaded: Promise<Loaded> | null = null;
  return {
    host: url.host,
    names,
    load: () => {
      loaded ??= import('openai').then(({ OpenAI, APIError, APIConnectionError }) => ({
        client: new OpenAI({
          apiKey: apiKey || 'none',
          baseURL: baseUrl.replace(/\/+$/, ''),
          // Null keeps the package from reading the environment behind our configuration.
          adminAPIKey: null,
          organization: null,
          project: null,
          webhookSecret: null,
          maxRetries: 0,
          // Never first: our own limits are shorter.
          timeout: 3_600_000,
          logLevel: 'off',
          // Followed, a redirection would carry the briefings to a server nobody named.
          fetchOptions: { redirect: 'manual' },
          fetch: limitedFetch(connection.fetch ?? globalThis.fetch, limits, apiKey || null),
        }),
        errors: { APIError, APIConnectionError },
      }));
      return loaded.catch((error: unknown) => {
        loaded = null;
        throw modelFailure(
          `The openai package cannot be used (${(error as Error).name}).`,
          { kind: 'unavailable' },
          'Reinstall the package.',
        );
      });
    },
    quote: (text) => {
      const hidden = apiKey ? text.split(apiKey).join('…') : text;
      const line = hidden.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
      return Array.from(line.slice(0, 1000)).slice(0, 200).join('');
    },
  };
}

/** The headers that are sent. The package adds some about this machine, and those of an environment variable of its own. */
const HEADERS = ['accept', 'content-type', 'user-agent'];

/** A fetch whose bodies end with `nonsense` when they, or one event of a stream, grow beyond what a reply can be. */
function limitedFetch(fetch: typeof globalThis.fetch, limits: ByteLimits, apiKey: string | null): typeof globalThis.fetch {
  return async (input, init) => {
    const given = new Headers(init?.headers);
    const headers = new Headers(
      HEADERS.flatMap((name) => (given.has(name) ? [[name, given.get(name) as string] as [string, string]] : [])),
    );
    if (apiKey !== null) headers.set('authorization', `Bearer ${apiKey}`);
    const response = await fetch(input, { ...init, headers });
    if (!response.body) return response;
    const { status, statusText } = response;
    const plain = /json|html/.test(response.headers.get('content-type') ?? '');
    const body = response.body.pipeThrough(byteLimit(limits.body, plain ? limits.body : limits.event));
    return new Response(body, { status, statusText, headers: response.headers });
  };
}

function byteLimit(most: number, mostOfOne: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  let sinceEnd = 0;
  let tail = Buffer.alloc(0);
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.length;
      // An end may be spread over two pieces, so the last bytes of the piece before take part.
      const seen = Buffer.concat([tail, chunk]);
      const end = Math.max(...['\n\n', '\r\r', '\r\n\r\n'].map((mark) => seen.lastIndexOf(mark)));
      sinceEnd = end === -1 ? sinceEnd + chunk.length : seen.length - end;
      tail = seen.subarray(Math.max(0, seen.length - 3));
      if (bytes <= most && sinceEnd <= mostOfOne) controller.enqueue(chunk);
      else controller.error(modelFailure('The model server sent more than a reply can be.', { kind: 'nonsense' }));
    },
  });
}
