import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** The other direction of docs.test.ts: what there is, is told of. Settings are in config.test.ts, by .env.example. */
const docs = ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)]
  .filter((name) => name.endsWith('.md'))
  .map((name) => readFileSync(name, 'utf8'))
  .join('\n');

/** Commands as they are declared: `eval run` where `run` belongs to the variable that holds `eval`. */
function declaredCommands(): string[] {
  const found: string[] = [];
  for (const file of ['src/cli/program.ts', 'src/cli/commands/eval.ts']) {
    const text = readFileSync(file, 'utf8');
    const groups = new Map<string, string>();
    for (const [, assigned, parent = '', name = ''] of text.matchAll(/(?:const (\w+) = )?\b(\w+)\s*\.command\('([a-z-]+)/g)) {
      const path = [groups.get(parent), name].filter(Boolean).join(' ');
      if (assigned) groups.set(assigned, path);
      found.push(path);
    }
  }
  return found;
}

test('every command is told of', () => {
  const commands = declaredCommands();
  expect(commands).toContain('token create');
  expect(commands).toContain('eval run');
  const silent = commands.filter(
    (path) => !new RegExp(`pilcrow (?:-- )?${path}\\b`).test(docs) && !commands.some((one) => one.startsWith(`${path} `)),
  );
  expect(silent).toEqual([]);
});
