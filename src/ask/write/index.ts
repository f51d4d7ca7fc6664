/** A model writes, and what it wrote is taken apart. */
export { type Deadline, startDeadline } from './deadline.ts';
export type { EvidenceBlock, Withheld, WithheldKind, WriteResult } from './records.ts';
export { standaloneQuestion } from './standalone.ts';
export { writeAnswer } from './write.ts';
