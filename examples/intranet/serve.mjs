#!/usr/bin/env node
// An intranet page on another origin than Pilcrow's, with the widget in its corner.
//   pilcrow token create --origin http://127.0.0.1:8788 --label intranet
//   node examples/intranet/serve.mjs --endpoint http://127.0.0.1:8787 --token site_…   [--port 8788]
// Without a token it works only as long as Pilcrow has none at all and both run on this machine.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    endpoint: { type: 'string', default: 'http://127.0.0.1:8787' },
    token: { type: 'string', default: '' },
    port: { type: 'string', default: '8788' },
  },
});
const endpoint = new URL(values.endpoint).origin;
const read = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');
const quoted = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

// Scripts and requests to Pilcrow are allowed by name, styles of the page only, and no script may write markup.
const policy = [
  "default-src 'none'",
  `script-src ${endpoint}`,
  "style-src 'self'",
  `connect-src ${endpoint}`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://page.invalid');
  if (pathname === '/page.css') {
    response.writeHead(200, { 'content-type': 'text/css; charset=utf-8' }).end(read('page.css'));
    return;
  }
  const fill = {
    endpoint,
    token: values.token,
    lang: searchParams.get('lang') ?? 'en',
    theme: searchParams.get('theme') ?? 'auto',
    suggestions: searchParams.get('suggestions') ?? '',
  };
  const page = read('page.html').replace(/\{\{(\w+)\}\}/g, (_, name) => quoted(fill[name] ?? ''));
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }).end(page);
});
server.listen(Number(values.port), '127.0.0.1', () => {
  console.log(`The intranet page is at http://127.0.0.1:${server.address().port}`);
});
