import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/** What each room may import besides itself and core; see docs/design.md. Files right under src are rooms of their own. */
const ROOMS: Record<string, string[]> = {
  core: [],
  ingest: [],
  editions: [],
  desk: [],
  ask: ['editions'],
  adapters: [],
  http: [],
  mcp: [],
  widget: [],
  eval: [],
  vitest: ['eval'],
  config: [],
  compose: ['config', 'ingest', 'editions', 'desk', 'ask', 'adapters', 'http', 'mcp', 'eval', 'widget'],
  cli: ['compose', 'config'],
  index: ['compose', 'config', 'ingest', 'editions', 'ask', 'adapters', 'http', 'mcp', 'eval', 'widget'],
};
/** Files that go beyond their room, and why. */
const EXCEPTIONS: Record<string, string[]> = {
  // The two commands that serve put HTTP around what compose made, loaded only then.
  'cli/commands/serve.ts': ['http', 'mcp'],
  'cli/commands/mcp.ts': ['mcp'],
  // `pilcrow eval` is the front end of the evaluation kit, which knows no adapter; what it measures comes from compose.
  ...Object.fromEntries(['run', 'show', 'target', 'lint', 'compare', 'convert'].map((name) => [`cli/commands/eval-${name}.ts`, ['eval']])),
};
/** Types of the settings are known where they are passed along. */
const TYPES_FOR_ALL = ['config'];

/** Where each package may be imported. A folder means every file in it. `import type` counts too. */
const OWNERS: Record<string, string[]> = {
  hono: ['http/'],
  '@hono/node-server': ['http/server.ts'],
  zod: ['http/', 'mcp/', 'eval/case.ts'],
  commander: ['cli/main.ts', 'cli/commands/eval.ts'],
  'cli-progress': ['cli/progress.ts'],
  'hnswlib-node': ['adapters/hnsw.ts'],
  openai: ['adapters/openai/'],
  pg: ['adapters/postgres/connect.ts'],
  jose: ['adapters/oidc.ts', 'adapters/seal.ts'],
  'openid-client': ['adapters/oidc.ts'],
  '@modelcontextprotocol/server': ['mcp/'],
  docx: ['widget/docx.ts'],
  // Types alone, for whoever writes JSX.
  react: ['widget/react.ts'],
  lit: ['widget/', 'http/pages/'],
  refa: ['eval/ambiguity.ts'],
  'prom-client': ['adapters/metrics.ts'],
  '@opentelemetry/api': ['adapters/observed.ts'],
  pino: ['cli/output.ts'],
  stemmer: ['core/text/stem.ts'],
  '@orama/stemmers': ['core/text/stem.ts'],
  '@orama/stopwords': ['core/text/stopwords.ts'],
  yaml: ['ingest/readers/front-matter.ts', 'ingest/access.ts', 'eval/dataset.ts'],
  picomatch: ['ingest/access.ts'],
  '@langchain/core': ['adapters/retriever.ts'],
  '@langchain/textsplitters': ['ingest/chunks.ts'],
  mdast: ['ingest/readers/'],
  'mdast-util-from-markdown': ['ingest/readers/markdown.ts'],
  'mdast-util-gfm-footnote': ['ingest/readers/markdown.ts'],
  'mdast-util-gfm-strikethrough': ['ingest/readers/markdown.ts'],
  'mdast-util-gfm-table': ['ingest/readers/markdown.ts'],
  'micromark-extension-gfm-footnote': ['ingest/readers/markdown.ts'],
  'micromark-extension-gfm-strikethrough': ['ingest/readers/markdown.ts'],
  'micromark-extension-gfm-table': ['ingest/readers/markdown.ts'],
  'micromark-util-decode-string': ['ingest/readers/inline.ts'],
  'smol-toml': ['ingest/readers/front-matter.ts'],
  parse5: ['ingest/readers/html.ts', 'ingest/readers/html-notes.ts', 'ingest/readers/html-parts.ts'],
  chardet: ['ingest/decode.ts'],
  fflate: ['ingest/readers/archive.ts'],
  saxes: ['ingest/readers/xml.ts'],
  unpdf: ['ingest/readers/pdf.ts'],
  // Types alone: what the browser is sent is copied by the build.
  'pdfjs-dist': ['http/pages/printed.ts'],
  vitest: ['vitest/'],
};

/**
 * What several files export on purpose: what every command is run by; the element as a browser, a server and React know it; the words of
 * pages and of the widget, which are loaded by the name of their language.
 */
const SEVERAL_HOMES = ['run', 'PilcrowChat', 'ar', 'de', 'en', 'es', 'fr', 'zh'];

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));
const imports: Import[] = files.flatMap((from) => importsOf(from, readFileSync(join('src', from), 'utf8')));
const roomOf = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : file.replace(/\.ts$/, ''));

/** Import and re-export lines, and `import('…')` in code or types. */
function importsOf(from: string, text: string): Import[] {
  const found: Import[] = [];
  for (const match of text.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:[\w*{][^'";]*?\sfrom\s+)?'([^']+)'/gm)) {
    const names = match[0].slice(0, match[0].lastIndexOf("'", match[0].length - 2));
    const braces = /\{([^}]*)\}/.exec(names)?.[1];
    const allTypes =
      braces?.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type ')) &&
      !/(?:import|export)\s+\w+\s*,/.test(names);
    found.push({ from, to: match[2]!, typeOnly: match[1] !== undefined || allTypes === true });
  }
  for (const match of text.matchAll(/(typeof\s+)?\bimport\(\s*'([^']+)'/g))
    found.push({ from, to: match[2]!, typeOnly: match[1] !== undefined });
  return found;
}

const inner = (one: Import) => normalize(join(dirname(one.from), one.to)).replaceAll('\\', '/');

test('the reader of imports sees every form', () => {
  const text = [
    "import a from './a.ts';",
    "import type { B } from './b.ts';",
    "import {\n  type C,\n  type D,\n} from './c.ts';",
    "export { e } from './e.ts';",
    "export * from './f.ts';",
    "import './g.ts';",
    "const h = await import('./h.ts');",
    "type I = typeof import('./i.ts');",
  ].join('\n');
  expect(importsOf('x.ts', text).map(({ to, typeOnly }) => [to, typeOnly])).toEqual([
    ['./a.ts', false],
    ['./b.ts', true],
    ['./c.ts', true],
    ['./e.ts', false],
    ['./f.ts', false],
    ['./g.ts', false],
    ['./h.ts', false],
    ['./i.ts', true],
  ]);
  expect(imports.length).toBeGreaterThan(100);
});

test('rooms import only what the design lets them', () => {
  const wrong = imports
    .filter((one) => one.to.startsWith('.'))
    .filter((one) => {
      const from = roomOf(one.from);
      const to = roomOf(inner(one));
      if (from === to || to === 'core') return from === 'core' && to !== 'core';
      if (one.typeOnly && from !== 'core' && TYPES_FOR_ALL.includes(to)) return false;
      return !ROOMS[from]?.includes(to) && !EXCEPTIONS[one.from]?.includes(to);
    })
    .map((one) => `${one.from} -> ${one.to}`);
  expect(wrong).toEqual([]);
  expect([...new Set(files.map(roomOf))].filter((room) => !(room in ROOMS))).toEqual([]);
});

test('the browser is sent nothing from the server side', () => {
  const wrong = imports.filter((one) => one.from.startsWith('http/pages/') && !one.typeOnly && !/^(?:http\/pages|core)\//.test(inner(one)));
  expect(wrong).toEqual([]);
});

test('a package is imported by its owner only', () => {
  const wrong = imports
    .filter((one) => !one.to.startsWith('.') && !isBuiltin(one.to))
    .filter((one) => {
      const name = one.to
        .split('/')
        .slice(0, one.to.startsWith('@') ? 2 : 1)
        .join('/');
      return !OWNERS[name]?.some((owner) => (owner.endsWith('/') ? one.from.startsWith(owner) : one.from === owner));
    })
    .map((one) => `${one.from} -> ${one.to}`);
  expect(wrong).toEqual([]);
});

test('built-in modules are imported by their full name', () => {
  expect(imports.filter((one) => isBuiltin(one.to) && !one.to.startsWith('node:')).map((one) => `${one.from} -> ${one.to}`)).toEqual([]);
});

test('no file reads the environment but the configuration', () => {
  const readers = files.filter((file) =>
    /\bprocess\.env\b/.test(readFileSync(join('src', file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')),
  );
  expect(readers).toEqual(['config.ts']);
});

test('the ways of a question and of a briefing are as docs/design.md draws them', () => {
  const drawings = [...readFileSync('docs/design.md', 'utf8').matchAll(/^```journey\n([\s\S]*?)^```/gm)].map(([, text]) => text as string);
  const missing: string[] = [];
  for (const drawing of drawings) {
    const above: string[] = [];
    for (const line of drawing.trimEnd().split('\n')) {
      const [, indent = '', file = ''] = /^( *)(\S+)/.exec(line) ?? [];
      const depth = indent.length / 2;
      const parent = above[depth - 1];
      if (!files.includes(file)) missing.push(file);
      if (parent !== undefined && !imports.some((one) => one.from === parent && one.to.startsWith('.') && inner(one) === file))
        missing.push(`${parent} -> ${file}`);
      above.splice(depth, above.length, file);
    }
  }
  expect(drawings.map((drawing) => drawing.split('\n').length > 15)).toEqual([true, true]);
  expect(missing).toEqual([]);
});

test('no two files export something of one name', () => {
  const homes = new Map<string, Set<string>>();
  for (const file of files) {
    const text = readFileSync(join('src', file), 'utf8');
    for (const [, name] of text.matchAll(/^export (?:async )?(?:const|let|function\*?|class|interface|type) (\w+)/gm))
      homes.set(name as string, (homes.get(name as string) ?? new Set()).add(file));
  }
  const twice = [...homes].filter(([name, { size }]) => size > 1 && !SEVERAL_HOMES.includes(name));
  expect(homes.size).toBeGreaterThan(1000);
  expect(twice.map(([name, where]) => `${name}: ${[...where].join(', ')}`)).toEqual([]);
});

test('a constant says what it bounds', () => {
  const bare =
    /^(?:MOST|LONGEST|LARGEST|LEAST|FEWEST|BEFORE|AFTER|KEPT|SHOWN|LOOKED_AT|NAMED|LIMIT|FEW|MANY|TRIES|PAUSE|TURNS|REMEMBERED)$/;
  const found = files.flatMap((file) =>
    [...readFileSync(join('src', file), 'utf8').matchAll(/^(?:export )?const ([A-Z_]+)\b/gm)]
      .filter(([, name]) => bare.test(name as string))
      .map(([, name]) => `${file}: ${name}`),
  );
  expect(found).toEqual([]);
});

test('no files import one another in a circle, for types neither', () => {
  expect(circlesOf(imports.filter((one) => one.to.startsWith('.')).map((one) => [one.from, inner(one)]))).toEqual([]);
  const edges = (text: string) => text.split(' ').map((edge) => edge.split('>') as [string, string]);
  expect(circlesOf(edges('a>b b>c c>a c>d'))).toEqual([['a', 'b', 'c']]);
});

/** Groups of files each of which leads to every other: strongly connected components of more than one (Tarjan 1972). */
function circlesOf(edges: readonly (readonly [string, string])[]): string[][] {
  const next = new Map<string, string[]>();
  for (const [from, to] of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.get(file) as number);
    open.push(file);
    for (const other of next.get(file) ?? []) {
      if (!order.has(other)) visit(other);
      if (open.includes(other)) lowest.set(file, Math.min(lowest.get(file) as number, lowest.get(other) as number));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1 || next.get(file)?.includes(file)) circles.push(circle.sort());
  };
  for (const file of next.keys()) if (!order.has(file)) visit(file);
  return circles;
}
