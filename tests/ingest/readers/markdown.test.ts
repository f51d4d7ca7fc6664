import { describe, expect, it } from 'vitest';
import { fixture, fromText, outline } from '../helpers.ts';

const md = (text: string) => outline(text, 'note.md');

describe('Markdown', () => {
  const guide = fixture('guide.md');

  it('reads the front matter as written', () => {
    expect(guide.briefing).toMatchObject({
      title: 'Guide: quay inspections',
      publisher: 'Ports Alliance',
      language: 'en',
      edition: { date: '2024-11', stated: true, source: 'front-matter' },
    });
    expect(guide.problems).toEqual([]);
  });

  it('reads headings, lists, quotes, tables, code and address', () => {
    expect(guide.paragraphs.map(({ kind, text, lead }) => [kind, text, lead])).toEqual([
      ['heading', 'Guide to quay inspections', null],
      ['body', 'Every quay is inspected twice a year. See the full rules or rule 7.', null],
      ['heading', '1. Before the visit', null],
      ['body', 'The inspector brings:', null],
      ['item', 'a tide table,', 4],
      ['item', 'a lamp with spare batteries:', 4],
      ['item', 'two for winter', 6],
      ['item', 'one for summer', 6],
      ['item', 'the form for fee_payers & guests.', 4],
      ['item', 'It must be signed.', 4],
      ['item', 'Call the harbour.', 4],
      ['item', 'Note the time.', 4],
      ['quotation', 'The sea does not wait, and neither do we.', null],
      ['heading', 'Fees', null],
      ['body', 'Boat: Dinghy; Fee: US$ 5; Note: per day', null],
      ['body', 'Boat: Trawler; Fee: US$ 40', null],
      ['body', 'mooring = rope + ring', null],
      ['contact', 'Ports Alliance\n7, Quay Street\nTel: +99 12 345 6789', null],
    ]);
  });

  it('removes marks and keeps what is not one', () => {
    expect(
      md(
        '# T\n\n**b** *i* ***x*** `a*b` ~~s~~ [l *m*](http://u "t") ![alt](u) <https://u.example> <b>t</b> snake_case_name 2 * 3 \\*k\\* &lt;5 a < b [ref][r] [r] [not] [^1]\n\n[r]: http://r',
      ),
    ).toEqual(['heading: T', 'body: b i x a*b l m https://u.example t snake_case_name 2 * 3 *k* <5 a < b ref r [not]']);
  });

  it('drops comments, also over lines, but not in code', () => {
    expect(md('one <!-- a\nb --> two\n\n```\n<!-- kept -->\n```\n\n<!-- open')).toEqual([
      'body: one two',
      'body: <!-- kept -->',
      'body: <!-- open',
    ]);
  });

  it('drops scripts, styles and the attributes of headings', () => {
    expect(
      md(
        '# The zoo {#top .wide}\n\n<p>Open until <b>May</b>.</p><script>alert(1)</script> Come <STYLE>p{}</STYLE>soon.\n\n<script>\nlet a;\n\nlet b;\n</script>\n\nThe end.\n\n<script>left open',
      ),
    ).toEqual(['heading: The zoo', 'body: Open until May.', 'body: Come soon.', 'body: The end.', 'body: left open']);
  });

  it('keeps the cells and rows of an HTML table apart', () => {
    expect(md('# T\n\n<table><tr><th>Port</th><th>Cranes</th></tr>\n<tr><td>Moro</td><td>12</td></tr></table>')).toEqual([
      'heading: T',
      'body: Port: Moro; Cranes: 12',
    ]);
  });

  it('says when the front matter is never closed', () => {
    expect(fromText('---\ntitle: A note\n\nText.', 'note.md').problems[0]?.message).toContain('never closed');
    expect(fromText('---\n\nText after a rule.', 'note.md').problems).toEqual([]);
  });

  it('still reads a document whose front matter is broken, and says so', () => {
    const { paragraphs, problems } = fromText('---\ntitle: [a\nedition: 2019\n---\n\n# T\n\nText.', 'note.md');
    expect(problems[0]?.message).toMatch(/front matter/);
    expect(paragraphs.map(({ text }) => text)).toEqual(['T', 'Text.']);
  });

  it('does not run or expand anything in the front matter', () => {
    const { problems } = fromText('---\na: &a [x]\nb: *a\n---\ntext', 'note.md');
    expect(problems).toHaveLength(1);
    expect(fromText('---js\nthrow 1\n---\ntext', 'note.md').paragraphs.length).toBeGreaterThan(0);
  });

  it('takes a rule at the start for a rule', () => {
    expect(md('---\njust text\n---\n\nmore')).toEqual(['heading: just text', 'body: more']);
  });
});
