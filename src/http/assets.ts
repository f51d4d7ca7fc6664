import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pilcrowError } from '../core/errors.ts';
import { httpFailure } from './problem.ts';
import { reply } from './reply.ts';
import type { Route } from './routes.ts';

const TYPES: Record<string, string> = {
  'style.css': 'text/css; charset=utf-8',
  'reference.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

/** `GET /assets/{file}`: what the pages load, as the build made it. Read once. */
export function assetRoutes(): Route[] {
  const files = new Map<string, { body: string; etag: string }>();
  return [
    {
      method: 'GET',
      path: '/assets/:file',
      needs: 'nothing',
      handle: (call) => {
        const name = call.req.param('file') ?? '';
        const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
        if (!type) throw httpFailure(404, 'not_found', 'There is no such file.');
        let file = files.get(name);
        if (!file) {
          const body = readFileSync(join(builtFolder('http/pages'), name), 'utf8');
          file = { body, etag: `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"` };
          files.set(name, file);
        }
        const headers = { etag: file.etag, 'cache-control': 'no-cache', 'content-security-policy': "default-src 'none'" };
        if (call.req.header('if-none-match') === file.etag) return reply(call, null, 304, headers);
        return reply(call, file.body, 200, { 'content-type': type, ...headers });
      },
    },
  ];
}

/** A folder of built files, found from the package's root: this module is bundled into a file of another depth. */
export function builtFolder(under: string): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); ; at = dirname(at)) {
    const built = join(at, 'dist', under);
    if (existsSync(built)) return built;
    if (at === dirname(at)) throw pilcrowError('internal', 'The pages were not built.', { hint: 'Run `npm run build`.' });
  }
}
