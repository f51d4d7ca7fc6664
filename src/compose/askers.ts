import { join } from 'node:path';
import { createApiKeys } from '../adapters/api-keys.ts';
import { createAuditFile } from '../adapters/audit-file.ts';
import { createSiteTokens } from '../adapters/site-tokens.ts';
import type { Config } from '../config.ts';
import { type ApiKeyStore, type Audit, covers } from '../core/access.ts';
import { pilcrowError } from '../core/errors.ts';
import { isReachedByOthers } from '../core/hosts.ts';
import type { Pilcrow } from '../core/ports.ts';
import type { Rates } from '../core/rates.ts';
import type { SiteTokenStore } from '../core/site.ts';

/** Which sites may ask. */
export const openSiteTokens = (config: Config): SiteTokenStore => createSiteTokens(join(config.data, 'site-tokens.json'));

/** Where it is noted who was let in, changed a key or published what. */
export const openAudit = (config: Config, failed?: (error: Error) => void): Audit =>
  createAuditFile(join(config.data, 'audit.jsonl'), failed);

/** Keys of programs and people. */
export const openKeys = (config: Config): ApiKeyStore => createApiKeys(join(config.data, 'keys.json'));

/** What sessions of browsers need. */
export async function openSeal(config: Config) {
  const { createSeal, createEndedSessions } = await import('../adapters/seal.ts');
  return {
    seal: createSeal(join(config.data, 'session.key')),
    ended: createEndedSessions(join(config.data, 'ended-sessions.json')),
    publicUrl: config.publicUrl,
  };
}

/** Who signs people in; null when nobody does. `labels`: groups that matter here, those the live briefings name and those of the desk. */
export async function openSignIn(config: Config, pilcrow: Pick<Pilcrow, 'index'>) {
  if (!config.oidc) return null;
  const { createOidc } = await import('../adapters/oidc.ts');
  return {
    provider: createOidc(config.oidc),
    session: {
      minutes: config.oidc.sessionMinutes,
      labels: async () => {
        const briefings = await (await pilcrow.index()).briefings();
        return new Set([...config.adminGroups, ...briefings.flatMap(({ access }) => access?.flat() ?? [])]);
      },
    },
  };
}

/** How many of the live briefings only some groups may read, and which groups. */
export async function restricted(pilcrow: Pick<Pilcrow, 'index'>): Promise<{ briefings: number; of: number; groups: string[] }> {
  const all = await (await pilcrow.index()).briefings();
  const labelled = all.filter(({ access }) => access !== undefined);
  return {
    briefings: labelled.length,
    of: all.length,
    groups: [...new Set(labelled.flatMap(({ access }) => access?.flat() ?? []))].sort(),
  };
}

/**
 * Who may ask under these settings. Rejects with `bad_config` when others reach the service and nobody is known who might:
 * it has to be said that it is open to everybody.
 */
export function whoMayAsk(config: Config, keys: ApiKeyStore): { required: boolean; warnings: string[]; rates: Rates } {
  const reached = isReachedByOthers(config);
  const required = config.access === 'keys' || (config.access === null && reached);
  const where = config.publicUrl ?? `${config.host}:${config.port}`;
  if (required && keys.list().length === 0 && config.proxies.userHeader === null && config.oidc === null) {
    throw pilcrowError('bad_config', `Others may reach Pilcrow at ${where}, and nobody is known who may ask.`, {
      hint: 'Make a key with `pilcrow key create --name … --scope ask`, name who signs people in with PILCROW_OIDC_ISSUER, or set PILCROW_ACCESS=open to let everybody who reaches it read and ask.',
    });
  }
  const open = reached && !required;
  return {
    required,
    // Whoever works on this machine, an evaluation say, need not wait for anybody.
    rates: reached ? config.rates : { ...config.rates, requestsPerMinute: null, questionsAtOnce: null },
    warnings: [
      ...(open ? [`Everybody who can reach ${where} reads every briefing that is for everyone and asks: PILCROW_ACCESS is open.`] : []),
      ...(config.uploadBytes > 0 && !keys.list().some(({ scope }) => covers(scope, 'ingest'))
        ? [
            'Briefings may be brought in over HTTP, but no key has the scope ingest: `pilcrow key create --name … --scope ingest` makes one.',
          ]
        : []),
      ...(config.oidc?.clientId && reached && !config.publicUrl?.startsWith('https:')
        ? [
            'People sign in over an address without encryption, or one that is not known: set PILCROW_PUBLIC_URL to where they reach it, with https.',
          ]
        : []),
      ...config.notices,
    ],
  };
}
