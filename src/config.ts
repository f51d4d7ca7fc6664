import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { pilcrowError } from './core/errors.ts';

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';
export const logLevels: readonly LogLevel[] = ['silent', 'error', 'warn', 'info', 'debug'];

/** Everything that can be set, read once. Paths are absolute. */
export interface Config {
  readonly corpus: string;
  readonly index: string;
  /** What people leave here: site tokens and feedback. */
  readonly data: string;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Where the service is reached from outside, without a trailing slash; null when it is reached directly. */
  readonly publicUrl: string | null;
  readonly log: LogLevel;
  /** File of the local embedding model; null for the one that comes with the package. */
  readonly embeddings: string | null;
  readonly limits: Limits;
}

/** What one request may ask for; characters are code points. */
export interface Limits {
  readonly questionCharacters: number;
  readonly historyTurns: number;
  readonly turnCharacters: number;
  readonly bodyBytes: number;
}

type Read<T> = { value: T } | { wrong: string; fix: string };

export interface Variable<T = unknown> {
  /** What holds when it is unset; empty when nothing does. */
  fallback: string;
  /** One line for `.env.example` and `pilcrow doctor`. */
  about: string;
  read(text: string): Read<T>;
}

const folder = (fallback: string, about: string): Variable<string> => ({ fallback, about, read: (text) => ({ value: resolve(text) }) });

const whole = (fallback: number, least: number, most: number, about: string): Variable<number> => ({
  fallback: String(fallback),
  about,
  read: (text) =>
    /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most
      ? { value: Number(text) }
      : { wrong: `is "${text}", not a whole number from ${least} to ${most}`, fix: `Set it to e.g. ${fallback}, or leave it out.` },
});

/** Every variable Pilcrow reads, in the order `.env.example` lists them. */
export const variables = {
  PILCROW_CORPUS: folder('corpus', 'Folder with the briefings to answer from.'),
  PILCROW_INDEX: folder('index', 'Folder for the index; everything in it can be rebuilt.'),
  PILCROW_DATA: folder('data', 'Folder for what cannot be rebuilt: site tokens and feedback.'),
  PILCROW_HOST: {
    fallback: '127.0.0.1',
    about: 'Address to listen on; 0.0.0.0 or :: for every interface.',
    read: (text) =>
      isIP(text) !== 0 || /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i.test(text)
        ? { value: text }
        : { wrong: `is "${text}", not a host name or an IP address`, fix: 'Set it to e.g. 127.0.0.1, without scheme or port.' },
  } as Variable<string>,
  PILCROW_PORT: whole(8787, 0, 65535, 'Port to listen on; 0 lets the system choose.'),
  PILCROW_PUBLIC_URL: {
    fallback: '',
    about: 'Where people reach the service when it runs behind a proxy, e.g. https://ask.example.org.',
    read: (text) => {
      if (text === '') return { value: null };
      const url = URL.canParse(text) ? new URL(text) : null;
      return url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '' && url.pathname === '/' && url.username === ''
        ? { value: url.origin }
        : { wrong: `is "${text}", not an http(s) address without a path`, fix: 'Set it to e.g. https://ask.example.org.' };
    },
  } as Variable<string | null>,
  PILCROW_LOG: {
    fallback: 'warn',
    about: 'How much to report: silent, error, warn, info (one line a request) or debug (with stack traces).',
    read: (text) => {
      const level = logLevels.find((known) => known === text.toLowerCase());
      return level ? { value: level } : { wrong: `is "${text}"`, fix: `Use one of ${logLevels.join(', ')}.` };
    },
  } as Variable<LogLevel>,
  PILCROW_EMBEDDINGS: {
    fallback: '',
    about: 'File of the local embedding model; empty for the one that comes with the package.',
    read: (text) => ({ value: text === '' ? null : resolve(text) }),
  } as Variable<string | null>,
  // A long question to a person is a paragraph; 2,000 characters are about 300 words.
  PILCROW_MAX_QUESTION_CHARACTERS: whole(2000, 1, 100_000, 'Longest question, in characters.'),
  PILCROW_MAX_HISTORY_TURNS: whole(50, 0, 1000, 'Most turns of history a request may bring.'),
  PILCROW_MAX_TURN_CHARACTERS: whole(4000, 1, 100_000, 'Longest turn of history, in characters.'),
  PILCROW_MAX_BODY_BYTES: whole(65_536, 1024, 100_000_000, 'Largest request body, in bytes.'),
};

export type VariableName = keyof typeof variables;
export type Environment = Record<string, string | undefined>;

/** The environment, with what a `.env` file in the working folder adds; what is really set wins. */
export function environment(workingFolder = process.cwd()): Environment {
  const file = resolve(workingFolder, '.env');
  return existsSync(file) ? { ...parseEnv(readFileSync(file, 'utf8')), ...process.env } : process.env;
}

/** Whether colours are unwelcome (https://no-color.org). */
export function withoutColour(from: Environment = process.env): boolean {
  return (from.NO_COLOR ?? '') !== '' || from.TERM === 'dumb';
}

/** The log level alone, for reporting that the rest cannot be read. */
export function logLevelOf(from: Environment): LogLevel {
  const read = variables.PILCROW_LOG.read(from.PILCROW_LOG ?? '');
  return 'value' in read ? read.value : 'warn';
}

/**
 * Reads the whole configuration. An empty variable counts as unset; a command's options take part as `overrides`.
 * Rejects with one `bad_config` that lists every problem; `details` holds them as `{variable, wrong, fix}`.
 */
export function readConfig(from: Environment = environment(), overrides: Partial<Record<VariableName, string>> = {}): Config {
  const problems: { variable: string; wrong: string; fix: string }[] = [];
  const get = <T>(name: VariableName): T => {
    const variable = variables[name] as Variable<T>;
    const set = overrides[name] ?? (from[name]?.trim() || undefined);
    const read = variable.read(set ?? variable.fallback);
    if ('value' in read) return read.value;
    problems.push({ variable: name, ...read });
    return undefined as T;
  };
  const config: Config = {
    corpus: get('PILCROW_CORPUS'),
    index: get('PILCROW_INDEX'),
    data: get('PILCROW_DATA'),
    host: get('PILCROW_HOST'),
    port: get('PILCROW_PORT'),
    publicUrl: get('PILCROW_PUBLIC_URL'),
    log: get('PILCROW_LOG'),
    embeddings: get('PILCROW_EMBEDDINGS'),
    limits: Object.freeze({
      questionCharacters: get<number>('PILCROW_MAX_QUESTION_CHARACTERS'),
      historyTurns: get<number>('PILCROW_MAX_HISTORY_TURNS'),
      turnCharacters: get<number>('PILCROW_MAX_TURN_CHARACTERS'),
      bodyBytes: get<number>('PILCROW_MAX_BODY_BYTES'),
    }),
  };
  for (const name of Object.keys(from)) {
    if (!name.startsWith('PILCROW_') || name in variables || OTHERS.has(name)) continue;
    const near = Object.keys(variables).find((known) => editDistanceAtMostTwo(name, known));
    if (near) problems.push({ variable: name, wrong: 'is not a variable Pilcrow reads', fix: `Did you mean ${near}?` });
  }
  if (problems.length > 0) {
    const lines = problems.map((problem) => `${problem.variable} ${problem.wrong}. ${problem.fix}`);
    throw pilcrowError(
      'bad_config',
      lines.length === 1 ? (lines[0] as string) : `${lines.length} settings are wrong:\n- ${lines.join('\n- ')}`,
      {
        hint: 'Settings come from the environment and from .env; .env.example lists them all.',
        details: problems,
      },
    );
  }
  return Object.freeze(config);
}

/** Read by scripts and tests only. */
const OTHERS = new Set(['PILCROW_CHROMIUM']);

function editDistanceAtMostTwo(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 2 || a.length > 100) return false;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]! <= 2;
}
