/** 1: what a question asks for. */
export { bySeries, matchesEdition } from './edition-words.ts';
export { formOf, markOf } from './form.ts';
export { corrects, sentencesOf, unwrapped } from './message.ts';
export { partsOf } from './parts.ts';
export { readScope } from './scope.ts';
export { isLight } from './telling.ts';
export { languageOf, understand } from './understand.ts';
