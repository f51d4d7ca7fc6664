import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { pilcrowError } from './core/errors.ts';
import type { Strictness } from './core/model.ts';

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';
const logLevels: readonly LogLevel[] = ['silent', 'error', 'warn', 'info', 'debug'];

/** Everything that can be set, read once. Paths are absolute. */
export interface Config {
  readonly corpus: string;
  readonly index: string;
  /** The database the index is kept in; null: the folder. */
  readonly database: DatabaseConfig | null;
  /** What people leave here: site tokens and feedback. */
  readonly data: string;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Where the service is reached from outside, without a trailing slash; null when it is reached directly. */
  readonly publicUrl: string | null;
  /** Further host names the service is called by, lower case, without port. */
  readonly hostNames: readonly string[];
  /** Who may ask: `open` everybody who reaches it, `keys` whoever has a key; null: keys where others reach it, else everybody. */
  readonly access: 'open' | 'keys' | null;
  /** Proxies that are believed: their addresses and networks, and the headers in which they say who asks. */
  readonly proxies: { readonly addresses: readonly string[]; readonly userHeader: string | null; readonly groupsHeader: string | null };
  /** Who signs people in; null: nobody does. */
  readonly oidc: OidcConfig | null;
  readonly rates: RateConfig;
  readonly keep: KeepConfig;
  /** How long a service that is told to stop still takes requests, and how long those that run may take then. */
  readonly stop: { readonly pauseMilliseconds: number; readonly graceMilliseconds: number };
  /** What is odd about the settings and stops nothing, each in a sentence. */
  readonly notices: readonly string[];
  /** Whether a service takes up changes of the corpus by itself. */
  readonly watch: boolean;
  /** Largest briefing that may be brought in over HTTP; 0: none may. */
  readonly uploadBytes: number;
  /** Groups whose members look after the briefings. */
  readonly adminGroups: readonly string[];
  /** File of evaluation cases, absolute; null: none. */
  readonly cases: string | null;
  /** Whether whoever may read a briefing may have its file. */
  readonly originals: boolean;
  readonly log: LogLevel;
  /** Standstill of the event loop after which the process ends, seconds; 0: never. */
  readonly watchdogSeconds: number;
  /** Threads that answer; null: one a core; 0: the one that serves. */
  readonly workers: number | null;
  /** Computing time a question may take where threads answer, milliseconds; 0: any. */
  readonly computingMilliseconds: number;
  /** File of the local embedding model; null for the one that comes with the package. */
  readonly embeddings: string | null;
  readonly limits: Limits;
  /** The model that writes answers; null: answers are quotations and no chat model is ever called. */
  readonly chat: ChatConfig | null;
  /** The model that reads each written sentence again; null: nobody does, because it is off or no model writes. */
  readonly check: ChatConfig | null;
  /** The service that embeds; null: the local model does. */
  readonly embedding: EmbeddingConfig | null;
  /** The service that puts passages in order; null: the own ranker alone does. */
  readonly rerank: ModelConfig | null;
  readonly answer: AnswerConfig;
  readonly site: SiteConfig;
  /** Settings of models that are set though no model uses them. */
  readonly unused: readonly string[];
}

/** A PostgreSQL server with pgvector. */
export interface DatabaseConfig {
  /** A function, so that the password shows in no log and no JSON. */
  readonly url: () => string;
  readonly schema: string;
  /** Most connections questions share. */
  readonly connections: number;
  /** Longest that reading may take, one statement. */
  readonly statementMilliseconds: number;
}

/** A provider of OpenID Connect. */
interface OidcConfig {
  readonly issuer: string;
  /** Name of this service with the provider, for sign-in with a browser; null: nobody signs in here. */
  readonly clientId: string | null;
  /** A function, so that it shows in no log and no JSON; null for a client without one. */
  readonly clientSecret: (() => string) | null;
  /** What bearer tokens have to be issued for; null: none are taken. */
  readonly audience: string | null;
  readonly groupsClaim: string;
  readonly scopes: string;
  /** How long a browser stays signed in, and how old groups may be. */
  readonly sessionMinutes: number;
}

/** How the service presents itself. */
export interface SiteConfig {
  /** What it calls itself on its pages and when it is asked who it is. */
  readonly name: string;
  /** Image on its pages, absolute path; null: the pilcrow sign. */
  readonly logo: string | null;
  /** What it says of itself above the first question; null: its own words, in the language of the page. */
  readonly introduction: string | null;
  /** Questions to begin with; null: made from the briefings. */
  readonly suggestions: readonly string[] | null;
  /** Where people turn whose question is not answered: a mail address, or an address with `{question}`; null: nowhere. */
  readonly contact: string | null;
  /** Whether browsers may keep what was asked in them, for whoever asked. */
  readonly history: boolean;
}

/** A server that speaks OpenAI's API. */
export interface ModelConfig {
  readonly model: string;
  readonly baseUrl: string;
  /** The variable the address is read from. */
  readonly baseUrlFrom: VariableName;
  /** A function, so that the key shows in no log and no JSON; null for none. */
  readonly apiKey: (() => string) | null;
  readonly apiKeyFrom: VariableName;
}
type ChatConfig = ModelConfig;
export interface EmbeddingConfig extends ModelConfig {
  /** Null: what the model gives. */
  readonly dimensions: number | null;
}

/** When an answer is given, and what a model-written one may cost. */
interface AnswerConfig {
  readonly strictness: Strictness;
  /** How long an asker waits at most for the model before the quoted answer is given. */
  readonly milliseconds: number;
  /** Null: no limit. */
  readonly callsPerHour: number | null;
  /** Of one key, person, site or address; null: no limit. */
  readonly callsPerDay: number | null;
}

/** For how many days what people wrote is kept. */
interface KeepConfig {
  /** Null: questions are not kept. */
  readonly questionDays: number | null;
  /** Null: without a limit of age. */
  readonly feedbackDays: number | null;
}

/** What askers may take where others reach the service. */
interface RateConfig {
  readonly requestsPerMinute: number | null;
  readonly questionsAtOnce: number | null;
  readonly questionsRunning: number;
  readonly questionsWaiting: number;
  /** Open connections. */
  readonly connections: number;
}

/** What one request may ask for; characters are code points. */
export interface Limits {
  readonly questionCharacters: number;
  readonly historyTurns: number;
  readonly turnCharacters: number;
  readonly bodyBytes: number;
}

interface Problem {
  wrong: string;
  fix: string;
}
type Read<T> = { value: T } | Problem;

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

const optional = <T>(about: string, read: (text: string) => Read<T>): Variable<T | null> => ({
  fallback: '',
  about,
  read: (text) => (text === '' ? { value: null } : read(text)),
});

const headerName = (example: string, about: string) =>
  optional<string>(about, (text) =>
    /^[a-z0-9-]{1,100}$/i.test(text)
      ? { value: text.toLowerCase() }
      : { wrong: `is "${text}", which is no name of a header`, fix: `Set it to e.g. ${example}.` },
  );

/** A limit that 0 takes away. */
const atMost = (fallback: number, about: string, most = 1_000_000): Variable<number | null> => {
  const number = whole(fallback, 0, most, about);
  return {
    ...number,
    read: (text) => {
      const read = number.read(text);
      return 'value' in read && read.value === 0 ? { value: null } : read;
    },
  };
};

const onOff = (about: string): Variable<boolean> => ({
  fallback: 'off',
  about,
  read: (text) => {
    const at = ['off', 'on'].indexOf(text.toLowerCase());
    return at >= 0 ? { value: at === 1 } : { wrong: `is "${text}"`, fix: 'Use on or off.' };
  },
});

const modelName = (example: string, about: string) =>
  optional<string>(about, (text) =>
    text.length <= 200 && !/\p{C}/u.test(text)
      ? { value: text }
      : { wrong: 'is not the name of a model', fix: `Set it to e.g. ${example}.` },
  );

const named = (example: string, about: string) =>
  optional<string>(about, (text) =>
    text.length <= 500 && !/\p{C}/u.test(text) ? { value: text } : { wrong: 'is no name', fix: `Set it to e.g. ${example}.` },
  );

/** What is wrong with a key is told without repeating it: a header holds printable ASCII only. */
const key = (about: string) =>
  optional<() => string>(about, (text) =>
    /^[\x21-\x7e]{1,4096}$/.test(text)
      ? { value: () => text }
      : { wrong: 'holds characters no key has', fix: 'Copy it again, without quotation marks, spaces or line breaks.' },
  );

const baseUrl = (fallback: string, about: string): Variable<string | null> => ({
  fallback,
  about,
  read: (text) => {
    if (text === '') return { value: null };
    const url = URL.canParse(text) ? new URL(text) : null;
    // An address with a password is not repeated either.
    if (url && (url.username !== '' || url.password !== '')) {
      return { wrong: 'has a name or password in it', fix: 'Leave them out; the key has a variable of its own.' };
    }
    if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
      return { wrong: `is "${text}", not an http(s) address`, fix: `Set it to e.g. ${OPENAI_URL}.` };
    }
    const path = /\/(?:chat\/completions|completions|embeddings|responses|models|rerank)\/*$/.exec(url.pathname)?.[0];
    return path
      ? { wrong: `ends with ${path}, which is added to it`, fix: `Set it to e.g. ${text.slice(0, text.lastIndexOf(path))}.` }
      : { value: text.replace(/\/+$/, '') };
  },
});

const OPENAI_URL = 'https://api.openai.com/v1';

/** Paths of our own: a service below one of them would have every address twice. */
const OWN_PATHS = /^\/(?:v1|desk|briefings|series|assets|widget|embed|logo|reference|mcp|healthz|readyz|metrics)(?:\/|$)/;

/** Every variable Pilcrow reads, in the order `.env.example` lists them. */
export const variables = {
  PILCROW_CORPUS: folder('corpus', 'Folder with the briefings to answer from.'),
  PILCROW_INDEX: folder('index', 'Folder for the index; it can be made again, but for ids of briefings that were changed.'),
  DATABASE_URL: optional<() => string>(
    'Database to keep the index in instead, for several services that share one: postgres://user:password@host:5432/name; empty: the folder.',
    (text) =>
      /^postgres(?:ql)?:\/\/[\x21-\x7e]{1,2000}$/.test(text) && URL.canParse(text)
        ? { value: () => text }
        : { wrong: 'is no address of a PostgreSQL database', fix: 'Write it as postgres://user:password@host:5432/name, or leave it out.' },
  ),
  PILCROW_DATABASE_SCHEMA: {
    fallback: 'pilcrow',
    about: 'Schema of that database; indexes of their own have schemas of their own.',
    read: (text) =>
      /^[a-z_][a-z0-9_]{0,40}$/.test(text)
        ? { value: text }
        : { wrong: `is "${text}", which is no name of a schema`, fix: 'Use lower-case letters, digits and underscores.' },
  } as Variable<string>,
  PILCROW_DATABASE_CONNECTIONS: whole(
    10,
    1,
    1000,
    'Most connections to it that questions of one service share; two more listen and write.',
  ),
  PILCROW_DATABASE_SECONDS: whole(10, 1, 600, 'Seconds one statement that reads may take there.'),
  PILCROW_DATA: folder('data', 'Folder for what cannot be rebuilt: keys, site tokens, feedback, kept questions, audit.'),
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
    about:
      'Where people reach the service when it runs behind a proxy, e.g. https://ask.example.org or https://intranet.example.org/pilcrow.',
    read: (text) => {
      if (text === '') return { value: null };
      const url = URL.canParse(text) ? new URL(text) : null;
      if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '')
        return { wrong: `is "${text}", not an http(s) address`, fix: 'Set it to e.g. https://ask.example.org.' };
      const path = url.pathname.replace(/\/+$/, '');
      if (!/^(?:\/[\w.~-]+)*$/.test(path) || OWN_PATHS.test(path))
        return {
          wrong: `has the path ${path}, below which no page could be told from another`,
          fix: 'Set it to e.g. https://intranet.example.org/pilcrow.',
        };
      return { value: url.origin + path };
    },
  } as Variable<string | null>,
  PILCROW_HOST_NAMES: {
    fallback: '',
    about: 'Further host names it is called by, with commas between, e.g. of a service within a cluster: pilcrow,pilcrow.intranet.',
    read: (text) => {
      const names = text
        .split(',')
        .map((name) => name.trim().toLowerCase())
        .filter(Boolean);
      const wrong = names.find((name) => !/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(name));
      return wrong === undefined
        ? { value: Object.freeze(names) }
        : { wrong: `holds "${wrong}", which is no host name`, fix: 'Leave out scheme, port and path: pilcrow,pilcrow.intranet.' };
    },
  } as Variable<readonly string[]>,
  PILCROW_ACCESS: {
    fallback: '',
    about:
      'Who may ask: keys (whoever has one, see `pilcrow key`) or open (everybody who reaches it); empty: open on this machine alone, keys where others reach it.',
    read: (text) => {
      const found = (['open', 'keys'] as const).find((known) => known === text.toLowerCase());
      return text === '' || found ? { value: found ?? null } : { wrong: `is "${text}"`, fix: 'Use keys or open, or leave it out.' };
    },
  } as Variable<'open' | 'keys' | null>,
  PILCROW_TRUSTED_PROXIES: {
    fallback: '',
    about:
      'Addresses and networks of proxies that are believed about where requests come from, with commas between: 10.0.0.5,192.168.0.0/24.',
    read: (text) => {
      const list = text
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean);
      const wrong = list.find((one) => {
        const [address = '', bits, more] = one.split('/');
        const most = isIP(address) === 6 ? 128 : 32;
        return (
          isIP(address) === 0 ||
          more !== undefined ||
          (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most))
        );
      });
      return wrong === undefined
        ? { value: Object.freeze(list) }
        : { wrong: `holds "${wrong}", which is no address or network`, fix: 'Set it to e.g. 10.0.0.5,192.168.0.0/24.' };
    },
  } as Variable<readonly string[]>,
  PILCROW_USER_HEADER: headerName(
    'x-forwarded-user',
    'Header in which such a proxy says who asks, once it has signed them in; whoever it names may ask. It must take the header away from what comes in.',
  ),
  PILCROW_GROUPS_HEADER: headerName('x-forwarded-groups', 'Header in which it gives their groups, with commas between.'),
  PILCROW_OIDC_ISSUER: {
    fallback: '',
    about: 'Provider of OpenID Connect that signs people in, e.g. https://login.example.org/realms/staff; empty: none.',
    read: (text) => {
      if (text === '') return { value: null };
      const url = URL.canParse(text) ? new URL(text) : null;
      const here = url !== null && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
      return url &&
        (url.protocol === 'https:' || (url.protocol === 'http:' && here)) &&
        url.search === '' &&
        url.hash === '' &&
        url.username === ''
        ? { value: text }
        : {
            wrong: `is "${text}", not an https address`,
            fix: 'Set it to the issuer as the provider writes it, e.g. https://login.example.org.',
          };
    },
  } as Variable<string | null>,
  PILCROW_OIDC_CLIENT_ID: named('pilcrow', 'Name of this service with the provider, for people who sign in with a browser.'),
  PILCROW_OIDC_CLIENT_SECRET: key('Its secret; empty for a public client.'),
  PILCROW_OIDC_AUDIENCE: named('https://ask.example.org', 'Audience of bearer tokens that are taken from programs; empty: none are.'),
  PILCROW_OIDC_GROUPS_CLAIM: {
    ...named('groups', 'Claim that lists the groups of a person; dots lead into it, e.g. realm_access.roles.'),
    fallback: 'groups',
  } as Variable<string | null>,
  PILCROW_OIDC_SCOPES: {
    ...named('openid profile groups', 'Scopes asked for when somebody signs in.'),
    fallback: 'openid profile',
  } as Variable<string | null>,
  PILCROW_SESSION_MINUTES: whole(
    60,
    1,
    1440,
    'Minutes a browser stays signed in; then the provider is asked again, so that groups are never older than that.',
  ),
  PILCROW_LOG: {
    fallback: 'warn',
    about: 'How much to report: silent, error, warn, info (one line a request) or debug (with stack traces).',
    read: (text) => {
      const level = logLevels.find((known) => known === text.toLowerCase());
      return level ? { value: level } : { wrong: `is "${text}"`, fix: `Use one of ${logLevels.join(', ')}.` };
    },
  } as Variable<LogLevel>,
  // Chosen, not measured: ten times the longest standstill of opening a large index, less than the patience of most supervisors.
  PILCROW_WATCHDOG_SECONDS: whole(
    30,
    0,
    3600,
    'Seconds after which a service whose event loop is blocked ends itself, so that a supervisor starts it anew; 0: never.',
  ),
  PILCROW_WORKERS: {
    fallback: '',
    about: 'Threads that answer questions; empty: one a core; 0: the thread that serves answers too, which takes the least memory.',
    read: (text) => (text === '' ? { value: null } : whole(0, 0, 256, '').read(text)),
  } as Variable<number | null>,
  // Chosen: a hundred times what a question takes; one that is built to be slow gets no further.
  PILCROW_QUESTION_SECONDS: whole(
    2,
    0,
    600,
    'Seconds of computing a question may take, where threads answer; above it its thread is ended and replaced, and it gets an error; 0: no limit.',
  ),
  PILCROW_STOP_PAUSE_SECONDS: whole(
    1,
    0,
    300,
    'Seconds a service that is told to stop still takes requests while /readyz says 503; a load balancer needs as long as it takes to look.',
  ),
  PILCROW_STOP_SECONDS: whole(5, 0, 300, 'Seconds running requests have then to end.'),
  PILCROW_WATCH: onOff('Whether a service takes up changes of the folder with the briefings by itself: on or off.'),
  PILCROW_UPLOAD_MEGABYTES: whole(
    0,
    0,
    200,
    'Largest briefing that a holder of a key with the scope ingest may bring in over HTTP, in megabytes; 0: none may.',
  ),
  PILCROW_ADMIN_GROUPS: {
    fallback: '',
    about:
      'Groups, of the provider or a trusted proxy, whose members may do everything at /desk, with commas between; empty: only admin keys.',
    read: (text) => ({
      value: Object.freeze(
        text
          .split(',')
          .map((name) => name.trim().normalize('NFC'))
          .filter(Boolean),
      ),
    }),
  } as Variable<readonly string[]>,
  PILCROW_CASES: optional<string>(
    'File of evaluation cases (YAML) that /desk adds to and runs; it is made with the first case. Empty: none.',
    (text) =>
      /\.ya?ml$/i.test(text)
        ? { value: resolve(text) }
        : { wrong: `is "${text}", no name of a YAML file`, fix: 'Set it to e.g. data/cases.yaml.' },
  ),
  PILCROW_ORIGINALS: onOff(
    'Whether readers may have the original files: on or off. The printed pages of PDFs are shown beside their text only then.',
  ),
  PILCROW_EMBEDDINGS: {
    fallback: '',
    about: 'File of the local embedding model; empty for the one that comes with the package.',
    read: (text) => ({ value: text === '' ? null : resolve(text) }),
  } as Variable<string | null>,
  PILCROW_CHAT_MODEL: modelName('gpt-5-mini', 'Model that writes answers; empty: answers are quotations and no model is called.'),
  PILCROW_CHECK_MODEL: modelName('gpt-5-mini', 'Model that reads each written sentence again; empty: the one that writes; off: none does.'),
  OPENAI_API_KEY: key('Key of the model server; empty for servers that want none. Used only when a model is named.'),
  OPENAI_BASE_URL: baseUrl(OPENAI_URL, 'Model server: OpenAI, or any that speaks its API (Azure, vLLM, Ollama, llama.cpp).'),
  PILCROW_EMBEDDING_MODEL: modelName('text-embedding-3-small', 'Model of the model server that embeds; empty: the local one does.'),
  PILCROW_EMBEDDING_DIMENSIONS: optional('Length of its vectors, for models that can shorten them; empty for what it gives.', (text) => {
    const read = whole(1024, 1, 65_536, '').read(text);
    return 'value' in read ? read : { ...read, fix: 'Set it to e.g. 1024, or leave it out.' };
  }),
  PILCROW_EMBEDDING_BASE_URL: baseUrl('', 'Server that embeds, when it is another one than OPENAI_BASE_URL.'),
  PILCROW_EMBEDDING_API_KEY: key('Its key. OPENAI_API_KEY is never sent to another server than its own.'),
  PILCROW_RERANK_MODEL: modelName('bge-reranker-v2-m3', 'Model that puts the passages found in order; empty: the own ranker alone does.'),
  PILCROW_RERANK_BASE_URL: baseUrl(
    '',
    'Server with /rerank (Cohere, Jina, TEI, vLLM, llama.cpp), when it is another one than OPENAI_BASE_URL.',
  ),
  PILCROW_RERANK_API_KEY: key('Its key. OPENAI_API_KEY is never sent to another server than its own.'),
  // Chosen, not measured: time for a hosted model to write some sentences and mend one, while the asker is still there.
  PILCROW_ANSWER_SECONDS: whole(20, 1, 300, 'Longest wait for a model-written answer, in seconds; then the quoted one is given.'),
  PILCROW_STRICTNESS: {
    fallback: 'balanced',
    about: 'How sure an answer has to be: lenient, balanced or strict; less sure ones are shown as closest passages.',
    read: (text) => {
      const found = (['lenient', 'balanced', 'strict'] as const).find((known) => known === text.toLowerCase());
      return found ? { value: found } : { wrong: `is "${text}"`, fix: 'Use lenient, balanced or strict.' };
    },
  } as Variable<Strictness>,
  PILCROW_NAME: {
    fallback: 'Pilcrow',
    about: 'What the service calls itself, on its pages and when it is asked who it is.',
    read: (text) => (/^[^\p{Cc}]{1,60}$/u.test(text) ? { value: text } : { wrong: 'is longer than 60 characters', fix: 'Shorten it.' }),
  } as Variable<string>,
  PILCROW_LOGO: optional<string>('Image shown on its pages instead of ¶: a .svg, .png, .webp or .jpg file.', (text) =>
    /\.(?:svg|png|webp|jpe?g)$/i.test(text) && existsSync(resolve(text))
      ? { value: resolve(text) }
      : { wrong: `is "${text}", not an image that is there`, fix: 'Set it to the path of a .svg, .png, .webp or .jpg file.' },
  ),
  PILCROW_INTRODUCTION: optional<string>('Sentence above the first question; empty: its own, in the language of the page.', (text) =>
    text.length <= 600 ? { value: text } : { wrong: 'is longer than 600 characters', fix: 'Shorten it.' },
  ),
  PILCROW_SUGGESTIONS: optional<readonly string[]>('Questions to begin with, separated by |; empty: made from the briefings.', (text) => {
    const value = text
      .split('|')
      .map((one) => one.trim())
      .filter(Boolean);
    return value.length <= 12 && value.every((one) => one.length <= 200)
      ? { value }
      : { wrong: 'has more than 12 questions, or one of more than 200 characters', fix: 'Leave some out, or shorten them.' };
  }),
  PILCROW_CONTACT: optional<string>(
    'Where people turn whose question is not answered: a mail address, or an http(s) address in which {question} stands for the question.',
    (text) =>
      /^[^\s@<>]{1,64}@[^\s@<>]{1,190}$/.test(text) || (/^https?:\/\//.test(text) && URL.canParse(text.replaceAll('{question}', 'x')))
        ? { value: text }
        : {
            wrong: `is "${text}", neither a mail address nor an http(s) address`,
            fix: 'Set it to e.g. desk@example.org or https://example.org/ask?q={question}.',
          },
  ),
  PILCROW_HISTORY: {
    ...onOff('Whether browsers keep what was asked in them, for whoever asked and can delete it: on or off.'),
    fallback: 'on',
  } as Variable<boolean>,
  PILCROW_MODEL_CALLS_PER_HOUR: optional<number>(
    'Most calls of the chat model within an hour, one to four an answer; empty: no limit. Above it answers are quotations.',
    (text) => whole(1000, 1, 1_000_000, '').read(text),
  ),
  PILCROW_MODEL_CALLS_PER_DAY: optional<number>(
    'Most calls of the chat model within a day (UTC) for the questions of one key, person, site or address; empty: no limit. Above it their answers are quotations.',
    (text) => whole(200, 1, 1_000_000, '').read(text),
  ),
  PILCROW_QUESTION_LOG_DAYS: atMost(
    0,
    'Days that questions are kept, with outcome, citations and a name of the asker that changes daily; 0: they are not. Pages and widget say so.',
    3650,
  ),
  // Chosen: a year of opinions shows what a yearly edition changed.
  PILCROW_FEEDBACK_DAYS: atMost(365, 'Days that feedback is kept; 0: without a limit of age.', 3650),
  // Chosen: ten pages a second of one address, which may be that of a whole office, are more than people open.
  PILCROW_REQUESTS_PER_MINUTE: atMost(
    600,
    'Most requests a minute of one key, site or address, where others reach the service; 0: no limit. Behind a proxy name it in PILCROW_TRUSTED_PROXIES.',
  ),
  PILCROW_QUESTIONS_AT_ONCE: atMost(16, 'Most questions of one key, site or address that may run or wait at once, likewise; 0: no limit.'),
  // One question computes for some 10 ms and may then wait 20 s for a model; 64 are as many as such a server takes at once.
  PILCROW_QUESTIONS_RUNNING: whole(64, 1, 10_000, 'Most questions that run at once, of everybody.'),
  PILCROW_QUESTIONS_WAITING: whole(
    256,
    0,
    100_000,
    'Most questions that wait for one of them to end; above it the service says that it is busy.',
  ),
  PILCROW_CONNECTIONS: whole(2000, 1, 1_000_000, 'Most open connections; above it new ones are closed.'),
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
  return existsSync(file) ? { ...parseEnv(decoded(readFileSync(file))), ...process.env } : process.env;
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
  const problems: ({ variable: string } & Problem)[] = [];
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

/**
 * The models. Other programs read OPENAI_* too, so without a model of ours nothing about them is wrong; they are only noted as
 * unused. A key goes to the server it was set for and to no other.
 */
function readModels(
  get: <T>(name: VariableName) => T,
  setting: (name: VariableName) => string | undefined,
  problems: ({ variable: string } & Problem)[],
): Pick<Config, 'chat' | 'check' | 'embedding' | 'rerank' | 'unused'> {
  const chatModel = get<string | null>('PILCROW_CHAT_MODEL');
  const checkModel = get<string | null>('PILCROW_CHECK_MODEL');
  const embeddingModel = get<string | null>('PILCROW_EMBEDDING_MODEL');
  const rerankModel = get<string | null>('PILCROW_RERANK_MODEL');
  const own = setting('PILCROW_EMBEDDING_BASE_URL');
  const ownRerank = setting('PILCROW_RERANK_BASE_URL');
  const isShared = (url: string | undefined) => url === undefined || sameOrigin(url, setting('OPENAI_BASE_URL') ?? OPENAI_URL);
  const sameServer = isShared(own);
  const sameRerank = isShared(ownRerank);
  const usesServer = chatModel !== null || (embeddingModel !== null && sameServer) || (rerankModel !== null && sameRerank);
  const ofServer: VariableName[] = usesServer ? [] : ['OPENAI_API_KEY', 'OPENAI_BASE_URL'];
  const ofRerank: VariableName[] = rerankModel === null ? ['PILCROW_RERANK_BASE_URL', 'PILCROW_RERANK_API_KEY'] : [];
  const ofEmbedding: VariableName[] =
    embeddingModel === null ? ['PILCROW_EMBEDDING_DIMENSIONS', 'PILCROW_EMBEDDING_BASE_URL', 'PILCROW_EMBEDDING_API_KEY'] : [];
  const ofChat: VariableName[] = chatModel === null ? ['PILCROW_CHECK_MODEL'] : [];
  const unused = [...ofChat, ...ofServer, ...ofEmbedding, ...ofRerank].filter(
    (name) => (setting(name) ?? variables[name].fallback) !== variables[name].fallback,
  );
  const used = <T>(name: VariableName): T | null => (unused.includes(name) ? null : get<T | null>(name));
  const common = { apiKey: used<() => string>('OPENAI_API_KEY'), url: used<string>('OPENAI_BASE_URL') ?? OPENAI_URL };
  const ownKey = used<() => string>('PILCROW_EMBEDDING_API_KEY');
  const ownUrl = used<string>('PILCROW_EMBEDDING_BASE_URL');
  const dimensions = used<number>('PILCROW_EMBEDDING_DIMENSIONS');
  const rerankKey = used<() => string>('PILCROW_RERANK_API_KEY');
  const rerankUrl = used<string>('PILCROW_RERANK_BASE_URL') ?? common.url;
  const server = (model: string, url: string, urlFrom: VariableName, apiKey: (() => string) | null, keyFrom: VariableName): ModelConfig => {
    if (!apiKey && new URL(url).host === new URL(OPENAI_URL).host && !problems.some((one) => one.variable === keyFrom)) {
      problems.push({
        variable: keyFrom,
        wrong: `is not set, and ${model} is asked for at ${new URL(url).host}`,
        fix: `Set it, or ${urlFrom} to a server that wants no key.`,
      });
    }
    return Object.freeze({ model, baseUrl: url, baseUrlFrom: urlFrom, apiKey: apiKey ?? null, apiKeyFrom: keyFrom });
  };
  if (embeddingModel && setting('PILCROW_EMBEDDINGS') !== undefined) {
    problems.push({
      variable: 'PILCROW_EMBEDDINGS',
      wrong: 'names a local model while PILCROW_EMBEDDING_MODEL names another',
      fix: 'Leave one of them out.',
    });
  }
  if (
    rerankModel &&
    new URL(rerankUrl).host === new URL(OPENAI_URL).host &&
    !problems.some((one) => one.variable === 'PILCROW_RERANK_BASE_URL')
  ) {
    problems.push({
      variable: 'PILCROW_RERANK_BASE_URL',
      wrong: `is not set, and ${new URL(OPENAI_URL).host} has no /rerank`,
      fix: 'Set it to a server that has, e.g. https://api.jina.ai/v1.',
    });
  }
  const withOwnKey = ownKey !== null || !sameServer;
  const withRerankKey = rerankKey !== null || !sameRerank;
  const ofOwn = (model: string) => server(model, common.url, 'OPENAI_BASE_URL', common.apiKey, 'OPENAI_API_KEY');
  return {
    chat: chatModel ? ofOwn(chatModel) : null,
    check: chatModel && checkModel?.toLowerCase() !== 'off' ? ofOwn(checkModel ?? chatModel) : null,
    embedding: embeddingModel
      ? Object.freeze({
          ...server(
            embeddingModel,
            ownUrl ?? common.url,
            own ? 'PILCROW_EMBEDDING_BASE_URL' : 'OPENAI_BASE_URL',
            withOwnKey ? ownKey : common.apiKey,
            withOwnKey ? 'PILCROW_EMBEDDING_API_KEY' : 'OPENAI_API_KEY',
          ),
          dimensions: dimensions ?? null,
        })
      : null,
    rerank: rerankModel
      ? Object.freeze({
          model: rerankModel,
          baseUrl: rerankUrl,
          baseUrlFrom: ownRerank ? ('PILCROW_RERANK_BASE_URL' as const) : ('OPENAI_BASE_URL' as const),
          apiKey: withRerankKey ? rerankKey : common.apiKey,
          apiKeyFrom: withRerankKey ? ('PILCROW_RERANK_API_KEY' as const) : ('OPENAI_API_KEY' as const),
        })
      : null,
    unused: Object.freeze(unused),
  };
}

function readOidc(
  get: <T>(name: VariableName) => T,
  setting: (name: VariableName) => string | undefined,
  problems: ({ variable: string } & Problem)[],
): OidcConfig | null {
  const issuer = get<string | null>('PILCROW_OIDC_ISSUER');
  const oidc = {
    clientId: get<string | null>('PILCROW_OIDC_CLIENT_ID'),
    clientSecret: get<(() => string) | null>('PILCROW_OIDC_CLIENT_SECRET'),
    audience: get<string | null>('PILCROW_OIDC_AUDIENCE'),
    groupsClaim: get<string | null>('PILCROW_OIDC_GROUPS_CLAIM') ?? 'groups',
    scopes: get<string | null>('PILCROW_OIDC_SCOPES') ?? 'openid profile',
    sessionMinutes: get<number>('PILCROW_SESSION_MINUTES'),
  };
  if (issuer === undefined) return null;
  if (issuer === null) {
    // Whoever sets one of these believes that people are signed in.
    for (const name of ['PILCROW_OIDC_CLIENT_ID', 'PILCROW_OIDC_CLIENT_SECRET', 'PILCROW_OIDC_AUDIENCE'] as const) {
      if (setting(name) === undefined) continue;
      problems.push({ variable: name, wrong: 'is set, but no provider', fix: 'Set PILCROW_OIDC_ISSUER to its address.' });
    }
    return null;
  }
  if (oidc.clientId === null && oidc.audience === null)
    problems.push({
      variable: 'PILCROW_OIDC_ISSUER',
      wrong: 'is set, but neither a client nor an audience',
      fix: 'Set PILCROW_OIDC_CLIENT_ID for people who sign in with a browser, PILCROW_OIDC_AUDIENCE for programs that bring tokens.',
    });
  if (!oidc.scopes.split(/\s+/).includes('openid'))
    problems.push({ variable: 'PILCROW_OIDC_SCOPES', wrong: 'leaves out openid', fix: 'Set it to e.g. openid profile.' });
  return Object.freeze({ issuer, ...oidc });
}

const sameOrigin = (a: string, b: string) => URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;

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
