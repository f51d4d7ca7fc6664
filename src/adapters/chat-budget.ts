import type { Asker } from '../core/access.ts';
import { pilcrowError } from '../core/errors.ts';
import type { ChatFailure, ChatModel } from '../core/ports.ts';
import { dayOf } from './day-files.ts';

export interface ChatBudget {
  /** The same model, with every call that somebody's question leads to counted against what they may have. */
  of<Model extends ChatModel>(chat: Model): Model;
}

/** Askers counted; above it those counted first are forgotten, which gives them their day back. */
const MOST_ASKERS = 100_000;

/**
 * Most calls of chat models that one asker may cause in a day (UTC): a key, a person, a site, an address. Above it calls throw
 * `model_unavailable` of kind `over_budget`, so that the quoted answer is given. Calls the service makes of itself are free. Counted
 * in this process, from its start.
 */
export function createChatBudget({
  callsPerDay,
  asker,
  refused = () => {},
  now = Date.now,
}: {
  callsPerDay: number;
  asker: () => Asker | null;
  /** Told of every call that was refused. */
  refused?: () => void;
  now?: () => number;
}): ChatBudget {
  let day = '';
  const calls = new Map<string, number>();

  const take = (who: Asker): void => {
    const today = dayOf(now());
    if (today !== day) calls.clear();
    day = today;
    const name = `${who.kind} ${who.id}`;
    const before = calls.get(name) ?? 0;
    if (before >= callsPerDay) {
      refused();
      throw pilcrowError('model_unavailable', `The ${callsPerDay} calls of the model this asker may have in a day are used up.`, {
        hint: 'Raise PILCROW_MODEL_CALLS_PER_DAY, or wait until tomorrow (UTC).',
        retryable: true,
        details: { kind: 'over_budget' satisfies ChatFailure },
      });
    }
    calls.set(name, before + 1);
    if (calls.size > MOST_ASKERS) calls.delete(calls.keys().next().value as string);
  };

  return {
    of: (chat) => ({
      ...chat,
      async *stream(messages, options) {
        const who = asker();
        if (who) take(who);
        yield* chat.stream(messages, options);
      },
    }),
  };
}
