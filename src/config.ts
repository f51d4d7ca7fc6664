import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { readModels } from './config/models.ts';
import { readOidc } from './config/oidc.ts';
import type { Config, DatabaseConfig } from './config/settings.ts';
import { type LogLevel, type SettingProblem, type Variable, type VariableName, variables } from './config/variables.ts';
import { pilcrowError } from './core/errors.ts';
import type { Strictness } from './core/model.ts';

export * from './config/settings.ts';
export { type LogLevel, type VariableName, variables } from './config/variables.ts';

export type Environment = Record<string, string | undefined>;

/** The environment, with what a `.env` file in the working folder adds; what is really set wins. */
export function environment(workingFolder = process.cwd(), set: Environment = process.env): Environment {
  const file = resolve(workingFolder, '.env');
  return existsSync(file) ? { ...parseEnv(decoded(readFileSync(file))), ...set } : set;
}

/** Text of a settings file as editors write it: UTF-8 with or without a mark, or UTF-16 (Notepad, PowerShell's `>`). */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const marked = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null;
  // Without a mark every other byte of a line that begins with ASCII is zero.
  const encoding = marked ?? (second === 0 && first !== 0 ? 'utf-16le' : first === 0 && second !== 0 ? 'utf-16be' : 'utf-8');
  // The decoder drops the mark.
  return new TextDecoder(encoding).decode(bytes);
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
  const problems: ({ variable: string } & SettingProblem)[] = [];
  const notices: string[] = [];
  const setting = (name: VariableName) => overrides[name] ?? (from[name]?.trim() || undefined);
  const get = <T>(name: VariableName): T => {
    const variable = variables[name] as Variable<T>;
    const read = variable.read(setting(name) ?? variable.fallback);
    if ('value' in read) return read.value;
    problems.push({ variable: name, ...read });
    return undefined as T;
  };
  const config: Config = {
    corpus: get('PILCROW_CORPUS'),
    index: get('PILCROW_INDEX'),
    database: readDatabase(get),
    data: get('PILCROW_DATA'),
    host: get('PILCROW_HOST'),
    port: get('PILCROW_PORT'),
    publicUrl: get('PILCROW_PUBLIC_URL'),
    hostNames: get('PILCROW_HOST_NAMES'),
    access: get('PILCROW_ACCESS'),
    proxies: Object.freeze({
      addresses: get<readonly string[]>('PILCROW_TRUSTED_PROXIES'),
      userHeader: get<string | null>('PILCROW_USER_HEADER'),
      groupsHeader: get<string | null>('PILCROW_GROUPS_HEADER'),
    }),
    oidc: readOidc(get, setting, problems),
    rates: Object.freeze({
      requestsPerMinute: get<number | null>('PILCROW_REQUESTS_PER_MINUTE'),
      questionsAtOnce: get<number | null>('PILCROW_QUESTIONS_AT_ONCE'),
      questionsRunning: get<number>('PILCROW_QUESTIONS_RUNNING'),
      questionsWaiting: get<number>('PILCROW_QUESTIONS_WAITING'),
      connections: get<number>('PILCROW_CONNECTIONS'),
    }),
    keep: Object.freeze({
      questionDays: get<number | null>('PILCROW_QUESTION_LOG_DAYS'),
      feedbackDays: get<number | null>('PILCROW_FEEDBACK_DAYS'),
    }),
    stop: Object.freeze({
      pauseMilliseconds: get<number>('PILCROW_STOP_PAUSE_SECONDS') * 1000,
      graceMilliseconds: get<number>('PILCROW_STOP_SECONDS') * 1000,
    }),
    notices,
    log: get('PILCROW_LOG'),
    watchdogSeconds: get('PILCROW_WATCHDOG_SECONDS'),
    workers: get<number | null>('PILCROW_WORKERS'),
    computingMilliseconds: get<number>('PILCROW_QUESTION_SECONDS') * 1000,
    watch: get('PILCROW_WATCH'),
    adminGroups: get('PILCROW_ADMIN_GROUPS'),
    cases: get('PILCROW_CASES'),
    originals: get('PILCROW_ORIGINALS'),
    uploadBytes: get<number>('PILCROW_UPLOAD_MEGABYTES') * 1_048_576,
    embeddings: get('PILCROW_EMBEDDINGS'),
    limits: Object.freeze({
      questionCharacters: get<number>('PILCROW_MAX_QUESTION_CHARACTERS'),
      historyTurns: get<number>('PILCROW_MAX_HISTORY_TURNS'),
      turnCharacters: get<number>('PILCROW_MAX_TURN_CHARACTERS'),
      bodyBytes: get<number>('PILCROW_MAX_BODY_BYTES'),
    }),
    ...readModels(get, setting, problems),
    site: Object.freeze({
      name: get<string>('PILCROW_NAME'),
      logo: get<string | null>('PILCROW_LOGO'),
      introduction: get<string | null>('PILCROW_INTRODUCTION'),
      suggestions: get<readonly string[] | null>('PILCROW_SUGGESTIONS'),
      contact: get<string | null>('PILCROW_CONTACT'),
      history: get<boolean>('PILCROW_HISTORY'),
    }),
    answer: Object.freeze({
      milliseconds: get<number>('PILCROW_ANSWER_SECONDS') * 1000,
      strictness: get<Strictness>('PILCROW_STRICTNESS'),
      callsPerHour: get<number | null>('PILCROW_MODEL_CALLS_PER_HOUR'),
      callsPerDay: get<number | null>('PILCROW_MODEL_CALLS_PER_DAY'),
    }),
  };
  if (config.proxies.userHeader && config.proxies.addresses?.length === 0)
    problems.push({
      variable: 'PILCROW_USER_HEADER',
      wrong: 'is set, but no proxy is named that would be believed',
      fix: 'Set PILCROW_TRUSTED_PROXIES to the addresses of the proxy.',
    });
  for (const name of Object.keys(from)) {
    if (!name.startsWith('PILCROW_') || name in variables || OTHERS.has(name)) continue;
    const known = Object.keys(variables).filter((one) => one.startsWith('PILCROW_'));
    const distances = new Map(known.map((one) => [one, editsBetween(name, one)]));
    const near = known.toSorted((a, b) => (distances.get(a) as number) - (distances.get(b) as number))[0] as string;
    const wrong = 'is not a variable Pilcrow reads';
    if ((distances.get(near) as number) <= 2) problems.push({ variable: name, wrong, fix: `Did you mean ${near}?` });
    // Whoever sets it believes that it protects something.
    else if (PROTECTS.test(name))
      problems.push({ variable: name, wrong, fix: 'Leave it out; `pilcrow key create` makes keys, and PILCROW_ACCESS says who may ask.' });
    else notices.push(`${name.slice(0, 100)} ${wrong}; the nearest is ${near}.`);
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

function readDatabase(get: <T>(name: VariableName) => T): DatabaseConfig | null {
  const url = get<(() => string) | null>('DATABASE_URL');
  const schema = get<string>('PILCROW_DATABASE_SCHEMA');
  const connections = get<number>('PILCROW_DATABASE_CONNECTIONS');
  const statementMilliseconds = get<number>('PILCROW_DATABASE_SECONDS') * 1000;
  return url && Object.freeze({ url, schema, connections, statementMilliseconds });
}

/** Read by scripts and tests only. */
const OTHERS = new Set(['PILCROW_CHROMIUM']);

/** Names that promise protection. */
const PROTECTS = /KEY|TOKEN|SECRET|PASS|AUTH|LOGIN|USER/;

/** Levenshtein's distance; a name longer than any of ours is told as far from all. */
function editsBetween(a: string, b: string): number {
  if (a.length > 100) return 100;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
