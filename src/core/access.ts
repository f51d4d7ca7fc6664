/** What somebody may do. Each includes those before it, but for `ingest`, which includes `read` alone. */
export type KeyScope = 'read' | 'ask' | 'ingest' | 'admin';
export const scopes: readonly KeyScope[] = ['read', 'ask', 'ingest', 'admin'];

/** Whether a scope is enough for what needs another one. */
export function covers(has: KeyScope, needs: KeyScope): boolean {
  if (has === 'admin' || has === needs || needs === 'read') return true;
  return false;
}

/**
 * Who may read a briefing: whoever is in one group of each list. An empty list is a group nobody is in; absent, everybody who
 * may ask.
 */
export type Access = readonly (readonly string[])[];

/** Groups of whoever reads; null for who reads everything: the operator, at the command line or with an `admin` key. */
export type Groups = readonly string[] | null;

export function mayRead(access: Access | undefined, groups: Groups): boolean {
  return access === undefined || groups === null || access.every((list) => list.some((group) => groups.includes(group)));
}

/** Two briefings with the same key are read by the same people. */
export const accessKey = (access: Access | undefined): string => (access === undefined ? '' : JSON.stringify(access));

/** The file of a corpus folder that says who may read what; no briefing. */
export const ACCESS_FILE = 'access.yaml';

/** Written instead of groups: whoever may ask. */
export const EVERYONE = 'everyone';

/** Names of groups as people write them, sorted, each once; null for `everyone`. Empty: nobody. */
export function groupsNamed(written: readonly string[]): string[] | null {
  const names = written.map((name) => name.trim().normalize('NFC')).filter((name) => name !== '');
  return names.some((name) => name.toLowerCase() === EVERYONE) ? null : [...new Set(names)].sort();
}

/** A key of the API, as it is kept: its secret part is not, only a digest of it. */
export interface ApiKey {
  /** 12 hexadecimal digits, part of the key and no secret. */
  id: string;
  name: string;
  scope: KeyScope;
  /** ISO 8601. */
  created: string;
  /** ISO 8601; null: never. */
  expires: string | null;
  /** Groups whose briefings it reads; absent: what everybody may read. */
  groups?: readonly string[];
}

/** How every key begins, so that scanners of leaked secrets know one, and a key for another service is told from ours. */
export const KEY_PREFIX = 'pil_';

export interface ApiKeys {
  /** The key in force that a text is, or null. Takes as long for a wrong secret as for a right one. */
  find(text: string): ApiKey | null;
}

export interface ApiKeyStore extends ApiKeys {
  /** All that were not revoked, expired ones too. */
  list(): ApiKey[];
  /** `key` is shown this once and kept nowhere. Rejects with `bad_request` for a name, scope or date that is none. */
  create(options: {
    name: string;
    scope: KeyScope;
    expires?: string | null;
    groups?: readonly string[];
  }): Promise<{ key: string; record: ApiKey }>;
  /** Takes a key back, by its id or name. Null when there is none; rejects when a name fits several. */
  revoke(which: string): Promise<ApiKey | null>;
}

/** Somebody an identity provider vouches for. */
export interface Person {
  /** What the provider names them by for good (`sub`). */
  id: string;
  /** For people to read. */
  name: string;
  groups: readonly string[];
}

/** A sign-in that was begun in a browser and waits for its return; it stays with that browser, sealed. */
export interface PendingSignIn {
  state: string;
  nonce: string;
  verifier: string;
}

/** Who signs people in. Every call rejects with `unavailable` while the provider cannot be reached. */
export interface IdentityProvider {
  /** Host of the provider, for messages. */
  readonly name: string;
  /** Whether people can sign in with a browser here, or only programs bring tokens. */
  readonly signsIn: boolean;
  /** Whether bearer tokens of the provider are taken. */
  readonly takesTokens: boolean;
  /** Whom a bearer token is for; null when it is not in force, not for this service, or none. */
  bearer(token: string): Promise<Person | null>;
  /** Where to send a browser, which comes back to `callback`. */
  begin(callback: string): Promise<{ url: string; pending: PendingSignIn }>;
  /** Who came back. Null when it is not the answer to what was begun. */
  finish(returned: URL, pending: PendingSignIn): Promise<Person | null>;
  /** Where somebody ends their session with the provider; null when it has no such place. */
  endUrl(returnTo: string): Promise<string | null>;
}

/** Keeps what a browser is given from being read or changed there. */
export interface Seal {
  /** A text of ASCII characters that only `open` of the same purpose reads, until the seconds have passed. */
  close(purpose: string, value: object, seconds: number): Promise<string>;
  /** Null for a text that is none, was sealed for something else or by somebody else, or is over. */
  open(purpose: string, text: string): Promise<Record<string, unknown> | null>;
}

/** Sessions that were ended before their time. */
export interface EndedSessions {
  has(id: string): boolean;
  /** `until`: when the session would have ended by itself, in milliseconds since 1970. */
  add(id: string, until: number): Promise<void>;
}

/** Who asks, as far as it is known. */
export interface Asker {
  /** `anyone`: the service is open and nobody said who it is. */
  kind: 'anyone' | 'key' | 'site' | 'user';
  /** Names it in limits and logs: the id of a key, the first digits of a site token, the name of a person, the address of anyone. No secret. */
  id: string;
  scope: KeyScope;
  /** What a person is called, to be shown to them. */
  name?: string;
  /** Groups whose briefings are read, where any are known. */
  groups?: readonly string[];
}

/** What an officer wants to find later. Names and ids, never a secret, a question or a document. */
export type AuditEvent =
  | { event: 'key.created'; key: string; name: string; scope: KeyScope; expires: string | null; groups?: readonly string[] }
  | { event: 'key.revoked'; key: string; name: string }
  | { event: 'signed.in' | 'signed.out'; user: string; request: string }
  | { event: 'site.created' | 'site.revoked'; token: string; origins: readonly string[] }
  | {
      event: 'ingest.published';
      snapshot: string;
      briefings: number;
      added: readonly string[];
      changed: readonly string[];
      removed: readonly string[];
      renamed: readonly { from: string; to: string }[];
    }
  | {
      event: 'briefing.added' | 'briefing.replaced' | 'briefing.removed';
      file: string;
      sha256: string | null;
      snapshot: string;
      by: string;
      request: string;
    }
  | { event: 'desk.opened' | 'desk.closed'; key: string; request: string }
  | { event: 'edition.set'; file: string; edition: string | null; series: string | null; by: string; request: string }
  /** `keptDays`: the latest days that were left; 0: none. */
  | { event: 'questions.purged' | 'feedback.purged'; removed: number; keptDays: number }
  | { event: 'access.refused'; status: number; code: string; route: string; address: string; request: string };

export interface Audit {
  note(event: AuditEvent): void;
}
