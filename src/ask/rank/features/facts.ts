import { NEGATION } from '../../../core/reading/marks.ts';
import { digitsOf } from '../../../core/reading/words.ts';
import { overlaps } from '../../../core/time/dates.ts';
import type { Candidate } from '../../records.ts';
import { type FeatureGroup, yes } from './view.ts';

/** Names, figures, opposites and editions: what must not be another one. */
export const FACT_SIGNS: readonly FeatureGroup[] = [
  {
    name: 'names',
    features: ['name-here', 'name-in-document', 'name-nowhere', 'country-missing'],
    of({ candidate, pool, match }) {
      const { names, countries } = pool.question;
      const document = pool.documents.get(candidate.briefing.id)?.terms;
      let here = 0;
      let inDocument = 0;
      for (const { term, stem } of pool.names) {
        if (term === undefined ? candidate.read.terms.includes(stem) : match.anywhere[term]) here++;
        else if (term !== undefined && document?.[term]) inDocument++;
      }
      const all = Math.max(1, names.length);
      return [
        names.length > 0 ? here / all : 0.5,
        inDocument / all,
        (names.length - here - inDocument) / all,
        Math.min(2, [...countries].filter((code) => !candidate.read.countries.has(code)).length),
      ];
    },
  },
  {
    name: 'figures',
    features: ['figures-missing', 'years-missing', 'dates-missing'],
    of: ({ pool: { question }, candidate: { read, briefing } }) => [
      Math.min(2, question.figures.filter((figure) => !read.figures.has(digitsOf(figure))).length),
      Math.min(
        2,
        question.years.filter((year) => !read.years.has(year) && year !== yearOf(briefing) && !question.scope.inForce?.has(briefing.id))
          .length,
      ),
      Math.min(2, question.dates.filter((date) => !read.dates.some((other) => overlaps(date, other))).length),
    ],
  },
  {
    name: 'opposites',
    features: ['negation-differs', 'modifiers-missing', 'modifiers-added', 'opposites'],
    of({ candidate: { chunk, read }, best, pool }) {
      const { modifiers, negated } = pool.question;
      const part = read.parts[best];
      const missing = modifiers.filter(
        (one) => ![one, one.replace(/[- ]/g, ''), one.replace(' ', '-')].some((form) => read.folded.includes(form)),
      );
      const added = (part?.modified ?? []).filter(({ whole, base }) => pool.same.has(base) && !pool.said.includes(whole)).length;
      let opposed = 0;
      for (const [one, other] of pool.sides) if (other.test(part?.text ?? '') && !one.test(chunk.text)) opposed++;
      return [
        yes(negated !== (part !== undefined && read.matches(best, NEGATION))),
        Math.min(2, missing.length),
        Math.min(2, added),
        Math.min(2, opposed),
      ];
    },
  },
  {
    name: 'editions',
    features: ['older', 'superseded', 'edition-asked', 'in-force', 'not-in-force'],
    of({ pool: { question }, candidate: { chunk, briefing } }) {
      const { inForce } = question.scope;
      return [
        yes(!briefing.newest),
        yes(chunk.superseded),
        yes(question.years.includes(yearOf(briefing))),
        yes(inForce?.has(briefing.id) ?? false),
        yes(inForce !== null && !inForce.has(briefing.id)),
      ];
    },
  },
];

function yearOf({ edition, source }: Candidate['briefing']): string {
  return edition.date?.slice(0, 4) ?? /(?:19|20)\d\d/.exec(source)?.[0] ?? '';
}
