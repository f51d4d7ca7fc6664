import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseAst } from 'vite';
import { describe, expect, it, test } from 'vitest';
import { compileScript, parse as parseVue } from 'vue/compiler-sfc';
import { parse } from 'yaml';
import { readConfig, variables } from '../src/config.ts';
import { openapi } from '../src/http/openapi.ts';
import { limits } from './http/helper.ts';

const PAGES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...readdirSync('docs').map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
);
const texts = new Map(PAGES.map((name) => [name, readFileSync(name, 'utf8')]));
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

interface Block {
  page: string;
  language: string;
  text: string;
}
const blocks: Block[] = [...texts].flatMap(([page, text]) =>
  [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', inner = '']) => ({ page, language, text: inner })),
);
const of = (...languages: string[]) => blocks.filter(({ language }) => languages.includes(language));

/** Names of headings as links have them. */
const anchorsOf = (text: string) =>
  new Set(
    [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

test('every link within the repository leads to a file, and to a heading of it', () => {
  const broken: string[] = [];
  for (const [page, text] of texts) {
    for (const [, to = ''] of text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(to)) continue;
      const [path = '', anchor] = to.split('#');
      const file = path === '' ? page : normalize(join(dirname(page), path));
      if (!existsSync(file)) broken.push(`${page}: ${to}`);
      else if (anchor && file.endsWith('.md') && !anchorsOf(texts.get(file) ?? readFileSync(file, 'utf8')).has(anchor))
        broken.push(`${page}: ${to}`);
    }
  }
  expect(broken).toEqual([]);
});

test('every file of the repository that is named is there', () => {
  const missing = [...texts].flatMap(([page, text]) =>
    [
      ...text
        .replace(/^```[\s\S]*?^```$/gm, '')
        .matchAll(/`((?:src|tests|scripts|bench|evals|deploy|examples|corpus|docs|models|\.github|\.ci)\/[\w./-]*)`/g),
    ]
      .map(([, file = '']) => file)
      .filter((file) => !existsSync(file) && !existsSync(join('src', file)) && !PLANNED.has(file))
      .map((file) => `${page}: ${file}`),
  );
  expect(missing).toEqual([]);
});

test('the reference of the design names every file from one root', () => {
  const text = (texts.get('docs/design.md') as string).replace(/^```[\s\S]*?^```$/gm, '').split('## Beside projects')[0] as string;
  const named = [...text.matchAll(/`(\w[\w/-]+\.(?:ts|css|mjs|json))`/g)].map(([, file = '']) => file);
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((file) => !existsSync(join('src', file)) && !existsSync(file))).toEqual([]);
});
/** Files that are named as what somebody would make, and those of other projects. */
const PLANNED = new Set(['src/ingest/formats/csv/csv.ts', 'src/router.ts', 'src/raglite/', 'tests/test_docs.py']);

test('the index of the documentation names every page', () => {
  const index = texts.get('docs/README.md') as string;
  for (const page of PAGES) if (page.startsWith('docs/') && page !== 'docs/README.md') expect(index).toContain(`(${page.slice(5)})`);
});

test('every setting that is named is one', () => {
  const known = new Set(Object.keys(variables));
  const unknown = [...texts].flatMap(([page, text]) =>
    [...text.matchAll(/\bPILCROW_[A-Z_]*[A-Z]\b(?!_)/g)]
      .filter(([name]) => !known.has(name) && !EXAMPLES.has(name))
      .map(([name]) => `${page}: ${name}`),
  );
  expect([...new Set(unknown)]).toEqual([]);
});
/** Not settings: variables of programs in examples, and of the tests. */
const EXAMPLES = new Set(['PILCROW_INGEST_KEY', 'PILCROW_URL', 'PILCROW_KEY', 'PILCROW_TEST_PYTHON']);

test('every path of the API that is named is one, or leads to some', () => {
  const paths = Object.keys(openapi(limits).paths as object).map((path) => path.split('/'));
  const isOne = (named: string) => {
    const parts = named.split('/');
    return paths.some((path) => parts.every((part, at) => part === path[at] || (at > 1 && path[at]?.startsWith('{'))));
  };
  expect([isOne('/v1/briefings/some-report.pdf'), isOne('/v1/asks'), isOne('/v1/ask/again')]).toEqual([true, false, false]);
  const unknown = [...texts].flatMap(([page, text]) =>
    [...text.matchAll(/\/v1\/[\w{}./-]*\w\}?/g)].filter(([path]) => !isOne(path)).map(([path]) => `${page}: ${path}`),
  );
  expect(unknown).toEqual([]);
});

describe('every command that is shown', () => {
  // `pilcrow ask …` in blocks and in the text; what stands in angle brackets or quotation marks is whatever the reader has.
  const commands = [...texts].flatMap(([page, text]) =>
    [
      ...of('sh', 'console', 'bash')
        .filter((block) => block.page === page)
        .flatMap((block) => block.text.replaceAll('\\\n', ' ').split('\n'))
        .map((line) => line.replace(/\s#\s.*$/, '')),
      ...[...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code),
    ].map((line) => ({ page, line })),
  );
  const ours = commands.flatMap(({ page, line }) => {
    const found = /(?:^|\s)pilcrow (?:-- )?([a-z].*)$/.exec(line.replace('npm run --silent pilcrow -- ', 'pilcrow '));
    return found ? [{ page, line: found[1] as string }] : [];
  });
  const shown = new Map<string, string>();
  const helpOf = (words: string[]): string => {
    const key = words.join(' ');
    if (!shown.has(key))
      shown.set(
        key,
        spawnSync(process.execPath, ['dist/cli/main.js', ...words, '--help'], { encoding: 'utf8', env: { PATH: process.env.PATH } }).stdout,
      );
    return shown.get(key) as string;
  };
  it('of ours is one, with options that it has', () => {
    expect(ours.length).toBeGreaterThan(60);
    const wrong: string[] = [];
    for (const { page, line } of ours) {
      const words = line.split(/\s+/);
      const path: string[] = [];
      let help = helpOf([]);
      for (const word of words) {
        if (!new RegExp(`^  ${word.replace(/[^\w-]/g, '')}(?:\\s|$)`, 'm').test(help.slice(help.indexOf('Commands:')))) break;
        path.push(word);
        help = helpOf(path);
        if (!help.includes('Commands:')) break;
      }
      if (path.length === 0) wrong.push(`${page}: pilcrow ${line}`);
      for (const [option] of line.replace(/"[^"]*"/g, '').matchAll(/(?<=\s)--[a-z][a-z-]*/g))
        if (!help.includes(option)) wrong.push(`${page}: pilcrow ${line} (${option})`);
    }
    expect(wrong).toEqual([]);
  });
  it('of npm is a script of the package, and files that are run are there', () => {
    const wrong = commands.filter(({ line }) => {
      const [, script] = /\bnpm run (?:--silent )?([\w:-]+)/.exec(line) ?? [];
      const [, file] = /(?:^|\s)(?:node|tsx|npx tsx) ((?:scripts|bench|examples)\/[\w./-]+)/.exec(line) ?? [];
      return (script && !(script in manifest.scripts)) || (file && !existsSync(file));
    });
    expect(wrong).toEqual([]);
  });
});

describe('every block of code', () => {
  it.each(of('json').map(({ page, text }) => [page, text]))('of JSON in %s is JSON', (_, text) => {
    expect(() => JSON.parse(text)).not.toThrow();
  });
  it.each(of('yaml').map(({ page, text }) => [page, text]))('of YAML in %s is YAML', (_, text) => {
    expect(parse(text)).toBeTypeOf('object');
  });
  it.each(of('js', 'ts', 'tsx').map(({ page, text, language }) => [page, language, text]))(
    'of a program in %s is one',
    (_, language, text) => {
      expect(() => parseAst(text, { lang: language as 'js' })).not.toThrow();
    },
  );
  it.each(of('vue').map(({ page, text }) => [page, text]))('of Vue in %s compiles', (page, text) => {
    const { descriptor, errors } = parseVue(text, { filename: page });
    expect(errors).toEqual([]);
    expect(compileScript(descriptor, { id: page, inlineTemplate: true }).content).toContain('pilcrow-chat');
  });
  it('of HTML gives the widget attributes that it has', () => {
    // The element itself wants a browser.
    const [, properties = ''] =
      /static override properties = \{\n([\s\S]*?)\n {2}\};/.exec(readFileSync('src/widget/element.ts', 'utf8')) ?? [];
    const known = [...properties.matchAll(/^ {4}(\w+): \{(?: attribute: '([\w-]+)')?/gm)].map(
      ([, name = '', attribute]) => attribute ?? name,
    );
    expect(known).toEqual(expect.arrayContaining(['token', 'max-length']));
    const given = of('html', 'vue').flatMap(({ page, text }) =>
      [...text.matchAll(/<pilcrow-chat\s([^>]*)>/g)].flatMap(([, attributes = '']) =>
        [...attributes.matchAll(/(?:^|\s):?([a-z-]+)=/g)].map(([, name]) => ({ page, name })),
      ),
    );
    expect(given.length).toBeGreaterThan(4);
    expect(given.filter(({ name }) => !known.includes(name as string))).toEqual([]);
  });
  it('of settings is taken as it stands', () => {
    const settings = of('sh', 'ini', 'env', '').filter(({ text }) => /^(?:[A-Z][A-Z_]+=\S*\s*(?:#.*)?\n)+$/.test(text));
    expect(settings.length).toBeGreaterThan(4);
    for (const { page, text } of settings) {
      const given = Object.fromEntries(
        [...text.matchAll(/^([A-Z_]+)=(\S*)/gm)].map(([, name, value]) => [name, value?.replaceAll('…', 'x')]),
      );
      expect(() => readConfig(given), `${page}: ${text}`).not.toThrow();
    }
  });
  it('names what the package exports', () => {
    const entries: Record<string, string> = {
      pilcrow: 'src/index.ts',
      'pilcrow/vitest': 'src/vitest/index.ts',
      'pilcrow/langchain': 'src/adapters/retriever.ts',
      'pilcrow/widget': 'src/widget/index.ts',
      'pilcrow/widget/react': 'src/widget/react.ts',
    };
    for (const { page, text } of of('js', 'ts', 'tsx', 'vue', 'html')) {
      for (const [, names = '', from = ''] of text.matchAll(/import (?:\{([^}]*)\} from )?'(pilcrow[\w/]*)'/g)) {
        const file = entries[from];
        expect(file, `${page}: ${from}`).toBeDefined();
        const source = readFileSync(file as string, 'utf8');
        for (const name of names.split(',').map((one) => one.replace('type ', '').trim()))
          if (name) expect(source, `${page}: ${name} of ${from}`).toMatch(new RegExp(`\\b${name}\\b`));
      }
    }
  });
});
