import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { builtFolder } from './assets.ts';
import { httpFailure } from './problem.ts';
import { type Call, reply } from './reply.ts';
import type { Route } from './routes.ts';

/** `dist/widget/integrity.json`, as the build wrote it. */
interface Built {
  /** All of it in one file. */
  file: string;
  /** What `/widget.js` is, and what comes with the first question. */
  first: { file: string; integrity: string; answers: { file: string } };
}
interface File {
  type: string;
  body: Uint8Array<ArrayBuffer>;
  zipped: Uint8Array<ArrayBuffer>;
}

/**
 * The widget's script, for pages anywhere: `/widget.js` is always the newest and fetches what shows answers with the first question;
 * `/widget/{file}` is all of it, never changes and can be pinned by the hash `/widget/integrity.json` gives. Scripts are public; anyone may
 * read them.
 */
export function widgetRoutes(): Route[] {
  const files = new Map<string, File>();
  const built = () => JSON.parse(readFileSync(join(builtFolder('widget'), 'integrity.json'), 'utf8')) as Built;
  const fileOf = (name: string, type: string): File => {
    let file = files.get(name);
    if (!file) {
      const body = new Uint8Array(readFileSync(join(builtFolder('widget'), name)));
      file = { type, body, zipped: new Uint8Array(gzipSync(body, { level: 9 })) };
      files.set(name, file);
    }
    return file;
  };
  const send = (call: Call, { type, body, zipped }: File, headers: Record<string, string>): Response => {
    const zip = /\bgzip\b/.test(call.req.header('accept-encoding') ?? '');
    return reply(call, zip ? zipped : body, 200, {
      'content-type': type,
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'content-security-policy': "default-src 'none'",
      vary: 'Accept-Encoding',
      ...(zip ? { 'content-encoding': 'gzip' } : {}),
      ...headers,
    });
  };
  const SCRIPT = 'text/javascript; charset=utf-8';
  return [
    {
      method: 'GET',
      path: '/widget.js',
      needs: 'nothing',
      handle: (call) => {
        const { file, integrity } = built().first;
        const etag = `"${integrity.slice(7, 27)}"`;
        const headers = { etag, 'cache-control': 'public, max-age=300, stale-while-revalidate=86400' };
        if (call.req.header('if-none-match') === etag) {
          return reply(call, null, 304, {
            ...headers,
            'access-control-allow-origin': '*',
            'cross-origin-resource-policy': 'cross-origin',
            vary: 'Accept-Encoding',
            'content-security-policy': "default-src 'none'",
          });
        }
        return send(call, fileOf(file, SCRIPT), headers);
      },
    },
    {
      method: 'GET',
      path: '/widget/:file',
      needs: 'nothing',
      handle: (call) => {
        const name = call.req.param('file') ?? '';
        const known = built();
        const { answers } = known.first;
        if (name === known.file || name === answers.file)
          return send(call, fileOf(name, SCRIPT), { 'cache-control': 'public, max-age=31536000, immutable' });
        // A page that was opened before the service was renewed asks by the name it knows; what understands it bears the same number.
        if (/^pilcrow-answers-\d{1,4}-[0-9a-f]{12}\.js$/.test(name) && name.split('-')[2] === answers.file.split('-')[2])
          return send(call, fileOf(answers.file, SCRIPT), { 'cache-control': 'public, max-age=300' });
        if (/^messages-[a-z]{2}\.json$/.test(name) && existsSync(join(builtFolder('widget'), name)))
          return send(call, fileOf(name, 'application/json; charset=utf-8'), { 'cache-control': 'public, max-age=3600' });
        // The names stay, so that a pinned widget finds them; what they are given stays as well.
        if (name === 'docx.js' || name === 'files.js') return send(call, fileOf(name, SCRIPT), { 'cache-control': 'public, max-age=3600' });
        if (name === 'integrity.json') return send(call, fileOf(name, 'application/json; charset=utf-8'), { 'cache-control': 'no-cache' });
        if (name === 'licenses.txt') return send(call, fileOf(name, 'text/plain; charset=utf-8'), { 'cache-control': 'no-cache' });
        throw httpFailure(404, 'not_found', 'There is no such file.', { hint: 'GET /widget/integrity.json names the one there is.' });
      },
    },
  ];
}
