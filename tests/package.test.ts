import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

// A project that uses the package: its manifest, its code and its declarations, and the packages it brings along that a test names.
const folder = mkdtempSync(join(tmpdir(), 'pilcrow-user-'));
const installed = join(folder, 'node_modules', 'pilcrow');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(() => {
  mkdirSync(installed, { recursive: true });
  cpSync('package.json', join(installed, 'package.json'));
  for (const part of ['types', 'widget']) cpSync(join('dist', part), join(installed, 'dist', part), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
});

const bring = (name: string) => {
  mkdirSync(join(folder, 'node_modules', name, '..'), { recursive: true });
  symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name));
};
/**
 * What the compiler says of each of some programs, with every declaration checked and no types but those they import. One run for all: to read
 * the declarations takes it longer than any program.
 */
function compiled(programs: Record<string, string>, skipLibCheck = false): Record<string, string> {
  const files = Object.keys(programs).map((name) => `${name}.ts`);
  for (const [name, text] of Object.entries(programs)) writeFileSync(join(folder, `${name}.ts`), text);
  const options = {
    target: 'es2023',
    lib: ['es2023', 'dom', 'dom.iterable'],
    module: 'nodenext',
    strict: true,
    skipLibCheck,
    types: [],
    noEmit: true,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files }));
  const { stdout, stderr } = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const said: Record<string, string> = Object.fromEntries(Object.keys(programs).map((name) => [name, '']));
  // A message begins with its file; what does not goes on with the one before, or is about none of them.
  let about = 'elsewhere';
  for (const line of `${stdout}${stderr}`.split('\n').filter((one) => one !== '')) {
    if (!line.startsWith(' ')) about = files.find((file) => line.startsWith(`${file}(`))?.slice(0, -3) ?? 'elsewhere';
    said[about] = `${said[about] ?? ''}${line}\n`;
  }
  return said;
}

test('the types of the widget need nothing else, and are right', () => {
  const text = [
    "import { PilcrowChat, type PilcrowChatElement } from 'pilcrow/widget';",
    "const chat: PilcrowChatElement = document.createElement('pilcrow-chat');",
    "chat.theme = 'dark';",
    "chat.addEventListener('pilcrow-answer', ({ detail }) => console.log(detail.answer.sentences[0]?.text, new PilcrowChat().open));",
  ].join('\n');
  const said = compiled({ widget: text, wrong: text.replace("'dark'", "'purple'") });
  expect(said).toEqual({ widget: '', wrong: expect.stringContaining('purple') });
});

/** The blocks of a page that import the package. */
const blocksOf = (page: string) =>
  [...readFileSync(page, 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm)]
    .map(([, text = '']) => text)
    .filter((text) => text.includes("'pilcrow"));

test('the types of the library need no types of Node, and none of LangChain; what docs/mcp.md shows compiles', () => {
  bring('hono');
  const text = `
    import { createApp, createPilcrow, type Embedder, ingestCorpus, isPilcrowError, listen, readConfig } from 'pilcrow';
    const embedder: Embedder = { id: 'x-1', dimensions: 1, embedQuery: async () => [1], embedDocuments: async (texts) => texts.map(() => [1]) };
    const config = readConfig({ PILCROW_INDEX: 'index' });
    const { chunks } = await ingestCorpus(config, { embedder });
    const pilcrow = await createPilcrow(config, { embedder });
    const answer = await pilcrow.ask({ question: 'Why?' }, { onEvent: (event) => event.type === 'sentence' && event.sentence.citations });
    const first: string | undefined = answer.citations[0]?.quote.exact;
    const app = createApp({ pilcrow, config });
    const server = await listen(app, { host: '127.0.0.1', port: 0 }).catch((error: unknown) => isPilcrowError(error) && error.hint);
    export { app, chunks, first, server };
  `;
  const shown = Object.fromEntries(blocksOf('docs/mcp.md').map((block, index) => [`mcp-${index}`, block]));
  expect(Object.keys(shown).length).toBeGreaterThan(0);
  const wrong = text.replace("{ question: 'Why?' }", '{ query: 7 }');
  expect(compiled({ library: text, 'library-wrong': wrong, ...shown })).toEqual({
    library: '',
    'library-wrong': expect.stringContaining("'query'"),
    ...Object.fromEntries(Object.keys(shown).map((name) => [name, ''])),
  });
});

test('what docs/langchain.md shows compiles', () => {
  bring('@langchain/core');
  const before = "declare const model: import('@langchain/core/language_models/chat_models').BaseChatModel;\n";
  const shown = Object.fromEntries(blocksOf('docs/langchain.md').map((block, index) => [`langchain-${index}`, before + block]));
  expect(Object.keys(shown).length).toBeGreaterThan(0);
  // LangChain's own declarations ask for Node's.
  expect(compiled(shown, true)).toEqual(Object.fromEntries(Object.keys(shown).map((name) => [name, ''])));
});

test('a server may import the widget: it does no harm there, and the name is there', () => {
  const text =
    "import { PilcrowChat } from 'pilcrow/widget'; import 'pilcrow/widget/react'; console.log(typeof PilcrowChat, typeof customElements);";
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', text], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'undefined undefined\n', stderr: '' });
});

test('each entry has its declarations in one file, and imports no package that is not asked for', () => {
  const { exports, dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const entries = Object.entries(exports as Record<string, { types?: string }>).filter(([, entry]) => entry.types);
  expect(entries.map(([name]) => name)).toEqual(['.', './vitest', './langchain', './widget', './widget/react']);
  for (const [name, { types }] of entries) {
    const from = [...readFileSync(types as string, 'utf8').matchAll(/^import .*? from '([^']+)';$/gm)].map(([, found]) => found as string);
    const packages = from
      .filter((one) => !one.startsWith('.'))
      .map((one) =>
        one
          .split('/')
          .slice(0, one.startsWith('@') ? 2 : 1)
          .join('/'),
      );
    for (const one of packages) expect(Object.keys({ ...dependencies, ...peerDependencies, react: '' }), `${name}: ${one}`).toContain(one);
    expect(
      from.filter((one) => one.startsWith('.') && one !== './widget.js'),
      name,
    ).toEqual([]);
    expect(packages.includes('@langchain/core'), name).toBe(name === './langchain');
  }
});
