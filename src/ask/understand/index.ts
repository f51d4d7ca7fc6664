/** 1: what a question asks for. */
export { bySeries, matchesEdition } from './edition-words.ts';
export { formOf, markOf } from './form.ts';
export { sentencesOf, unwrapped } from './message.ts';
export { partsOf } from './parts.ts';
export { rewrite } from './rewrite.ts';
export { readScope } from './scope.ts';
export { languageOf, type Rewritten, understand } from './understand.ts';
