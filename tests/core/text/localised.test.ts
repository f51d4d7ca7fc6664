import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abbreviationsAcross } from '../../../src/core/text/bodies.ts';
import { figures, READ_LANGUAGES } from '../../../src/core/text/figures.ts';
import { countriesIn } from '../../../src/core/text/places.ts';
import { dates } from '../../../src/core/time/dates.ts';
import { FEW_PASSES, passesOver } from '../../fixtures/characters-read.ts';

const read = (text: string, language: string) => figures(text, language).map(({ value, unit }) => (unit ? `${value} ${unit}` : value));
const when = (text: string, language: string) => dates(text, language).map(({ from, to }) => (from === to ? from : `${from}/${to}`));

describe('figures', () => {
  it.each<[string, string, (number | string)[]]>([
    ['fr', 'La Chine a ratifié vingt-huit conventions.', [28]],
    ['fr', 'quatre-vingt-dix-sept ports, soixante et onze phares', [97, 71]],
    ['fr', 'trois cent vingt et un mille personnes', [321_000]],
    ['fr', '1 000 000 de personnes et 1 200 postes', [1_000_000, 1200]],
    ['fr', '1\u202f000\u202f000 de personnes', [1_000_000]],
    ['fr', '2,5 millions de dollars', ['2500000 USD']],
    ['fr', '1,2 million de dollars des États-Unis', ['1200000 USD']],
    ['fr', 'un million de dollars américains', ['1000000 USD']],
    ['fr', '8 millions $ US', ['8000000 USD']],
    ['fr', '3,5 % des travailleurs, soit trente pour cent', ['3.5 %', '30 %']],
    ['fr', 'la 28e session, le 1er accord, la deuxième phase', [28, 1, 2]],
    ['fr', 'un bureau, une agence', []],
    ['fr', 'deux mille dix-neuf', [2019]],
    ['fr', 'des millions de gens', []],
    ['fr', 'La convention C190 et le groupe 3G', []],
    ['fr', 'plus de 1 000 participants de 80 pays', [1000, 80]],
    ['fr', 'de cinq à dix et de trente et quarante', [5, 10, 30, 40]],
    ['es', 'China ha ratificado veintiocho convenios', [28]],
    ['es', 'treinta y uno', [31]],
    ['es', '1.000.000 de personas, 186.000 beneficiarios', [1_000_000, 186_000]],
    ['es', 'mil millones de dólares', ['1000000000 USD']],
    ['es', '2.375 millones de euros', ['2375000000 EUR']],
    ['es', 'un millón de dólares estadounidenses', ['1000000 USD']],
    ['es', '4,45 millones de dólares', ['4450000 USD']],
    ['es', 'el 15 por ciento y el 3,5 %', ['15 %', '3.5 %']],
    ['es', 'la 114.ª reunión y el tercer memorando', [114, 3]],
    ['es', 'ciento veinte países', [120]],
    ['de', 'achtundzwanzig Übereinkommen', [28]],
    ['de', 'hundertfünfundzwanzig Häfen, zweitausendneunzehn', [125, 2019]],
    ['de', '2,5 Millionen US-Dollar', ['2500000 USD']],
    ['de', 'eine Million Dollar', ['1000000 USD']],
    ['de', '1.000.000 Menschen, 186.000 Begünstigte', [1_000_000, 186_000]],
    ['de', '30 Prozent und 3,5 %', ['30 %', '3.5 %']],
    ['de', 'die 114. Konferenz; die dritte Vereinbarung', [114, 3]],
    ['de', 'Es sind 28. Die Zahl stimmt.', [28]],
    ['de', 'dreißig oder einunddreißig', [30, 31]],
    ['it', 'ventotto convenzioni, 1,2 milioni di dollari', [28, '1200000 USD']],
    ['it', 'duemilaventisei; trentatré per cento', [2026, '33 %']],
    ['pt', 'vinte e oito convenções e duzentos e trinta portos', [28, 230]],
    ['pt', '1,2 milhão de dólares, 186.000 pessoas', ['1200000 USD', 186_000]],
    ['nl', 'achtentwintig verdragen, 1,2 miljoen dollar', [28, '1200000 USD']],
    ['nl', 'tweeëndertig procent', ['32 %']],
    ['ru', 'двадцать восемь конвенций, 1,2 млн долларов', [28, '1200000 USD']],
    ['ru', '1 000 участников, 3,5 %', [1000, '3.5 %']],
    ['zh', '中国批准了28项公约', [28]],
    ['zh', '中国批准了二十八项公约', [28]],
    ['zh', '280万人，1.2亿美元，1亿2000万', [2_800_000, '120000000 USD', 120_000_000]],
    ['zh', '出资120万美元', ['1200000 USD']],
    ['zh', '百分之三十，3.5%，百分之十二点五', ['30 %', '3.5 %', '12.5 %']],
    ['zh', '第114届国际劳工大会', [114]],
    ['zh', '三方成员十分重视，一些国家统一行动', []],
    ['zh', '两项协议', [2]],
    ['zh', '超过1,000名学员', [1000]],
    ['ja', '約186,000人、100万ドル、二十八', [186_000, '1000000 USD', 28]],
    ['ko', '28개 협약, 100만 달러, 제114차 총회', [28, '1000000 USD', 114]],
    ['ar', '٢٨ اتفاقية و 8 ملايين دولار', [28, '8000000 USD']],
  ])('%s: %j', (language, text, expected) => {
    expect(read(text, language)).toEqual(expected);
  });

  it('tells years and ordinals', () => {
    expect(figures('en 2019', 'fr')[0]).toMatchObject({ kind: 'year', value: 2019 });
    expect(figures('第二届', 'zh')[0]).toMatchObject({ kind: 'ordinal', value: 2 });
  });

  it('reads what it does not know as English', () => {
    for (const text of ['US$ 1.2 million for twenty-eight ports', '1,000 people and 3.5 %', 'the 114th', 'in 2019']) {
      expect(figures(text, 'und')).toEqual(figures(text));
    }
  });

  it('agrees with English on what a number spelled in digits is worth', () => {
    const locales: Record<string, string> = {
      fr: 'fr-FR',
      es: 'es-ES',
      de: 'de-DE',
      it: 'it-IT',
      pt: 'pt-PT',
      nl: 'nl-NL',
      ru: 'ru-RU',
      zh: 'zh-CN',
      ja: 'ja-JP',
      ko: 'ko-KR',
    };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), fc.constantFrom(...Object.keys(locales)), (value, language) => {
        const written = new Intl.NumberFormat(locales[language]).format(value);
        expect(figures(`x ${written} x`, language).map((figure) => figure.value)).toEqual([value]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('dates', () => {
  it.each<[string, string, string[]]>([
    ['fr', 'en juillet 2026, le 1er juin 2019', ['2026-07', '2019-06-01']],
    ['fr', 'du 6 au 8 septembre 2016', ['2016-09-06/2016-09-08']],
    ['fr', 'd’avril à juin 2019 ; de 2018 à 2027', ['2019-04/2019-06', '2018/2027']],
    ['fr', 'février 2020, 10/05/2018, en 1985, 2018-27', ['2020-02', '2018-05-10', '1985', '2018/2027']],
    ['fr', 'les années 1990', ['1990/1999']],
    ['fr', 'en 2018 et 2019', ['2018', '2019']],
    ['es', 'el 3 de mayo de 2018, en abril de 2026', ['2018-05-03', '2026-04']],
    ['es', 'del 6 al 8 de septiembre de 2016', ['2016-09-06/2016-09-08']],
    ['de', 'am 10. Mai 2018 und im März 2019', ['2018-05-10', '2019-03']],
    ['de', 'vom 6. bis 8. September 2016; 10.05.2018; 2018 bis 2027', ['2016-09-06/2016-09-08', '2018-05-10', '2018/2027']],
    ['it', 'il 1º giugno 2019', ['2019-06-01']],
    ['pt', '1 de março de 2019', ['2019-03-01']],
    ['nl', '10 mei 2018', ['2018-05-10']],
    ['ru', '10 мая 2018 г.', ['2018-05-10']],
    ['zh', '2018年5月10日，2026年4月', ['2018-05-10', '2026-04']],
    ['zh', '2016年9月6日至8日', ['2016-09-06/2016-09-08']],
    ['zh', '2018年至2027年，2018-2027年，二〇一九年', ['2018/2027', '2018/2027', '2019']],
    ['ja', '2018年5月10日', ['2018-05-10']],
    ['ko', '2018년 5월 10일', ['2018-05-10']],
    ['ar', '10 مايو 2018', ['2018-05-10']],
  ])('%s: %j', (language, text, expected) => {
    expect(when(text, language)).toEqual(expected);
  });

  it('reads every month as the runtime writes it', () => {
    for (const language of READ_LANGUAGES) {
      for (let month = 0; month < 12; month++) {
        for (const style of ['long', 'medium'] as const) {
          const text = new Intl.DateTimeFormat(`${language}-u-nu-latn`, { dateStyle: style, timeZone: 'UTC' }).format(
            new Date(Date.UTC(2021, month, 17)),
          );
          if (text.includes('\u200f')) continue;
          if (style === 'medium' && !/\p{L}{2}/u.test(text) && /^17/.test(text) === false) continue;
          expect([language, text, when(text, language)]).toEqual([language, text, [`2021-${String(month + 1).padStart(2, '0')}-17`]]);
        }
      }
    }
  });

  it('reads what it does not know as English', () => {
    for (const text of ['6 to 8 September 2016', 'July 2026', '2018-27']) expect(dates(text, 'sv')).toEqual(dates(text));
  });
});

describe('countriesIn', () => {
  it.each<[string, string, string[]]>([
    ['fr', 'La Chine, le Cambodge et la RDP lao', ['CN', 'KH', 'LA']],
    ['fr', 'les syndicats chinois et vietnamiens', ['CN', 'VN']],
    ['es', 'Camboya, China y los Estados Unidos', ['KH', 'CN', 'US']],
    ['es', 'las empresas chinas', ['CN']],
    ['de', 'Kambodscha und die Volksrepublik China', ['KH', 'CN']],
    ['de', 'das chinesische Ministerium, kambodschanische Arbeiter', ['CN', 'KH']],
    ['zh', '柬埔寨、老挝和中国', ['KH', 'LA', 'CN']],
    ['it', 'la Cina e il Kenya', ['CN', 'KE']],
    ['fr', 'combien de conventions la chine a ratifié', ['CN']],
    ['en', 'Cambodia', ['KH']],
  ])('%s: %j', (language, text, expected) => {
    expect(countriesIn(text, language)).toEqual(expected);
  });
});

describe('abbreviationsAcross', () => {
  it('knows one body by its names in other languages', () => {
    expect(abbreviationsAcross('OIT')).toContain('ILO');
    expect(abbreviationsAcross('oit', 'es')[0]).toBe('ILO');
    expect(abbreviationsAcross('ILO')).toEqual(expect.arrayContaining(['OIT', '国际劳工组织', 'IAO']));
    expect(abbreviationsAcross('联合国', 'zh')).toContain('UN');
    expect(abbreviationsAcross('GDI-X')).toEqual([]);
  });

  it('takes a name for nothing in a language that does not use it', () => {
    expect(abbreviationsAcross('OIE', 'de')).toEqual([]);
  });
});

describe('any text', () => {
  const piece = fc.constantFrom(
    '1',
    '23',
    '000',
    '.',
    ',',
    ' ',
    '\u00a0',
    "'",
    '%',
    'cent',
    'mille',
    'millions',
    'quatre',
    '-',
    'vingt',
    'un',
    'et',
    'mil',
    'millones',
    'hundert',
    'tausend',
    'und',
    'zwanzig',
    '二',
    '十',
    '万',
    '亿',
    '第',
    '年',
    '月',
    '日',
    '百分之',
    'mai',
    'de',
    '2018',
    '$',
    '€',
    '🗼',
    '٣',
    'é',
    '\u0301',
    'дв',
    '만',
  );
  it('gives finite values that lie in the text, in order', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
          fc.string({ unit: 'binary' }),
        ),
        fc.constantFrom(...READ_LANGUAGES),
        (text, language) => {
          let at = 0;
          for (const { value, start, end } of figures(text, language)) {
            expect(Number.isFinite(value)).toBe(true);
            expect(start).toBeGreaterThanOrEqual(at);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
            at = start;
          }
          let after = 0;
          for (const { start, end } of dates(text, language)) {
            expect(start).toBeGreaterThanOrEqual(after);
            expect(end).toBeLessThanOrEqual(text.length);
            after = end;
          }
          countriesIn(text, language);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    // Figures and dates without a break, and a megabyte of prose.
    ['1 ', 'fr', 200_000],
    ['vingt ', 'fr', 200_000],
    ['hundert', 'de', 1_000_000],
    ['1.000 ', 'de', 200_000],
    ['二', 'zh', 1_000_000],
    ['2018年5月', 'zh', 200_000],
    ['5 mai 2018 ', 'fr', 200_000],
    ['Les ports de la région ont été agrandis, dit-on, par les autorités. ', 'fr', 1_000_000],
  ])('goes over much of %j a few times (%s)', async (unit, language, length) => {
    const text = unit.repeat(Math.ceil(length / unit.length));
    for (const read of [figures, dates, countriesIn])
      expect(await passesOver(text, () => read(text, language)), read.name).toBeLessThan(FEW_PASSES);
  });
});
