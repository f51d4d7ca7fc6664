import { pilcrowError } from '../../core/errors.ts';
import type { AskRequest, Briefing } from '../../core/model.ts';
import { isDate } from '../../core/time/dates.ts';
import type { Scope, When } from '../records.ts';
import { bySeries, inForce, matchesEdition } from './edition-words.ts';

const idsOf = new WeakMap<readonly Briefing[], Set<string>>();

/** Ids of some briefings, kept for as long as the list lives. */
function ids(list: readonly Briefing[]): ReadonlySet<string> {
  let found = idsOf.get(list);
  if (!found) {
    found = new Set(list.map((briefing) => briefing.id));
    idsOf.set(list, found);
  }
  return found;
}

/** Which briefings may speak: by parameter first, then by the words of the question. */
export function readScope(request: AskRequest, when: When, briefings: readonly Briefing[]): Scope {
  const scope = chosenBy(request, when, briefings);
  const { kind, period } = scope.when;
  return { ...scope, inForce: kind === 'period' && period ? inForce(bySeries(briefings), period) : null };
}

function chosenBy(request: AskRequest, when: When, briefings: readonly Briefing[]): Omit<Scope, 'inForce'> {
  const named = request.briefings?.length ? briefings.filter((briefing) => request.briefings?.includes(briefing.id)) : briefings;
  if (request.briefings?.length && named.length === 0) {
    throw pilcrowError('bad_request', 'None of the briefings asked for is in the index.', {
      hint: `Known briefings: ${briefings.map((briefing) => briefing.id).join(', ')}.`,
    });
  }
  const dated = (date: string) => named.filter((briefing) => matchesEdition(briefing.edition.date, date));
  const asked = request.edition;
  if (asked !== undefined && asked !== 'latest') {
    if (asked === 'all') return { allowed: ids(named), chosen: false, when: when.kind === 'period' ? when : { ...when, kind: 'all' } };
    const found = isDate(asked) ? dated(asked) : [];
    if (found.length === 0) {
      const known = [...new Set(briefings.flatMap((briefing) => briefing.edition.date ?? []))].sort();
      throw pilcrowError('bad_request', `There is no edition “${asked}”.`, {
        hint: `Editions in the index: ${known.join(', ') || 'none is dated'}; also latest and all.`,
      });
    }
    return { allowed: ids(found), chosen: true, when: when.kind === 'edition' ? { ...when, kind: 'default' } : when };
  }
  // The parameter outvotes the words.
  if (asked === 'latest' && (when.kind === 'older' || when.kind === 'edition'))
    return { allowed: ids(named), chosen: false, when: { ...when, kind: 'newest' } };
  if (when.kind === 'all' || when.kind === 'changed') return { allowed: ids(named), chosen: false, when };
  if (when.kind === 'edition') {
    const found = dated(when.date as string);
    if (found.length > 0) return { allowed: ids(found), chosen: true, when };
    return { allowed: ids(named), chosen: false, when: { kind: 'period', date: null, period: { from: when.date, to: when.date } } };
  }
  if (when.kind === 'older') {
    const found = [...bySeries(named).values()].flatMap((list) => (list.length > 1 ? list.slice(1) : []));
    if (found.length > 0) return { allowed: ids(found), chosen: true, when };
  }
  // "Now" and nothing said come to the same: the newest speaks, an older one, labelled, when it is silent.
  return { allowed: ids(named), chosen: false, when };
}
