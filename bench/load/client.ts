import { type Agent, request } from 'node:http';

/** How one request ended. `whole`: everything that was announced came. */
export interface Reply {
  status: number | null;
  whole: boolean;
  error: string | null;
  milliseconds: number;
  body: string;
  /** Whether the service said that it closes the connection. */
  closes: boolean;
}

export interface Sent {
  url: string;
  key: string;
  question: string;
  agent: Agent;
  /** Asks for events; told of what has come so far. */
  onEvents?: (text: string) => void;
}

/** Asks one question. Never rejects. */
export function ask({ url, key, question, agent, onEvents }: Sent): Promise<Reply> {
  const body = JSON.stringify({ question });
  const began = performance.now();
  return new Promise((resolve) => {
    let text = '';
    let status: number | null = null;
    let closes = false;
    const end = (whole: boolean, error: string | null) =>
      resolve({ status, whole, error, milliseconds: performance.now() - began, body: text, closes });
    const sent = request(
      `${url}/v1/ask`,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          authorization: `Bearer ${key}`,
          accept: onEvents ? 'text/event-stream' : 'application/json',
        },
      },
      (reply) => {
        status = reply.statusCode ?? null;
        closes = reply.headers.connection === 'close';
        reply.setEncoding('utf8').on('data', (part) => {
          text += part;
          onEvents?.(text);
        });
        reply.on('end', () => end(reply.complete, null));
        reply.on('error', (error: NodeJS.ErrnoException) => end(false, error.code ?? error.message));
      },
    );
    sent.on('error', (error: NodeJS.ErrnoException) => end(false, error.code ?? error.message));
    sent.end(body);
  });
}
