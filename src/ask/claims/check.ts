// Being written: this keeps the tree running until the real one replaces it.
import type { Paragraph, Span } from '../../core/model.ts';
import type { WordVectors } from '../features.ts';

export interface ClaimSource {
  paragraph: Paragraph;
  title: string;
  edition: string | null;
  lead: string | null;
}
export interface Support {
  source: number;
  spans: Span[];
  score: number;
}
export type ClaimCheck =
  | { supported: true; score: number; support: Support[] }
  | { supported: false; score: number; problem: string; reason: string };
export interface ClaimOptions {
  language: string;
  idf?: (term: string) => number;
  wordVectors?: WordVectors | null;
}
export function checkClaim(_sentence: string, _sources: readonly ClaimSource[], _options: ClaimOptions): ClaimCheck {
  return { supported: false, score: 0, problem: 'support', reason: 'no paragraph supports it' };
}
export function findSupport(_sentence: string, _sources: readonly ClaimSource[], _options: ClaimOptions): { source: number; check: ClaimCheck } | null {
  return null;
}
