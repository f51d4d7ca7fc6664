/** 4: an answer, the closest passages, or nothing. */
export { decide, replacedBriefings, replacedFor } from './decide.ts';
export { checkJudge, type Judge } from './judge.ts';
