import type { Passage } from '../core/model.ts';
import { analyseParagraph } from '../core/text/analysis.ts';
import type { Question } from './question.ts';
import type { Expansion, Unit } from './units.ts';

/** Passages, best first, in which the words of an abbreviation are looked for. */
const MOST_PASSAGES = 20;
/** Letters of an abbreviation that neighbouring words may spell out. */
const ACRONYM = /^[A-Z]{2,6}$/;
const LEAST_LETTERS = 4;

/**
 * An expansion in which abbreviations that no briefing knows ("AI") are read as neighbouring words of the passages with
 * these initials ("artificial intelligence"). The one given when there is nothing to add.
 */
export function spellOut(question: Question, expansion: Expansion, passages: readonly Passage[]): Expansion {
  const open = expansion.units.filter((unit) => unit.name && !unit.known && isAcronym(unit, question));
  if (open.length === 0) return expansion;
  const units = expansion.units.map((unit) => {
    const terms = open.includes(unit) ? spelt(unit.words[0] as string, passages) : null;
    return terms ? { ...unit, alternatives: [...unit.alternatives, terms], known: true } : unit;
  });
  return { ...expansion, units };
}

function isAcronym(unit: Unit, question: Question): boolean {
  const token = unit.words.length === 1 && question.tokens.find((one) => one.word === unit.words[0]);
  return token ? ACRONYM.test(question.text.slice(token.start, token.end)) : false;
}

/** Terms of the first run of content words with these initials; small words between them are passed over. */
function spelt(letters: string, passages: readonly Passage[]): string[] | null {
  for (const { paragraph } of passages.slice(0, MOST_PASSAGES)) {
    for (const { content } of analyseParagraph(paragraph).sentences) {
      for (let from = 0; from + letters.length <= content.length; from++) {
        const run = content.slice(from, from + letters.length);
        if (run.every((token, at) => token.word.length >= LEAST_LETTERS && token.word[0] === letters[at]))
          return run.map((token) => token.term);
      }
    }
  }
  return null;
}
