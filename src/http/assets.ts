import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { pilcrowError } from '../core/errors.ts';
import { httpFailure } from './problem.ts';
import { type Call, reply } from './reply.ts';
import type { Route } from './routes.ts';

const SCRIPT = 'text/javascript; charset=utf-8';
const TYPES: Record<string, string> = {
  'style.css': 'text/css; charset=utf-8',
  'reference.css': 'text/css; charset=utf-8',
  'desk.css': 'text/css; charset=utf-8',
  'desk.js': SCRIPT,
  'icon.svg': 'image/svg+xml',
  'printed.js': SCRIPT,
  'pdf.mjs': SCRIPT,
  'pdf.worker.mjs': SCRIPT,
};
/** What PDFs need that bring no fonts, or no maps of their characters, and decoders of pictures; by ending. */
const PDF_TYPES: Record<string, string> = {
  bcmap: 'application/octet-stream',
  pfb: 'application/octet-stream',
  ttf: 'font/ttf',
  wasm: 'application/wasm',
  js: SCRIPT,
};
const DATA = "default-src 'none'";
/** The worker that parses PDFs reaches no network; the decoders of pictures it is handed are WebAssembly. */
const POLICIES: Record<string, string> = { 'pdf.worker.mjs': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'" };

interface File {
  body: Uint8Array<ArrayBuffer>;
  zipped: Uint8Array<ArrayBuffer> | null;
  etag: string;
}
const zip = promisify(gzip);

/** `GET /assets/…`: what the pages load, as the build made it. Each file is read once. */
export function assetRoutes(): Route[] {
  const files = new Map<string, Promise<File>>();
  const read = async (name: string, text: boolean): Promise<File> => {
    const bytes = await readFile(join(builtFolder('http/pages'), name)).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? missing() : error;
    });
    return {
      body: new Uint8Array(bytes),
      zipped: text ? new Uint8Array(await zip(bytes)) : null,
      etag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"`,
    };
  };
  const send = async (call: Call, name: string, type: string, policy: string): Promise<Response> => {
    const opening = files.get(name) ?? read(name, type.startsWith('text/'));
    files.set(name, opening);
    const { body, zipped, etag } = await opening.catch((error) => {
      files.delete(name);
      throw error;
    });
    const headers = { etag, 'cache-control': 'no-cache', 'content-security-policy': policy, vary: 'Accept-Encoding' };
    if (call.req.header('if-none-match') === etag) return reply(call, null, 304, headers);
    const packed = zipped !== null && /\bgzip\b/.test(call.req.header('accept-encoding') ?? '');
    return reply(call, packed ? zipped : body, 200, {
      'content-type': type,
      ...(packed ? { 'content-encoding': 'gzip' } : {}),
      ...headers,
    });
  };
  return [
    {
      method: 'GET',
      path: '/assets/:file',
      needs: 'nothing',
      handle: (call) => {
        const name = call.req.param('file') ?? '';
        const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
        if (!type) throw missing();
        return send(call, name, type, POLICIES[name] ?? DATA);
      },
    },
    {
      method: 'GET',
      path: '/assets/pdf/:folder/:file',
      needs: 'nothing',
      handle: (call) => {
        const { folder = '', file = '' } = call.req.param();
        const [, ending = ''] = /^[\w-]{1,60}\.([a-z]{2,5})$/.exec(file) ?? [];
        const type = Object.hasOwn(PDF_TYPES, ending) ? PDF_TYPES[ending] : undefined;
        if (!type || !/^(?:cmaps|fonts|wasm)$/.test(folder)) throw missing();
        return send(call, join('pdf', folder, file), type, DATA);
      },
    },
  ];
}

const missing = () => httpFailure(404, 'not_found', 'There is no such file.');

/** A folder of built files, found from the package's root: this module is bundled into a file of another depth. */
export function builtFolder(under: string): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); ; at = dirname(at)) {
    const built = join(at, 'dist', under);
    if (existsSync(built)) return built;
    if (at === dirname(at)) throw pilcrowError('internal', 'The pages were not built.', { hint: 'Run `npm run build`.' });
  }
}
