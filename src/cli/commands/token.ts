import { openAudit, openSiteTokens } from '../../compose.ts';
import { pilcrowError } from '../../core/errors.ts';
import type { SiteToken } from '../../core/site.ts';
import type { CommandContext } from '../command.ts';
import { EXIT, type Output } from '../output.ts';
import { oneLine } from '../terminal.ts';

/** Makes a site token and shows the tag a web editor pastes. */
export async function createToken({ config, output, json }: CommandContext, options: Record<string, unknown>): Promise<number> {
  const rate = options.rate as number | undefined;
  const made = await openSiteTokens(config).create(options.origin as string[], {
    label: (options.label as string | undefined) ?? null,
    ...(rate === undefined ? {} : { rate }),
  });
  openAudit(config).note({ event: 'site.created', token: made.token, origins: made.origins });
  const shown = config.host.includes(':') ? `[${config.host}]` : config.host;
  const endpoint = config.publicUrl ?? `http://${/^(?:0\.0\.0\.0|\[::\])$/.test(shown) ? 'localhost' : shown}:${config.port}`;
  const tag = `<script src="${endpoint}/widget.js" data-token="${made.token}" async></script>`;
  if (json) output.json({ ...made, tag });
  else {
    show(made, output);
    output.line();
    output.line('Paste this into the pages of the site. The token is public: it opens asking and feedback, nothing else.');
    output.line(`  ${tag}`);
    if (!config.publicUrl) output.note('Set PILCROW_PUBLIC_URL to the address the pages reach this service at, if it is another one.');
  }
  return EXIT.ok;
}

export async function listTokens({ config, output, json }: CommandContext): Promise<number> {
  const tokens = [...openSiteTokens(config).all().values()];
  if (json) output.json(tokens);
  else if (tokens.length === 0) output.line('No site tokens: only pages of the service itself, and pages on this machine, may ask.');
  else for (const one of tokens) show(one, output);
  return EXIT.ok;
}

export async function revokeToken(
  { config, output, json }: CommandContext,
  _options: Record<string, unknown>,
  which: string,
): Promise<number> {
  const gone = await openSiteTokens(config).revoke(which);
  if (!gone) throw pilcrowError('not_found', 'There is no such token.', { hint: '`pilcrow token list` shows those there are.' });
  openAudit(config).note({ event: 'site.revoked', token: gone.token, origins: gone.origins });
  if (json) output.json(gone);
  else output.line(`Revoked ${gone.token}${gone.label ? ` (${oneLine(gone.label)})` : ''}.`);
  return EXIT.ok;
}

function show({ token, label, origins, rate, created }: SiteToken, { line, style }: Output): void {
  line(`${style.bold(token)}${label ? ` ${oneLine(label)}` : ''}`);
  line(style.dim(`  ${origins.map(oneLine).join(' ')} · ${rate} a minute · since ${created.slice(0, 10)}`));
}
