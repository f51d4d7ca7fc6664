import { describe, expect, test } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { replySchemas } from '../../src/http/schemas.ts';
import { createTiny, HOSTILE, harbours, type TinyBriefing } from '../fixtures/tiny.ts';
import { limits, tinyApp } from './helper.ts';

describe('GET /v1/series', () => {
  test('lists the series with their editions, and which is in force', async () => {
    const list = await (await tinyApp().call('GET', '/v1/series')).json();
    expect(replySchemas.SeriesList.strict().safeParse(list).error).toBeUndefined();
    const found = list.series.find((one: { id: string }) => one.id === 'harbours');
    expect(
      found.editions.map((one: { briefing: string; newest: boolean; edition: { stated: boolean } }) => [
        one.briefing,
        one.newest,
        one.edition.stated,
      ]),
    ).toEqual([
      ['harbours-2026', true, true],
      ['harbours-2019', false, false],
    ]);
  });
});

describe('GET /v1/series/{id}/changes', () => {
  test('tells what changed, by the schema it publishes', async () => {
    const changes = await (await tinyApp().call('GET', '/v1/series/harbours/changes')).json();
    expect(replySchemas.Changes.strict().safeParse(changes).error).toBeUndefined();
    expect(changes.rows.filter((row: { kind: string }) => row.kind === 'changed')).toMatchObject([
      {
        from: { text: 'The coast has seven harbours.' },
        to: { url: '/briefings/harbours-2026#p2' },
        facts: [{ from: { text: 'seven' }, to: { text: 'nine' } }],
      },
    ]);
    const same = await (await tinyApp().call('GET', '/v1/series/harbours/changes?from=2026-03&to=2019')).json();
    expect(same).toEqual(changes);
  });

  test.each([
    ['/v1/series/nothing/changes', 404],
    ['/v1/series/__proto__/changes', 404],
    ['/v1/series/harbours/changes?from=1999', 404],
    ['/v1/series/harbours/changes?from=2019&to=2019', 400],
    ['/v1/series/hostile/changes', 400],
    [`/v1/series/harbours/changes?from=${'9'.repeat(300)}`, 400],
  ])('%s is %i with a hint', async (path, status) => {
    const response = await tinyApp().call('GET', path);
    expect(response.status).toBe(status);
    const problem = await response.json();
    expect(replySchemas.Problem.strict().safeParse(problem).error).toBeUndefined();
  });
});

describe('the page', () => {
  test('shows both sides with the changed value marked, and leads to the paragraphs', async () => {
    const text = await (await tinyApp().call('GET', '/series/harbours/changes')).text();
    expect(text).toContain('The coast has <del>seven</del> harbours.');
    expect(text).toContain('The coast has <ins>nine</ins> harbours.');
    expect(text).toContain('href="/briefings/harbours-2026#p2"');
    expect(text).toContain('href="/briefings/harbours-2019#p2"');
    expect(text).toContain('date inferred');
  });

  test('shows one kind when asked', async () => {
    const { call } = tinyApp();
    const kinds = async (query: string) =>
      [
        ...new Set(
          [...(await (await call('GET', `/series/harbours/changes${query}`)).text()).matchAll(/data-kind="(\w+)"/g)].map(
            (match) => match[1],
          ),
        ),
      ].sort();
    expect(await kinds('')).toEqual(['added', 'changed']);
    expect(await kinds('?show=unchanged')).toEqual(['unchanged']);
    expect(await kinds('?show=removed')).toEqual([]);
    expect(await kinds('?show=nonsense')).toEqual(['added', 'changed']);
  });

  test('a series that is not there is a page that says so', async () => {
    const response = await tinyApp().call('GET', '/series/nothing/changes', undefined, { accept: 'text/html' });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('There is no such series.');
  });

  test('nothing a document says becomes markup', async () => {
    const edition = (date: string, line: string): TinyBriefing => ({
      id: `hostile-${date}`,
      title: HOSTILE,
      series: 'evil',
      date,
      stated: true,
      newest: date === '2026',
      lines: [
        ['heading', `${HOSTILE} heading`, []],
        ['body', line, [`${HOSTILE} heading`]],
      ],
    });
    const pilcrow = createTiny([
      ...harbours,
      edition('2019', `The zoo has 7 crocodiles <img src=x onerror="hacked()">.`),
      edition('2026', `The zoo has 9 crocodiles <img src=x onerror="hacked()">.`),
    ]);
    const app = createApp({ pilcrow, config: { host: '127.0.0.1', publicUrl: null, limits } });
    const text = await (await app.request('/series/evil/changes')).text();
    expect(text).toContain('<ins>9</ins>');
    expect(text).not.toContain('<img');
    expect(text).not.toContain('<script>window');
  });
});

describe('the page of a briefing', () => {
  test('switches to the same paragraph of the other edition, where there is one', async () => {
    const { call } = tinyApp();
    const newest = await (await call('GET', '/briefings/harbours-2026')).text();
    expect(newest).toContain('href="/briefings/harbours-2019#p2" aria-label="This paragraph in the 2019 edition"');
    expect(newest.match(/class="switch"/g)).toHaveLength(1);
    expect(newest).not.toContain('This is not the newest edition');
    const older = await (await call('GET', '/briefings/harbours-2019')).text();
    expect(older).toContain('href="/briefings/harbours-2026#p2" aria-label="This paragraph in the March 2026 edition"');
    expect(older).toContain('This is not the newest edition');
    expect(await (await call('GET', '/briefings/hostile')).text()).not.toContain('class="switch"');
  });
});
