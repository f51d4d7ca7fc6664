import type { Answer, AnswerSentence, AskEvent, AskRequest, Citation, Note, Turn } from '../core/model.ts';
import { type AskedService, ask, checked, type Failure, sendFeedback } from './client.ts';
import { readStore, writeStore } from './store.ts';

/** One question and what became of it. */
export interface Exchange {
  /** Random, 32 hex digits: what feedback goes by. */
  id: string;
  question: string;
  edition: string;
  /** Series that was chosen; empty: none. */
  about: string;
  /** Whether the answer is from before: of an earlier page, or of the history. */
  earlier: boolean;
  state: 'asking' | 'answered' | 'stopped' | 'failed';
  /** What has come so far; replaced by the whole answer when it is complete. */
  /** What the service says before the sentences. */
  preface: string | null;
  sentences: AnswerSentence[];
  citations: Citation[];
  notes: Note[];
  withheld: { reason: string }[];
  /** Passages being checked; null until they are known. */
  passages: number | null;
  answer: Answer | null;
  failure: Failure | null;
  verdict: 'up' | 'down' | null;
  /** Whether the comment on the verdict was sent or declined. */
  commented: boolean;
}

interface Saved {
  exchanges: Exchange[];
  draft: string;
  open: boolean;
}

export interface Conversation {
  readonly exchanges: readonly Exchange[];
  readonly busy: boolean;
  /** What is typed and not yet sent. */
  draft: string;
  /** Whether the panel was open, for the next page of this tab. */
  open: boolean;
  ask(question: string, edition: string, about: string): Promise<void>;
  /** Shows an answer from before again. */
  recall(exchange: Exchange): void;
  stop(): void;
  /** Asks the question of an exchange again, in its place. */
  retry(exchange: Exchange): Promise<void>;
  /** Resolves to whether it arrived. */
  judge(exchange: Exchange, verdict: 'up' | 'down', comment?: string): Promise<boolean>;
  clear(): void;
  save(): void;
}

export interface ConversationOptions {
  service(): AskedService;
  /** Briefings to ask; none: all. */
  briefings(): readonly string[];
  /** Name it is kept under in this tab. */
  store: string;
  changed(): void;
  onAnswer(exchange: Exchange, answer: Answer): void;
  onFailure(exchange: Exchange, failure: Failure | null): void;
}

/** What the service takes by default (PILCROW_MAX_TURN_CHARACTERS), and enough turns for any follow-up. */
const TURN_CHARACTERS = 4000;
const TURNS_SENT = 10;
/** Exchanges kept: a tab's store holds about 5 MB, an answer with its paragraphs is 5 to 30 kB. */
const EXCHANGES_KEPT = 30;

/** A conversation as state: the server keeps none. `changed` is called whenever something to show has changed. */
export function createConversation(options: ConversationOptions): Conversation {
  const saved = readStore<Saved>(options.store);
  let exchanges = restored(saved?.exchanges);
  let running: AbortController | null = null;

  const conversation: Conversation = {
    get exchanges() {
      return exchanges;
    },
    get busy() {
      return running !== null;
    },
    draft: typeof saved?.draft === 'string' ? saved.draft : '',
    open: saved?.open === true,
    recall(exchange) {
      running?.abort();
      exchanges = [...exchanges, { ...exchange, earlier: true }].slice(-EXCHANGES_KEPT);
      conversation.save();
      options.changed();
    },
    async ask(question, edition, about) {
      running?.abort();
      const exchange = fresh(question, edition, about);
      exchanges = [...exchanges, exchange].slice(-EXCHANGES_KEPT);
      await run(exchange);
    },
    stop() {
      running?.abort();
    },
    async retry(exchange) {
      running?.abort();
      const again = fresh(exchange.question, exchange.edition, exchange.about);
      exchanges = exchanges.map((one) => (one === exchange ? again : one));
      await run(again);
    },
    async judge(exchange, verdict, comment) {
      const before = exchange.verdict;
      if (!exchange.answer) return false;
      exchange.verdict = verdict;
      exchange.commented = comment !== undefined;
      options.changed();
      try {
        const { id, question, answer } = exchange;
        await sendFeedback(options.service(), { id, verdict, comment: comment?.trim() || null, question, answer });
        return true;
      } catch {
        exchange.verdict = before;
        exchange.commented = false;
        return false;
      } finally {
        options.changed();
        conversation.save();
      }
    },
    clear() {
      running?.abort();
      exchanges = [];
      conversation.save();
      options.changed();
    },
    save() {
      const { draft, open } = conversation;
      writeStore<Saved>(options.store, (most) => ({ exchanges: exchanges.slice(-most), draft, open }), EXCHANGES_KEPT);
    },
  };

  async function run(exchange: Exchange): Promise<void> {
    const controller = new AbortController();
    running = controller;
    conversation.save();
    options.changed();
    const { question, edition } = exchange;
    const history = turnsBefore(exchange, exchanges);
    const briefings = options.briefings();
    const request: AskRequest = {
      question,
      ...(edition === 'latest' ? {} : { edition }),
      ...(briefings.length > 0 ? { briefings: [...briefings] } : {}),
      ...(history.length > 0 ? { history } : {}),
    };
    try {
      const answer = await ask(options.service(), request, (event) => take(exchange, event, options.changed), controller.signal);
      exchange.state = 'answered';
      exchange.answer = answer;
      options.onAnswer(exchange, answer);
    } catch (error) {
      exchange.state = error === null ? 'stopped' : 'failed';
      exchange.failure = error as Failure | null;
      options.onFailure(exchange, exchange.failure);
    } finally {
      if (running === controller) running = null;
      conversation.save();
      options.changed();
    }
  }
  return conversation;
}

function fresh(question: string, edition: string, about: string): Exchange {
  let id = '';
  // randomUUID exists on https only, and many an intranet is http.
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) id += byte.toString(16).padStart(2, '0');
  return {
    id,
    question,
    edition,
    about,
    earlier: false,
    state: 'asking',
    preface: null,
    sentences: [],
    citations: [],
    notes: [],
    withheld: [],
    passages: null,
    answer: null,
    failure: null,
    verdict: null,
    commented: false,
  };
}

function take(exchange: Exchange, event: AskEvent, changed: () => void): void {
  const cite = (citations: Citation[]) => {
    for (const one of citations) if (!exchange.citations.some((known) => known.number === one.number)) exchange.citations.push(one);
  };
  if (event.type === 'passages') exchange.passages = event.passages.length;
  if (event.type === 'preface') exchange.preface = event.text;
  if (event.type === 'sentence') {
    exchange.sentences.push(event.sentence);
    cite(event.citations);
  }
  if (event.type === 'note') {
    exchange.notes.push(event.note);
    cite(event.citations);
  }
  if (event.type === 'withheld') exchange.withheld.push(event.withheld);
  changed();
}

/** The turns an exchange follows, newest last: only those that were answered say anything. */
function turnsBefore(exchange: Exchange, exchanges: readonly Exchange[]): Turn[] {
  const turns: Turn[] = [];
  for (const one of exchanges) {
    if (one === exchange) break;
    if (!one.answer) continue;
    turns.push({ role: 'user', content: clip(one.question) }, { role: 'assistant', content: clip(one.answer.answer) });
  }
  return turns.slice(-TURNS_SENT);
}

const clip = (text: string): string => (text.length <= TURN_CHARACTERS ? text : [...text].slice(0, TURN_CHARACTERS).join(''));

/** What an earlier page of this tab left; whatever does not look like it is dropped. */
export function restored(value: unknown): Exchange[] {
  if (!Array.isArray(value)) return [];
  return (value as (Partial<Exchange> | null)[]).flatMap((one): Exchange[] => {
    if (typeof one?.question !== 'string' || typeof one.id !== 'string') return [];
    const about = typeof one.about === 'string' ? one.about : '';
    const exchange = { ...fresh(one.question, typeof one.edition === 'string' ? one.edition : 'latest', about), id: one.id, earlier: true };
    try {
      if (one.answer) {
        const verdict = one.verdict === 'up' || one.verdict === 'down' ? one.verdict : null;
        return [{ ...exchange, answer: checked(one.answer), state: 'answered' as const, verdict, commented: one.commented === true }];
      }
    } catch {
      return [];
    }
    // What was being answered when the page changed can be asked again.
    return [{ ...exchange, state: 'stopped' as const }];
  });
}
