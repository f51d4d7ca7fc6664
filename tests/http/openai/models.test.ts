import OpenAI from 'openai';
import { expect, test } from 'vitest';
import { chatReplySchemas } from '../../../src/http/openai/schemas.ts';
import { served } from './served.ts';

test('models are the newest edition, all, and each edition', async () => {
  const { client, call } = await served();
  const ids = [];
  for await (const { id } of client.models.list()) ids.push(id);
  expect(ids).toEqual(['pilcrow', 'pilcrow-all', 'pilcrow-2026-03', 'pilcrow-2019']);
  const list = await (await call('GET', '/v1/models')).json();
  expect(chatReplySchemas.ModelList.strict().safeParse(list).error).toBeUndefined();
});

test('one model, also by a date of lower precision', async () => {
  const { client } = await served();
  for (const id of ['pilcrow', 'pilcrow-all', 'pilcrow-2026-03', 'pilcrow-2026', 'pilcrow-2019']) {
    expect(await client.models.retrieve(id)).toEqual({ id, object: 'model', created: 1_772_323_200, owned_by: 'pilcrow' });
  }
});

test.each(['gpt-5', 'pilcrow-2018', 'pilcrow-2019-01', 'pilcrow-', 'pilcrow-latest', 'PILCROW', '../x', '__proto__'])(
  'there is no %s',
  async (id) => {
    const { client } = await served();
    await expect(client.models.retrieve(id)).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
    await expect(client.models.retrieve(id)).rejects.toThrow(OpenAI.NotFoundError);
  },
);

test('without briefings there are none to list', async () => {
  const { client } = await served({ empty: true });
  await expect(client.models.list()).rejects.toMatchObject({ status: 503, code: 'index_missing' });
});
