import { STATUS_CODES } from 'node:http';
import { pilcrowError } from '../core/errors.ts';
import { type Html, html } from '../core/html.ts';
import { openapi } from './openapi.ts';
import { layout } from './pages.ts';
import { problemOf } from './problem.ts';
import { entry, fieldList, prose, type Schema } from './reference-fields.ts';
import { page } from './reply.ts';
import type { HttpService, Route } from './routes.ts';
import { type ReferenceTexts, referenceTexts } from './words/reference.ts';
import { type PageWords, wordsFor, wordsIn } from './words/words.ts';

// Why a page of our own: Swagger UI, Scalar, Redoc and RapiDoc all draw the page in the browser, so that without scripts there
// is none; their markup is set in ways our policy (Trusted Types) refuses; and Swagger UI brings a package that reports
// installations. What is to be shown is some twenty operations.

interface Media {
  schema?: Schema;
  example?: unknown;
}
interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: Schema;
  example?: string | number;
}
interface Operation {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { description: string; content?: Record<string, Media> }>;
}
interface Document {
  info: { description: string };
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}
interface Listed extends Operation {
  method: string;
  path: string;
}

const STYLE = html`<link rel="stylesheet" href="/assets/reference.css">`;

/** `GET /reference`: the OpenAPI document as a page, made on the server. */
export function referenceRoutes({ limits, site }: HttpService, publicUrl: string | null, mcp: boolean): Route[] {
  let document: Document | null = null;
  // Made once for each language, and anew for another address.
  let made = { base: '', pages: new Map<string, string>() };
  return [
    {
      method: 'GET',
      path: '/reference',
      needs: 'read',
      handle: (call) => {
        document ??= openapi(limits) as unknown as Document;
        const base = publicUrl ?? new URL(call.req.url).origin;
        if (made.base !== base) made = { base, pages: new Map() };
        const words = wordsFor(call);
        const html =
          made.pages.get(words.language) ?? layout(textsOf(words).title, referenceMain(document, base, mcp, words), STYLE, site, words);
        made.pages.set(words.language, html);
        return page(call, html);
      },
    },
  ];
}

/** Every operation by chapter, then what they take and give. `base`: where the service is reached. */
function referenceMain(document: Document, base: string, mcp: boolean, words: PageWords = wordsIn('en')): Html {
  const texts = textsOf(words);
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Listed => ({ ...operation, method: method.toUpperCase(), path })),
  );
  const chapters = document.tags.map((tag) => ({ ...tag, operations: operations.filter((one) => one.tags[0] === tag.name) }));
  // What is sent stands with its operation.
  const sent = new Set(operations.flatMap((one) => Object.values(one.requestBody?.content ?? {}).map((media) => nameOf(media.schema))));
  const schemas = Object.entries(document.components.schemas).filter(([name]) => !sent.has(name));
  return html`<main id="main" class="reference">
    <nav class="contents" aria-label="${words.say('contents')}">
      <details>
        <summary>${words.say('contents')}</summary>
        <ol>
          <li><a href="#basics">${texts.basics}</a></li>
          ${chapters.map(
            (chapter) => html`<li><a href="#${anchor(chapter.name)}" lang="en">${chapter.name}</a>
              <ol lang="en" dir="ltr">${chapter.operations.map((one) => html`<li><a href="#${one.operationId}"><span class="method">${one.method}</span> ${broken(one.path)}</a></li>`)}</ol>
            </li>`,
          )}
          <li><a href="#errors">${texts.errors}</a></li>
          <li><a href="#schemas">${texts.schemas}</a>
            <ol lang="en" dir="ltr">${schemas.map(([name]) => html`<li><a href="#schema-${name}">${name}</a></li>`)}</ol>
          </li>
        </ol>
      </details>
    </nav>
    <article>
      <h1>${texts.title}</h1>
      <p class="lead" lang="en" dir="ltr">${document.info.description}</p>
      ${words.language !== 'en' && html`<p class="notice">${texts.english}</p>`}
      ${basics(base, mcp, texts)}
      ${chapters.map(
        (chapter) => html`<section aria-labelledby="${anchor(chapter.name)}" lang="en" dir="ltr">
          <h2 id="${anchor(chapter.name)}">${chapter.name}</h2>
          <p>${prose(chapter.description)}</p>
          ${chapter.operations.map((one) => operationOf(one, base, document.components.schemas, words))}
        </section>`,
      )}
      ${errors(texts)}
      <section aria-labelledby="schemas">
        <h2 id="schemas">${texts.schemas}</h2>
        <p>${prose(texts.schemasHow)}</p>
        ${schemas.map(
          ([name, schema]) => html`<section class="schema" lang="en" dir="ltr" aria-labelledby="schema-${name}">
            <h3 id="schema-${name}"><a href="#schema-${name}">${name}</a></h3>
            ${schema.description && html`<p>${prose(schema.description)}</p>`}
            ${fieldList(schema, false)}
          </section>`,
        )}
      </section>
    </article>
  </main>`;
}

const textsOf = ({ language }: PageWords): ReferenceTexts => (referenceTexts[language] ?? referenceTexts.en) as ReferenceTexts;
/** Within what is in English: words of the page's own language. */
const ownLanguage = ({ language, direction }: PageWords): Html | false => language !== 'en' && html` lang="${language}" dir="${direction}"`;

/** A path that may go on in the next line after a slash. */
const broken = (path: string): Html => html`${path.split('/').map((part, index) => (index === 0 ? part : html`<wbr>/${part}`))}`;
const anchor = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');

function basics(base: string, mcp: boolean, texts: ReferenceTexts): Html {
  return html`<section aria-labelledby="basics">
    <h2 id="basics">${texts.basics}</h2>
    <dl class="fields">
      <div><dt>${texts.address}</dt><dd><code dir="ltr">${base}</code></dd></div>
      <div><dt>${texts.format}</dt><dd>${texts.formatHow}</dd></div>
      <div><dt>${texts.keys}</dt><dd>${prose(texts.keysHow)}</dd></div>
      <div><dt>${texts.machine}</dt><dd><a href="/openapi.json">openapi.json</a> ${texts.machineHow}</dd></div>
      <div><dt>${texts.tracing}</dt><dd>${prose(texts.tracingHow)}</dd></div>
      ${mcp && html`<div><dt>MCP</dt><dd>${prose(texts.mcpHow.replace('{address}', () => `${base}/mcp`))}</dd></div>`}
    </dl>
  </section>`;
}

function operationOf(operation: Listed, base: string, components: Document['components']['schemas'], words: PageWords): Html {
  const texts = textsOf(words);
  const { operationId, method, path, summary, description, parameters = [], requestBody, responses } = operation;
  const [body] = Object.values(requestBody?.content ?? {});
  const heading = (text: string) => html`<h4${ownLanguage(words)}>${text}</h4>`;
  return html`<section class="operation" aria-labelledby="${operationId}">
    <h3 id="${operationId}"><a href="#${operationId}">${summary}</a></h3>
    <p class="call"><span class="method">${method}</span> <code>${broken(path)}</code></p>
    ${description && html`<p>${prose(description)}</p>`}
    ${
      parameters.length > 0 &&
      html`${heading(texts.parameters)}
      <dl class="fields">${parameters.map((one) => entry(one.name, one.schema, one.required === true, one.description ?? one.schema.description))}</dl>`
    }
    ${body?.schema && bodyOf(body.schema, components, words)}
    ${heading(texts.example)}
    <pre tabindex="0" aria-label="${texts.example}: ${summary}"><code>${curl(operation, base)}</code></pre>
    ${heading(texts.replies)}
    <dl class="fields replies">${Object.entries(responses).map(([status, response]) => replyOf(status, response))}</dl>
  </section>`;
}

/** What is sent: the members, under a name that links elsewhere can use. */
function bodyOf(schema: Schema, schemas: Document['components']['schemas'], words: PageWords): Html {
  const name = nameOf(schema);
  return html`<h4${name && html` id="schema-${name}"`}${ownLanguage(words)}>${textsOf(words).body}</h4>${fieldList((name ? schemas[name] : undefined) ?? schema, true)}`;
}

const nameOf = (schema: Schema | undefined): string | null => schema?.$ref?.slice(schema.$ref.lastIndexOf('/') + 1) ?? null;

/** A status and what comes with it; of failures it is always a Problem, which is said once. */
function replyOf(status: string, { description, content = {} }: Operation['responses'][string]): Html {
  const bodies = Object.entries(content)
    .filter(([type]) => type !== 'application/problem+json')
    .map(([type, { schema }]) => {
      const name = nameOf(schema);
      return html`<p class="facts-of">${name && html`<a href="#schema-${name}">${name}</a> as `}<code>${type}</code></p>`;
    });
  return html`<div>
    <dt><code class="status" data-class="${status[0]}">${status}</code> <span class="reason">${STATUS_CODES[status] ?? ''}</span></dt>
    <dd><p>${prose(description)}</p>${bodies}</dd>
  </div>`;
}

/** A command that can be pasted into a shell. */
function curl({ method, path, parameters = [], requestBody }: Listed, base: string): string {
  const value = (one: Parameter) => String(one.example ?? one.schema.examples?.[0] ?? one.name);
  let address = base + path;
  for (const one of parameters.filter((given) => given.in === 'path'))
    address = address.replace(`{${one.name}}`, encodeURIComponent(value(one)));
  const query = parameters.filter((given) => given.in === 'query' && given.example !== undefined);
  if (query.length > 0) address += `?${new URLSearchParams(query.map((one) => [one.name, value(one)]))}`;
  const [media] = Object.entries(requestBody?.content ?? {});
  const example = media?.[1].example;
  const file = media?.[0] === 'application/octet-stream';
  const parts = [`curl ${quoted(address)}`];
  if (file) parts.push(`--upload-file ${quoted(decodeURIComponent(address.slice(address.lastIndexOf('/') + 1)))}`);
  else if (method !== 'GET' && example === undefined) parts.push(`-X ${method}`);
  if (method === 'PUT' || method === 'DELETE') parts.push(`-H 'authorization: Bearer pil_…'`);
  if (media && example !== undefined)
    parts.push(`-H ${quoted(`content-type: ${media[0]}`)}`, `-d ${quoted(JSON.stringify(example, null, 2))}`);
  return parts.join(' \\\n  ');
}

/** A word of a POSIX shell. */
const quoted = (text: string): string => (/^[\w:/.@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

function errors(texts: ReferenceTexts): Html {
  const sample = problemOf(
    pilcrowError('bad_request', 'The request is not valid: question is empty.', {
      details: [{ pointer: '/question', detail: 'question is empty' }],
    }),
    '5f0c7b1e',
  ).problem;
  return html`<section aria-labelledby="errors">
    <h2 id="errors">${texts.errors}</h2>
    <p>${prose(texts.errorsHow)} <a href="#schema-Problem" lang="en">Problem</a></p>
    <pre tabindex="0" aria-label="${texts.example}" dir="ltr"><code>${JSON.stringify(sample, null, 2)}</code></pre>
    <p>${prose(texts.noError)}</p>
  </section>`;
}
