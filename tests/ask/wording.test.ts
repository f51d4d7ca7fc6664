import { describe, expect, it } from 'vitest';
import { type ReasonKind, reason } from '../../src/ask/reasons.ts';
import { WORDED, type Wording, wording } from '../../src/ask/wording.ts';
import { detectLanguage } from '../../src/core/text/language.ts';
import { figuresIn } from '../../src/core/text/localised.ts';

const july = { title: 'Ports of Lindara', edition: { date: '2026-07', stated: true, source: 'title' as const } };
const april = { title: 'Ports of Lindara', edition: { date: '2019-04-26', stated: true, source: 'title' as const } };
const inferred = { title: 'Ports of Lindara', edition: { date: '2019', stated: false, source: 'text' as const } };
const undated = { title: 'Ports of Lindara', edition: { date: null, stated: false, source: 'none' as const } };

/** Every reason for withholding a sentence, with values that it names. */
const REASONS: [ReasonKind, ...string[]][] = [
  ...(['unsupported', 'uncited', 'long', 'markup', 'citation', 'announced', 'few', 'part', 'apart', 'doubted'] as const).map(
    (kind): [ReasonKind] => [kind],
  ),
  ...(['quotation', 'figure', 'date', 'name', 'address', 'unit', 'bound', 'word', 'denied', 'planned', 'actor', 'verb'] as const).map(
    (kind): [ReasonKind, string] => [kind, '4711'],
  ),
  ...(['counted', 'other', 'place', 'swapped'] as const).map((kind): [ReasonKind, string, string] => [kind, '4711', '$& {0}']),
];

/** Every sentence a wording can make, with the values that must stand in it. */
function sentencesOf(words: Wording): [string, string[]][] {
  const failures = ['timeout', 'unavailable', 'rejected', 'cut_off', 'nonsense', 'refused', null] as const;
  return [
    [words.notFound, []],
    [words.otherLanguage(['en']), []],
    [words.onlyEdition(april, july), ['2019', '2026']],
    [words.onlyEdition(july, null), ['2026']],
    [words.accordingTo(april), ['26', '2019']],
    [words.spelling([{ from: 'harbuor', to: 'harbour' }]), ['harbuor', 'harbour']],
    [words.noVectors, []],
    [words.conflict('26', '28'), ['26', '28']],
    [words.became('26', april, '28', july), ['26', '28', '2019', '2026']],
    [words.otherEdition(april, '27', true), ['27', '2019']],
    [
      words.overview(april, july, { changed: 11, reworded: 12, added: 13, removed: 14 }, '/series/ports/changes'),
      ['11', '12', '13', '14', '/series/ports/changes', '2019', '2026'],
    ],
    ...failures.flatMap((failure): [string, string[]][] => [
      [words.fallback(failure, true), []],
      [words.fallback(failure, false), []],
    ]),
    [words.partlyOtherLanguage, []],
    [words.excerpts, []],
    [words.unanswered('0815?'), ['0815?']],
    ...REASONS.map(([kind, ...values]): [string, string[]] => [words.withheld(reason(kind, ...values)), values]),
  ];
}

describe.each([...WORDED])('wording in %s', (language) => {
  const words = wording(language);

  it('says every sentence, with its values', () => {
    for (const [sentence, values] of sentencesOf(words)) {
      expect(sentence.trim().length).toBeGreaterThan(3);
      expect(sentence).not.toMatch(/undefined|null|\[object/);
      for (const value of values) expect(sentence).toContain(value);
    }
  });

  it('is in that language', () => {
    expect(words.language).toBe(language);
    const whole = sentencesOf(words)
      .map(([sentence]) => sentence)
      .join(' ');
    expect(detectLanguage(whole)).toBe(language);
  });

  it('names editions by date, and says when a date was inferred or is missing', () => {
    expect(words.edition(july)).toContain('2026');
    expect(words.edition(inferred).length).toBeGreaterThan(
      words.edition({ ...inferred, edition: { ...inferred.edition, stated: true } }).length,
    );
    expect(words.edition(undated)).toContain('Ports of Lindara');
    expect(figuresIn(words.date('2019-04-26'), language).map(({ value }) => value)).toEqual(expect.arrayContaining([2019]));
    // A date that stands in no calendar is shown, not turned into another one.
    expect(words.date('2019-02-31')).toContain('31');
  });

  it('repeats no sentence of another language', () => {
    if (language === 'en') return;
    const english = new Set(sentencesOf(wording('en')).map(([sentence]) => sentence));
    for (const [sentence] of sentencesOf(words)) expect(english.has(sentence)).toBe(false);
  });
});

describe('wording', () => {
  it('is English where nothing tells and for languages it does not have', () => {
    for (const language of ['und', 'xx', 'el', '__proto__', ''])
      expect(wording(language).notFound).toBe('The briefings do not answer this.');
  });

  it('keeps the English sentences', () => {
    const en = wording('en');
    expect(en.onlyEdition(april, july)).toBe('Only the 26 April 2019 edition says this. The July 2026 edition does not.');
    expect(en.otherEdition(inferred, '26', true)).toBe('The 2019 edition said 26.');
    expect(en.otherEdition(undated, '26', false)).toBe('The undated edition “Ports of Lindara” says 26.');
    expect(en.became('26', april, '28', july)).toBe('26 in the 26 April 2019 edition became 28 in the July 2026 edition.');
    expect(en.edition(inferred)).toBe('the 2019 edition (date inferred from its text)');
  });

  it('bends its articles', () => {
    expect(wording('fr').edition(april)).toBe('l’édition du 26 avril 2019');
    expect(wording('fr').edition({ ...april, edition: { ...april.edition, date: '2019-04' } })).toBe('l’édition d’avril 2019');
    expect(wording('es').edition(april)).toBe('la edición del 26 de abril de 2019');
    expect(wording('de').onlyEdition(july, null)).toBe('Das sagt nur die Ausgabe vom Juli 2026.');
    expect(wording('it').edition({ ...april, edition: { ...april.edition, date: '2019-04-08' } })).toBe('l’edizione dell’8 aprile 2019');
    expect(wording('zh').edition(july)).toBe('2026年7月版');
  });
});
