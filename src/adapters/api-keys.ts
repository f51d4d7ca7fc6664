import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type ApiKey, type ApiKeyStore, groupsNamed, KEY_PREFIX, scopes } from '../core/access.ts';
import { pilcrowError } from '../core/errors.ts';
import { createJsonFile } from './json-file.ts';

/** The prefix, the id, and 32 random bytes in base64url. */
const KEY = /^pil_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

interface Kept extends ApiKey {
  /** SHA-256 of the secret part, hexadecimal. A secret of 256 random bits needs no slow hash: it cannot be guessed. */
  digest: string;
}

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/**
 * Keys in one JSON file only its owner may read, written whole and renamed into place. The file is looked at with every
 * key that comes, so that a revoked one is refused from the next request on, in every process. A file that is damaged later
 * leaves the keys read before in force; one that is damaged from the start throws `bad_config`.
 */
export function createApiKeys(file: string, now: () => number = Date.now): ApiKeyStore {
  const kept = createJsonFile<Kept[]>({
    file,
    mode: 0o600,
    every: 0,
    empty: [],
    parse: (content) => read(content, file),
    shape: (keys) => ({ version: 1, keys }),
  });
  const shown = ({ digest: _, ...key }: Kept): ApiKey => key;
  const none = randomBytes(32);
  return {
    find(text) {
      const [, id, secret] = KEY.exec(text) ?? [];
      const found = id === undefined ? undefined : kept.get().find((one) => one.id === id);
      const same = timingSafeEqual(digestOf(secret ?? ''), found ? Buffer.from(found.digest, 'hex') : none);
      if (!same || !found || (found.expires !== null && Date.parse(found.expires) <= now())) return null;
      return shown(found);
    },
    list: () => kept.get().map(shown),
    async create({ name, scope, expires = null, groups = [] }) {
      const called = name.trim();
      if (called === '' || called.length > 100 || /\p{C}/u.test(called))
        throw pilcrowError('bad_request', 'A key needs a name of 1 to 100 characters.', { hint: 'E.g. --name "intranet search".' });
      if (!scopes.includes(scope))
        throw pilcrowError('bad_request', `"${scope}" is no scope.`, { hint: `Scopes are ${scopes.join(', ')}.` });
      const until = expires === null ? null : Date.parse(expires);
      if (until !== null && (Number.isNaN(until) || until <= now()))
        throw pilcrowError('bad_request', `"${expires}" is no date to come.`, { hint: 'E.g. --expires 2030-01-31.' });
      const member = groupsNamed(groups);
      if (member === null || member.some((group) => group.length > 200 || /\p{C}/u.test(group)))
        throw pilcrowError('bad_request', 'That is no list of groups.', { hint: 'E.g. --groups hr,board, as access.yaml names them.' });
      const secret = randomBytes(32).toString('base64url');
      const record: ApiKey = {
        id: randomBytes(6).toString('hex'),
        name: called,
        scope,
        created: new Date(now()).toISOString(),
        expires: until === null ? null : new Date(until).toISOString(),
        ...(member.length > 0 ? { groups: member } : {}),
      };
      await kept.put([...kept.get(), { ...record, digest: digestOf(secret).toString('hex') }]);
      return { key: `${KEY_PREFIX}${record.id}_${secret}`, record };
    },
    async revoke(which) {
      const fitting = kept.get().filter((one) => one.id === which || one.name === which);
      if (fitting.length > 1) throw pilcrowError('bad_request', `${fitting.length} keys have that name.`, { hint: 'Give the id instead.' });
      const [gone] = fitting;
      if (!gone) return null;
      await kept.put(kept.get().filter((one) => one.id !== gone.id));
      return shown(gone);
    },
  };
}

function read(content: unknown, file: string): Kept[] {
  const { version, keys } = (content ?? {}) as { version?: unknown; keys?: Kept[] };
  const sound =
    version === 1 &&
    Array.isArray(keys) &&
    keys.every(
      (one) =>
        /^[0-9a-f]{12}$/.test(one.id) &&
        typeof one.name === 'string' &&
        scopes.includes(one.scope) &&
        /^[0-9a-f]{64}$/.test(one.digest) &&
        (one.expires === null || !Number.isNaN(Date.parse(one.expires))) &&
        (one.groups === undefined || (Array.isArray(one.groups) && one.groups.every((group) => typeof group === 'string'))),
    );
  if (!sound) {
    throw pilcrowError('bad_config', `The keys in ${file} cannot be read: they do not have the form they should.`, {
      hint: 'Restore the file from a backup, or remove it and create the keys again.',
    });
  }
  return keys;
}
