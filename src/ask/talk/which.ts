import type { AskRequest, Briefing } from '../../core/model.ts';
import { fold, tokens } from '../../core/text/tokens.ts';
import { dates } from '../../core/time/dates.ts';
import { compareEditions } from '../../core/time/editions.ts';
import { bySeries, matchesEdition } from '../understand/index.ts';
import { EVERY, EVERY_SIGN, OLDER } from './kinds.ts';
import type { TalkMessage } from './recognise.ts';

/** Briefings, and what of them. */
export interface Named {
  of: Briefing[];
  /** Words of a subject that is no title, as they are indexed; none where all of a briefing is meant. */
  subject: string[];
}

/** The briefings a message is about: those of a date or of older editions it names, of a title it has words of; null when there are none of that date. */
export function namedBy({ rest, language }: TalkMessage, { question }: AskRequest, allowed: readonly Briefing[]): Named | null {
  const mentioned = dates(question, language ?? 'en');
  const spelled = mentioned.map(({ start, end }) => fold(question.slice(start, end)));
  const numbers = new Set(spelled.flatMap((date) => date.match(/[\p{L}\p{N}]+/gu) ?? []));
  // A small number says how many points, or is part of a date.
  const left = rest.filter((word) => !numbers.has(word) && !/^\d{1,2}$/.test(word) && !spelled.some((date) => date.includes(word)));
  let of = [...allowed];
  if (mentioned.length > 0) {
    of = of.filter(({ edition }) => mentioned.some(({ from }) => matchesEdition(edition.date, from)));
    if (of.length === 0) return null;
  } else if (
    OLDER.some(
      (word) =>
        fold(question)
          .split(/[^\p{L}\p{N}]+/u)
          .includes(word) ||
        (/\p{Script=Han}/u.test(word) && question.includes(word)),
    )
  ) {
    of = [...bySeries(of).values()].flatMap((series) => series.slice(1, 2));
    if (of.length === 0) return null;
  } else if (meansEvery(question) && bySeries(of).size === 1) of = [...of];
  else of = newestOf(of);
  if (left.length === 0) return { of, subject: [] };
  const telling = tokens(left.join(' ')).filter(({ stop }) => !stop);
  if (telling.length === 0) return { of, subject: [] };
  const found = of.filter(({ title }) => {
    const own = new Set(tokens(title).map(({ term }) => term));
    return telling.every(({ term }) => own.has(term));
  });
  return found.length > 0 ? { of: found, subject: [] } : { of, subject: telling.map(({ term }) => term) };
}

/** Whether a message wants every edition, not the newest ones: "both", "all of it". */
export const meansEvery = (question: string): boolean =>
  EVERY_SIGN.test(question) || (fold(question).match(/\p{L}+/gu) ?? []).some((word) => EVERY.has(word));

export const urlOf = ({ id }: Pick<Briefing, 'id'>): string => `/briefings/${encodeURIComponent(id)}`;
export const newestFirst = (a: Briefing, b: Briefing): number => compareEditions(b.edition, a.edition) || (a.id < b.id ? -1 : 1);

/** The newest edition of every series there is to choose from. */
export const newestOf = (list: readonly Briefing[]): Briefing[] => [...bySeries(list).values()].map(([newest]) => newest as Briefing);
export const titlesOf = (list: readonly Briefing[]): string[] => [...new Set(newestOf(list).map(({ title }) => title))];
