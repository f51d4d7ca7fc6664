import type { ChangeKind, ChangesRequest } from '../core/model.ts';
import { changesMain } from './changes-page.ts';
import { layout } from './pages.ts';
import { type Call, json, page } from './reply.ts';
import type { HttpService, Route } from './routes.ts';
import { changesQuery, check } from './schemas.ts';
import { wordsFor } from './words/words.ts';

/** `GET /v1/series`, what changed in one of them, and the page that shows it. */
export function changesRoutes({ pilcrow, site }: HttpService): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/series',
      needs: 'read',
      handle: async (call) => {
        const reader = await pilcrow.index();
        return json(call, { snapshot: reader.info.id, series: await pilcrow.editions.list() });
      },
    },
    {
      method: 'GET',
      path: '/v1/series/:id/changes',
      needs: 'read',
      handle: async (call) => json(call, await pilcrow.editions.changes(requested(call))),
    },
    {
      method: 'GET',
      path: '/series/:id/changes',
      needs: 'read',
      handle: async (call) => {
        const found = await pilcrow.editions.changes(requested(call));
        const series = (await pilcrow.editions.list()).find((one) => one.id === found.series);
        const shown = KINDS.find((kind) => kind === call.req.query('show'));
        const words = wordsFor(call);
        const title = `${words.say('changed')}: ${found.to.title}`;
        const main = changesMain(found, series?.editions ?? [found.to, found.from], shown ?? null, words);
        return page(call, layout(title, main, null, site, words));
      },
    },
  ];
}

const KINDS: ChangeKind[] = ['changed', 'reworded', 'added', 'removed', 'unchanged'];

/** An empty parameter, as a form sends it, is none. */
function requested(call: Call): ChangesRequest {
  const { from, to } = check(changesQuery, { from: call.req.query('from') || undefined, to: call.req.query('to') || undefined });
  return { series: call.req.param('id') ?? '', ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}
