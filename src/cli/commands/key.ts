import { isReachedByOthers, openAudit, openKeys } from '../../compose.ts';
import type { ApiKey, KeyScope } from '../../core/access.ts';
import { pilcrowError } from '../../core/errors.ts';

import type { CommandContext } from '../command.ts';
import { EXIT, type Output } from '../output.ts';
import { oneLine } from '../terminal.ts';

/** Makes a key and shows it this once. */
export async function createKey({ config, output, json }: CommandContext, options: Record<string, unknown>): Promise<number> {
  const { key, record } = await openKeys(config).create({
    name: options.name as string,
    scope: options.scope as KeyScope,
    expires: (options.expires as string | undefined) ?? null,
    groups: (options.groups as string | undefined)?.split(',') ?? [],
  });
  const { id, name, scope, expires, groups } = record;
  openAudit(config).note({ event: 'key.created', key: id, name, scope, expires, ...(groups ? { groups } : {}) });
  if (json) output.json({ ...record, key });
  else {
    show(record, output);
    output.line();
    output.line(`  ${key}`);
    output.line();
    output.line(
      'It is shown this once and kept nowhere. Programs send it as `Authorization: Bearer …`; a browser asks for it as a password.',
    );
    if (config.access === null && !isReachedByOthers(config))
      output.note('The service listens on this machine alone and asks nobody for a key; PILCROW_ACCESS=keys makes it.');
    if (config.access === 'open') output.note('PILCROW_ACCESS is open: the service asks nobody for a key.');
  }
  return EXIT.ok;
}

export async function listKeys({ config, output, json }: CommandContext): Promise<number> {
  const keys = openKeys(config).list();
  if (json) output.json(keys);
  else if (keys.length === 0) output.line('No keys.');
  else for (const one of keys) show(one, output);
  return EXIT.ok;
}

export async function revokeKey(
  { config, output, json }: CommandContext,
  _options: Record<string, unknown>,
  which: string,
): Promise<number> {
  const gone = await openKeys(config).revoke(which);
  if (!gone) throw pilcrowError('not_found', 'There is no such key.', { hint: '`pilcrow key list` shows those there are.' });
  openAudit(config).note({ event: 'key.revoked', key: gone.id, name: gone.name });
  if (json) output.json(gone);
  else output.line(`Revoked ${oneLine(gone.name)} (${gone.id}); a service that runs refuses it from now on.`);
  return EXIT.ok;
}

function show({ id, name, scope, created, expires, groups }: ApiKey, { line, style }: Output): void {
  const over = expires !== null && Date.parse(expires) <= Date.now();
  const until = expires === null ? 'does not expire' : `${over ? 'expired' : 'until'} ${expires.slice(0, 10)}`;
  line(`${style.bold(id)} ${oneLine(name)}`);
  const reads = scope === 'admin' ? ' · reads every briefing' : groups ? ` · groups ${oneLine(groups.join(', '))}` : '';
  line(style.dim(`  ${scope} · since ${created.slice(0, 10)} · ${until}${reads}`));
}
