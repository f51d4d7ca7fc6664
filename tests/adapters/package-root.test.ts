import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/adapters/package-root.ts';
import { isPilcrowError } from '../../src/core/errors.ts';

it('finds the package from the sources and from a bundle', () => {
  const root = packageRoot();
  expect(existsSync(join(root, 'models', 'static-en', 'static-en.pse'))).toBe(true);
  for (const file of ['dist/index.js', 'dist/cli/main.js']) expect(packageRoot(pathToFileURL(join(root, file)).href)).toBe(root);
});

it('passes other packages by and says when there is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pilcrow-root-'));
  try {
    const inside = join(folder, 'lib', 'file.js');
    for (const content of ['{"name": "other"}', 'not json', 'null']) {
      writeFileSync(join(folder, 'package.json'), content);
      expect(() => packageRoot(pathToFileURL(inside).href)).toThrow();
    }
    try {
      packageRoot(pathToFileURL(inside).href);
    } catch (error) {
      expect(isPilcrowError(error) && error.code).toBe('bad_config');
    }
    writeFileSync(join(folder, 'package.json'), '{"name": "pilcrow"}');
    expect(packageRoot(pathToFileURL(inside).href)).toBe(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
