import type { OidcConfig } from './settings.ts';
import type { SettingProblem, VariableName } from './variables.ts';

/** Who signs people in; null: nobody does. What is set without the rest of it is a problem. */
export function readOidc(
  get: <T>(name: VariableName) => T,
  setting: (name: VariableName) => string | undefined,
  problems: ({ variable: string } & SettingProblem)[],
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
