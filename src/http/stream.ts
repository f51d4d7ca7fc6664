import type { AskEvent, AskRequest } from '../core/model.ts';
import { callerLeft, problemOf } from './problem.ts';
import { type Call, eventStream, requestIdOf } from './reply.ts';
import type { Service } from './routes.ts';

/** How long a failure may take to still be told by its own HTTP status rather than by an `error` event. */
const STATUS_MILLISECONDS = 5000;

/**
 * Answers as server-sent events, in the order of AskEvent: the data of `passages`, `sentence`, `withheld` and `note` are the
 * event's members, the data of the last event, `answer`, is the reply the JSON call gives. A failure before the first
 * event is an ordinary error reply; a later one is an `error` event with the same problem. Hanging up aborts the question.
 */
export async function streamAnswer(call: Call, service: Service, request: AskRequest): Promise<Response> {
  const abort = new AbortController();
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let waiting = '';
  let over = false;
  let begun: () => void = () => {};
  const beginning = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const send = (text: string): void => {
    if (over) return;
    if (controller) controller.enqueue(encoder.encode(text));
    else waiting += text;
    begun();
  };
  const event = (name: string, data: unknown): void => send(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  const finish = (): void => {
    if (over) return;
    over = true;
    clearInterval(heartbeat);
    controller?.close();
  };
  const heartbeat = setInterval(() => send(': still here\n\n'), service.heartbeatMilliseconds);
  heartbeat.unref();
  call.env?.outgoing?.once('close', () => {
    if (over) return;
    abort.abort();
    over = true;
    clearInterval(heartbeat);
  });

  const onEvent = (made: AskEvent): void => {
    if (made.type === 'answer') return; // sent once, from the result itself
    const { type, ...data } = made;
    event(type, data);
  };
  const answering = service.pilcrow.ask(request, { signal: abort.signal, onEvent }).then((answer) => {
    event('answer', answer);
    finish();
  });
  const late = delay(STATUS_MILLISECONDS);
  try {
    await Promise.race([answering, beginning, late.passed]);
  } catch (error) {
    finish();
    throw abort.signal.aborted ? callerLeft() : error;
  } finally {
    late.stop();
  }
  answering.catch((error) => {
    if (over) return;
    const requestId = requestIdOf(call);
    const { problem, unexpected } = problemOf(error, requestId);
    if (unexpected) service.log('error', 'a stream failed', { requestId, error });
    event('error', problem);
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
  );
}

function delay(milliseconds: number): { passed: Promise<void>; stop(): void } {
  let timer: NodeJS.Timeout;
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  return { passed, stop: () => clearTimeout(timer) };
}
