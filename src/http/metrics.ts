import { reply } from './reply.ts';
import type { Route } from './routes.ts';

export interface RequestMetrics {
  request(method: string, route: string, status: number, seconds: number): void;
  feedback(verdict: string): void;
  /** Everything as Prometheus reads it. */
  text(): Promise<{ type: string; body: string }>;
}

/** `GET /metrics`, for whoever may do everything: how much is asked, and how it goes, is not everybody's business. */
export function metricsRoutes(metrics: RequestMetrics | null): Route[] {
  if (!metrics) return [];
  return [
    {
      method: 'GET',
      path: '/metrics',
      needs: 'admin',
      handle: async (call) => {
        const { type, body } = await metrics.text();
        return reply(call, body, 200, { 'content-type': type, 'cache-control': 'no-store' });
      },
    },
  ];
}
