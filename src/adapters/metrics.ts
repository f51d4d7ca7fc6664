import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Answer, SnapshotInfo, Trace } from '../core/model.ts';

export interface Metrics {
  /** One HTTP request, by the route and never by its address. */
  request(method: string, route: string, status: number, seconds: number): void;
  answer(answer: Answer, seconds: number, trace: Trace): void;
  /** A question that failed. */
  failure(code: string): void;
  feedback(verdict: string): void;
  /** A call of the chat model: `ok`, or the kind of failure. */
  modelCall(outcome: string): void;
  /** A call of the chat model that an asker's daily budget did not allow. */
  overBudget(): void;
  /** Everything as Prometheus reads it. */
  text(): Promise<{ type: string; body: string }>;
}

/** Seconds of a request or answer; a quoted one takes some 10 ms, one a model writes up to 20 s. */
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40];
/** Of one stage. */
const STAGE_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 20];

/**
 * What operators see, in a registry of its own. `state` is asked when it is read: the live snapshot, or null, and how many
 * warnings there are. Labels hold routes, statuses and stages: nothing that comes from a question or a document.
 */
export function createMetrics(state: () => Promise<{ snapshot: SnapshotInfo | null; warnings: number }>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  // Event-loop delay, heap, garbage collections, open files.
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'pilcrow_http_request_duration_seconds',
    help: 'HTTP requests by route and status, until the reply begins.',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_SECONDS,
    registers,
  });
  const answers = new Counter({
    name: 'pilcrow_answers_total',
    help: 'Answers by outcome and by who wrote them.',
    labelNames: ['status', 'mode'],
    registers,
  });
  const answering = new Histogram({
    name: 'pilcrow_answer_duration_seconds',
    help: 'From question to answer.',
    labelNames: ['mode'],
    buckets: REQUEST_SECONDS,
    registers,
  });
  const stages = new Histogram({
    name: 'pilcrow_stage_duration_seconds',
    help: 'One stage of a question.',
    labelNames: ['stage'],
    buckets: STAGE_SECONDS,
    registers,
  });
  const failures = new Counter({
    name: 'pilcrow_failures_total',
    help: 'Questions that ended with an error, by its code.',
    labelNames: ['code'],
    registers,
  });
  const calls = new Counter({
    name: 'pilcrow_model_calls_total',
    help: 'Calls of the chat model by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const refused = new Counter({
    name: 'pilcrow_model_calls_over_budget_total',
    help: 'Calls of the chat model that the daily budget of whoever asked did not allow.',
    registers,
  });
  const feedback = new Counter({
    name: 'pilcrow_feedback_total',
    help: 'What readers thought of answers.',
    labelNames: ['verdict'],
    registers,
  });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const ready = gauge('pilcrow_index_ready', '1 when there is an index to answer from.');
  const briefings = gauge('pilcrow_index_briefings', 'Briefings of the live index.');
  const paragraphs = gauge('pilcrow_index_paragraphs', 'Paragraphs of the live index.');
  const age = gauge('pilcrow_index_age_seconds', 'Time since the live index was made.');
  const warnings = gauge('pilcrow_warnings', 'Warnings `/readyz` gives.');

  return {
    request: (method, route, status, seconds) => requests.observe({ method, route, status: String(status) }, seconds),
    answer({ status, mode }, seconds, trace) {
      answers.inc({ status, mode });
      answering.observe({ mode }, seconds);
      for (const { step, milliseconds } of trace.steps) stages.observe({ stage: step }, milliseconds / 1000);
    },
    failure: (code) => failures.inc({ code }),
    modelCall: (outcome) => calls.inc({ outcome }),
    overBudget: () => refused.inc(),
    feedback: (verdict) => feedback.inc({ verdict }),
    async text() {
      const { snapshot, warnings: count } = await state();
      ready.set(snapshot ? 1 : 0);
      briefings.set(snapshot?.briefings ?? 0);
      paragraphs.set(snapshot?.paragraphs ?? 0);
      age.set(snapshot ? Math.max(0, (Date.now() - Date.parse(snapshot.created)) / 1000) : 0);
      warnings.set(count);
      return { type: registry.contentType, body: await registry.metrics() };
    },
  };
}
