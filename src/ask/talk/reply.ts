import type { Answer, AskRequest, Citation, NearestPassage, Talk, TalkKind } from '../../core/model.ts';
import type { Session } from '../records.ts';

const SUGGESTED = 3;

interface Parts {
  language: string;
  items?: Talk['items'];
  suggestions?: readonly string[];
  nearest?: readonly NearestPassage[];
  notes?: Answer['notes'];
}

/** What the service says of itself, as an answer without sentences. */
export function talked(
  session: Session,
  kind: TalkKind,
  text: string,
  { language, items = [], suggestions = [], nearest = [], notes = [] }: Parts,
): Answer {
  return {
    ...blank(session, language),
    answer: [text, ...items.map((item) => `- ${item.text}`)].join('\n'),
    talk: { kind, text, items },
    notes,
    nearest: [...nearest],
    suggestions: suggestions.slice(0, SUGGESTED),
  };
}

/** An answer that says nothing yet. */
export function blank({ request, reader }: Session, language: string): Answer {
  return {
    status: 'talk',
    outcome: 'talk',
    confidence: 1,
    answer: '',
    preface: null,
    talk: null,
    sentences: [],
    withheld: [],
    citations: [],
    notes: [],
    nearest: [],
    suggestions: [],
    question: { asked: request.question, standalone: request.question, period: null, language },
    mode: 'extractive',
    model: null,
    snapshot: reader.info.id,
  };
}

/** An answer that was made in silence, told as an answer of its own. */
export function told({ emit }: Session, answer: Answer, preface: string | null): Answer {
  if (preface) emit({ type: 'preface', text: preface });
  const cited = (own: readonly number[]): Citation[] => answer.citations.filter(({ number }) => own.includes(number));
  for (const sentence of answer.sentences) emit({ type: 'sentence', sentence, citations: cited(sentence.citations) });
  for (const withheld of answer.withheld) emit({ type: 'withheld', withheld });
  for (const note of answer.notes) emit({ type: 'note', note, citations: cited(note.citations) });
  return preface ? { ...answer, preface, answer: `${preface}\n\n${answer.answer}` } : answer;
}

/** What talk needs besides the briefings. */
export interface TalkTools {
  /** Answers an earlier question anew, told to nobody; in another language where one is given. */
  again: (request: AskRequest, language?: string) => Promise<Answer>;
  /** Questions that the briefings of a request answer. */
  suggest: (briefings: readonly string[] | undefined) => Promise<string[]>;
  /** Whether a model writes, and so may translate. */
  writes: boolean;
  service: ServiceFacts;
}

/** What the service knows of itself. */
export interface ServiceFacts {
  /** What it calls itself. */
  name: string;
  /** A mail address, or an address in which `{question}` stands for a question; null where none is named. */
  contact: string | null;
  /** Days that questions are kept; null where they are not. */
  questionDays: number | null;
}
