import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type { Strictness } from '../core/model.ts';
import { OPENAI_URL } from '../core/openai.ts';

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';
const logLevels: readonly LogLevel[] = ['silent', 'error', 'warn', 'info', 'debug'];

/** What is wrong with a value, and what to do. */
export interface SettingProblem {
  wrong: string;
  fix: string;
}
type Read<T> = { value: T } | SettingProblem;

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
