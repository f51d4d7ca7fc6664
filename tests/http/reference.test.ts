import { AjvJsonSchemaValidator } from '@modelcontextprotocol/client/validators/ajv';
import { describe, expect, test } from 'vitest';
import { createMcpHandler } from '../../src/mcp/index.ts';
import { limits, tinyApp } from './helper.ts';

interface Media {
  schema?: object & { $ref?: string };
  example?: unknown;
}
interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  parameters?: { name: string; in: string; required?: boolean; schema: object; example?: string }[];
  requestBody?: { required: boolean; content: Record<string, Media> };
  responses: Record<string, { description: string; content?: Record<string, Media> }>;
}
interface Document {
  openapi: string;
  info: { title: string; version: string };
  tags: { name: string }[];
  externalDocs: { url: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

const app = (more: Parameters<typeof tinyApp>[1] = {}) => tinyApp({}, { feedback: { add: async () => {}, list: async () => [] }, ...more });
const document = async (): Promise<Document> => (await app().call('GET', '/openapi.json')).json();
const operationsOf = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  );
const reference = async (more: Parameters<typeof tinyApp>[1] = {}) =>
  app(more).call('GET', '/reference', undefined, { host: '127.0.0.1:8787', accept: 'text/html' });
const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, '')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

/** A schema with the components it may refer to, which a validator can take. */
function whole(schema: object, { components }: Document): object {
  return JSON.parse(JSON.stringify({ ...schema, $defs: components.schemas }).replaceAll('#/components/schemas/', '#/$defs/'));
}

describe('the OpenAPI document', () => {
  test('is built as OpenAPI 3.1 asks', async () => {
    const all = await document();
    expect(all.openapi).toMatch(/^3\.1\.\d+$/);
    expect(all.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    expect(Object.keys(all).filter((key) => !/^(?:openapi|info|servers|paths|components|tags|externalDocs|x-.*)$/.test(key))).toEqual([]);
    const operations = operationsOf(all);
    expect(new Set(operations.map((one) => one.operationId)).size).toBe(operations.length);
    const tags = all.tags.map((tag) => tag.name);
    for (const one of operations) {
      const name = `${one.method} ${one.path}`;
      expect(one.path, name).toMatch(/^\/(?:[\w.-]+|\{\w+\})(?:\/(?:[\w.-]+|\{\w+\}))*$/);
      expect(['get', 'post', 'put', 'delete', 'patch', 'head', 'options'], name).toContain(one.method);
      expect(one.summary, name).toBeTruthy();
      expect(
        one.tags.every((tag) => tags.includes(tag)),
        name,
      ).toBe(true);
      // What stands in braces is declared, required, and nothing else is.
      const inPath = (one.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(inPath.map((parameter) => parameter.name).sort(), name).toEqual(
        [...one.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort(),
      );
      expect(
        inPath.every((parameter) => parameter.required === true),
        name,
      ).toBe(true);
      for (const parameter of one.parameters ?? []) expect(parameter.schema, name).toBeTypeOf('object');
      expect(Object.keys(one.responses).length, name).toBeGreaterThan(0);
      for (const [status, response] of Object.entries(one.responses)) {
        expect(status, name).toMatch(/^(?:[1-5]\d\d|[1-5]XX|default)$/);
        expect(response.description, name).toBeTruthy();
      }
    }
    for (const name of Object.keys(all.components.schemas)) expect(name).toMatch(/^[\w.-]+$/);
  });

  test('has schemas that hold: each compiles, its references lead somewhere, and each example fits its own', async () => {
    const all = await document();
    const validator = new AjvJsonSchemaValidator();
    for (const schema of Object.values(all.components.schemas)) validator.getValidator(whole(schema, all));
    let examples = 0;
    for (const one of operationsOf(all)) {
      for (const parameter of one.parameters ?? []) {
        const { valid, errorMessage } = validator.getValidator(whole(parameter.schema, all))(parameter.example ?? 'x');
        expect(valid || parameter.example === undefined, `${one.operationId} ${parameter.name}: ${errorMessage}`).toBe(true);
      }
      for (const { schema, example } of Object.values(one.requestBody?.content ?? {})) {
        const { valid, errorMessage } = validator.getValidator(whole(schema!, all))(example);
        expect(valid, `${one.operationId}: ${errorMessage}`).toBe(true);
        examples += 1;
      }
    }
    expect(examples).toBeGreaterThanOrEqual(3);
  });

  test('keeps its word: every example is taken, and the reply has the status and the shape it says', async () => {
    const all = await document();
    const validator = new AjvJsonSchemaValidator();
    const { call } = app();
    const ids: Record<string, string> = { '/v1/briefings/{id}': 'harbours-2026', '/v1/series/{id}/changes': 'harbours' };
    for (const one of operationsOf(all)) {
      const [media] = Object.values(one.requestBody?.content ?? {});
      for (const own of [false, true]) {
        // Once with the example, which stands for other briefings, once with what the tests have.
        const value = (name: string, example: unknown) =>
          String(own ? (Object.entries(ids).find(([path]) => one.path.startsWith(path))?.[1] ?? example) : example).replace(
            /^harbours.*$/,
            (id) => (name === 'number' ? '2' : id),
          );
        const path = one.path.replace(/\{(\w+)\}/g, (_, name) =>
          encodeURIComponent(value(name, one.parameters!.find((parameter) => parameter.name === name)!.example ?? 'none')),
        );
        const response = await call(one.method.toUpperCase(), path, media?.example);
        const described = one.responses[String(response.status)];
        expect(described, `${one.method} ${path} gave ${response.status}`).toBeDefined();
        // What changes briefings, and the desk, are for holders of a key.
        if (/put|delete/.test(one.method) || path.startsWith('/v1/desk')) expect(response.status, path).toBe(401);
        // Files are handed out only where a setting allows it.
        else if (path.endsWith('/original')) expect([403, 404], path).toContain(response.status);
        else if (media) expect(response.status, path).toBeLessThan(300);
        else if (own && path.includes('harbours')) expect(response.status, path).toBe(200);
        const type = response.headers.get('content-type')!.split(';')[0]!;
        expect(Object.keys(described!.content ?? {}), path).toContain(type);
        const schema = described!.content![type]!.schema;
        if (!type.endsWith('json') || !schema) continue;
        const { valid, errorMessage } = validator.getValidator(whole(schema, all))(await response.json());
        expect(valid, `${path}: ${errorMessage}`).toBe(true);
      }
    }
  });
});

describe('the page', () => {
  test('shows every operation of the document: what it takes, an example, what comes back', async () => {
    const response = await reference();
    expect(response.status).toBe(200);
    const html = await response.text();
    const all = await document();
    for (const one of operationsOf(all)) {
      const start = html.indexOf(`<section class="operation" aria-labelledby="${one.operationId}">`);
      expect(start, one.operationId).toBeGreaterThan(0);
      const text = textOf(html.slice(start, html.indexOf('</section>', start)));
      expect(text).toContain(one.summary);
      expect(text).toContain(one.method.toUpperCase());
      expect(text).toContain(one.path);
      for (const status of Object.keys(one.responses)) expect(text, one.operationId).toContain(status);
      for (const parameter of one.parameters ?? []) expect(text, one.operationId).toContain(parameter.name);
      expect(text).toMatch(/curl '?http/);
      const [type, media] = Object.entries(one.requestBody?.content ?? {})[0] ?? [];
      if (type === 'application/octet-stream') {
        expect(text).toContain('--upload-file report-2026.pdf');
        continue;
      }
      // Between quotation marks of the shell, a reader gets the body back.
      if (media) expect(JSON.parse(/-d '([\s\S]*?)'\s/.exec(`${text} `)![1]!.replaceAll("'\\''", "'"))).toEqual(media.example);
    }
    const ask = textOf(html.slice(html.indexOf('aria-labelledby="ask"'), html.indexOf('aria-labelledby="search"')));
    expect(ask).toMatch(/question\s+required\s+string · at most 2000 characters/);
    expect(ask).toMatch(/history\[\]\.role\s+required\s+string · one of user, assistant/);
    expect(html).toContain('id="schema-Answer"');
  });

  test('leads nowhere that is not there, and names each place once', async () => {
    const html = await (await reference()).text();
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
    for (const [, label] of html.matchAll(/aria-labelledby="([^"]+)"/g)) expect(ids).toContain(label);
    const { call } = app();
    for (const [, path] of html.matchAll(/(?:href|src)="(\/[^"#]*)/g)) expect((await call('GET', path!)).status, path).toBe(200);
  });

  test('works without scripts, under the policy of every page', async () => {
    const response = await reference();
    const html = await response.text();
    expect(html).not.toMatch(/<script|<style| style=| on\w+=/i);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('content-security-policy')).toContain("style-src 'self'");
    expect(response.headers.get('x-frame-options')).toBe('DENY');
  });

  test('names the address people use, and MCP only where there is some', async () => {
    const plain = await (await reference()).text();
    expect(textOf(plain)).toContain('curl http://localhost/v1/ask');
    expect(plain).not.toContain('Model Context Protocol');
    const config = { host: '127.0.0.1', publicUrl: 'https://ask.example.org', limits };
    const full = textOf(await (await reference({ config, mcp: createMcpHandler })).text());
    expect(full).toContain('curl https://ask.example.org/v1/ask');
    expect(full).toContain('https://ask.example.org/mcp');
  });

  test('is where the document says it is', async () => {
    const { externalDocs } = await document();
    expect(externalDocs.url).toBe('/reference');
    const { call } = app();
    expect((await call('GET', externalDocs.url, undefined, { accept: 'text/html' })).headers.get('content-type')).toContain('text/html');
  });
});
