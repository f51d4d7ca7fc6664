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
  compose: ['config', 'ingest', 'editions', 'desk', 'ask', 'adapters'],
  cli: ['compose', 'config'],
  index: ['compose', 'config', 'adapters', 'http', 'mcp'],
};
/** Files that go beyond their room, and why. */
const EXCEPTIONS: Record<string, string[]> = {
  // The two commands that serve put HTTP around what compose made, loaded only then.
  'cli/commands/serve.ts': ['http', 'mcp'],
  'cli/commands/mcp.ts': ['mcp'],
  // `pilcrow eval` is the front end of the evaluation kit, which knows no adapter; what it measures comes from compose.
  ...Object.fromEntries(['run', 'show', 'target', 'lint', 'compare', 'convert'].map((name) => [`cli/commands/eval-${name}.ts`, ['eval']])),
};
/**
 * A folder is entered by `index.ts`, or by the file that bears its name, below it (`retrieve/retrieve.ts`) or beside it (`config.ts`).
 * These have more entries, because what lies behind them is loaded without the rest.
 */
const OTHER_ENTRIES: Record<string, string[]> = {
  // While serving, names of files that are brought in are looked at, and who may read what; no file is.
  ingest: ['ingest/file-name.ts', 'ingest/access.ts'],
  // What the first file of the widget and that of its answers hand to each other; the answers themselves are loaded later.
  'widget/answer': ['widget/answer/parts.ts'],
  // Names of formats are known in the process that serves; their readers run in another.
  'ingest/formats': ['ingest/formats/names.ts'],
  // Who asks is read before any route.
  'http/desk': ['http/desk/session.ts'],
  // Only the desk is loaded with all languages; a page in English needs no other.
  'http/words/desk': ['http/words/desk/en.ts'],
};
/** Shelves: files of one kind side by side, each of which is taken by itself. */
const SHELVES = [
  'core',
  'core/reading',
  'core/text',
  'core/time',
  'adapters',
  'ask/rank/features',
  'ask/wording',
  'ask/wording/reasons',
  'cli/commands',
  'eval/formats',
  'eval/metrics',
  'eval/report',
  'eval/targets',
  'http/pages/desk',
  'http/words',
  'ingest/formats/shared',
  'widget/messages',
];
/** Types of the settings are known where they are passed along. */
const TYPES_FOR_ALL = ['config'];

/** Where each package may be imported. A folder means every file in it. `import type` counts too. */
const OWNERS: Record<string, string[]> = {
  hono: ['http/'],
  '@hono/node-server': ['http/server.ts'],
  zod: ['http/', 'mcp/', 'eval/case.ts'],
  commander: ['cli/program.ts', 'cli/commands/eval.ts'],
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
  yaml: ['ingest/formats/markdown/front-matter.ts', 'ingest/access.ts', 'eval/dataset.ts'],
  picomatch: ['ingest/access.ts'],
  '@langchain/core': ['adapters/retriever.ts'],
  '@langchain/textsplitters': ['ingest/chunks.ts'],
  mdast: ['ingest/formats/'],
  'mdast-util-from-markdown': ['ingest/formats/markdown/markdown.ts'],
  'mdast-util-gfm-footnote': ['ingest/formats/markdown/markdown.ts'],
  'mdast-util-gfm-strikethrough': ['ingest/formats/markdown/markdown.ts'],
  'mdast-util-gfm-table': ['ingest/formats/markdown/markdown.ts'],
  'micromark-extension-gfm-footnote': ['ingest/formats/markdown/markdown.ts'],
  'micromark-extension-gfm-strikethrough': ['ingest/formats/markdown/markdown.ts'],
  'micromark-extension-gfm-table': ['ingest/formats/markdown/markdown.ts'],
  'micromark-util-decode-string': ['ingest/formats/markdown/inline.ts'],
  'smol-toml': ['ingest/formats/markdown/front-matter.ts'],
  parse5: ['ingest/formats/html/html.ts', 'ingest/formats/html/notes.ts', 'ingest/formats/html/parts.ts'],
  chardet: ['ingest/decode.ts'],
  fflate: ['ingest/formats/office/archive.ts'],
  saxes: ['ingest/formats/office/xml.ts'],
  unpdf: ['ingest/formats/pdf/pdf.ts'],
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

test('a folder is entered by its entry', () => {
  const entersAside = (from: string, to: string): boolean => {
    const parts = dirname(to).split('/');
    for (let depth = 1; depth <= parts.length; depth++) {
      const folder = parts.slice(0, depth).join('/');
      if (folder === '.' || from.startsWith(`${folder}/`) || from === `${folder}.ts` || SHELVES.includes(folder)) continue;
      return ![`${folder}/index.ts`, `${folder}/${parts[depth - 1]}.ts`, ...(OTHER_ENTRIES[folder] ?? [])].includes(to);
    }
    return false;
  };
  const wrong = imports.filter((one) => one.to.startsWith('.') && entersAside(one.from, inner(one)));
  expect(wrong.map((one) => `${one.from} -> ${inner(one)}`)).toEqual([]);
  expect(entersAside('compose.ts', 'ask/rank/match.ts')).toBe(true);
  expect(entersAside('ask/ask.ts', 'ask/rank/match.ts')).toBe(true);
  expect(entersAside('ask/rank/rank.ts', 'ask/rank/match.ts')).toBe(false);
  expect(entersAside('ask/rank/features.ts', 'ask/rank/features/words.ts')).toBe(false);
  expect(entersAside('ask/ask.ts', 'ask/retrieve/retrieve.ts')).toBe(false);
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
  const ofOurs = imports.filter((one) => one.to.startsWith('.'));
  const next = (file: string) => ofOurs.filter((one) => one.from === file).map(inner);
  // By way of the entry of a folder, too: that is where an import from outside leads.
  const leadsTo = (from: string, to: string) =>
    next(from).some((one) => one === to || (one.endsWith('/index.ts') && next(one).includes(to)));
  for (const drawing of drawings) {
    const above: string[] = [];
    for (const line of drawing.trimEnd().split('\n')) {
      const [, indent = '', file = ''] = /^( *)(\S+)/.exec(line) ?? [];
      const depth = indent.length / 2;
      const parent = above[depth - 1];
      if (!files.includes(file)) missing.push(file);
      if (parent !== undefined && !leadsTo(parent, file)) missing.push(`${parent} -> ${file}`);
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
