import type { IndexReader, QueryTerm } from '../../core/ports.ts';
import { isUnspaced, tokens } from '../../core/text/tokens.ts';
import { dates } from '../../core/time/dates.ts';
import { contentTerms } from '../question.ts';
import { accepts, saysNothing } from './answers.ts';
import type { Exchange } from './history.ts';
import type { Leaning } from './leaning.ts';

/**
 * How much earlier turns count in the word search, beside 1 for a word of the question. Found by bench/follow-ups.ts on
 * MTRAG and Abg-CoQA together; docs/conversation.md has the tables. All are flat around the value chosen.
 */
export interface CarrySettings {
  /** Weight of a word of the question before. */
  question: number;
  /** Weight of a word of the answer before. */
  answer: number;
  /** Factor for each exchange further back. */
  decay: number;
  /** What all words of one question, and of one answer, may weigh together, in words no paragraph contains. */
  mostQuestion: number;
  mostAnswer: number;
  /** Factor by how much the question leans on the history. */
  leaning: Record<Leaning, number>;
}

export const DEFAULT_CARRY: CarrySettings = {
  question: 0.3,
  answer: 0.9,
  decay: 0.5,
  mostQuestion: 2,
  mostAnswer: 1.25,
  leaning: { none: 0, light: 0.3, full: 1 },
};

/** Exchanges that are carried along: at a decay of 0.5 the next would count a sixteenth. */
const MOST_EXCHANGES = 4;
/** Different words read of one turn. */
const MOST_TERMS = 64;
/** As in units.ts. */
const PAIR_WEIGHT = 0.3;
/** Answers that say nothing about the subject. */
const NO_ANSWER =
  /\b(?:(?:do|does|did|could|can|cannot|would)(?: ?not|n['’]t)? (?:not )?(?:answer|have (?:any |specific |enough )*information|know|find|help)|no (?:specific |relevant )?information|(?:i(?:['’]m| am) )?sorry|unable to|you(?:['’]re| are) welcome)\b/i;

/** Terms of a text with the weight each has in it: words 1, neighbouring pairs less. */
function termsOf(text: string): Map<string, number> {
  const list = tokens(text.replace(/\[\d+\]/g, ' '));
  const found = new Map<string, number>();
  for (const term of contentTerms(list).slice(0, MOST_TERMS)) found.set(term, 1);
  let previous: string | null = null;
  for (const { term, stop } of list) {
    if (stop) continue;
    const pair = previous && !isUnspaced(term) ? `${previous}_${term}` : null;
    if (pair && found.has(term) && found.has(previous as string) && !found.has(pair)) found.set(pair, PAIR_WEIGHT);
    previous = term;
  }
  return found;
}

/**
 * Weighted terms that earlier questions and answers add to the word search for `question`. They decide which paragraphs are
 * looked at and nothing else: what is said is read from the paragraphs. The sum of the weights is bounded whatever the
 * history holds.
 */
export async function carry(
  question: string,
  exchanges: readonly Exchange[],
  leaning: Leaning,
  reader: IndexReader,
  settings: CarrySettings = DEFAULT_CARRY,
): Promise<QueryTerm[]> {
  const factor = settings.leaning[leaning];
  if (factor === 0) return [];
  const own = termsOf(question);
  const dated = dates(question).length > 0;
  const turns = exchanges
    .slice(-MOST_EXCHANGES)
    .reverse()
    .flatMap(({ question: asked, answer }, back) => {
      const weight = factor * settings.decay ** back;
      return [
        { text: saysNothing(asked) || accepts(asked) ? '' : asked, weight: weight * settings.question, most: settings.mostQuestion },
        { text: NO_ANSWER.test(answer.slice(0, 300)) ? '' : answer, weight: weight * settings.answer, most: settings.mostAnswer },
      ];
    })
    .map((turn) => ({ ...turn, terms: termsOf(turn.text) }));
  const wanted = [...new Set(turns.flatMap((turn) => [...turn.terms.keys()]))].filter(
    // A year said before does not hold for a question with a time of its own.
    (term) => !own.has(term) && !(dated && /^(?:19|20)\d\d$/.test(term)),
  );
  const infos = new Map((await reader.terms([...wanted, '\u0000'])).map((info) => [info.term, info]));
  const rarest = infos.get('\u0000')?.idf ?? 1;
  const weights = new Map<string, number>();
  for (const { terms, weight, most } of turns) {
    const known = [...terms].filter(([term]) => (infos.get(term)?.frequency ?? 0) > 0);
    const total = known.reduce((sum, [term, share]) => sum + (term.includes('_') ? 0 : share * (infos.get(term)?.idf ?? 0)), 0);
    const cap = Math.min(1, (most * rarest) / Math.max(total, 1e-9));
    for (const [term, share] of known) weights.set(term, (weights.get(term) ?? 0) + weight * cap * share);
  }
  return [...weights].map(([term, weight]) => ({ term, weight: Math.min(1, weight) }));
}
