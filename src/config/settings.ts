import type { Strictness } from '../core/model.ts';
import type { LogLevel, VariableName } from './variables.ts';

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
export interface OidcConfig {
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
