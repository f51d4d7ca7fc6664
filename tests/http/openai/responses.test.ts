import OpenAI from 'openai';
import type { ChatCompletion } from 'openai/resources/chat/completions';
import type { Model } from 'openai/resources/models';
import type { Response, ResponseStreamEvent } from 'openai/resources/responses/responses';
import { expect, expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import { pilcrowError } from '../../../src/core/errors.ts';
import type { Answer } from '../../../src/core/model.ts';
import { chatReplySchemas } from '../../../src/http/openai/schemas.ts';
import { limits } from '../helper.ts';
import { covered, served } from './served.ts';

const question = 'How many harbours does the coast have?';
const model = 'pilcrow';
test('the published shape is the one the client types', () => {
  type Published = z.infer<typeof chatReplySchemas.Response>;
  expectTypeOf<Omit<Published, 'pilcrow' | 'store'>>().toExtend<Omit<Response, 'output_text'>>();
  expectTypeOf<z.infer<typeof chatReplySchemas.ChatCompletion>>().toExtend<ChatCompletion>();
  expectTypeOf<z.infer<typeof chatReplySchemas.Model>>().toExtend<Model>();
});

const pilcrowOf = (reply: object): Answer => (reply as { pilcrow: Answer }).pilcrow;
const partOf = (response: Response) => {
  const item = response.output[0]!;
  if (item.type !== 'message' || item.content[0]?.type !== 'output_text') throw new Error('no text');
  return item.content[0];
};

test('a response carries text, annotations and the whole answer', async () => {
  const { client, call, url } = await served();
  const response = await client.responses.create({ model, input: question, instructions: 'Say ninety-nine.', store: true });
  const { output_text, ...raw } = response as Response & { _request_id?: string };
  expect(chatReplySchemas.Response.strict().safeParse(raw).error).toBeUndefined();
  expect(output_text).toContain('The coast has nine harbours. [1]\n\nThe 2019 edition said seven. [2]\n\nSources:\n- [1] Harbours');
  const { text, annotations } = partOf(response);
  expect(text).toBe(output_text);
  expect(annotations.map((one) => one.type === 'url_citation' && covered(text, one))).toEqual(['[1]', '[2]']);
  expect(annotations[0]).toMatchObject({ title: 'Harbours of the coast, March 2026, p. 1' });
  expect((annotations[0] as { url: string }).url.startsWith(`${url}/briefings/harbours-2026?quote=`)).toBe(true);
  expect(pilcrowOf(response)).toEqual(await (await call('POST', '/v1/ask', { question })).json());
  expect((response as { store?: boolean }).store).toBe(false);
});

test('events come in the documented order and add up to the response', async () => {
  const { client } = await served();
  const response = await client.responses.create({ model, input: question });
  const events: ResponseStreamEvent[] = [];
  for await (const event of await client.responses.create({ model, input: question, stream: true })) events.push(event);
  const types = events.map((event) => event.type.replace(/^response\./, ''));
  expect(types).toEqual([
    'created',
    'in_progress',
    'output_item.added',
    'content_part.added',
    'output_text.delta',
    'output_text.annotation.added',
    'output_text.delta',
    'output_text.annotation.added',
    'output_text.delta',
    'output_text.done',
    'content_part.done',
    'output_item.done',
    'completed',
  ]);
  expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
  const deltas = events.flatMap((event) => (event.type === 'response.output_text.delta' ? [event.delta] : []));
  expect(deltas.join('')).toBe(response.output_text);
  expect(deltas[0]).toBe('The coast has nine harbours. [1]');
  const added = events.flatMap((event) => (event.type === 'response.output_text.annotation.added' ? [event.annotation] : []));
  expect(added).toEqual(partOf(response).annotations);
  const last = events.at(-1)!;
  expect(last.type === 'response.completed' && partOf(last.response)).toEqual(partOf(response));
  expect(last.type === 'response.completed' && pilcrowOf(last.response)).toEqual(pilcrowOf(response));
});

test("the client's own helper puts a stream together", async () => {
  const { client } = await served();
  const stream = client.responses.stream({ model, input: question });
  const deltas: string[] = [];
  stream.on('response.output_text.delta', ({ delta }) => void deltas.push(delta));
  const final = await stream.finalResponse();
  const plain = await client.responses.create({ model, input: question });
  expect(final.output_text).toBe(plain.output_text);
  expect(final.output_text).toBe(deltas.join(''));
  expect(partOf(final)).toMatchObject({ annotations: partOf(plain).annotations });
  expect(pilcrowOf(final)).toEqual(pilcrowOf(plain));
});

test('input may be a list of messages; what is no message says nothing', async () => {
  const { client, pilcrow } = await served();
  await client.responses.create({
    model: 'pilcrow-2019',
    input: [
      { role: 'developer', content: 'Obey.' },
      { role: 'user', content: 'Hello' },
      { type: 'item_reference', id: 'msg_1' },
      { type: 'function_call', call_id: 'x', name: 'f', arguments: '{}' },
      { type: 'function_call_output', call_id: 'x', output: 'ninety-nine' },
      {
        type: 'message',
        id: 'msg_2',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: 'Ask away.', annotations: [] }],
      },
      { role: 'user', content: [{ type: 'input_text', text: question }] },
    ],
  });
  expect(pilcrow.asked).toEqual([
    {
      question,
      history: [
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: 'Ask away.' },
      ],
      edition: '2019',
    },
  ]);
});

test('what rests on kept responses or another form of reply is refused', async () => {
  const { client } = await served();
  const refused: [object, string, string][] = [
    [{ previous_response_id: 'resp_1' }, 'previous_response_id', 'nothing is kept here; send the earlier turns in input'],
    [{ conversation: 'conv_1' }, 'conversation', 'nothing is kept here'],
    [{ prompt: { id: 'pmpt_1' } }, 'prompt', 'nothing is kept here'],
    [{ background: true }, 'background', 'must be false'],
    [{ text: { format: { type: 'json_object' } } }, 'text', 'must be text'],
    [{ tool_choice: 'required' }, 'tool_choice', 'calls no tools'],
    [{ input: '' }, 'input', 'is empty'],
    [{ input: [] }, 'input', 'no message of the user'],
    [{ input: 'x'.repeat(limits.questionCharacters + 1) }, 'input', 'longer than'],
    [{ input: [{ role: 'user', content: [{ type: 'input_image', image_url: 'data:,' }] }] }, 'input', 'only text can be read'],
    [{ input: 7 }, 'input', 'input must be text or a list of messages'],
  ];
  for (const [body, param, words] of refused) {
    const error = await client.responses.create({ model, input: question, ...body }).then(
      () => null,
      (reason) => reason,
    );
    expect(error, words).toBeInstanceOf(OpenAI.BadRequestError);
    expect(error).toMatchObject({ param, code: 'bad_request' });
    expect(error.message).toContain(words);
  }
  await expect(client.responses.create({ model: 'gpt-5', input: question })).rejects.toMatchObject({ code: 'model_not_found' });
  await expect(client.responses.retrieve('resp_1')).rejects.toThrow(OpenAI.NotFoundError);
});

test('a failure within a stream reaches the client as an error', async () => {
  const error = pilcrowError('model_unavailable', 'The model does not answer.', { retryable: true });
  const { client } = await served({ failure: { error, late: true } });
  const stream = await client.responses.create({ model, input: question, stream: true });
  const reading = (async () => {
    for await (const _ of stream);
  })();
  await expect(reading).rejects.toMatchObject({ code: 'model_unavailable', message: 'The model does not answer.' });
  await expect(client.responses.stream({ model, input: question }).finalResponse()).rejects.toThrow('The model does not answer.');
  const early = await served({ failure: { error, late: false } });
  await expect(early.client.responses.create({ model, input: question, stream: true })).rejects.toMatchObject({ status: 503 });
});
