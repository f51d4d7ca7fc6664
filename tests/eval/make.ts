import type { Answer, Citation, NearestPassage } from '../../src/core/model.ts';
import { codePointLength } from '../../src/core/text/codepoints.ts';
import type { Observation } from '../../src/eval/observation.ts';

export const ALL = { citations: true, status: true, retrieval: true, confidence: true };

/** A citation of `exact` in a paragraph, right in every respect; the briefing's text is the paragraph itself. */
export function citation(number: number, text: string, exact = text, edition = '2026-07'): Citation {
  const at = text.indexOf(exact);
  const start = codePointLength(text.slice(0, at));
  return {
    number,
    paragraph: `ferries-${edition}#p${number}`,
    briefing: {
      id: `ferries-${edition}`,
      title: 'Ferries of Norland',
      series: 'ferries',
      edition: { date: edition, stated: true },
      newest: edition === '2026-07',
      source: `ferries-${edition}.md`,
    },
    headings: ['Ferries'],
    page: null,
    text,
    quote: { exact, prefix: text.slice(Math.max(0, at - 32), at), suffix: text.slice(at + exact.length, at + exact.length + 32) },
    start,
    end: start + codePointLength(exact),
    url: `/briefings/ferries-${edition}#p${number}`,
  };
}

/** An answer whose sentences each cite the citation of the same place in the list. */
export function answer(sentences: string[], citations: Citation[], more: Partial<Answer> = {}): Answer {
  return {
    status: sentences.length > 0 ? 'answered' : 'not_found',
    outcome: sentences.length > 0 ? 'answer' : 'closest',
    confidence: sentences.length > 0 ? 0.9 : 0.1,
    answer: sentences.length > 0 ? sentences.map((text, index) => `${text} [${index + 1}]`).join(' ') : 'The briefings do not answer this.',
    sentences: sentences.map((text, index) => ({ text, citations: [index + 1], verdict: 'quoted' as const, highlight: null, under: null })),
    preface: null,
    talk: null,
    suggestions: [],
    withheld: [],
    citations,
    notes: [],
    nearest: [],
    question: { asked: 'asked', standalone: 'asked', period: null, language: 'en' },
    mode: 'extractive',
    model: null,
    snapshot: 's',
    ...more,
  };
}

export function observation(id: string, given: Answer | null, more: Partial<Observation> = {}): Observation {
  return {
    id,
    phrasing: 0,
    question: `${id}?`,
    answer: given,
    error: given ? null : 'it broke',
    passages: null,
    confidence: null,
    validity: [],
    milliseconds: 1,
    ...more,
  };
}

export function passage(text: string, edition = '2026-07'): NearestPassage {
  const { briefing, headings, page, paragraph, url } = citation(1, text, text, edition);
  return { paragraph, paragraphs: [paragraph], briefing, headings, page, text, url, score: 1 };
}
