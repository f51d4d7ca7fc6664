import { SpanStatusCode, trace as tracing } from '@opentelemetry/api';
import { isPilcrowError } from '../core/errors.ts';
import type { Trace } from '../core/model.ts';
import type { ChatModel, Pilcrow } from '../core/ports.ts';
import type { Metrics } from './metrics.ts';

/**
 * The same service, with every question counted and shown as a span whose children are its stages. Without an SDK of
 * OpenTelemetry in the process the spans cost nothing and go nowhere. Neither holds anything of the question.
 */
export function observed<Service extends Pilcrow>(pilcrow: Service, metrics: Metrics): Service {
  const tracer = tracing.getTracer('pilcrow');
  return {
    ...pilcrow,
    seenBy: (groups) => observed(pilcrow.seenBy(groups), metrics),
    ask: (request, options = {}) =>
      tracer.startActiveSpan('pilcrow.ask', async (span) => {
        const steps: Trace = options.trace ?? { steps: [] };
        const began = Date.now();
        const clock = performance.now();
        try {
          const answer = await pilcrow.ask(request, { ...options, trace: steps });
          metrics.answer(answer, (performance.now() - clock) / 1000, steps);
          span.setAttributes({
            'pilcrow.status': answer.status,
            'pilcrow.mode': answer.mode,
            'pilcrow.snapshot': answer.snapshot,
            'pilcrow.citations': answer.citations.length,
          });
          return answer;
        } catch (error) {
          const code = isPilcrowError(error) ? error.code : options.signal?.aborted ? 'caller_left' : 'internal';
          metrics.failure(code);
          span.setStatus({ code: SpanStatusCode.ERROR, message: code });
          throw error;
        } finally {
          // Stages follow one another; each says how long it took.
          let at = began;
          for (const { step, milliseconds } of steps.steps) {
            tracer.startSpan(`pilcrow.${step}`, { startTime: at }).end(at + milliseconds);
            at += milliseconds;
          }
          span.end();
        }
      }),
  };
}

/** The same model, with every call counted. */
export const countedChat = (chat: ChatModel, count: (outcome: string) => void): ChatModel => ({
  ...chat,
  async *stream(messages, options) {
    let outcome = 'left';
    try {
      yield* chat.stream(messages, options);
      outcome = 'ok';
    } catch (error) {
      const { kind } = ((isPilcrowError(error) ? error.details : null) ?? {}) as { kind?: string };
      outcome = options?.signal?.aborted ? 'left' : (kind ?? 'failed');
      throw error;
    } finally {
      count(outcome);
    }
  },
});
