import { pilcrowError } from '../core/errors.ts';
import type { Briefing } from '../core/model.ts';

/** Names shown where one is unknown. */
const NAMES_SHOWN = 12;

/**
 * Ids of the briefings meant: each name is an id, the name of a file, or a series, which stands for all its editions. Throws
 * `bad_request` for a name that is none of these.
 */
export function briefingsNamed(names: readonly string[], briefings: readonly Briefing[]): string[] {
  const found = new Set<string>();
  for (const name of names) {
    const one = briefings.find(({ id }) => id === name) ?? briefings.find(({ source }) => source === name);
    const meant = one ? [one] : briefings.filter(({ series }) => series === name);
    if (meant.length === 0) {
      const known = [...new Set(briefings.flatMap(({ id, series }) => [series, id]))];
      throw pilcrowError('bad_request', `No briefing, file or series is called “${name}”.`, {
        hint: `There are: ${known.slice(0, NAMES_SHOWN).join(', ')}${known.length > NAMES_SHOWN ? ', …; `pilcrow editions` lists all' : ''}.`,
      });
    }
    for (const { id } of meant) found.add(id);
  }
  return [...found];
}
