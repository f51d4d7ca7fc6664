import { describe, expect, it } from 'vitest';
import { startDeadline, until, wholeReply } from '../../../src/ask/write/deadline.ts';

async function* words(...list: string[]) {
  for (const word of list) yield word;
}
/** Says one word and never anything again; knows when it was told to stop. */
function stubborn() {
  const state = { stopped: false };
  const stream: AsyncIterable<string> = {
    [Symbol.asyncIterator]: () => {
      let first = true;
      return {
        next: () => {
          if (!first) return new Promise<IteratorResult<string>>(() => {});
          first = false;
          return Promise.resolve({ done: false, value: 'one' });
        },
        return: async () => {
          state.stopped = true;
          return { done: true, value: undefined };
        },
      };
    },
  };
  return { state, stream };
}

describe('a deadline', () => {
  it('ends a stream that takes no notice of it, and tells it to stop', async () => {
    const deadline = startDeadline(30);
    const { state, stream } = stubborn();
    const heard: string[] = [];
    await expect(
      (async () => {
        for await (const word of until(stream, deadline.signal)) heard.push(word);
      })(),
    ).rejects.toThrow('time');
    expect(heard).toEqual(['one']);
    expect(deadline.passed()).toBe(true);
    expect(deadline.left()).toBe(0);
    expect(state.stopped).toBe(true);
  });

  it('tells an asker who left from time that is up', async () => {
    const asker = new AbortController();
    const deadline = startDeadline(10_000, asker.signal);
    asker.abort(new Error('left'));
    await expect(wholeReply(words('a'), deadline.signal, 100)).rejects.toThrow('left');
    expect(deadline.passed()).toBe(false);
    deadline.stop();
  });

  it('begins late for an asker who had left before', () => {
    expect(startDeadline(1000, AbortSignal.abort()).signal.aborted).toBe(true);
  });

  it('cuts a reply that is too long and ends its stream', async () => {
    const { state, stream } = stubborn();
    expect(await wholeReply(stream, new AbortController().signal, 2)).toBe('on');
    expect(state.stopped).toBe(true);
  });

  it('hands a failure through', async () => {
    async function* failing() {
      yield 'a';
      throw new Error('broken');
    }
    await expect(wholeReply(failing(), new AbortController().signal, 100)).rejects.toThrow('broken');
  });
});
