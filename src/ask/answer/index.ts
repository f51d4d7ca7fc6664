/** 5: of a chunk the part that decides, of several answers one. */
export { conclude, nearestOf, quoteAnswer, type Said } from './conclude.ts';
export { checkParts, type PartScorer } from './decisive.ts';
export { answerText, quote } from './draft.ts';
export { merge, tell } from './merge.ts';
