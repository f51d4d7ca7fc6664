/** 3: chunks in order, by signs that are learned together. */
export { type ChunkReader, createChunkReader } from './chunk-reader.ts';
export { FEATURES } from './features.ts';
export { askedOf, match } from './match.ts';
export { standardise } from './network.ts';
export { checkRanker, type Ranker, type Rerank, rank, rerank } from './rank.ts';
