import type { Answer, Citation, NearestPassage } from '../core/model.ts';
import {
  breaks,
  type Evidence,
  type Fact,
  type Forbidden,
  isSilent,
  nameFact,
  proves,
  sameEdition,
  sentencesText,
  sourceText,
  states,
  support,
  validityProblems,
} from '../eval/index.ts';

/** What `toCite` looks for; at least one of them. */
export interface CitationWanted {
  /** Id of the briefing, or its source file with or without ending. */
  briefing?: string;
  /** Edition date of any precision. */
  edition?: string;
  /** Words of the cited paragraph. */
  quote?: string;
  /** Words of the cited paragraph or its headings, all of them. */
  anchors?: string[];
}

/** A fact as `toStateFact` takes it: words, several wordings one of which must occur, or a number, date or pattern. */
export type FactWanted = string | string[] | Omit<Fact, 'vital'>;

interface Result {
  pass: boolean;
  message: () => string;
  actual?: unknown;
  expected?: unknown;
}

const NOTES = 'notes';
/** Words that are in no paragraph. */
const NO_WORDS = '\u0000';

function isAnswer(value: unknown): value is Answer {
  const answer = value as Partial<Answer> | null;
  return (
    typeof answer?.status === 'string' &&
    typeof answer.answer === 'string' &&
    Array.isArray(answer.sentences) &&
    Array.isArray(answer.citations)
  );
}

/** Guards a matcher against what is not an answer, e.g. a promise that was not awaited. */
function about<T extends unknown[]>(check: (answer: Answer, ...rest: T) => Result | Promise<Result>) {
  return (received: unknown, ...rest: T): Result | Promise<Result> => {
    if (isAnswer(received)) return check(received, ...rest);
    const kind = received instanceof Promise ? 'a promise (await it)' : received === null ? 'null' : typeof received;
    throw new TypeError(`expected an answer of Pilcrow, and got ${kind}`);
  };
}

/** An answer as failure messages show it: outcome, sentences with what they quote, notes. */
export function describeAnswer(answer: Answer): string {
  const lines = [`  ${answer.status}: ${answer.question.asked}`];
  if (answer.sentences.length === 0) lines.push(`    ${answer.answer}`);
  for (const sentence of answer.sentences) {
    lines.push(`    ${sentence.text} ${sentence.citations.map((number) => `[${number}]`).join('')}`.trimEnd());
    for (const citation of citedBy(sentence.citations, answer))
      lines.push(`        [${citation.number}] ${place(citation)}: “${citation.quote.exact}”`);
  }
  for (const note of answer.notes) lines.push(`    note (${note.kind}): ${note.text}`);
  return lines.join('\n');
}

function citedBy(numbers: readonly number[], answer: Answer): Citation[] {
  return answer.citations.filter((citation) => numbers.includes(citation.number));
}

const place = ({ paragraph, briefing }: Citation | NearestPassage) =>
  `${paragraph}${briefing.edition.date ? ` (${briefing.edition.date} edition)` : ''}`;

/** Passages shown with an answer that declined, the best first. */
function nearest(answer: Answer, wanted?: (passage: NearestPassage) => boolean): string {
  const found = (wanted && answer.nearest.find(wanted)) ?? answer.nearest[0];
  return found ? `\n  Best passage missed: ${place(found)}\n    ${found.text}` : '';
}

function fact(wanted: FactWanted): Fact {
  if (typeof wanted === 'string') return { any_of: [wanted] };
  return Array.isArray(wanted) ? { any_of: wanted } : wanted;
}

export const matchers = {
  /** The sentences state a fact; with `{ in: 'notes' }` beside it, sentences and notes together. */
  toStateFact: about((answer: Answer, wanted: FactWanted, options: { in?: 'sentences' | 'notes' } = {}) => {
    const one = fact(wanted);
    const text = [sentencesText(answer), ...(options.in === NOTES ? answer.notes.map((note) => note.text) : [])].join(' ');
    const pass = states(text, one);
    const inNotes =
      !pass && answer.notes.some((note) => states(note.text, one)) ? '\n  A note states it: use { in: "notes" } if that is meant.' : '';
    const cited = answer.citations.find((citation) => states(citation.text, one));
    const source = !pass && cited ? `\n  The cited paragraph ${place(cited)} does state it:\n    ${cited.text}` : '';
    return {
      pass,
      message: () =>
        `expected the answer ${pass ? 'not ' : ''}to state ${nameFact(one)}\n${describeAnswer(answer)}${inNotes}${source}${pass ? '' : nearest(answer, (passage) => states(passage.text, one))}`,
    };
  }),

  /** No sentence makes a statement. */
  toAvoid: about((answer: Answer, forbidden: Forbidden | RegExp) => {
    const entry: Forbidden = forbidden instanceof RegExp ? { matches: forbidden.source } : forbidden;
    const guilty = answer.sentences.filter((sentence) => breaks(sentence.text, entry));
    const name = typeof entry === 'string' ? `“${entry}”` : `/${entry.matches}/`;
    return {
      pass: guilty.length === 0,
      message: () =>
        guilty.length > 0
          ? `expected the answer to avoid ${name}; it says\n    ${guilty.map((sentence) => sentence.text).join('\n    ')}`
          : `expected the answer not to avoid ${name}\n${describeAnswer(answer)}`,
    };
  }),

  /** One of the citations is of a paragraph. */
  toCite: about((answer: Answer, wanted: CitationWanted) => {
    const { briefing, edition, quote, anchors } = wanted;
    const entry: Evidence = {
      ...(briefing ? { briefing } : {}),
      ...(edition ? { edition } : {}),
      // Nothing but the place is asked for: any words will do.
      quote: quote ?? (anchors ? NO_WORDS : ''),
      ...(anchors ? { anchors } : {}),
    };
    const fits = (cited: Citation | NearestPassage) =>
      proves(entry.quote === '' ? { ...cited, text: NO_WORDS } : cited, { ...entry, quote: entry.quote || NO_WORDS });
    const pass = answer.citations.some(fits);
    const name = [
      briefing && `briefing ${briefing}`,
      edition && `edition ${edition}`,
      quote && `“${quote}”`,
      anchors && `a paragraph with ${anchors.join(', ')}`,
    ]
      .filter(Boolean)
      .join(', ');
    return {
      pass,
      message: () =>
        `expected the answer ${pass ? 'not ' : ''}to cite ${name}\n${describeAnswer(answer)}${pass ? '' : nearest(answer, fits)}`,
    };
  }),

  /** Every citation is in itself right and used; with a look-up of briefing texts, each also resolves. */
  toHaveValidCitations: about(async (answer: Answer, lookUp?: (briefing: string) => Promise<string | null>) => {
    const problems = await validityProblems(answer, lookUp);
    const lines = problems.map(({ number, message }) => `    ${number > 0 ? `[${number}] ` : ''}${message}`);
    return {
      pass: problems.length === 0,
      message: () =>
        problems.length > 0
          ? `expected valid citations\n${lines.join('\n')}\n${describeAnswer(answer)}`
          : `expected a citation that is not valid\n${describeAnswer(answer)}`,
    };
  }),

  /** Every sentence is supported by what it cites: the deterministic test of `support`. An answer without sentences passes. */
  toBeGrounded: about((answer: Answer) => {
    const bad = answer.sentences.flatMap((sentence) => {
      const cited = citedBy(sentence.citations, answer);
      if (cited.length === 0) return [{ sentence, why: 'nothing is cited', cited }];
      const { supported, missing, words } = support(sentence.text, cited.map(sourceText).join('\n'));
      if (supported) return [];
      return [
        {
          sentence,
          why:
            missing.length > 0
              ? `not in its source: ${missing.join(', ')}`
              : `only ${Math.round(words * 100)}% of its words are in its source`,
          cited,
        },
      ];
    });
    const lines = bad.map(({ sentence, why, cited }) =>
      [
        `    ${sentence.text}`,
        `      ${why}`,
        ...cited.map((citation) => `      [${citation.number}] ${place(citation)}: ${citation.text}`),
      ].join('\n'),
    );
    return {
      pass: bad.length === 0,
      message: () =>
        bad.length > 0
          ? `expected every sentence to be supported by what it cites\n${lines.join('\n')}`
          : `expected a sentence without support\n${describeAnswer(answer)}`,
    };
  }),

  /** The answer declines: not in the briefings, or nothing they could say (`talk`). */
  toAbstain: about((answer: Answer) => {
    const pass = isSilent(answer);
    return {
      pass,
      message: () => `expected the answer ${pass ? 'not ' : ''}to decline\n${describeAnswer(answer)}${pass ? nearest(answer) : ''}`,
      actual: answer.status,
      expected: 'not_found',
    };
  }),

  /** Every citation of the sentences is from an edition. */
  toComeFromEdition: about((answer: Answer, edition: string) => {
    const cited = citedBy(
      answer.sentences.flatMap((sentence) => sentence.citations),
      answer,
    );
    const others = cited.filter((citation) => !sameEdition(citation.briefing.edition.date, edition));
    const pass = cited.length > 0 && others.length === 0;
    return {
      pass,
      message: () =>
        `expected every sentence ${pass ? 'not ' : ''}to come from the ${edition} edition${cited.length === 0 ? '; nothing is cited' : ''}\n${describeAnswer(answer)}${cited.length === 0 ? nearest(answer) : ''}`,
      actual: [...new Set(cited.map((citation) => citation.briefing.edition.date))].join(', '),
      expected: edition,
    };
  }),

  /** A note reports that something changed; with facts, it states each of them. */
  toReportChange: about((answer: Answer, ...facts: FactWanted[]) => {
    const changes = answer.notes.filter((note) => note.kind === 'changed' || note.kind === 'conflict');
    const text = changes.map((note) => note.text).join(' ');
    const missing = facts.map(fact).filter((one) => !states(`${text} ${sentencesText(answer)}`, one));
    const pass = changes.length > 0 && missing.length === 0;
    return {
      pass,
      message: () =>
        `expected the answer ${pass ? 'not ' : ''}to report a change${missing.length > 0 ? ` that states ${missing.map(nameFact).join(' and ')}` : ''}\n${describeAnswer(answer)}`,
    };
  }),
};
