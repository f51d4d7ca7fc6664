/** What whoever looks after the briefings sees and does. */
export { candidateCases } from './cases.ts';
export { createDesk } from './desk.ts';
