import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { environment, readConfig, type VariableName, variables } from '../src/config.ts';
import type { PilcrowError } from '../src/core/errors.ts';

test('everything has a default that works', () => {
  const config = readConfig({});
  expect(config).toMatchObject({
    corpus: resolve('corpus'),
    index: resolve('index'),
    host: '127.0.0.1',
    port: 8787,
    publicUrl: null,
    log: 'warn',
  });
  expect(config.limits).toEqual({ questionCharacters: 2000, historyTurns: 50, turnCharacters: 4000, bodyBytes: 65_536 });
  expect(Object.isFrozen(config) && Object.isFrozen(config.limits)).toBe(true);
});

test('the environment sets, options win, an empty variable is unset', () => {
  const config = readConfig(
    { PILCROW_PORT: '9000', PILCROW_HOST: '', PILCROW_LOG: 'DEBUG', PILCROW_PUBLIC_URL: 'https://ask.example.org/' },
    { PILCROW_PORT: '0' },
  );
  expect(config).toMatchObject({ port: 0, host: '127.0.0.1', log: 'debug', publicUrl: 'https://ask.example.org' });
});

test('every problem is reported at once, with what to do', () => {
  let error: PilcrowError | null = null;
  try {
    readConfig({
      PILCROW_PORT: '99999',
      PILCROW_LOG: 'loud',
      PILCROW_HOST: 'http://x',
      PILCROW_PUBLIC_URL: 'ftp://x',
      PILCROW_CORPSE: 'a',
    });
  } catch (caught) {
    error = caught as PilcrowError;
  }
  expect(error).toMatchObject({ code: 'bad_config' });
  const problems = error!.details as { variable: string; wrong: string; fix: string }[];
  expect(problems.map((one) => one.variable)).toEqual([
    'PILCROW_HOST',
    'PILCROW_PORT',
    'PILCROW_PUBLIC_URL',
    'PILCROW_LOG',
    'PILCROW_CORPSE',
  ]);
  for (const { variable, fix } of problems) {
    expect(error!.message).toContain(variable);
    expect(error!.message).toContain(fix);
  }
  expect(problems.at(-1)!.fix).toBe('Did you mean PILCROW_CORPUS?');
});

test.each([
  ['PILCROW_PORT', '-1'],
  ['PILCROW_PORT', '80.5'],
  ['PILCROW_PORT', '0x50'],
  ['PILCROW_MAX_BODY_BYTES', '1e9'],
  ['PILCROW_MAX_QUESTION_CHARACTERS', '0'],
  ['PILCROW_HOST', 'a b'],
  ['PILCROW_PUBLIC_URL', 'https://user@example.org'],
  ['PILCROW_PUBLIC_URL', 'https://example.org/path'],
])('%s=%s is refused', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(name);
});

test('.env adds to the environment; what is really set wins', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pilcrow-env-'));
  try {
    writeFileSync(join(folder, '.env'), 'PILCROW_PORT=9001\nPILCROW_LOG="silent" # quiet\n');
    expect(readConfig(environment(folder))).toMatchObject({ port: 9001, log: 'warn' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('.env.example lists every variable with its default and what it is for', () => {
  const text = readFileSync('.env.example', 'utf8');
  const listed = [...text.matchAll(/^# (.+)\n#(PILCROW_\w+)=(.*)$/gm)].map(([, about, name, fallback]) => ({ name, fallback, about }));
  const known = (Object.keys(variables) as VariableName[]).map((name) => ({
    name,
    fallback: variables[name].fallback,
    about: variables[name].about,
  }));
  expect(listed).toEqual(known);
  expect(readConfig(Object.fromEntries(listed.map(({ name, fallback }) => [name, fallback])))).toEqual(readConfig({}));
});
