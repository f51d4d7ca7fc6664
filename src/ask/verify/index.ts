/** A sentence of a model held against what carries it. */
export { formsOf, nameIsIn, nameSource, namesIn } from './names.ts';
export { quotations } from './quotations.ts';
export type { Carrier, Finding, FindingKind, Source, WordVectors } from './records.ts';
export { type Checked, createVerifier, MARKUP } from './verify.ts';
