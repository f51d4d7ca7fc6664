import { describe, expect, it } from 'vitest';
import { guardedChat } from '../../src/adapters/guarded-chat.ts';
import { pilcrowError } from '../../src/core/errors.ts';
import type { ChatFailure, ChatModel } from '../../src/core/ports.ts';
import { eventually } from '../fixtures/held.ts';

const down = (kind: ChatFailure) => pilcrowError('model_unavailable', 'It is down.', { details: { kind } });

/** A model that does, call by call, what it is told: a text, a failure, or silence until it is given up. */
function scripted(...script: (string | Error | 'silent')[]): ChatModel & { calls: number } {
  const model = {
    name: 'scripted',
    calls: 0,
    async *stream(_: unknown, options?: { signal?: AbortSignal }) {
      const act = script[Math.min(model.calls++, script.length - 1)];
      if (act instanceof Error) throw act;
      if (act === 'silent') {
        await new Promise((_, reject) => options?.signal?.addEventListener('abort', () => reject(options.signal?.reason), { once: true }));
      } else yield act as string;
    },
  };
  return model;
}
async function say(model: ChatModel, signal?: AbortSignal): Promise<string> {
  let text = '';
  for await (const delta of model.stream([], signal ? { signal } : {})) text += delta;
  return text;
}
const kindOf = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error) => error.details?.kind ?? error.message,
  );

describe('a guarded chat model', () => {
  it('hands through what the model says and how it fails', async () => {
    const model = guardedChat(scripted('yes', down('cut_off'), 'again'));
    expect(model.name).toBe('scripted');
    expect(await say(model)).toBe('yes');
    expect(await kindOf(say(model))).toBe('cut_off');
    expect(await say(model)).toBe('again');
    expect(model.problem()).toBeNull();
  });

  it('leaves a model alone that failed twice in a row, and tries again after a rest', async () => {
    let time = 0;
    const inner = scripted(down('unavailable'), down('unavailable'), 'back');
    const model = guardedChat(inner, { restMilliseconds: 1000, now: () => time });
    await kindOf(say(model));
    expect(model.problem()).toBeNull();
    await kindOf(say(model));
    expect(model.problem()).toContain('down');
    expect(await kindOf(say(model))).toBe('resting');
    expect(inner.calls).toBe(2);
    time = 1001;
    expect(await say(model)).toBe('back');
    expect(model.problem()).toBeNull();
  });

  it('counts one failure between successes as none', async () => {
    const inner = scripted(down('timeout'), 'a', down('timeout'), 'b', 'c');
    const model = guardedChat(inner);
    for (let i = 0; i < 5; i++) await kindOf(say(model));
    expect(inner.calls).toBe(5);
  });

  it('counts a call that was given up after long silence, not one that was given up at once', async () => {
    let time = 0;
    const inner = scripted('silent');
    const model = guardedChat(inner, { now: () => time, silentMilliseconds: 100 });
    const giveUp = async (after: number) => {
      const controller = new AbortController();
      const asked = kindOf(say(model, controller.signal));
      time += after;
      controller.abort(new Error('given up'));
      await asked;
    };
    for (let i = 0; i < 4; i++) await giveUp(10);
    expect(model.problem()).toBeNull();
    for (let i = 0; i < 2; i++) await giveUp(200);
    expect(model.problem()).toContain('does not answer');
  });

  it('lets one call try after the rest, while the others are told at once', async () => {
    let time = 0;
    const inner = scripted(down('timeout'), down('timeout'), 'silent', 'back');
    const model = guardedChat(inner, { restMilliseconds: 1000, silentMilliseconds: 100, now: () => time });
    for (let i = 0; i < 2; i++) await kindOf(say(model));
    time = 1001;
    const controller = new AbortController();
    const trial = kindOf(say(model, controller.signal));
    expect(await kindOf(say(model))).toBe('resting');
    expect(inner.calls).toBe(3);
    // Somebody who leaves at once tells nothing: the next one tries.
    controller.abort(new Error('given up'));
    await trial;
    expect(await say(model)).toBe('back');
    expect(model.problem()).toBeNull();
  });

  it('rests again when the trial fails', async () => {
    let time = 0;
    const inner = scripted(down('timeout'));
    const model = guardedChat(inner, { restMilliseconds: 1000, now: () => time });
    for (let i = 0; i < 2; i++) await kindOf(say(model));
    time = 1001;
    for (let i = 0; i < 5; i++) await kindOf(say(model));
    expect(inner.calls).toBe(3);
    expect(model.problem()).toContain('down');
  });

  it('ends what is under way when the service stops, and begins nothing after', async () => {
    const inner = scripted('silent', 'yes');
    const model = guardedChat(inner);
    const asked = kindOf(say(model));
    await eventually(() => expect(inner.calls).toBe(1));
    model.stop();
    expect(await asked).toBe('unavailable');
    expect(await kindOf(say(model))).toBe('unavailable');
    expect(inner.calls).toBe(1);
  });

  it('is called no more often in an hour than allowed', async () => {
    let time = 0;
    const inner = scripted('yes');
    const model = guardedChat(inner, { callsPerHour: 3, now: () => time });
    for (let i = 0; i < 3; i++) {
      expect(await say(model)).toBe('yes');
      time += 60_000;
    }
    expect(await kindOf(say(model))).toBe('over_budget');
    expect(model.problem()).toContain('3 calls');
    expect(inner.calls).toBe(3);
    time = 3_600_001;
    expect(await say(model)).toBe('yes');
    expect(await kindOf(say(model))).toBe('over_budget');
  });
});
