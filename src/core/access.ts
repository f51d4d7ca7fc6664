/** What somebody may do. Each includes those before it, but for `ingest`, which includes `read` alone. */
export type Scope = 'read' | 'ask' | 'ingest' | 'admin';
export const scopes: readonly Scope[] = ['read', 'ask', 'ingest', 'admin'];

/** Whether a scope is enough for what needs another one. */
export function covers(has: Scope, needs: Scope): boolean {
  if (has === 'admin' || has === needs || needs === 'read') return true;
  return false;
}

/** A key of the API, as it is kept: its secret part is not, only a digest of it. */
export interface ApiKey {
  /** 12 hexadecimal digits, part of the key and no secret. */
  id: string;
  name: string;
  scope: Scope;
  /** ISO 8601. */
  created: string;
  /** ISO 8601; null: never. */
  expires: string | null;
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
  create(options: { name: string; scope: Scope; expires?: string | null }): Promise<{ key: string; record: ApiKey }>;
  /** Takes a key back, by its id or name. Null when there is none; rejects when a name fits several. */
  revoke(which: string): Promise<ApiKey | null>;
}

/** Who asks, as far as it is known. */
export interface Asker {
  /** `anyone`: the service is open and nobody said who it is. */
  kind: 'anyone' | 'key' | 'site' | 'user';
  /** Names it in limits and logs: the id of a key, the first digits of a site token, the name of a person, the address of anyone. No secret. */
  id: string;
  scope: Scope;
  /** Groups of a person, where they are known. */
  groups?: readonly string[];
}

/** What an officer wants to find later. Names and ids, never a secret, a question or a document. */
export type AuditEvent =
  | { event: 'key.created'; key: string; name: string; scope: Scope; expires: string | null }
  | { event: 'key.revoked'; key: string; name: string }
  | { event: 'site.created' | 'site.revoked'; token: string; origins: readonly string[] }
  | {
      event: 'ingest.published';
      snapshot: string;
      briefings: number;
      added: readonly string[];
      changed: readonly string[];
      removed: readonly string[];
    }
  | {
      event: 'briefing.added' | 'briefing.replaced' | 'briefing.removed';
      file: string;
      sha256: string | null;
      snapshot: string;
      by: string;
      request: string;
    }
  /** `keptDays`: the latest days that were left; 0: none. */
  | { event: 'questions.purged' | 'feedback.purged'; removed: number; keptDays: number }
  | { event: 'access.refused'; status: number; code: string; route: string; address: string; request: string };

export interface Audit {
  note(event: AuditEvent): void;
}
