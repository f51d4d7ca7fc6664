import learnt from './telling.json' with { type: 'json' };

const SHARES: ReadonlyMap<string, number> = new Map(Object.entries(learnt.words));

/**
 * A word that tells no more than this shapes a question rather than naming its subject. No other value was tried; with it right answers are told apart as
 * well as with the list by hand that it took the place of (AUROC .826 and .824, docs/evaluation.md).
 */
const LIGHT_UP_TO = 0.45;

/**
 * How much a word of an English question tells of what answers it, by its stem, 0.1..1: how often the passage that answers has it too, over how often it has
 * any word; 1 for most. Learnt from question sets by bench/answers/telling.ts: "someone" stands in one answer of twenty-five.
 */
export const tellingOf = (stem: string): number => SHARES.get(stem) ?? 1;

export const isLight = (stem: string): boolean => tellingOf(stem) <= LIGHT_UP_TO;
