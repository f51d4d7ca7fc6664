import { describe, expect, it } from 'vitest';
import { fromText, outline } from '../helpers.ts';

const md = (text: string) => outline(text, 'note.md');
const problems = (text: string) => fromText(text, 'note.md').problems.map(({ message }) => message);

describe('tables in Markdown', () => {
  it('joins two header rows, and takes the first row where the header is empty', () => {
    expect(md('| Crop | Sown | Reaped |\n| | ha | tons |\n|--|--|--|\n| Rye | 4 | 9 |')).toEqual([
      'body: Crop: Rye; Sown ha: 4; Reaped tons: 9',
    ]);
    expect(md('| | |\n|--|--|\n| Mill | Stones |\n| Upper | 3 |')).toEqual(['body: Mill: Upper; Stones: 3']);
  });

  it('keeps cells beyond the header and names that no row uses', () => {
    expect(md('| Mill | Stones |\n|--|--|\n| Lower | 2 | shut since autumn |')).toEqual([
      'body: Mill: Lower; Stones: 2; shut since autumn',
    ]);
    expect(md('| Mill | Owner |\n|--|--|\n| Lower | |')).toEqual(['body: Mill; Owner', 'body: Mill: Lower']);
  });

  it('does not take a bar in code or a wiki link for a column', () => {
    expect(md('| Rule | Sign |\n|--|--|\n| `a|b` | or |\n| [[either|one of two]] | xor |')).toEqual([
      'body: Rule: a|b; Sign: or',
      'body: Rule: one of two; Sign: xor',
    ]);
  });

  it('gives the cells of a row as spans of its text', () => {
    const [row] = fromText('| Mühle | Steine |\n|--|--|\n| Untere 🌾 | 2 |', 'note.md').paragraphs;
    expect(row?.role).toBe('row');
    expect(row?.cells?.map(({ name, start, end }) => [name, [...(row?.text ?? '')].slice(start, end).join('')])).toEqual([
      ['Mühle', 'Untere 🌾'],
      ['Steine', '2'],
    ]);
  });

  it('reads HTML tables, also with blank lines between their rows and cells that span', () => {
    expect(
      md(
        '<table>\n<tr><th>Bay</th><th>Use</th></tr>\n\n<tr><td rowspan="2">East</td><td>coal</td></tr>\n\n<tr><td>grain</td></tr>\n</table>',
      ),
    ).toEqual(['body: Bay: East; Use: coal', 'body: Bay: East; Use: grain']);
  });
});

describe('what is not in force or not seen', () => {
  it('leaves out struck-through text and says so', () => {
    const text = 'The toll is ~~3 crowns~~ 4 crowns. <del>Carts go free.</del>';
    expect(md(text)).toEqual(['body: The toll is 4 crowns.']);
    expect(problems(text)[0]).toContain('"3 crowns"');
    expect(md('About ~40 and ~50 carts pass.')).toEqual(['body: About ~40 and ~50 carts pass.']);
  });

  it('leaves out what is hidden, but nothing that follows an element left open', () => {
    expect(md('The miller is Ada.\n\n<p hidden>The miller is Bea.</p>\n\nShe grinds rye.')).toEqual([
      'body: The miller is Ada.',
      'body: She grinds rye.',
    ]);
    expect(md('One <span style="visibility: hidden">two</span> three.')).toEqual(['body: One three.']);
    expect(md('<div style="display:none">\n\nSecret.\n\n</div>\n\nOpen.')).toEqual(['body: Open.']);
    expect(md('One <span hidden>two three.')).toEqual(['body: One two three.']);
  });

  it('says that descriptions of pictures are left out', () => {
    expect(md('A mill. ![The wheel](w.png)')).toEqual(['body: A mill.']);
    expect(problems('A mill. ![The wheel](w.png)')[0]).toContain('a picture');
    expect(problems('A mill. ![](w.png)')).toEqual([]);
  });
});

describe('notes', () => {
  it('puts a footnote at its mark, and one without a mark at the end', () => {
    expect(md('The wheel turns.[^a] It is old.\n\n[^a]: Not in frost.\n\n[^b]: Nobody refers to me.')).toEqual([
      'body: The wheel turns. (Not in frost.) It is old.',
      'body: Nobody refers to me.',
    ]);
    expect(md('The rate^[Since May.] is 3.')).toEqual(['body: The rate (Since May.) is 3.']);
  });

  it('does not glue a link definition to the note above, and still follows it', () => {
    expect(md('It turns.[^a] See [rules].\n\n[^a]: Not in frost.\n[rules]: https://example.org "The rules"')).toEqual([
      'body: It turns. (Not in frost.) See rules.',
    ]);
  });

  it('makes one sentence of a statement and its note', () => {
    const [paragraph] = fromText('The wheel turns.[^a] It is old.\n\n[^a]: Not in frost.', 'note.md').paragraphs;
    const points = [...(paragraph?.text ?? '')];
    expect(paragraph?.sentences.map(({ start, end }) => points.slice(start, end).join(''))).toEqual([
      'The wheel turns. (Not in frost.)',
      'It is old.',
    ]);
  });
});

describe('dialects', () => {
  it.each([
    ['> [!NOTE] Frost\n> The wheel stands still.', ['body: Frost', 'body: The wheel stands still.']],
    ['> [!tip]-\n> Grease it.', ['body: Grease it.']],
    [':::warning\nThe sluice is open.\n:::', ['body: The sluice is open.']],
    ['::: tip Good to know\nIt is shut on Sundays.\n:::', ['heading: Good to know', 'body: It is shut on Sundays.']],
    ['!!! note\n    Grease it\n    in May.', ['body: Grease it in May.']],
    ['!!! Note\n\n    Grease it.', ['body: Grease it.']],
    ['??? info "Note"\n    Grease it.', ['body: Grease it.']],
    ['!!! warning "The sluice"\n    It is open.', ['body: The sluice', 'body: It is open.']],
    ['!!! tip inline end "The *old* sluice"\n\n    It is open.', ['body: The old sluice', 'body: It is open.']],
    ['It is open!!! Note that.', ['body: It is open!!! Note that.']],
    [
      '## Fees\n\nNotes\n\n1. A cart pays 4.\n2. A boat pays 9.',
      ['heading: Fees', 'heading: Notes', 'item: A cart pays 4.', 'item: A boat pays 9.'],
    ],
    ['## Fees\n\nA cart pays\n\n- 4 in May\n- 5 in June', ['heading: Fees', 'body: A cart pays', 'item: 4 in May', 'item: 5 in June']],
    ['Notes\n\n- A cart pays 4.\n- A boat pays 9.', ['body: Notes', 'item: A cart pays 4.', 'item: A boat pays 9.']],
    ['See [[Weir]] and [[Weir plan|the plan]]. ![[plan.png]]', ['body: See Weir and the plan.']],
    ['It is ==closed==, though 3 == 3. %%ask Ada%%', ['body: It is closed, though 3 == 3.']],
    ['`[[kept|as is]]` and\n\n```\n==kept==\n```', ['body: [[kept|as is]] and', 'body: ==kept==']],
    ['Toll\n: What a cart pays.', ['body: Toll', 'item: What a cart pays.']],
    ['## Weir {#weir}\n\nIt is 9 m long.', ['heading: Weir', 'body: It is 9 m long.']],
  ])('%j', (text, expected) => expect(md(text)).toEqual(expected));

  it('knows every named entity', () => {
    expect(md('Caf&eacute; &Scaron;koda &rarr; 5 &deg;C &frac14; &amp;amp;')).toEqual(['body: Café Škoda → 5 °C ¼ &amp;']);
  });

  it('keeps the number that opens a line of prose', () => {
    expect(md('The weir was built in\n1887. It was raised later.')).toEqual(['body: The weir was built in 1887. It was raised later.']);
    expect(md('1887. That was the year.')).toEqual(['body: 1887. That was the year.']);
    expect(md('3. three\n4. four')).toEqual(['item: three', 'item: four']);
  });
});

describe('front matter', () => {
  it('reads TOML', () => {
    const { briefing, paragraphs } = fromText('+++\ntitle = "Tolls"\ndate = 2026-03-04\n+++\n\nA cart pays 4.', 'note.md');
    expect(briefing).toMatchObject({ title: 'Tolls', edition: { date: '2026-03-04', source: 'front-matter' } });
    expect(paragraphs.map(({ text }) => text)).toEqual(['A cart pays 4.']);
  });

  it('tells prose between rules from metadata, and says when it cannot', () => {
    expect(md('---\nBeware: the weir is open. Keep off.\n---\n\nIt is wide.')).toEqual([
      'body: Beware: the weir is open. Keep off.',
      'body: It is wide.',
    ]);
    expect(problems('---\nowner: Ada\n---\n\nText.')[0]).toContain('"owner"');
    expect(problems('---\ntitle: T\nowner: Ada\n---\n\nText.')).toEqual([]);
  });

  it('reads broken TOML as nothing and says so', () => {
    expect(problems('+++\ntitle = [\n+++\n\nText.')[0]).toContain('front matter');
  });
});

describe('boxes of MkDocs', () => {
  it('reads what is set in below the mark as the author’s own text, lists among it, and the title before it', () => {
    expect(md('!!! info "Mooring card"\n    Sold at the kiosk.\n\n    1. Show a paper\n    2. Pay\n\nAfter it.')).toEqual([
      'body: Mooring card',
      'body: Sold at the kiosk.',
      'item: Show a paper',
      'item: Pay',
      'body: After it.',
    ]);
    expect(md('???+ warning\n\n\tNo diving\n\there.')).toEqual(['body: No diving here.']);
    expect(md('- Lock\n\n    !!!Note\n        Shut at night.\n\n- Weir')).toEqual(['item: Lock', 'item: Shut at night.', 'item: Weir']);
  });

  it('leaves exclamation marks, quotations and fenced code alone', () => {
    expect(md('Look!!! note the tide\n\n> Said so.')).toEqual(['body: Look!!! note the tide', 'quotation: Said so.']);
    expect(md('```\n!!! note\n    x\n```')).toEqual(md('```\n!!! note\n    x\n```'));
    expect(md('```\n!!! note\n    x\n```').join('')).toContain('!!! note');
  });
});
