#!/usr/bin/env node
// Builds dist/ from src/: the Node side as split ES modules with its packages left outside, the pages' style, and the widget:
// in two files, of which the second comes with the first question, as one script whose hash can be pinned, and as a module for bundlers.
//   node scripts/build.mjs [--quiet] [--types] [--force]
// Does nothing when dist/ is newer than everything it is made from. --types adds declarations in dist/types, one file an entry.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const quiet = process.argv.includes('--quiet');
const types = process.argv.includes('--types');
const say = (line) => quiet || console.log(line);
process.chdir(root);

const sources = files('src');
const stamp = 'dist/.built';
const stampOfTypes = 'dist/types/.built';
const made = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0);
const newest = Math.max(
  ...[...sources, 'scripts/build.mjs', 'package.json', 'tsconfig.json', 'tsconfig.build.json'].map((file) => made(file)),
  // A file that was removed shows in its folder only.
  ...[...new Set(sources.map(dirname))].map((folder) => made(folder)),
);
const force = process.argv.includes('--force');
/** Declarations by their file in dist/types, and what they are of below src; those in one group share their types. */
const DECLARED = [
  { index: 'index' },
  { vitest: 'vitest/index' },
  { langchain: 'adapters/retriever' },
  { widget: 'widget/index', react: 'widget/react' },
];

if (force || made(stamp) <= newest) await build();
else say('dist is up to date');
if (types && (force || made(stampOfTypes) <= newest)) await declare();

async function build() {
  const began = performance.now();
  const { build, transform } = await import('esbuild');
  const shared = { bundle: true, target: 'es2022', logLevel: 'warning', legalComments: 'none', charset: 'utf8' };
  const before = existsSync('dist') ? files('dist').filter((file) => !file.startsWith(join('dist', 'types'))) : [];
  const widget = {
    ...shared,
    platform: 'browser',
    minify: true,
    write: false,
    plugins: [smaller(transform)],
  };
  const contract = /PARTS_VERSION = (\d+)/.exec(readFileSync('src/widget/answer/parts.ts', 'utf8'))[1];
  // Lit is in the first file already: this one is a function of it.
  const answers = await build({
    ...widget,
    entryPoints: ['src/widget/answer/index.ts'],
    format: 'cjs',
    external: ['lit'],
    banner: { js: 'export default lit=>{const module={exports:{}},require=()=>lit;' },
    footer: { js: 'return module.exports}' },
  });
  const answersFile = `pilcrow-answers-${contract}-${hashOf(answers.outputFiles[0].text)}.js`;
  const languages = readdirSync('src/widget/messages').filter((file) => /^[a-z]{2}\.ts$/.test(file) && file !== 'en.ts');
  const [node, , , first, script, module, , texts] = await Promise.all([
    build({
      ...shared,
      // Workers and child processes are files of their own: whatever is named *.worker.ts or *.child.ts.
      entryPoints: [
        'src/index.ts',
        'src/cli/main.ts',
        'src/vitest/index.ts',
        'src/adapters/retriever.ts',
        ...sources.filter((file) => /\.(?:worker|child)\.ts$/.test(file)),
      ].filter((file) => existsSync(file)),
      outbase: 'src',
      outdir: 'dist',
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
      packages: 'external',
      splitting: true,
      chunkNames: 'chunks/[name]-[hash]',
      metafile: true,
    }),
    build({
      ...shared,
      entryPoints: ['style.css', 'reference.css', 'desk.css'].map((file) => `src/http/pages/${file}`),
      outdir: 'dist/http/pages',
      platform: 'browser',
      minify: true,
    }),
    build({
      ...shared,
      entryPoints: ['src/http/pages/printed.ts', 'src/http/pages/desk.ts'],
      outdir: 'dist/http/pages',
      platform: 'browser',
      format: 'esm',
      minify: true,
    }),
    build({
      ...widget,
      entryPoints: ['src/widget/first.ts'],
      format: 'iife',
      define: { ANSWERS_FILE: JSON.stringify(answersFile) },
    }),
    build({ ...widget, entryPoints: ['src/widget/index.ts'], format: 'iife' }),
    build({ ...widget, entryPoints: ['src/widget/index.ts'], format: 'esm' }),
    // Loaded when somebody takes an answer along as a file.
    build({
      ...shared,
      entryPoints: ['src/widget/docx.ts', 'src/widget/files.ts', 'src/widget/server.ts'],
      platform: 'browser',
      format: 'esm',
      minify: true,
      outdir: 'dist/widget',
    }),
    build({ ...shared, entryPoints: languages.map((file) => `src/widget/messages/${file}`), outdir: 'texts', format: 'esm', write: false }),
  ]);
  // The texts of other languages are data: files of their own, which the widget loads where it speaks them.
  const messages = {};
  for (const { path, text } of texts.outputFiles) {
    const language = basename(path, '.js');
    messages[`messages-${language}.json`] = JSON.stringify((await import(`data:text/javascript,${encodeURIComponent(text)}`))[language]);
  }
  mkdirSync('dist/http/pages', { recursive: true });
  cpSync('src/http/pages/icon.svg', 'dist/http/pages/icon.svg');
  const kept = new Set([
    ...Object.keys(node.metafile.outputs).map((file) => join(file)),
    ...['style.css', 'reference.css', 'desk.css', 'icon.svg', 'printed.js', 'desk.js'].map((file) => join('dist/http/pages', file)),
    ...copyPdfJs('dist/http/pages'),
    join('dist/widget/docx.js'),
    join('dist/widget/files.js'),
    join('dist/widget/server.js'),
    ...writeWidget(
      {
        first: first.outputFiles[0].text,
        answers: [answersFile, answers.outputFiles[0].text],
        script: script.outputFiles[0].text,
        module: module.outputFiles[0].text,
      },
      messages,
    ),
  ]);
  for (const file of before) if (!kept.has(file)) rmSync(file, { force: true });
  writeFileSync(stamp, '');
  say(`built dist in ${Math.round(performance.now() - began)} ms`);
}

/**
 * pdf.js as its project builds it for browsers, with what PDFs need that bring no fonts or no maps of their characters, and the
 * decoders of pictures; returns their paths.
 */
function copyPdfJs(folder) {
  const from = dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')));
  const made = [];
  const copy = (source, target) => {
    mkdirSync(dirname(join(folder, target)), { recursive: true });
    cpSync(join(from, source), join(folder, target));
    made.push(join(folder, target));
  };
  // The builds for older browsers: 60 kB more each, and they work where people cannot choose.
  copy('legacy/build/pdf.min.mjs', 'pdf.mjs');
  copy('legacy/build/pdf.worker.min.mjs', 'pdf.worker.mjs');
  copy('LICENSE', 'pdf/LICENSE');
  for (const [source, target] of [
    ['cmaps', 'pdf/cmaps'],
    ['standard_fonts', 'pdf/fonts'],
    ['wasm', 'pdf/wasm'],
  ])
    for (const name of readdirSync(join(from, source))) copy(`${source}/${name}`, `${target}/${name}`);
  return made;
}

/** The widget's files; returns their paths. The licence of what is bundled goes along, as it asks. */
function writeWidget({ first, answers, script, module }, messages) {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const banner = `/* Pilcrow ${version}, Apache-2.0. Holds Lit, (c) Google LLC, BSD-3-Clause: licenses.txt beside this file. */\n`;
  const described = (file, text) => {
    const bytes = Buffer.from(text);
    const integrity = `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
    return { file, version, integrity, bytes: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
  };
  const [whole, small] = [banner + script, banner + first];
  const file = `pilcrow-chat-${version}-${hashOf(whole)}.js`;
  const about = { ...described(file, whole), first: { ...described('widget.js', small), answers: described(...answers) } };
  const made = {
    [file]: whole,
    'widget.js': small,
    [answers[0]]: answers[1],
    'pilcrow-chat.js': banner + module,
    'integrity.json': `${JSON.stringify(about, null, 2)}\n`,
    ...messages,
    'licenses.txt': licences({
      'Lit (lit, lit-html, lit-element, @lit/reactive-element)': 'lit',
      'docx (in docx.js alone)': 'docx',
      'fflate (in docx.js alone)': 'fflate',
      'nanoid (in docx.js alone)': 'docx/node_modules/nanoid',
    }),
  };
  mkdirSync('dist/widget', { recursive: true });
  for (const [name, content] of Object.entries(made)) writeFileSync(join('dist/widget', name), content);
  return Object.keys(made).map((name) => join('dist/widget', name));
}

function hashOf(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** What is bundled, each with its licence. */
function licences(packages) {
  const textOf = (name) => {
    // Where npm put it: beside what needs it, or above.
    const folder = [name, name.split('/').at(-1)].map((one) => join('node_modules', one)).find((one) => existsSync(one));
    const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    return readFileSync(join(folder, file), 'utf8');
  };
  return Object.entries(packages)
    .map(([title, name]) => `${title}\n\n${textOf(name).trim()}\n`)
    .join('\n\n');
}

/** Takes the white space out of the widget's style sheet and templates, which a script's minifier leaves alone. */
function smaller(transform) {
  return {
    name: 'smaller',
    setup(build) {
      build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
        const { code } = await transform(readFileSync(path, 'utf8'), { loader: 'css', minify: true, target: 'es2022' });
        return { contents: code.trim(), loader: 'text' };
      });
      build.onLoad({ filter: /src[\\/]widget[\\/](?:answer[\\/])?(?:styles|element|view|tools|icons)\.ts$/ }, async ({ path }) => {
        const text = readFileSync(path, 'utf8');
        if (!path.endsWith('styles.ts'))
          return { contents: text.replace(/>\n\s+(?=[<$])/g, '>').replace(/\n\s+(?=[\w?@.-]+=[$"])/g, ' '), loader: 'ts' };
        const [whole, sheet] = /css`([^`]*)`/.exec(text);
        const { code } = await transform(sheet, { loader: 'css', minify: true, target: 'es2022' });
        return { contents: text.replace(whole, () => `css\`${code.trim().replaceAll('\\', '\\\\')}\``), loader: 'ts' };
      });
    },
  };
}

/** The declarations of each entry of the package, in one file each; packages stay imports. */
async function declare() {
  const all = join('dist', 'types.all');
  const compiler = fileURLToPath(import.meta.resolve('typescript/package.json'));
  const { status } = spawnSync(
    process.execPath,
    [join(dirname(compiler), 'bin/tsc'), '--project', 'tsconfig.build.json', '--outDir', all],
    { stdio: 'inherit' },
  );
  if (status !== 0) process.exit(status ?? 1);
  const [{ rollup }, { dts }] = await Promise.all([import('rollup'), import('rollup-plugin-dts')]);
  rmSync('dist/types', { recursive: true, force: true });
  for (const group of DECLARED) {
    const bundle = await rollup({
      input: Object.fromEntries(Object.entries(group).map(([name, from]) => [name, join(all, `${from}.d.ts`)])),
      plugins: [dts()],
      external: (id) => !/^[./]|^[A-Za-z]:/.test(id),
      onLog: (level, log) => level === 'warn' && console.warn(log.message),
    });
    await bundle.write({ dir: 'dist/types', entryFileNames: '[name].d.ts', format: 'es' });
    await bundle.close();
  }
  rmSync(all, { recursive: true });
  writeFileSync(stampOfTypes, '');
  say('declared types in dist/types');
}

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(relative(root, join(root, entry.parentPath ?? entry.path)), entry.name));
}
