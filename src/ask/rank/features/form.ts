import { FORM_MARKS, type Form } from '../../../core/reading/marks.ts';
import { type FeatureGroup, type Fresh, isList, most, strict, unsaidNames, yes } from './view.ts';

const FORMS: readonly Form[] = ['quantity', 'time', 'who', 'where', 'why', 'how', 'yes-no', 'definition', 'list', 'other'];
const DEFINES = FORM_MARKS.definition as RegExp;
const DEFINED_WITHIN = 4;
const NOTHING_NEW: Fresh = { names: 0, figures: 0, times: false };

/** Whether the chunk has what the form of the question asks for. */
export const FORM_SIGNS: readonly FeatureGroup[] = [
  {
    name: 'form',
    features: ['form', 'form-best-part', 'form-lacks', 'defines', 'list-for-list'],
    of({ candidate: { chunk, read }, best, pool, marked, match }) {
      const { mark, question } = pool;
      const any = marked.includes(true);
      const first = pool.salient[0];
      const opens = () =>
        first !== undefined &&
        [...(read.parts[best]?.words.subarray(0, DEFINED_WITHIN) ?? [])].some((word) =>
          (match.places[first] as readonly number[]).includes(word),
        );
      return [
        mark ? yes(any) : 1,
        mark ? yes(marked[best] ?? false) : 1,
        mark ? yes(!any && !mark.test(chunk.headings.join(' '))) : 0,
        yes(question.form === 'definition' && read.parts.length > 0 && opens() && read.matches(best, DEFINES)),
        yes((question.form === 'list' || question.form === 'how') && isList(chunk)),
      ];
    },
  },
  {
    name: 'unit',
    features: ['unit', 'unit-lacks'],
    of({ best, counted, pool }) {
      const any = counted.includes(true);
      return pool.question.unit ? [counted[best] ? 1 : any ? 0.7 : 0, yes(!any)] : [0.5, 0];
    },
  },
  {
    name: 'new',
    features: ['new-names', 'new-figures', 'new-names-chunk', 'new-figures-chunk', 'strict', 'strict-lacks'],
    // What the chunk says that the question does not: an answer brings something new of the kind asked for.
    of({ candidate: { read }, best, marked, counted, fresh, pool }) {
      const part = fresh[best] ?? NOTHING_NEW;
      const chunk: Fresh = {
        names: unsaidNames(read.names, pool),
        figures: fresh.reduce((sum, { figures }) => sum + figures, 0),
        times: fresh.some(({ times }) => times),
      };
      return [
        Math.log(1 + part.names),
        Math.log(1 + part.figures),
        Math.log(1 + chunk.names),
        Math.log(1 + chunk.figures),
        strict(pool, part, counted[best] ?? false, marked[best] ?? false),
        yes(strict(pool, chunk, counted.includes(true), marked.includes(true)) <= 0.3),
      ];
    },
  },
  {
    name: 'answering-part',
    features: ['answering-soft', 'answering-exact', 'answering-cosine', 'answering-gap', 'answering-parts'],
    // The parts that bring what the form asks for, whether or not they are those that speak most of the subject.
    of({ match, parts, best, answering }) {
      const of = (values: ArrayLike<number>) => answering.map((at) => values[at] as number);
      return [
        most(of(match.partSoft), 0),
        most(of(match.partExact), 0),
        most(of(match.partCosine), 0),
        answering.length > 0 ? Math.min(2, (parts[best] as number) - most(of(parts), Number.NEGATIVE_INFINITY)) : 1,
        answering.length / Math.max(1, parts.length),
      ];
    },
  },
];

export const ASKED_FORM: FeatureGroup = {
  name: 'asked-form',
  features: FORMS.map((form) => `asks-${form}`),
  of: ({ pool }) => FORMS.map((form) => yes(form === pool.question.form)),
};
