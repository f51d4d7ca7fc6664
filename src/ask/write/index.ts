/** A model writes, and what it wrote is taken apart. */
export { isRelated, type Writer, writeAnswerTo } from './answer.ts';
export { startDeadline } from './deadline.ts';
export type { WriteResult } from './records.ts';
export { rewrite } from './rewrite.ts';
