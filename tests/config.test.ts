import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
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
  ['PILCROW_PUBLIC_URL', 'https://example.org/briefings'],
  ['PILCROW_PUBLIC_URL', 'https://example.org/a?b'],
  ['PILCROW_PUBLIC_URL', 'https://example.org/a%22b'],
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
  const listed = [...text.matchAll(/^# (.+)\n#([A-Z_]+)=(.*)$/gm)].map(([, about, name, fallback]) => ({ name, fallback, about }));
  const known = (Object.keys(variables) as VariableName[]).map((name) => ({
    name,
    fallback: variables[name].fallback,
    about: variables[name].about,
  }));
  expect(listed).toEqual(known);
  expect(readConfig(Object.fromEntries(listed.map(({ name, fallback }) => [name, fallback])))).toEqual(readConfig({}));
});

const KEY = 'sk-scripted-0123456789';
const problemsOf = (from: Record<string, string>) => {
  try {
    readConfig(from);
  } catch (error) {
    return {
      message: (error as Error).message,
      names: ((error as PilcrowError).details as { variable: string }[]).map((one) => one.variable),
    };
  }
  return { message: '', names: [] };
};

describe('models', () => {
  test('without a model named, none is configured, whatever other programs have set', () => {
    const config = readConfig({ OPENAI_API_KEY: 'not\na key', OPENAI_BASE_URL: 'nonsense', PILCROW_EMBEDDING_DIMENSIONS: '512' });
    expect([config.chat, config.embedding]).toEqual([null, null]);
    expect(config.unused).toEqual(['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'PILCROW_EMBEDDING_DIMENSIONS']);
    expect(readConfig({}).unused).toEqual([]);
  });

  test('chat alone, embeddings alone, or both at one server', () => {
    const chat = readConfig({ PILCROW_CHAT_MODEL: 'gpt-5-mini', OPENAI_API_KEY: KEY });
    expect(chat.chat).toMatchObject({ model: 'gpt-5-mini', baseUrl: 'https://api.openai.com/v1' });
    expect([chat.chat!.apiKey!(), chat.embedding, chat.unused]).toEqual([KEY, null, []]);
    const both = readConfig({
      PILCROW_CHAT_MODEL: 'llama3.2',
      PILCROW_EMBEDDING_MODEL: 'nomic-embed-text:latest',
      OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1/',
    });
    expect(both.chat).toMatchObject({ baseUrl: 'http://127.0.0.1:11434/v1', apiKey: null });
    expect(both.embedding).toMatchObject({ model: 'nomic-embed-text:latest', baseUrl: 'http://127.0.0.1:11434/v1', dimensions: null });
    const alone = readConfig({
      PILCROW_EMBEDDING_MODEL: 'text-embedding-3-large',
      PILCROW_EMBEDDING_DIMENSIONS: '1024',
      OPENAI_API_KEY: KEY,
    });
    expect([alone.chat, alone.embedding!.dimensions, alone.embedding!.apiKey!()]).toEqual([null, 1024, KEY]);
  });

  test('a key goes to the server it was set for and to no other', () => {
    const elsewhere = { PILCROW_CHAT_MODEL: 'm', PILCROW_EMBEDDING_MODEL: 'e', OPENAI_API_KEY: KEY };
    const other = readConfig({ ...elsewhere, PILCROW_EMBEDDING_BASE_URL: 'https://vectors.example.org/v1' });
    expect(other.embedding).toMatchObject({
      apiKey: null,
      apiKeyFrom: 'PILCROW_EMBEDDING_API_KEY',
      baseUrl: 'https://vectors.example.org/v1',
    });
    const own = readConfig({
      ...elsewhere,
      PILCROW_EMBEDDING_BASE_URL: 'https://vectors.example.org/v1',
      PILCROW_EMBEDDING_API_KEY: 'own',
    });
    expect([own.chat!.apiKey!(), own.embedding!.apiKey!()]).toEqual([KEY, 'own']);
    const same = readConfig({ PILCROW_EMBEDDING_MODEL: 'e', PILCROW_EMBEDDING_BASE_URL: 'https://api.openai.com/v1', OPENAI_API_KEY: KEY });
    expect([same.embedding!.apiKey!(), same.unused]).toEqual([KEY, []]);
  });

  test('every problem at once, and a key is never shown', () => {
    const { message, names } = problemsOf({
      PILCROW_CHAT_MODEL: 'm'.repeat(201),
      OPENAI_API_KEY: `${KEY} ü`,
      OPENAI_BASE_URL: `https://user:${KEY}@example.org/v1`,
      PILCROW_EMBEDDING_MODEL: 'e',
      PILCROW_EMBEDDING_DIMENSIONS: '0',
      PILCROW_EMBEDDING_BASE_URL: 'https://example.org/v1/embeddings',
      PILCROW_EMBEDDING_API_KEY: `"${KEY}\t"`,
      PILCROW_ANSWER_SECONDS: '0.5',
      PILCROW_STRICTNESS: 'maybe',
      PILCROW_EMBEDDINGS: 'model.pse',
    });
    expect([...names].sort()).toEqual([
      'OPENAI_API_KEY',
      'OPENAI_BASE_URL',
      'PILCROW_ANSWER_SECONDS',
      'PILCROW_CHAT_MODEL',
      'PILCROW_EMBEDDINGS',
      'PILCROW_EMBEDDING_API_KEY',
      'PILCROW_EMBEDDING_BASE_URL',
      'PILCROW_EMBEDDING_DIMENSIONS',
      'PILCROW_STRICTNESS',
    ]);
    expect(message).not.toContain(KEY);
    expect(message).toContain('https://example.org/v1.');
  });

  test('a missing key is told where one is needed', () => {
    expect(problemsOf({ PILCROW_CHAT_MODEL: 'gpt-5-mini', PILCROW_EMBEDDING_MODEL: 'text-embedding-3-small' }).names).toEqual([
      'OPENAI_API_KEY',
    ]);
    expect(problemsOf({ PILCROW_CHAT_MODEL: 'm', OPENAI_BASE_URL: 'http://[::1]:8080/v1' }).names).toEqual([]);
    expect(
      problemsOf({
        PILCROW_EMBEDDING_MODEL: 'e',
        OPENAI_BASE_URL: 'http://localhost/v1',
        PILCROW_EMBEDDING_BASE_URL: 'https://api.openai.com/v1',
      }).names,
    ).toEqual(['PILCROW_EMBEDDING_API_KEY']);
  });

  test('what is kept of people who ask: no questions unless it is said, feedback for a year', () => {
    expect(readConfig({}).keep).toEqual({ questionDays: null, feedbackDays: 365 });
    expect(readConfig({ PILCROW_QUESTION_LOG_DAYS: '30', PILCROW_FEEDBACK_DAYS: '0' }).keep).toEqual({
      questionDays: 30,
      feedbackDays: null,
    });
    expect(readConfig({ PILCROW_MODEL_CALLS_PER_DAY: '40' }).answer.callsPerDay).toBe(40);
    expect(() => readConfig({ PILCROW_QUESTION_LOG_DAYS: 'yes' })).toThrow('PILCROW_QUESTION_LOG_DAYS');
  });

  test('the time an asker waits, and how sure an answer has to be', () => {
    expect(readConfig({}).answer).toEqual({ milliseconds: 20_000, callsPerHour: null, callsPerDay: null, strictness: 'balanced' });
    expect(readConfig({ PILCROW_MODEL_CALLS_PER_HOUR: '200' }).answer.callsPerHour).toBe(200);
    expect(readConfig({ PILCROW_ANSWER_SECONDS: '45', PILCROW_STRICTNESS: 'STRICT' }).answer).toEqual({
      milliseconds: 45_000,
      callsPerHour: null,
      callsPerDay: null,
      strictness: 'strict',
    });
  });

  test('the key shows in no printed configuration', () => {
    const config = readConfig({ PILCROW_CHAT_MODEL: 'm', PILCROW_EMBEDDING_MODEL: 'e', OPENAI_API_KEY: KEY });
    expect(JSON.stringify(config) + inspect(config, { depth: 9, showHidden: true })).not.toContain(KEY);
  });
});

describe('who reads again and who ranks', () => {
  const chat = { PILCROW_CHAT_MODEL: 'writer', OPENAI_API_KEY: KEY };

  test('the model that writes reads again unless another is named or none is wanted', () => {
    expect(readConfig(chat).check?.model).toBe('writer');
    expect(readConfig({ ...chat, PILCROW_CHECK_MODEL: 'critic' }).check).toMatchObject({ model: 'critic', baseUrlFrom: 'OPENAI_BASE_URL' });
    expect(readConfig({ ...chat, PILCROW_CHECK_MODEL: 'off' }).check).toBeNull();
    const without = readConfig({ PILCROW_CHECK_MODEL: 'critic' });
    expect([without.check, without.unused]).toEqual([null, ['PILCROW_CHECK_MODEL']]);
  });

  test('a reranker has its own server and key, or those of the model server', () => {
    const own = readConfig({ ...chat, PILCROW_RERANK_MODEL: 'ranker', PILCROW_RERANK_BASE_URL: 'https://rank.example.org/v1' }).rerank;
    expect([own?.baseUrl, own?.apiKey]).toEqual(['https://rank.example.org/v1', null]);
    const shared = readConfig({ PILCROW_RERANK_MODEL: 'ranker', OPENAI_BASE_URL: 'http://localhost:8000/v1', OPENAI_API_KEY: KEY });
    expect([shared.rerank?.baseUrl, shared.rerank?.apiKey?.(), shared.unused]).toEqual(['http://localhost:8000/v1', KEY, []]);
    expect(readConfig({ PILCROW_RERANK_BASE_URL: 'https://rank.example.org/v1' }).unused).toEqual(['PILCROW_RERANK_BASE_URL']);
  });

  test('a reranker at a server that has none is told so, and a path that is added is taken off', () => {
    expect(problemsOf({ ...chat, PILCROW_RERANK_MODEL: 'ranker' }).names).toEqual(['PILCROW_RERANK_BASE_URL']);
    expect(problemsOf({ ...chat, PILCROW_RERANK_MODEL: 'r', PILCROW_RERANK_BASE_URL: 'https://rank.example.org/v1/rerank' }).names).toEqual(
      ['PILCROW_RERANK_BASE_URL'],
    );
  });
});
describe('names that are none of ours', () => {
  test('that look like protection stop it: nobody is to believe that a key is asked for', () => {
    for (const name of ['PILCROW_API_KEY', 'PILCROW_AUTH_TOKEN', 'PILCROW_PASSWORD', 'PILCROW_ADMIN_SECRET'])
      expect(() => readConfig({ [name]: 'x' })).toThrow(`${name} is not a variable Pilcrow reads. Leave it out; \`pilcrow key create\``);
  });

  test('are told with the nearest one that is; what other programs read is not', () => {
    const { notices } = readConfig({ PILCROW_FROBNICATE: '1', PILCROW_SERVICE_HOST: '10.0.0.1', OTHER_KEY: 'x', PILCROW_CHROMIUM: '/x' });
    expect(notices).toEqual([
      expect.stringMatching(/^PILCROW_FROBNICATE is not a variable Pilcrow reads; the nearest is PILCROW_[A-Z_]+\.$/),
      expect.stringContaining('PILCROW_SERVICE_HOST'),
    ]);
    expect(readConfig({}).notices).toEqual([]);
  });

  test('host names are names alone', () => {
    expect(readConfig({ PILCROW_HOST_NAMES: ' Pilcrow, ask.intranet ' }).hostNames).toEqual(['pilcrow', 'ask.intranet']);
    for (const text of ['http://pilcrow', 'pilcrow:8787', 'a b'])
      expect(() => readConfig({ PILCROW_HOST_NAMES: text })).toThrow('is no host name');
  });
});

test.each([
  ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16 with a mark', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16 the other way round', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['UTF-16 without a mark', (text: string) => Buffer.from(text, 'utf16le')],
  ['UTF-16 without a mark, the other way round', (text: string) => Buffer.from(text, 'utf16le').swap16()],
])('.env is read as %s', (_what, encoded) => {
  const folder = mkdtempSync(join(tmpdir(), 'pilcrow-env-'));
  writeFileSync(join(folder, '.env'), encoded('PILCROW_CORPUS=/srv/Übersichten\r\nPILCROW_PORT=9003\r\n'));
  const config = readConfig({ ...environment(folder), PILCROW_INDEX: '' });
  expect([config.corpus, config.port]).toEqual([resolve('/srv/Übersichten'), 9003]);
  rmSync(folder, { recursive: true });
});

test('proxies are addresses and networks, and one that says who asks has to be named', () => {
  expect(readConfig({ PILCROW_TRUSTED_PROXIES: '10.0.0.5, fd00::/8', PILCROW_USER_HEADER: 'X-User' }).proxies).toEqual({
    addresses: ['10.0.0.5', 'fd00::/8'],
    userHeader: 'x-user',
    groupsHeader: null,
  });
  for (const text of ['proxy.example', '10.0.0.0/33', '10.0.0.0/0', '10.0.0/8', '::1/200', '10.0.0.1/8/9'])
    expect(() => readConfig({ PILCROW_TRUSTED_PROXIES: text })).toThrow('no address or network');
  expect(() => readConfig({ PILCROW_USER_HEADER: 'x-user' })).toThrow('no proxy is named');
  expect(() => readConfig({ PILCROW_USER_HEADER: 'x user', PILCROW_TRUSTED_PROXIES: '::1' })).toThrow('no name of a header');
});

describe('a database', () => {
  const url = 'postgres://pilcrow:hunter2@db.example.org:5432/briefings';

  test('is where the index is when it is named, and its password shows nowhere', () => {
    expect(readConfig({}).database).toBeNull();
    const { database } = readConfig({ DATABASE_URL: url, PILCROW_DATABASE_CONNECTIONS: '3', PILCROW_DATABASE_SECONDS: '5' });
    expect(database).toMatchObject({ schema: 'pilcrow', connections: 3, statementMilliseconds: 5000 });
    expect(database!.url()).toBe(url);
    expect(JSON.stringify(database)).not.toContain('hunter2');
  });

  test.each([
    ['DATABASE_URL', 'mysql://root:hunter2@db/briefings'],
    ['DATABASE_URL', 'hunter2'],
    ['PILCROW_DATABASE_SCHEMA', 'a"; drop schema public'],
    ['PILCROW_DATABASE_CONNECTIONS', '0'],
  ])('%s=%s is refused without repeating a password', (name, value) => {
    const { message, names } = problemsOf({ [name]: value });
    expect(names).toEqual([name]);
    expect(message).not.toContain('hunter2');
  });
});
