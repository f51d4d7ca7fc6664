import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { SiteConfig } from '../config.ts';
import type { Briefing } from '../core/model.ts';
import { httpFailure } from './problem.ts';
import { json, reply } from './reply.ts';
import type { HttpService, Route } from './routes.ts';

/** How a service presents itself that was told nothing. */
export const PLAIN_SITE: SiteConfig = { name: 'Pilcrow', logo: null, introduction: null, suggestions: null, contact: null, history: true };

/** How long whoever opens a page waits for suggestions the first time; they take some 10 ms each. */
const SUGGESTIONS_MILLISECONDS = 1500;
/** Series to choose from; more make no list anybody reads. */
const SERIES_LISTED = 200;
const IMAGES: Record<string, string> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
};

/** Questions to begin with: those of the settings, else made from the briefings. */
export const firstQuestions = async ({ pilcrow, site }: Pick<HttpService, 'pilcrow' | 'site'>): Promise<readonly string[]> =>
  site.suggestions ?? (await pilcrow.suggestions({ milliseconds: SUGGESTIONS_MILLISECONDS }));

/** `GET /v1/site`, what the widget shows besides answers, and the logo. */
export function siteRoutes(service: HttpService): Route[] {
  const { site } = service;
  let logo: { body: Uint8Array<ArrayBuffer>; etag: string } | null = null;
  return [
    {
      method: 'GET',
      path: '/v1/site',
      needs: 'read',
      public: true,
      handle: async (call) => {
        const reader = await service.pilcrow.index().catch(() => null);
        return json(call, {
          name: site.name,
          introduction: site.introduction,
          contact: site.contact,
          history: site.history,
          suggestions: reader ? await firstQuestions(service) : [],
          series: reader ? seriesOf(await reader.briefings()) : [],
        });
      },
    },
    {
      method: 'GET',
      path: '/logo',
      needs: 'nothing',
      handle: (call) => {
        if (site.logo === null) throw httpFailure(404, 'not_found', 'There is no logo.');
        if (!logo) {
          const body = new Uint8Array(readFileSync(site.logo));
          logo = { body, etag: `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"` };
        }
        // An SVG shown by itself is a page: it may do nothing.
        const headers = {
          etag: logo.etag,
          'cache-control': 'no-cache',
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        };
        if (call.req.header('if-none-match') === logo.etag) return reply(call, null, 304, headers);
        return reply(call, logo.body, 200, {
          'content-type': IMAGES[extname(site.logo).toLowerCase()] ?? 'application/octet-stream',
          ...headers,
        });
      },
    },
  ];
}

/** Series by title, each with the briefings that are its editions. */
function seriesOf(briefings: readonly Briefing[]): { id: string; title: string; briefings: string[] }[] {
  const found = new Map<string, { id: string; title: string; briefings: string[] }>();
  for (const { id, series, title, newest } of briefings) {
    const one = found.get(series) ?? { id: series, title, briefings: [] };
    if (newest) one.title = title;
    one.briefings.push(id);
    found.set(series, one);
  }
  return [...found.values()].sort((a, b) => a.title.localeCompare(b.title)).slice(0, SERIES_LISTED);
}
