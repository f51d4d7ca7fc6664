import { json } from './reply.ts';
import type { Route } from './routes.ts';

/** What is kept of people who ask, and for how many days; null: nothing is. `days` null: without a limit. */
export interface Kept {
  questions: { days: number } | null;
  feedback: { days: number | null } | null;
}

/** `GET /v1/privacy`: what is kept, for whoever is about to ask. Pages anywhere may read it; it is the same for everybody. */
export function privacyRoutes(kept: Kept): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/privacy',
      needs: 'nothing',
      handle: (call) =>
        json(call, kept, 200, {
          'access-control-allow-origin': '*',
          'cross-origin-resource-policy': 'cross-origin',
          'cache-control': 'max-age=60',
        }),
    },
  ];
}
