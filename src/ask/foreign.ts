import type { Turn } from '../core/model.ts';
import type { IndexReader } from '../core/ports.ts';
import { detectLanguage } from '../core/text/language.ts';
import { gloss } from './gloss.ts';
import { questionIn } from './message.ts';
import { mainPart, standalone } from './rewrite.ts';

/** A question over briefings in English, put into English without a model. */
export interface ForeignQuestion {
  /** Stands alone, in English as far as it was understood. */
  search: string;
  /** The part of it that asks. */
  main: string;
  /** Whether enough of it was understood to answer: otherwise the nearest passages are all that may be shown. */
  enough: boolean;
}

/**
 * Share of a question's words of substance that must be understood. A word that is not may turn the question into another
 * one ("who translated the guide"). Over the looked-at half of evals/cases/languages.yaml and 55 further questions,
 * 28 of them unanswerable, 0.75 kept every right answer and left out eight of thirteen false ones.
 */
const ENOUGH = 0.75;
/** Turns of the history that are put into English as well. */
const TURNS = 8;

/**
 * What to search English briefings with when a question is in another language and no model translates it, or null when the
 * briefings speak its language, are not in English, or there is no dictionary for it.
 */
export async function inEnglish(
  question: string,
  history: readonly Turn[],
  language: string,
  spoken: readonly string[],
  reader: IndexReader,
): Promise<ForeignQuestion | null> {
  if (language === 'en' || language === 'und' || spoken.includes(language) || !spoken.includes('en')) return null;
  const asked = await gloss(question, language, reader);
  if (!asked) return null;
  const turns: Turn[] = [];
  for (const turn of history.slice(-TURNS)) {
    const said = turn.role === 'user' ? questionIn(turn.content.slice(0, 2000)) : turn.content;
    const own = turn.role === 'user' ? detectLanguage(said) : 'en';
    const english = own === 'en' ? null : await gloss(said, own === 'und' ? language : own, reader);
    turns.push(english ? { role: turn.role, content: english.text } : turn);
  }
  const search = standalone(asked.text, turns);
  return { search, main: mainPart(search), enough: asked.content === 0 || asked.met >= asked.content * ENOUGH };
}
