import { describe, expect, it } from 'vitest';
import { isPilcrowError } from '../../src/core/errors.ts';
import type { ChatFailure, ChatMessage, ChatModel, ChatOptions } from '../../src/core/ports.ts';

export interface ReadReply {
  text: string;
  deltas: string[];
  /** What was thrown, or null when the reply is complete. */
  error: unknown;
}

const MESSAGES: ChatMessage[] = [
  { role: 'system', content: 'Answer briefly.' },
  { role: 'user', content: 'Is the harbour open?' },
  { role: 'assistant', content: 'Which one?' },
  { role: 'user', content: 'The one at Cape Varde.' },
];

/** Reads a reply to its end, whatever that is. */
export async function readReply(
  model: ChatModel,
  options: ChatOptions = {},
  messages: readonly ChatMessage[] = MESSAGES,
  /** Told the text so far, at each delta. */
  heard: (text: string) => void = () => {},
): Promise<ReadReply> {
  const deltas: string[] = [];
  let error: unknown = null;
  try {
    for await (const delta of model.stream(messages, options)) {
      deltas.push(delta);
      heard(deltas.join(''));
    }
  } catch (thrown) {
    error = thrown;
  }
  return { text: deltas.join(''), deltas, error };
}

/** A failure of this kind, after this text. */
export function expectFailure({ error, text }: ReadReply, kind: ChatFailure, after = ''): void {
  expect(error, String(error)).toMatchObject({ name: 'PilcrowError', code: 'model_unavailable', details: { kind } });
  expect(isPilcrowError(error) && error.retryable).toBe(kind === 'timeout' || kind === 'unavailable' || kind === 'cut_off');
  expect(text).toBe(after);
}

/** A model set up to do one thing; limits as given, milliseconds. */
export interface ChatModelCases {
  /** Replies with this text, in several deltas. */
  replies(text: string): ChatModel;
  /** Sends `text`, then nothing more; nothing but silence when `text` is empty. */
  hangs(text: string, limits: { firstMilliseconds?: number; idleMilliseconds?: number; totalMilliseconds?: number }): ChatModel;
  /** Sends `text` in single characters, 20 ms apart. */
  crawls(text: string, limits: { totalMilliseconds: number }): ChatModel;
  /** Never stops sending. */
  floods(limits: { characters: number }): ChatModel;
  /** Sends `text` and says that it ended at the most tokens, or was filtered. */
  ends(text: string, how: 'length' | 'filtered'): ChatModel;
  /** Sends `text`, then the connection breaks. */
  breaks(text: string): ChatModel;
  /** Is told that key or request are not accepted. */
  rejects(): ChatModel;
  /** The messages of the last request, as they arrived. */
  received(): { role: string; content: string }[];
  /** Resolves once the last request has arrived. */
  begun(): Promise<void>;
  /** Resolves once whatever served the last request knows that nobody listens any more. */
  gone(): Promise<void>;
}

/** What every ChatModel must do. */
export function chatModelContract(name: string, cases: ChatModelCases): void {
  describe(name, () => {
    it('streams a reply delta by delta, character for character', async () => {
      const text = 'The harbour is open 🚢 from 6:00 a.m. — «toujours» 港口开放。\n\nEven on Sundays [1].';
      const reply = await readReply(cases.replies(text));
      expect(reply.error).toBeNull();
      expect(reply.text).toBe(text);
      expect(reply.deltas.length).toBeGreaterThan(2);
      expect(reply.deltas.every((delta) => delta !== '')).toBe(true);
      expect(cases.received()).toEqual(MESSAGES);
    });

    it('has a name and serves several replies at once', async () => {
      const model = cases.replies('One by one.');
      expect(model.name).not.toBe('');
      const replies = await Promise.all([readReply(model), readReply(model), readReply(model)]);
      expect(replies.map(({ text }) => text)).toEqual(['One by one.', 'One by one.', 'One by one.']);
    });

    it('ends a silence before the first word', async () => {
      const reply = await readReply(cases.hangs('', { firstMilliseconds: 250 }));
      expectFailure(reply, 'timeout');
      await cases.gone();
    });

    it('ends a silence in the middle, after what was said', async () => {
      const reply = await readReply(cases.hangs('The harbour is', { idleMilliseconds: 150 }));
      expectFailure(reply, 'timeout', 'The harbour is');
      await cases.gone();
    });

    it('ends a reply that takes too long though it goes on', async () => {
      const reply = await readReply(cases.crawls('x'.repeat(2000), { totalMilliseconds: 400 }));
      expectFailure(reply, 'timeout', reply.text);
      expect(reply.text.length).toBeLessThan(30);
      await cases.gone();
    });

    it('ends a reply that is too long', async () => {
      const reply = await readReply(cases.floods({ characters: 5000 }));
      expectFailure(reply, 'nonsense', reply.text);
      expect(reply.text.length).toBeLessThanOrEqual(5000);
      await cases.gone();
    });

    it('tells a reply that was cut off or filtered from a complete one', async () => {
      expectFailure(await readReply(cases.ends('The harbour is', 'length')), 'cut_off', 'The harbour is');
      expectFailure(await readReply(cases.ends('The harbour', 'filtered')), 'refused', 'The harbour');
    });

    it('tells an empty reply from an answer, unless it may be empty', async () => {
      expectFailure(await readReply(cases.replies('')), 'nonsense');
      expect(await readReply(cases.replies(''), { mayBeEmpty: true })).toMatchObject({ text: '', error: null });
    });

    it('reports a connection that breaks, after what was said', async () => {
      expectFailure(await readReply(cases.breaks('The harbour')), 'unavailable', 'The harbour');
    });

    it('reports a request that was rejected', async () => expectFailure(await readReply(cases.rejects()), 'rejected'));

    it('throws the reason of an abort, and tears down what serves it', async () => {
      const already = new Error('not any more');
      expect((await readReply(cases.replies('Never read.'), { signal: AbortSignal.abort(already) })).error).toBe(already);
      for (const said of ['', 'The harbour is']) {
        const abort = new AbortController();
        const reason = new Error('the reader left');
        const model = cases.hangs(said, {});
        const reading = readReply(model, { signal: abort.signal }, MESSAGES, (text) => text === said && abort.abort(reason));
        await cases.begun();
        if (said === '') abort.abort(reason);
        const reply = await reading;
        expect(reply.error).toBe(reason);
        expect(reply.text).toBe(said);
        await cases.gone();
      }
    });

    it('tears down what serves it when the reader has heard enough', async () => {
      for await (const delta of cases.hangs('The harbour is', {}).stream(MESSAGES)) {
        expect(delta).not.toBe('');
        break;
      }
      await cases.gone();
    });
  });
}
