import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Answer, Citation } from '../../src/core/model.ts';
import { en } from '../../src/widget/messages/en.ts';
import { widgetWords } from '../../src/widget/messages/messages.ts';
import { linkTo, quoteParts, shown, withFootnotes } from '../../src/widget/text.ts';

const HOME = 'https://ask.example.org';

test('links lead to the service or to hosts the page allows, and nowhere else', () => {
  expect(linkTo({ url: '/briefings/a#p2', start: 3, end: 9 }, HOME, [])).toBe(`${HOME}/briefings/a?quote=3-9#p2`);
  expect(linkTo({ url: 'https://docs.example.org/a#p2', start: 3, end: 9 }, HOME, ['docs.example.org'])).toBe(
    'https://docs.example.org/a#p2',
  );
  for (const url of [
    'https://evil.example/',
    '//evil.example/a',
    '\\\\evil.example\\a',
    'https://ask.example.org.evil.example/',
    'https://ask.example.org@evil.example/',
    'https://user@ask.example.org/',
    'http://ask.example.org/',
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'blob:https://ask.example.org/1',
    'file:///etc/passwd',
    'https://',
  ]) {
    expect(linkTo({ url }, HOME, ['docs.example.org']), url).toBeNull();
  }
});

test('whatever an address is, a link stays on the service', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string({ unit: 'binary' }),
        fc.string().map((path) => `/${path}`),
      ),
      (url) => {
        const link = linkTo({ url }, HOME, []);
        if (link !== null) expect(link.startsWith(`${HOME}/`)).toBe(true);
      },
    ),
  );
});

test('what is not seen is not shown', () => {
  expect(shown('pay \u202e001\u202c now\u0007\u001b[31m\ufeff\u200b!')).toBe('pay 001 now[31m!');
  expect(shown('\u{e0041}\u{e0042}plain')).toBe('plain');
  // What scripts and emoji need stays.
  expect(shown('می\u200cخواهم 👩\u200d🚀 e\u0301\tx\ny')).toBe('می\u200cخواهم 👩\u200d🚀 e\u0301\tx\ny');
});

test('a paragraph falls into before, quote and after, without loss', () => {
  const quote = { exact: 'nine', prefix: 'has ', suffix: ' har' };
  expect(quoteParts({ text: 'nine ships; it has nine harbours', quote })).toEqual(['nine ships; it has ', 'nine', ' harbours']);
  expect(quoteParts({ text: 'The coast', quote })).toEqual(['The coast', '', '']);
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.string({ unit: 'grapheme' }),
      (a, b, c) => {
        const text = a + b + c;
        expect(quoteParts({ text, quote: { exact: b, prefix: a.slice(-32), suffix: c.slice(0, 32) } }).join('')).toBe(shown(text));
      },
    ),
  );
});

test('a copy has every source with edition, paragraph, words and address', () => {
  const citation: Citation = {
    number: 1,
    paragraph: 'harbours-2026#p2',
    briefing: {
      id: 'harbours-2026',
      title: 'Harbours',
      series: 'harbours',
      edition: { date: '2026-03', stated: false },
      newest: true,
      source: 'x.md',
    },
    headings: ['Harbours', 'Lights'],
    page: 3,
    text: 'The coast has nine harbours.',
    quote: { exact: 'nine harbours', prefix: '', suffix: '' },
    start: 14,
    end: 27,
    url: '/briefings/harbours-2026#p2',
  };
  const answer = {
    answer: 'Nine. [1]',
    citations: [citation],
    notes: [{ kind: 'changed', text: 'It was seven.', citations: [1] }],
  } as unknown as Answer;
  expect(withFootnotes('How many?', answer, widgetWords('en', en), (one) => linkTo(one, HOME, []))).toBe(
    [
      'How many?',
      '',
      'Nine. [1]',
      '',
      'Note: It was seven. [1]',
      '',
      `[1] Harbours, March 2026 edition (date inferred), Lights, Paragraph 2: “nine harbours” ${HOME}/briefings/harbours-2026?quote=14-27#p2`,
    ].join('\n'),
  );
});
