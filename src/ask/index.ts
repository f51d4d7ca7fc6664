/** From a question to a cited answer. */
export { createAsk, damagedNote, localVectors } from './ask.ts';
export type { AskSettings } from './settings.ts';
