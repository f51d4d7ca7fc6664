import type { AskEvent, AskRequest } from '../core/model.ts';
import { callerLeft, type ProblemDetails, problemOf } from './problem.ts';
import { type Call, eventStream, nodeOf, requestIdOf } from './reply.ts';
import type { HttpService } from './routes.ts';

/** How long a failure may take to still be told by its own HTTP status rather than within the stream. */
const STATUS_MILLISECONDS = 5000;

/** One server-sent event; without a name it is a `message`. */
export const frame = (data: unknown, name?: string): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`;

export interface Streamed {
  /** Does the work and writes frames; `signal` aborts when the caller hangs up. The stream ends when it resolves. */
  work(write: (text: string) => void, signal: AbortSignal): Promise<void>;
  /** Writes a failure that came after the first frame. */
  failed(write: (text: string) => void, problem: ProblemDetails): void;
  headers?: Record<string, string>;
}

/**
 * A reply that is written while the work goes on, with comments as heartbeat. A failure before the first frame (and
 * within five seconds) is an ordinary error reply; a later one is told by `failed`. Hanging up aborts the work.
 */
export async function streamed(call: Call, service: HttpService, { work, failed, headers = {} }: Streamed): Promise<Response> {
  const abort = new AbortController();
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let waiting = '';
  let over = false;
  let begun: () => void = () => {};
  const beginning = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const write = (text: string): void => {
    if (over) return;
    if (controller) controller.enqueue(encoder.encode(text));
    else waiting += text;
    begun();
  };
  const finish = (): void => {
    if (over) return;
    over = true;
    clearInterval(heartbeat);
    controller?.close();
  };
  const heartbeat = setInterval(() => write(': still here\n\n'), service.heartbeatMilliseconds);
  heartbeat.unref();
  nodeOf(call).outgoing?.once('close', () => {
    if (over) return;
    abort.abort();
    over = true;
    clearInterval(heartbeat);
  });

  const working = work(write, abort.signal).then(finish);
  const late = delay(STATUS_MILLISECONDS);
  try {
    await Promise.race([working, beginning, late.passed]);
  } catch (error) {
    finish();
    throw abort.signal.aborted ? callerLeft() : error;
  } finally {
    late.stop();
  }
  working.catch((error) => {
    if (over) return;
    const requestId = requestIdOf(call);
    const { problem, unexpected } = problemOf(error, requestId);
    if (unexpected) service.log('error', 'a stream failed', { requestId, error });
    failed(write, problem);
    finish();
  });

  return eventStream(
    call,
    new ReadableStream<Uint8Array>({
      start(made) {
        controller = made;
        if (waiting) made.enqueue(encoder.encode(waiting));
        if (over) made.close();
      },
      cancel() {
        if (over) return;
        over = true;
        clearInterval(heartbeat);
        abort.abort();
      },
    }),
    headers,
  );
}

/**
 * Answers as server-sent events, in the order of AskEvent: the data of `passages`, `sentence`, `withheld` and `note` are the
 * event's members, the data of the last event, `answer`, is the reply the JSON call gives. A failure after the first
 * event is an `error` event with the problem.
 */
export function streamAnswer(call: Call, service: HttpService, request: AskRequest): Promise<Response> {
  return streamed(call, service, {
    work: async (write, signal) => {
      const onEvent = (made: AskEvent): void => {
        if (made.type === 'answer') return; // sent once, from the result itself
        const { type, ...data } = made;
        write(frame(data, type));
      };
      write(frame(await service.pilcrow.ask(request, { signal, onEvent }), 'answer'));
    },
    failed: (write, problem) => write(frame(problem, 'error')),
  });
}

function delay(milliseconds: number): { passed: Promise<void>; stop(): void } {
  let timer: NodeJS.Timeout;
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  return { passed, stop: () => clearTimeout(timer) };
}
