import type { Asker } from '../core/access.ts';
import type { Rates } from '../core/rates.ts';
import { callerLeft, httpFailure } from './problem.ts';
import { type Call, nodeOf } from './reply.ts';

export const noRates: Rates = {
  requestsPerMinute: null,
  questionsAtOnce: null,
  questionsRunning: Number.POSITIVE_INFINITY,
  questionsWaiting: 0,
};

export interface Limiter {
  /** Counts a request; throws 429 with `Retry-After` above the rate. What is left goes along with the reply. */
  request(call: Call, asker: Asker): void;
  /** Waits for a place to answer a question in; throws 429 when the asker has too many, 503 when too many wait. Resolves to what gives the place back. */
  question(call: Call, asker: Asker): Promise<() => void>;
}

/** Askers remembered; above it those who asked longest ago are forgotten, which gives them their minute back. */
const MOST_ASKERS = 10_000;
/** Tells clients that came too late when to come again; questions take well under a second without a model. */
const BUSY_SECONDS = 5;

interface Level {
  /** Requests left; fills evenly. */
  left: number;
  at: number;
  /** Questions that run or wait. */
  questions: number;
}

/**
 * Rates by asker as buckets that hold one minute's requests and fill evenly, and a queue of questions of bounded length.
 * The headers are those of draft-ietf-httpapi-ratelimit-headers-10.
 */
export function createLimiter(rates: Rates, now: () => number = () => performance.now()): Limiter {
  const levels = new Map<string, Level>();
  const waiting: (() => void)[] = [];
  let running = 0;

  const levelOf = ({ kind, id }: Asker): Level => {
    const name = `${kind} ${id}`;
    const level = levels.get(name) ?? { left: rates.requestsPerMinute ?? 0, at: now(), questions: 0 };
    // The map keeps the order of last use.
    levels.delete(name);
    levels.set(name, level);
    if (levels.size > MOST_ASKERS) {
      for (const [other, { questions }] of levels) {
        if (levels.size <= MOST_ASKERS) break;
        if (questions === 0) levels.delete(other);
      }
    }
    return level;
  };
  const next = (): void => {
    if (running >= rates.questionsRunning) return;
    waiting.shift()?.();
  };

  return {
    request(call, asker) {
      const most = rates.requestsPerMinute;
      if (most === null) return;
      const level = levelOf(asker);
      const at = now();
      level.left = Math.min(most, level.left + ((at - level.at) / 60_000) * most);
      level.at = at;
      const policy = `"minute";q=${most};w=60`;
      if (level.left < 1) {
        const seconds = Math.max(1, Math.ceil(((1 - level.left) / most) * 60));
        throw httpFailure(429, 'rate_limited', 'That is more than may be asked in a minute.', {
          hint: `Try again in ${seconds} s.`,
          headers: { 'retry-after': String(seconds), 'ratelimit-policy': policy, ratelimit: `"minute";r=0;t=${seconds}` },
        });
      }
      level.left -= 1;
      const full = Math.ceil(((most - level.left) / most) * 60);
      call.set('limits', { 'ratelimit-policy': policy, ratelimit: `"minute";r=${Math.floor(level.left)};t=${full}` });
    },
    async question(call, asker) {
      const level = levelOf(asker);
      if (rates.questionsAtOnce !== null && level.questions >= rates.questionsAtOnce) {
        throw httpFailure(429, 'too_many_at_once', `Only ${rates.questionsAtOnce} questions at once are answered.`, {
          hint: 'Wait for one of them to be answered.',
          headers: { 'retry-after': String(BUSY_SECONDS) },
        });
      }
      if (running >= rates.questionsRunning && waiting.length >= rates.questionsWaiting) {
        throw httpFailure(503, 'overloaded', 'More questions wait already than can be answered soon.', {
          hint: `Try again in ${BUSY_SECONDS} s.`,
          headers: { 'retry-after': String(BUSY_SECONDS) },
        });
      }
      level.questions++;
      if (running >= rates.questionsRunning) {
        const outgoing = nodeOf(call).outgoing;
        try {
          await new Promise<void>((resolve, reject) => {
            waiting.push(resolve);
            outgoing?.once('close', () => {
              const at = waiting.indexOf(resolve);
              if (at === -1) return;
              waiting.splice(at, 1);
              reject(callerLeft());
            });
          });
        } catch (error) {
          level.questions--;
          throw error;
        }
      }
      running++;
      let given = false;
      return () => {
        if (given) return;
        given = true;
        running--;
        level.questions--;
        next();
      };
    },
  };
}
