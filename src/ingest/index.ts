/** From a folder of files to a snapshot. What is loaded without the rest has an entry of its own (tests/architecture.test.ts). */
export type { Document } from './document.ts';
export { type IngestSummary, ingest } from './ingest.ts';
export { type DocumentReader, isolatedReader, localReader } from './isolated.ts';
export { memoryKey } from './memory.ts';
export { readFile } from './read.ts';
