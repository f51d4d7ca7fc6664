import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../src/ingest/document.ts';
import { outline } from '../helpers.ts';

const html = (text: string) => outline(text, 'a.html');

describe('HTML', () => {
  it('reads the main content without navigation, scripts, cookie text and hidden parts', () => {
    expect(
      html(`<title>Parish</title><nav><a href="/">Home</a></nav><div class="cookie-banner">We use cookies.</div>
        <main><h1>The mills</h1><p>They <b>turn</b>&nbsp;daily.<script>let a;</script></p><p hidden>Secret.</p><p style="display: none">Too.</p></main>
        <footer>Imprint</footer>`),
    ).toEqual(['heading: The mills', 'body: They turn daily.']);
  });

  it('reads a page of nothing but navigation as it is', () => {
    expect(html('<nav><p>The mill is shut.</p></nav>')).toEqual(['body: The mill is shut.']);
  });

  it('reads lists with their numbers, definitions and quotations', () => {
    const { paragraphs } = readDocument(
      'a.html',
      Buffer.from(
        '<p>It needs:</p><ol start="4"><li>a wheel<ul><li>of oak</li></ul></li><li>a stone</li></ol><dl><dt>Toll</dt><dd>What carts pay.</dd></dl><blockquote><p>Grind on.</p></blockquote>',
      ),
    );
    expect(paragraphs.map(({ kind, text, lead, marker }) => [kind, text, lead, marker])).toEqual([
      ['body', 'It needs:', null, undefined],
      ['item', 'a wheel', 1, '4.'],
      ['item', 'of oak', 2, undefined],
      ['item', 'a stone', 1, '5.'],
      ['body', 'Toll', null, undefined],
      ['item', 'What carts pay.', 5, undefined],
      ['quotation', 'Grind on.', null, undefined],
    ]);
  });

  it('reads tables with spans, and takes layout tables apart', () => {
    expect(
      html(
        '<table><caption>Bays</caption><thead><tr><th>Bay</th><th>Use</th></tr></thead><tr><td rowspan=2>East</td><td>coal</td></tr><tr><td>rye</td></tr></table>',
      ),
    ).toEqual(['body: Bays', 'body: Bay: East; Use: coal', 'body: Bay: East; Use: rye']);
    expect(html(`<table><tr><td>Menu</td><td>One.<br><br>Two.</td></tr></table>`)).toEqual(['body: Menu', 'body: One.', 'body: Two.']);
  });

  it('keeps the numbers of a list inside a cell', () => {
    expect(
      html('<table><tr><th>Mill</th><th>Steps</th></tr><tr><td>Upper</td><td><ol start="3"><li>Open<li>Grind</ol></td></tr></table>'),
    ).toEqual(['body: Mill: Upper; Steps: 3. Open, 4. Grind']);
  });

  it('tells of what is struck through and of descriptions of pictures, in pages and in HTML in Markdown', () => {
    const page = '<p>The mill is <s>shut</s> open.</p><p><img src="a.png" alt="A wheel">Come in. <del>Bring flour.</del></p>';
    for (const name of ['a.html', 'a.md']) {
      const { problems, text } = readDocument(name, Buffer.from(page));
      expect(text).not.toMatch(/shut|flour|wheel/);
      expect(problems.filter(({ note }) => !note).map(({ message }) => message)).toEqual([
        'What is struck through is left out: "shut", "Bring flour.".',
      ]);
      expect(problems.filter(({ note }) => note)).toHaveLength(1);
    }
  });

  it('reads a footnote where its mark stands, once', () => {
    const page = (mark: string, notes: string) =>
      html(`<main><p>The toll is two pence${mark} for carts. It is paid here.</p></main>${notes}`);
    expect(page('<sup><a href="#n1">1</a></sup>', '<footer><ol><li id="n1">Since 1902. <a href="#r1">↩</a></li></ol></footer>')).toEqual([
      'body: The toll is two pence (Since 1902.) for carts. It is paid here.',
    ]);
    expect(page('<a href="#n1" role="doc-noteref">*</a>', '<p><a id="n1">*</a> Carts of four wheels.</p>')).toEqual([
      'body: The toll is two pence (Carts of four wheels.) for carts. It is paid here.',
    ]);
    // A link to a section is no note, and neither is one whose mark nobody sees.
    expect(page('<sup><a href="#none">2</a></sup>', '')).toEqual(['body: The toll is two pence2 for carts. It is paid here.']);
    expect(html('<p>The toll.<span hidden><sup><a href="#n">1</a></sup></span></p><ol><li id="n">Since 1902.</li></ol>')).toEqual([
      'body: The toll.',
      'item: Since 1902.',
    ]);
  });

  it('takes title, language, publisher and date from the head', () => {
    const page =
      '<html lang="de-AT"><title>Die Mühlen</title><meta property="article:published_time" content="2026-02-03T10:00:00Z"><meta property="og:site_name" content="Gemeinde"><p>Sie drehen sich.</p>';
    expect(readDocument('a.html', Buffer.from(page)).briefing).toMatchObject({
      title: 'Die Mühlen',
      language: 'de',
      publisher: 'Gemeinde',
      edition: { date: '2026-02-03' },
    });
  });

  it('reads the encoding a page names', () => {
    const page = Buffer.from('<meta charset="windows-1250"><p>Ml\xfdn stoj\xed na \xf8ece.</p>', 'latin1');
    expect(readDocument('a.html', page).text).toBe('Mlýn stojí na řece.');
  });

  it('survives anything', () => {
    for (const text of [
      '<'.repeat(50_000),
      '<div>'.repeat(20_000),
      '<table>'.repeat(300),
      '<p>&',
      '<!--',
      '</p></p></table>',
      '<b'.repeat(9000),
    ])
      expect(Array.isArray(html(text))).toBe(true);
  });
});
