import type { ChatMessage } from '../../src/core/ports.ts';

/** Milliseconds until the first token of a call, and for each token: a hosted model of middling size. Chosen; the ratios hardly move. */
export const LATENCY = 500;
export const PER_TOKEN = 12;
/** Characters of a token of English. */
export const TOKEN = 4;

/** A block of a prompt. */
export interface Shown {
  number: number;
  text: string;
}
/** The blocks of a prompt. */
export const blocksOf = (messages: readonly ChatMessage[]): Shown[] =>
  messages
    .flatMap(({ content }) => content.split('\n'))
    .filter((line) => line.startsWith('{"number"'))
    .map((line) => JSON.parse(line) as Shown);

export const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / Math.max(1, list.length);
export const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
