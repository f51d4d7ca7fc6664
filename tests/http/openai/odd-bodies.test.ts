import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limits, tinyApp } from '../helper.ts';

const PATHS = ['/v1/chat/completions', '/v1/responses', '/v1/ui-messages'];
const { call, pilcrow, logged } = tinyApp();
const question = 'How many harbours does the coast have?';
/** The same conversation as each of the three wants it. */
const bodyOf = (path: string, turns: { role: string; text: string }[]) =>
  path === '/v1/ui-messages'
    ? { messages: turns.map(({ role, text }) => ({ role, parts: [{ type: 'text', text }] })) }
    : { [path === '/v1/responses' ? 'input' : 'messages']: turns.map(({ role, text }) => ({ role, content: text })) };

/** Whatever comes, the reply is an answer or a problem that says what is wrong; never a failure of ours. */
async function post(path: string, body: unknown) {
  const response = await call('POST', path, body);
  const text = await response.text();
  expect([200, 400, 404, 413], `${path} ${text.slice(0, 300)}`).toContain(response.status);
  if (response.status !== 200) {
    const { error } = JSON.parse(text);
    expect(error.message.length).toBeGreaterThan(10);
    expect(error.message.length).toBeLessThan(5000);
    expect(typeof error.code).toBe('string');
  }
  return { status: response.status, text };
}

test.each(PATHS)('%s: any JSON gets a reply', async (path) => {
  const member = fc.constantFrom(
    'messages',
    'input',
    'model',
    'stream',
    'n',
    'tools',
    'tool_choice',
    'pilcrow',
    'text',
    'role',
    'content',
    'parts',
    'type',
  );
  const value = fc.letrec((tie) => ({
    leaf: fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constantFrom(null, 'user', 'text', 'assistant', question),
    ),
    node: fc.oneof(
      { depthSize: 'small' },
      tie('leaf'),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.dictionary(fc.oneof(member, fc.constantFrom('__proto__', 'constructor', 'x')), tie('node'), { maxKeys: 5 }),
    ),
  })).node;
  await fc.assert(
    fc.asyncProperty(value, value, async (body, messages) => {
      await post(path, JSON.stringify(body));
      await post(path, JSON.stringify({ messages, input: messages }));
    }),
    { numRuns: 60 },
  );
  expect(logged.filter((line) => line.level === 'error')).toEqual([]);
});

test.each(PATHS)('%s: any text is asked as it is', async (path) => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 200 }),
      async (text, earlier) => {
        const before = pilcrow.asked.length;
        const turns = [
          { role: 'user', text: earlier },
          { role: 'user', text },
        ];
        const { status } = await post(path, bodyOf(path, turns));
        // What JSON cannot carry (half a surrogate pair) arrives as the replacement character.
        const sent = Buffer.from(text, 'utf8').toString('utf8').trim();
        expect(status).toBe(sent === '' ? 400 : 200);
        if (sent !== '') expect((pilcrow.asked[before] as { question: string }).question).toBe(sent);
      },
    ),
    { numRuns: 60 },
  );
});

test.each(PATHS)('%s: a huge history is answered', async (path) => {
  const turns = Array.from({ length: 9000 }, (_, turn) => ({
    role: turn % 2 ? 'assistant' : 'user',
    text: `turn ${turn} ${'é'.repeat(10)}`,
  }));
  const { status } = await post(path, bodyOf(path, [...turns, { role: 'user', text: question }]));
  expect(status).toBe(200);
  expect((pilcrow.asked.at(-1) as { history: { content: string }[] }).history.at(-1)!.content).toMatch(/^turn 8999 /);
  expect((await post(path, bodyOf(path, [...turns, ...turns, ...turns, { role: 'user', text: question }]))).status).toBe(413);
});

test.each(PATHS)('%s: deep nesting and long lists of nonsense are refused', async (path) => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  expect((await post(path, `{"messages":${deep},"input":${deep}}`)).status).toBe(400);
  expect((await post(path, deep)).status).toBe(400);
  const wrong = JSON.stringify(Array.from({ length: 100_000 }, () => 7));
  expect((await post(path, `{"messages":${wrong},"input":${wrong}}`)).status).toBe(400);
  const parts = JSON.stringify(Array.from({ length: 20_000 }, () => ({ type: 'text', text: 'x' })));
  const message = `[{"role":"user","content":${parts},"parts":${parts}}]`;
  expect((await post(path, path === '/v1/responses' ? `{"input":${message}}` : `{"messages":${message}}`)).status).toBe(413);
});

test('what is deep where nothing is read is passed over', async () => {
  const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
  const { status } = await post(
    '/v1/chat/completions',
    `{"messages":[{"role":"user","content":"${question}"}],"tools":${deep},"metadata":${deep}}`,
  );
  expect(status).toBe(200);
});

test('every limit of a question is counted in characters, in every form', async () => {
  for (const path of PATHS) {
    const long = '🗼'.repeat(limits.questionCharacters);
    expect((await post(path, bodyOf(path, [{ role: 'user', text: long }]))).status).toBe(200);
    expect((await post(path, bodyOf(path, [{ role: 'user', text: `${long}x` }]))).status).toBe(400);
  }
});
