/** 6: every sentence to its paragraph. */
export { type CitationBook, citationBook, nearestPassage, paragraphUrl, withMarkers } from './cite.ts';
export { resolves } from './resolves.ts';
