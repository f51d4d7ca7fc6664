import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ApiKey } from '../../src/core/access.ts';
import { createApp } from '../../src/http/app.ts';
import { createWho } from '../../src/http/who.ts';
import { createMcpHandler } from '../../src/mcp/index.ts';
import { limits } from '../http/helper.ts';
import { type Library, libraryOf } from './readers.ts';
import { numbersFrom } from './strange.ts';

const QUESTIONS = 2000;

/** Subjects of the briefings; the first half is for the staff, whom we ask as, or for everybody, the other half for the board. */
const SUBJECTS = ['ferry', 'library', 'canteen', 'archive', 'orchard', 'merger', 'pension', 'lawsuit', 'vineyard', 'observatory'];
const HIDDEN = SUBJECTS.slice(5);
/** No word of any language, each in one hidden briefing: in text, title, headings, tables, names of files, series and offices. */
const markOf = (subject: string, at: number) => `zq${['x', 'v', 'k', 'w', 'j'][at]}${subject.slice(0, 4)}ond`;
const MARKS = HIDDEN.map(markOf);

function body(subject: string, mark: string | null, year: number): string {
  const named = mark === null ? subject : `${mark} ${subject}`;
  const office = mark === null ? 'Quiet Lake Office' : `${mark[0]!.toUpperCase()}${mark.slice(1)} Lake Office`;
  return `---
series: ${mark ?? subject}-notes
edition: ${year}
---
# Notes on the ${named} ${year}

## Who runs the ${named}

The ${named} is run by the ${office} (${office
    .split(' ')
    .map((word) => word[0])
    .join('')}${year === 2026 ? 'N' : ''}) since ${year - 30}. Its director is Ada ${mark ?? 'Lund'}.

## What the ${named} costs

The ${named} costs ${year - 2000} crowns a day. ${mark === null ? 'Visitors' : `The ${mark}`} may come on ${year % 2 ? 'Monday' : 'Friday'}.

| ${mark ?? 'place'} | opens |
|---|---|
| ${mark ?? 'harbour'} gate | ${year % 12} |

- The ${named} has ${year % 7} rooms.
- The ${mark ?? 'oldest'} room was painted in ${year - 5}.
`;
}
const files: Record<string, string> = {
  'access.yaml': 'rules:\n  - files: staff\n    groups: [staff, board]\n  - files: board\n    groups: [board]\n',
};
for (const [at, subject] of SUBJECTS.entries()) {
  const mark = at < 5 ? null : (MARKS[at - 5] as string);
  const folder = at < 2 ? 'open' : at < 5 ? 'staff' : 'board';
  for (const year of [2024, 2026]) files[`${folder}/${mark ?? subject}-${year}.md`] = body(subject, mark, year);
}

let library: Library;
let app: ReturnType<typeof createApp>;
beforeAll(async () => {
  library = await libraryOf(files);
  const find = (text: string): ApiKey | null =>
    text === 'pil_staff' ? { id: 'staff', name: 'staff', scope: 'ask', groups: ['staff'], created: '2026', expires: null } : null;
  app = createApp({
    pilcrow: library.pilcrow,
    config: { host: '127.0.0.1', publicUrl: null, limits },
    who: createWho({ keys: { find }, required: true }),
    mcp: (seen) => createMcpHandler(seen, { limits }),
  });
}, 400_000);
afterAll(async () => library?.close());

/** The many ways one question is put. */
const WAYS: ((question: string) => [path: string, body: object, headers?: Record<string, string>])[] = [
  (question) => ['/v1/ask', { question }],
  (question) => ['/v1/ask', { question, edition: 'all' }, { accept: 'text/event-stream' }],
  (query) => ['/v1/search', { query, limit: 20 }],
  (content) => ['/v1/chat/completions', { model: 'pilcrow-all', messages: [{ role: 'user', content }] }],
  (content) => ['/v1/chat/completions', { model: 'pilcrow', stream: true, messages: [{ role: 'user', content }] }],
  (input) => ['/v1/responses', { model: 'pilcrow', input }],
  (text) => ['/v1/ui-messages', { messages: [{ id: '1', role: 'user', parts: [{ type: 'text', text }] }] }],
  (question) => ['/v1/ask', { question: 'And there?', history: [{ role: 'user', content: question }] }],
  (question) => tool('ask', { question }),
  (query) => tool('search', { query }),
];
const tool = (name: string, given: object): [string, object, Record<string, string>] => [
  '/mcp',
  { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: given } },
  { accept: 'application/json, text/event-stream' },
];

/** Questions of words of the hidden half, whole and misspelt, and of others. */
function questionOf(next: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const misspelt = (word: string) => {
    const at = 1 + Math.floor(next() * (word.length - 2));
    return pick([
      word.slice(0, at) + word.slice(at + 1),
      word.slice(0, at) + pick([...'aeiou']) + word.slice(at),
      word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2),
    ]);
  };
  const about = () =>
    pick([pick(SUBJECTS), pick(HIDDEN), misspelt(pick(HIDDEN)), misspelt(pick(MARKS)), pick(MARKS), pick(['QLO', 'ZLO', 'ZLON'])]);
  return pick([
    () => `Who runs the ${about()}?`,
    () => `How much is the ${about()} a day?`,
    () => `What changed in the ${about()} notes since 2024?`,
    () => `When was the oldest room of the ${about()} painted?`,
    () => `${about()} ${about()}`,
    () => `Does the ${about()} cost more than the ${about()}, and who is its director?`,
    () => `What does ${about()} stand for?`,
    () => `Which briefings mention the ${about()} in ${pick(['2024', '2026', '1994'])}?`,
  ])();
}

it(`${QUESTIONS} questions of somebody who may read half the briefings show no word of the other half`, async () => {
  const next = numbersFrom(2026);
  let answered = 0;
  for (let count = 0; count < QUESTIONS; count++) {
    const question = questionOf(next);
    const [path, given, headers] = (WAYS[count % WAYS.length] as (typeof WAYS)[number])(question);
    const response = await app.request(path, {
      method: 'POST',
      headers: { host: '127.0.0.1', 'content-type': 'application/json', 'x-api-key': 'pil_staff', ...headers },
      body: JSON.stringify(given),
    });
    const text = await response.text();
    const all = `${JSON.stringify([...response.headers])}\n${text}`.toLowerCase();
    const asked = question.toLowerCase();
    // What was asked may come back; nothing else of the hidden half may.
    const shown = MARKS.filter((mark) => all.includes(mark) && !asked.includes(mark));
    expect({ question, path, shown }).toEqual({ question, path, shown: [] });
    // Nor does the reply to a question that names a mark say more than that it was asked.
    for (const mark of MARKS.filter((one) => asked.includes(one))) {
      const rest = all.replaceAll(asked, '').replaceAll(JSON.stringify(asked).slice(1, -1), '');
      expect({ question, path, cites: rest.includes(`${mark}-20`), title: rest.includes(`notes on the ${mark}`) }).toEqual({
        question,
        path,
        cites: false,
        title: false,
      });
    }
    expect(all).not.toContain('board/');
    if (/"status":"answered"|crowns a day|is run by/.test(text)) answered++;
  }
  // They are questions somebody gets answers to.
  expect(answered).toBeGreaterThan(QUESTIONS / 20);
}, 900_000);

it('pages, lists and errors show none either', async () => {
  const paths = ['/', '/v1/briefings', '/v1/series', '/v1/models', '/readyz', '/openapi.json', '/reference', '/embed'];
  for (const mark of MARKS)
    paths.push(`/briefings/${mark.slice(0, -1)}-2026`, `/v1/series/nothing/changes`, `/v1/briefings/absent/paragraphs/1`);
  for (const path of paths) {
    for (const accept of ['text/html', 'application/json']) {
      const response = await app.request(path, { headers: { host: '127.0.0.1', 'x-api-key': 'pil_staff', accept } });
      const all = `${JSON.stringify([...response.headers])}\n${await response.text()}`.toLowerCase();
      expect({ path, shown: MARKS.filter((mark) => all.includes(mark)) }).toEqual({ path, shown: [] });
    }
  }
  const ready = (await (await app.request('/readyz', { headers: { host: '127.0.0.1' } })).json()) as { snapshot: { briefings: number } };
  expect(ready.snapshot.briefings).toBe(4);
});
