import { pilcrowError } from '../core/errors.ts';
import { json } from './reply.ts';
import type { HttpService, Route } from './routes.ts';

/** `/healthz`: the process runs. `/readyz`: it has something to answer from; 503 with the reason otherwise. */
export function healthRoutes({ pilcrow }: HttpService, settings: readonly string[], isStopping: () => boolean): Route[] {
  return [
    { method: 'GET', path: '/healthz', needs: 'nothing', handle: (call) => json(call, { status: 'ok' }) },
    {
      method: 'GET',
      path: '/readyz',
      needs: 'nothing',
      handle: async (call) => {
        if (isStopping()) throw pilcrowError('unavailable', 'The service is about to stop.', { retryable: true });
        const reader = await pilcrow.index();
        return json(call, { status: 'ready', snapshot: reader.info, warnings: [...settings, ...(pilcrow.warnings?.() ?? [])] });
      },
    },
  ];
}
