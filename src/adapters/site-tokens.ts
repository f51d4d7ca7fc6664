import { randomBytes } from 'node:crypto';
import { pilcrowError } from '../core/errors.ts';
import type { SiteToken, SiteTokenStore } from '../core/site.ts';
import { createJsonFile } from './json-file.ts';

/** How long a change of the file may go unnoticed. Looking costs one `stat`, some 5 µs. */
const LOOK_EVERY = 1000;
/** Questions a minute of one site unless it is created otherwise: two a second, what one busy intranet page brings. */
const DEFAULT_RATE = 120;

/**
 * Site tokens in one JSON file, written whole and renamed into place. A file that is damaged later leaves the tokens
 * read before in force; one that is damaged from the start rejects with `bad_config` at the first look.
 */
export function createSiteTokens(file: string): SiteTokenStore {
  const stored = createJsonFile<ReadonlyMap<string, SiteToken>>({
    file,
    mode: 0o644,
    every: LOOK_EVERY,
    empty: new Map(),
    parse: (content) => new Map(read(content, file).map((one) => [one.token, one])),
    shape: (tokens) => ({ version: 1, tokens: [...tokens.values()] }),
  });
  const save = (tokens: SiteToken[]): Promise<void> => stored.put(new Map(tokens.map((one) => [one.token, one])));

  return {
    all: () => stored.get(),
    async create(origins, { label = null, rate = DEFAULT_RATE } = {}) {
      const kept = [...new Set(origins.map(originOf))];
      if (kept.length === 0)
        throw pilcrowError('bad_request', 'A site token needs an origin.', { hint: 'E.g. --origin https://intranet.example.org' });
      if (!Number.isInteger(rate) || rate < 1 || rate > 100_000)
        throw pilcrowError('bad_request', 'The rate is a whole number of questions a minute from 1 to 100000.');
      const made: SiteToken = {
        token: `site_${randomBytes(16).toString('hex')}`,
        label: label === null ? null : label.trim().slice(0, 100) || null,
        origins: kept,
        rate,
        created: new Date().toISOString(),
      };
      await save([...stored.get(true).values(), made]);
      return made;
    },
    async revoke(which) {
      const fitting = [...stored.get(true).values()].filter((one) => one.token === which || one.label === which);
      if (fitting.length > 1)
        throw pilcrowError('bad_request', `${fitting.length} tokens have that label.`, { hint: 'Name the token itself.' });
      const [gone] = fitting;
      if (!gone) return null;
      await save([...stored.get(true).values()].filter((one) => one !== gone));
      return gone;
    },
  };
}

/** An origin as browsers send it. Rejects with `bad_request` for anything more or less than scheme, host and port. */
export function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const whole = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
  if (!whole || url.host.includes('*') || /[?#]/.test(text)) {
    throw pilcrowError('bad_request', `"${text}" is not an origin.`, {
      hint: 'An origin is scheme and host, e.g. https://intranet.example.org',
    });
  }
  return url.origin;
}

function read(content: unknown, file: string): SiteToken[] {
  try {
    const { version, tokens } = content as { version: unknown; tokens: SiteToken[] };
    const sound =
      version === 1 &&
      Array.isArray(tokens) &&
      tokens.every(
        (one) =>
          /^site_[0-9a-f]{32}$/.test(one.token) &&
          Array.isArray(one.origins) &&
          one.origins.every((origin) => originOf(origin) === origin) &&
          Number.isInteger(one.rate) &&
          one.rate > 0,
      );
    if (!sound) throw new Error('it does not have the form it should');
    return tokens;
  } catch (error) {
    throw pilcrowError('bad_config', `The site tokens in ${file} cannot be read: ${(error as Error).message}.`, {
      hint: 'Repair the file, or remove it and create the tokens again.',
      cause: error,
    });
  }
}
