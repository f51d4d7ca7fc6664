import { sameName } from './attachment.ts';
import type { Piece } from './evidence.ts';
import type { ShortForms } from './match.ts';
import type { Entity, Item, Reading } from './reading.ts';
import { baseForm } from './verbs.ts';

const BE = /^(?:is|are|was|were|be|been|being|got)$/;
const IRREGULAR_VERB =
  /^(?:gave|given|held|led|took|taken|sent|met|made|paid|bought|sold|won|lost|built|brought|told|taught|beat|beaten|drew|wrote|written|chose|chosen|found|set|put|let)$/;
/** How far from the verb, in words and punctuation, who does it and to whom may stand. */
const REACH = 9;

/** "Chinese experts" are not China. */
const ADJECTIVE = /(?:ese|ian|ean|an|ish|i)$/;

interface Deed {
  agents: Entity[];
  patients: Entity[];
}

/** Who does what to whom around a verb, by order and voice; null when the word is no verb or a side has no name. */
function deedAt(reading: Reading, at: number): Deed | null {
  const verb = reading.items[at] as Item;
  if (
    verb.upper ||
    !(/(?:ed|s|ing)$/.test(verb.word) || IRREGULAR_VERB.test(verb.word)) ||
    (baseForm(verb.word) === null && !/ed$/.test(verb.word))
  )
    return null;
  const position = reading.words.findIndex((word) => word.start === verb.start);
  const before = reading.words.slice(Math.max(0, position - 3), position).map((word) => word.word);
  const after = reading.words.slice(position + 1, position + 3).map((word) => word.word);
  // "cooperated with" and "between A and B" name equals.
  if (after[0] === 'with' || after[0] === 'and' || after[0] === 'together' || after[0] === 'jointly') return null;
  // "An MoU, signed in 2001," has the deed done to it; by whom, it does not say.
  const participle = /,\s*$/.test(reading.text.slice(0, verb.start));
  const beside = (from: number, to: number) => {
    const list = reading.names.filter((name) => {
      if (ADJECTIVE.test(name.text) && name.country) return false;
      const x = (reading.items[name.first] as Item).x;
      return x > from && x < to;
    });
    return list;
  };
  const left = nearest(reading, beside(verb.x - REACH, verb.x - 0.1), true);
  const by = reading.words.slice(position + 1).find((word) => word.word === 'by' && word.x - verb.x <= REACH);
  const passive = by !== undefined && (before.some((word) => BE.test(word)) || after.includes('by'));
  if (passive) {
    const agents = nearest(reading, beside(by.x, by.x + REACH), false);
    return agents.length > 0 && left.length > 0 ? { agents, patients: left } : null;
  }
  // "Was featured in the report" does not say by whom.
  if (participle || before.some((word) => BE.test(word))) return null;
  const right = nearest(reading, beside(verb.x + 0.1, verb.x + REACH), false);
  return left.length > 0 && right.length > 0 ? { agents: left, patients: right } : null;
}

/** The nearest name and those joined to it by "and" or a comma. */
function nearest(reading: Reading, list: Entity[], fromEnd: boolean): Entity[] {
  const ordered = fromEnd ? [...list].reverse() : list;
  const found: Entity[] = [];
  for (const name of ordered) {
    const last = found.at(-1);
    if (last) {
      const [a, b] = fromEnd ? [name, last] : [last, name];
      if (!/^(?:\s*,\s*|\s*,?\s+and\s+(?:the\s+)?|\s*,\s*the\s+|\s+of\s+(?:the\s+)?)$/.test(reading.text.slice(a.end, b.start))) break;
    }
    found.push(name);
  }
  return found;
}

/** Two names that the claim has change places around a verb, as the sources say it; null when there are none. */
export function swappedRoles(claim: Reading, pieces: readonly Piece[], forms: ShortForms): { a: string; b: string } | null {
  if (claim.names.length < 2) return null;
  const has = (list: readonly Entity[], name: Entity) => list.some((other) => sameName(name, other, forms));
  for (let i = 0; i < claim.items.length; i++) {
    let claimed: Deed | null | undefined;
    for (const piece of pieces) {
      if (piece.kind !== 'sentence') continue;
      for (const link of piece.links[i] as { at: number; match: number }[]) {
        if (link.match < 0.9) continue;
        claimed ??= deedAt(claim, i);
        if (!claimed) break;
        const stated = deedAt(piece.reading, link.at);
        if (!stated) continue;
        for (const a of claimed.agents)
          for (const b of claimed.patients)
            if (
              has(stated.patients, a) &&
              has(stated.agents, b) &&
              !has(stated.agents, a) &&
              !has(stated.patients, b) &&
              !sameName(a, b, forms)
            )
              return { a: a.text, b: b.text };
      }
    }
  }
  return null;
}
