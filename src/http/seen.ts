import { AsyncLocalStorage } from 'node:async_hooks';
import type { Asker, Groups } from '../core/access.ts';
import { pilcrowError } from '../core/errors.ts';
import type { HttpService } from './routes.ts';

/** What somebody may read: everything for who may do everything, else what their groups may. */
const groupsOf = ({ scope, groups }: Asker): Groups => (scope === 'admin' ? null : (groups ?? []));

export interface Seen {
  /** The service as whoever asks at the moment sees it. Outside of `as` nobody asks, and every call rejects. */
  pilcrow: HttpService['pilcrow'];
  /** Does work, and whatever it sets going, as somebody. */
  as<T>(asker: Asker, work: () => T): T;
}

/**
 * The one place where a request meets the service. Routes are made once and given `pilcrow`; it follows the request through every
 * wait, stream and callback, so that no route, and none that is added later, can forget for whom it reads.
 */
export function seenByAsker(pilcrow: HttpService['pilcrow']): Seen {
  const asking = new AsyncLocalStorage<HttpService['pilcrow']>();
  const current = async (): Promise<HttpService['pilcrow']> => {
    const found = asking.getStore();
    if (!found) throw pilcrowError('internal', 'Something was read without anybody asking for it.');
    return found;
  };
  const seen: HttpService['pilcrow'] = {
    ask: async (request, options) => (await current()).ask(request, options),
    search: async (request, options) => (await current()).search(request, options),
    index: async () => (await current()).index(),
    editions: {
      list: async () => (await current()).editions.list(),
      changes: async (request) => (await current()).editions.changes(request),
      counterparts: async (briefing, other) => (await current()).editions.counterparts(briefing, other),
    },
    suggestions: async (options) => (await current()).suggestions(options),
    seenBy: () => seen,
    warnings: () => pilcrow.warnings?.() ?? [],
    close: async () => {},
  };
  return { pilcrow: seen, as: (asker, work) => asking.run(pilcrow.seenBy(groupsOf(asker)), work) };
}
