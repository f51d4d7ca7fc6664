import { answerTexts, firstTexts } from './english.ts';

/** All texts in English: what other languages have to say as well. */
export const en = { ...firstTexts, ...answerTexts };
