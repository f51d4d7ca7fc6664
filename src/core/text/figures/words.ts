/**
 * Number words of every language that is read, folded (no accents, lower case). Arabic is read in digits only, with its scale
 * words; Chinese, Japanese and Korean have the numerals below. Words that are mostly something else are left out: "one" in every
 * language, which is also the article, and ordinals such as Italian "prima" (before) or Portuguese "segundo" (according to).
 */

const list = (words: string, from = 0): [string, number][] =>
  words.split(' ').flatMap((word, i) => word.split('|').map((form): [string, number] => [form, from + i]));
const tens = (words: string, from = 20): [string, number][] =>
  words.split(' ').flatMap((word, i) => word.split('|').map((form): [string, number] => [form, from + i * 10]));
const hundreds = (words: string, from = 200): [string, number][] =>
  words.split(' ').flatMap((word, i) => word.split('|').map((form): [string, number] => [form, from + i * 100]));
const pairs = (text: string): [string, number][] =>
  text.split(' ').flatMap((entry) => {
    const [forms, value] = entry.split('=') as [string, string];
    return forms.split('|').map((form): [string, number] => [form, Number(value)]);
  });

export interface NumberWords {
  /** Values below 1,000 that stand for themselves. */
  values: ReadonlyMap<string, number>;
  /** 1 as an article: it counts only before a scale word. */
  one: ReadonlySet<string>;
  /** Multipliers: 100 and powers of 1,000. */
  scales: ReadonlyMap<string, number>;
  /** Words between the parts of one number. */
  joiner: string | null;
  ordinals: ReadonlyMap<string, number>;
  /** What makes an ordinal of the digits before it ("1er", "114.ª"); the pattern of English has its own. In German a full stop before a
   * word in small letters or a noun that is no sentence's opening. */
  mark?: RegExp;
  /** Reads a number written in one word, for languages that write them so. */
  compound?: (word: string) => number | null;
}

const entry = (
  values: [string, number][],
  one: string,
  scales: string,
  joiner: string | null,
  ordinals: [string, number][],
  { mark, compound }: Pick<NumberWords, 'mark' | 'compound'> = {},
): NumberWords => ({
  values: new Map(values),
  one: new Set(one.split(' ')),
  scales: new Map(pairs(scales)),
  joiner,
  ordinals: new Map(ordinals),
  ...(mark ? { mark } : {}),
  ...(compound ? { compound } : {}),
});

/** Both endings of each word, e.g. `-o` and `-a`. */
const endings = (entries: [string, number][], ...forms: string[]): [string, number][] =>
  entries.flatMap(([word, value]) => forms.map((form): [string, number] => [word + form, value]));

const GERMAN = new Map([
  ...list(
    'null ein|eins|eine zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn',
  ),
  ...tens('zwanzig dreissig|dreißig vierzig funfzig sechzig siebzig achtzig neunzig'),
]);
const DUTCH = new Map([
  ...list(
    'nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien',
  ),
  ...tens('twintig dertig veertig vijftig zestig zeventig tachtig negentig'),
]);
const ITALIAN = new Map([
  ...list(
    'zero un|uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove',
  ),
  ...tens('venti|vent trenta|trent quaranta|quarant cinquanta|cinquant sessanta|sessant settanta|settant ottanta|ottant novanta|novant'),
]);
/** Longer than any number a text spells in one word. */
const LONGEST_NUMBER_WORD = 60;

/** A reader of numbers in one word: thousands, hundreds, then `rest` for what is below 100. */
function oneWord(thousand: RegExp, hundred: RegExp, rest: (word: string) => number | null): (word: string) => number | null {
  const read = (word: string, depth: number): number | null => {
    if (word === '') return 0;
    for (const [pattern, value] of [
      [thousand, 1000],
      [hundred, 100],
    ] as const) {
      if (value > depth) continue;
      const match = pattern.exec(word);
      if (!match) continue;
      const before = match.index === 0 ? 1 : read(word.slice(0, match.index), value - 1);
      const after = read(word.slice(match.index + match[0].length), value - 1);
      return before === null || after === null || before === 0 ? null : before * value + after;
    }
    return rest(word);
  };
  return (word) => (word.length > LONGEST_NUMBER_WORD ? null : read(word, 1000));
}

const german = oneWord(/tausend(?:und)?/, /hundert(?:und)?/, (word) => {
  const whole = GERMAN.get(word);
  if (whole !== undefined) return whole;
  const match = /^(ein|zwei|drei|vier|funf|sechs|sieben|acht|neun)und(\p{L}+(?:zig|ßig|ssig))$/u.exec(word);
  const ten = match && GERMAN.get(match[2] as string);
  return ten && ten >= 20 ? ten + (GERMAN.get(match?.[1] as string) as number) : null;
});
const dutch = oneWord(/duizend(?:en)?/, /honderd(?:en)?/, (word) => {
  const whole = DUTCH.get(word);
  if (whole !== undefined) return whole;
  const match = /^(een|twee|drie|vier|vijf|zes|zeven|acht|negen)en(\p{L}+tig)$/u.exec(word);
  const ten = match && DUTCH.get(match[2] as string);
  return ten && ten >= 20 ? ten + (DUTCH.get(match?.[1] as string) as number) : null;
});
const italian = oneWord(/mil[al]e?/, /cento?/, (word) => {
  const whole = ITALIAN.get(word);
  if (whole !== undefined) return whole;
  const match =
    /^((?:vent|trent|quarant|cinquant|sessant|settant|ottant|novant)[ai]?)(uno|un|due|tre|quattro|cinque|sei|sette|otto|nove)$/.exec(word);
  const ten = match && ITALIAN.get(match[1] as string);
  return ten ? ten + (ITALIAN.get(match?.[2] as string) as number) : null;
});

const FRENCH_ONES = 'zero _ deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize'.split(' ');
const FRENCH_ORDINALS =
  '_ premier|premiere|premiers|premieres deuxieme|deuxiemes troisieme|troisiemes quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme onzieme douzieme treizieme quatorzieme quinzieme seizieme';

/** The table: a row a language. */
export const NUMBER_WORDS: Readonly<Record<string, NumberWords>> = {
  en: entry(
    [
      ...list('zero'),
      ...list(
        'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
        2,
      ),
      ...tens('twenty thirty forty fifty sixty seventy eighty ninety'),
    ],
    'one',
    'hundred=100 thousand=1000 million|mn=1e6 billion|bn=1e9 trillion=1e12 dozen=12',
    'and',
    list(
      'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth',
      1,
    ),
  ),
  fr: entry(
    [...list(FRENCH_ONES.join(' ')), ...tens('vingt|vingts trente quarante cinquante soixante septante huitante|octante nonante')],
    'un une',
    'cent|cents=100 mille=1000 million|millions=1e6 milliard|milliards=1e9 billion|billions=1e12',
    'et',
    [...list(FRENCH_ORDINALS), ['vingtieme', 20], ['trentieme', 30], ['quarantieme', 40], ['cinquantieme', 50], ['centieme', 100]],
    { mark: /^(?:er|re|ere|ère|e|es|eme|ème|ieme|ième|nd|nde)(?![\p{L}\p{N}])/iu },
  ),
  es: entry(
    [
      ...list(
        'cero _ dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte veintiun|veintiuno|veintiuna veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve',
      ),
      ...tens('treinta cuarenta cincuenta sesenta setenta ochenta noventa', 30),
      ...hundreds(
        'doscientos|doscientas trescientos|trescientas cuatrocientos|cuatrocientas quinientos|quinientas seiscientos|seiscientas setecientos|setecientas ochocientos|ochocientas novecientos|novecientas',
      ),
    ],
    'un uno una',
    'cien|ciento=100 mil=1000 millon|millones=1e6 billon|billones=1e12',
    'y',
    [
      ['primer', 1],
      ['tercer', 3],
      ...endings(list('primer segund tercer cuart quint sext septim octav noven decim', 1), 'o', 'a', 'os', 'as'),
      ...endings(pairs('undecim=11 duodecim=12 vigesim=20 trigesim=30'), 'o', 'a'),
    ],
    { mark: /^\.?[ºªo°](?![\p{L}\p{N}])|^(?:er|ra|ro|do|da|to|ta|mo|ma|vo|va|no|na)(?![\p{L}\p{N}])/iu },
  ),
  pt: entry(
    [
      ...list(
        'zero _ dois|duas tres quatro cinco seis sete oito nove dez onze doze treze catorze|quatorze quinze dezasseis|dezesseis dezassete|dezessete dezoito dezanove|dezenove',
      ),
      ...tens('vinte trinta quarenta cinquenta sessenta setenta oitenta noventa'),
      ...hundreds(
        'duzentos|duzentas trezentos|trezentas quatrocentos|quatrocentas quinhentos|quinhentas seiscentos|seiscentas setecentos|setecentas oitocentos|oitocentas novecentos|novecentas',
      ),
    ],
    'um uma',
    'cem|cento=100 mil=1000 milhao|milhoes=1e6 bilhao|bilhoes|biliao|bilioes=1e9 trilhao|trilhoes=1e12',
    'e',
    endings(list('primeir _ terceir quart quint sext setim oitav non decim', 1), 'o', 'a', 'os', 'as'),
    { mark: /^\.?[ºª°](?![\p{L}\p{N}])/iu },
  ),
  it: entry(
    [...ITALIAN].filter(([word]) => !/^uno?$/.test(word)),
    'un uno una',
    'cento=100 mille|mila=1000 milione|milioni=1e6 miliardo|miliardi=1e9',
    'e',
    endings(pairs('terz=3 quart=4 quint=5 sest=6 settim=7 ottav=8 non=9 decim=10'), 'o', 'a'),
    { mark: /^[ºª°](?![\p{L}\p{N}])/iu, compound: italian },
  ),
  de: entry(
    [...GERMAN].filter(([word]) => !/^ein/.test(word)),
    'ein eine einer einen einem eines',
    'hundert=100 tausend=1000 million|millionen|mio=1e6 milliarde|milliarden|mrd=1e9 billion|billionen=1e12',
    'und',
    [
      ...endings(
        list('erst zweit dritt viert funft sechst siebt acht neunt zehnt elft zwolft dreizehnt vierzehnt funfzehnt', 1),
        'er',
        'es',
        'en',
        'em',
      ),
      ...endings(list('erst zweit dritt viert funft sechst siebt', 1), 'e'),
      ...endings(pairs('neunt=9 zehnt=10 elft=11 zwolft=12 zwanzigst=20'), 'e'),
    ],
    {
      mark: /^\.(?=\s(?!(?:Der|Die|Das|Den|Dem|Ein|Eine|Es|Er|Sie|In|Im|Am|An|Auf|Bei|Mit|Nach|Von|Für|Dies|Diese|Dieser|Damit|Dazu|Davon|Zudem|Auch|Außerdem|Seit|Und|Doch|Aber|China)\s)\p{L})/u,
      compound: german,
    },
  ),
  nl: entry(
    [...DUTCH].filter(([word]) => word !== 'een'),
    'een',
    'honderd=100 duizend=1000 miljoen|mln=1e6 miljard|mrd=1e9 biljoen=1e12',
    'en',
    list('eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde', 1),
    { mark: /^(?:e|ste|de)(?![\p{L}\p{N}])/iu, compound: dutch },
  ),
  ru: entry(
    [
      ...list(
        'ноль _ два|две|двух|двумя|двум три|трех|трем|тремя четыре|четырех пять|пяти шесть|шести семь|семи восемь|восьми девять|девяти десять|десяти одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать',
      ),
      ...tens('двадцать|двадцати тридцать|тридцати сорок|сорока пятьдесят шестьдесят семьдесят восемьдесят девяносто'),
      ...hundreds('сто|ста двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот', 100),
    ],
    'один одна одну одного одном одной',
    'тысяча|тысячи|тысяч|тысячу|тыс=1000 миллион|миллиона|миллионов|млн=1e6 миллиард|миллиарда|миллиардов|млрд=1e9 триллион|триллиона|триллионов|трлн=1e12',
    null,
    endings(pairs('перв=1 втор=2 четверт=4 пят=5 шест=6 седьм=7 восьм=8 девят=9 десят=10'), 'ыи', 'ои', 'ая', 'ое', 'ого', 'ую', 'ом'),
    { mark: /^-(?:й|я|е|го|м|х|ой|ая|ый|ую)(?![\p{L}\p{N}])/iu },
  ),
  ar: entry([], '', 'الف|آلاف|الاف=1000 مليون|ملايين=1e6 مليار|مليارات=1e9', null, []),
};

/** Han numerals and the multipliers written after digits in Chinese, Japanese and Korean. */
export const HAN_DIGITS: ReadonlyMap<string, number> = new Map([...list('零|〇 一 二|两|兩 三 四 五 六 七 八 九')]);
export const HAN_UNITS: ReadonlyMap<string, number> = new Map(pairs('十|십=10 百|백=100 千|천=1000 万|萬|만=1e4 亿|億|억=1e8 兆|조=1e12'));
/** Languages that write numbers without spaces between the words, by Han numerals. */
export const HAN_LANGUAGES: ReadonlySet<string> = new Set(['zh', 'ja', 'ko']);
