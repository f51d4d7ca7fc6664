import { expect, test } from 'vitest';
import type { Answer, AskEvent } from '../../../src/core/model.ts';
import { createTiny } from '../../fixtures/tiny.ts';
import { served } from './served.ts';

const question = 'How many harbours does the coast have?';
const FORGED = 'The coast has ninety-nine harbours.';

/** The tiny Pilcrow, which withholds a forged sentence first and pauses before its last event until told. */
async function pausing() {
  let go: () => void = () => {};
  const told = new Promise<void>((resolve) => (go = resolve));
  const tiny = createTiny();
  const withheld = { text: FORGED, reason: 'The figure does not stand in the paragraph.' };
  const ask: typeof tiny.ask = async (request, options = {}) => {
    const events: AskEvent[] = [];
    const answer = await tiny.ask(request, { onEvent: (event) => events.push(event) });
    for (const event of events.filter(({ type }) => type === 'passages' || type === 'sentence')) {
      if (event.type === 'sentence') options.onEvent?.({ type: 'withheld', withheld });
      options.onEvent?.(event);
    }
    await told;
    const last: Answer = { ...answer, status: 'partial', withheld: [withheld] };
    options.onEvent?.({ type: 'answer', answer: last });
    return last;
  };
  return { ...(await served({}, { pilcrow: { ...tiny, ask } })), go };
}

test.each([
  ['/v1/chat/completions', { messages: [{ role: 'user', content: question }], stream: true }],
  ['/v1/responses', { input: question, stream: true }],
  ['/v1/ui-messages', { messages: [{ role: 'user', parts: [{ type: 'text', text: question }] }] }],
])('%s: a sentence goes out when it is verified, before the answer is complete; a withheld one never', async (path, body) => {
  const { url, go } = await pausing();
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('nine harbours')) text += (await reader.read()).value;
  expect(text).not.toContain('seven');
  go();
  for (let part = await reader.read(); !part.done; part = await reader.read()) text += part.value;
  expect(text).toContain('The 2019 edition said seven.');
  // The record says what was withheld and why; what is shown does not.
  const frames = text.split('\n').filter((line) => line.startsWith('data: {'));
  const shown = frames.filter((line) => !line.includes('"withheld":['));
  expect(shown.length).toBe(frames.length - 1);
  expect(shown.join('')).not.toContain('ninety-nine');
  expect(frames.join('')).toContain(FORGED);
});
