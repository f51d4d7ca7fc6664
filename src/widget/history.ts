import { type Exchange, restored } from './conversation.ts';
import { readStore, writeStore } from './store.ts';

/** Answers that are kept: with their paragraphs 5 to 30 kB each, of the 5 MB a browser keeps for a page. */
const ANSWERS_KEPT = 60;

/** What somebody asked in this browser, newest first. It never leaves it. */
export interface History {
  readonly all: readonly Exchange[];
  add(exchange: Exchange): void;
  forget(exchange: Exchange): void;
  clear(): void;
}

export const sameQuestion = (a: Pick<Exchange, 'question' | 'edition' | 'about'>, b: Pick<Exchange, 'question' | 'edition' | 'about'>) =>
  a.question === b.question && a.edition === b.edition && a.about === b.about;

export function createHistory(store: string): History {
  let all = restored(readStore<{ exchanges: unknown }>(store, 'browser')?.exchanges).filter(({ answer }) => answer !== null);
  const save = () => writeStore(store, (most) => ({ exchanges: all.slice(0, most) }), Math.min(ANSWERS_KEPT, all.length), 'browser');
  return {
    get all() {
      return all;
    },
    add(exchange) {
      all = [exchange, ...all.filter((one) => !sameQuestion(one, exchange))].slice(0, ANSWERS_KEPT);
      save();
    },
    forget(exchange) {
      all = all.filter((one) => one !== exchange);
      save();
    },
    clear() {
      all = [];
      save();
    },
  };
}
