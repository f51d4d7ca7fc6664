import { IN } from '../../../core/reading/pack.ts';
import { type FeatureGroup, isList, most, share, yes } from './view.ts';

/** What the chunk is, and what stands above and beside it. */
export const PLACE_SIGNS: readonly FeatureGroup[] = [
  {
    name: 'chunk',
    features: ['list', 'asked-heading', 'row', 'words', 'position', 'ends-in-colon', 'novel', 'covered-by-question', 'says-nothing'],
    of({ candidate: { chunk, read }, places, pool }) {
      let asked = 0;
      let askedAndNotInHeading = 0;
      for (const place of places) {
        const where = read.where[place] as number;
        if (!(where & IN.text)) continue;
        asked++;
        if (!(where & IN.headings)) askedAndNotInHeading++;
      }
      const end = chunk.text.trimEnd().at(-1);
      return [
        yes(isList(chunk)),
        yes(chunk.kind === 'question'),
        yes(chunk.kind === 'row'),
        Math.log(1 + read.length),
        1 / read.number,
        yes(end === ':' || end === '：'),
        Math.log(1 + read.ownTerms - askedAndNotInHeading),
        pool.question.terms.length > 0 && read.textTerms > 0 ? asked / read.textTerms : 0,
        read.pointing,
      ];
    },
  },
  {
    name: 'around',
    features: ['neighbours', 'neighbours-cosine', 'document-share', 'document-gap'],
    of({ candidate, match, pool }) {
      const here = match.anywhere.slice();
      let cosine = 0;
      for (const step of [-1, 1]) {
        const other = pool.byPlace.get(`${candidate.briefing.id}#c${candidate.read.number + step}`);
        if (!other || other.candidate.chunk.headings[0] !== candidate.chunk.headings[0]) continue;
        for (let t = 0; t < here.length; t++) if (other.match.inText[t]) here[t] = 1;
        cosine = most([other.match.cosine], cosine);
      }
      const document = pool.documents.get(candidate.briefing.id);
      return [share(pool, here), cosine, document?.share ?? 0, (document?.best ?? 0) - pool.bestFused];
    },
  },
];
