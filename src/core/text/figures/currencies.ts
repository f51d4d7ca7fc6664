/** A currency as texts write it. */
interface Currency {
  /** ISO 4217. */
  code: string;
  /** Signs that stand before a sum in English, by spaces. */
  signs?: string;
  /** English names behind a sum, by `|`; of a country's own where only one uses it. */
  names?: string;
  /** In other languages, as patterns of folded text: what stands behind a sum, and what before it. */
  others?: { after: string; before?: string };
}

/** The table: a row a currency. */
const CURRENCIES: readonly Currency[] = [
  {
    code: 'USD',
    signs: 'us$ u.s.$ $',
    names: 'us dollars|u.s. dollars|dollars|dollar',
    others: {
      after:
        'us[- ]?dollars?|us ?\\$|\\$ ?us\\b|\\$ ?eu\\b|dollars?|dolar(?:es)?\\b|dollari|dollaro|доллар|долл\\b|美元|美金|ドル|米ドル|달러|دولار|usd\\b|\\$',
      before: 'us\\s?\\$|usd|us-dollar|美元|\\$',
    },
  },
  { code: 'EUR', signs: '€', names: 'euros|euro', others: { after: 'euros?\\b|евро|欧元|ユーロ|유로|يورو|eur\\b|€', before: 'eur|€' } },
  {
    code: 'CHF',
    names: 'swiss francs|francs',
    others: {
      after:
        'francs suisses|francos suizos|francos suicos|schweizer franken|franken|franchi svizzeri|zwitserse frank|瑞士法郎|chf\\b|francs\\b|francos\\b',
      before: 'chf',
    },
  },
  {
    code: 'CNY',
    signs: '¥',
    names: 'yuan|rmb|renminbi',
    others: { after: 'yuans?\\b|renminbi|юан|人民币|元|위안|rmb\\b|cny\\b|¥', before: 'rmb|cny|人民币|¥' },
  },
  { code: 'JPY', names: 'yen', others: { after: 'yens?\\b|иен|日元|円|엔|jpy\\b', before: 'jpy' } },
  {
    code: 'GBP',
    signs: '£',
    names: 'pounds sterling|pounds',
    others: { after: 'livres sterling|libras esterlinas|pfund|sterline|фунт|英镑|ポンド|파운드|gbp\\b|£', before: 'gbp|£' },
  },
  ...'a$ au$ AUD;c$ ca$ CAD;hk$ HKD;nz$ NZD;s$ SGD;r$ BRL;₹ INR;₩ KRW;₽ RUB;₺ TRY;₫ VND;₱ PHP;₦ NGN;₪ ILS;₴ UAH;₸ KZT;฿ THB'
    .split(';')
    .map((row) => ({ code: row.slice(-3), signs: row.slice(0, -4) })),
];

/** Codes (ISO 4217) that are no English words. */
const CODES =
  'usd eur gbp chf cny jpy inr krw rub vnd ngn ils uah kzt thb brl zar kes ugx tzs etb ghs egp aed sar qar kwd idr myr sgd hkd twd aud nzd cad mxn clp sek nok dkk isk pln czk huf pkr bdt lkr npr'.split(
    ' ',
  );
/** English names that several countries give their money: the name is the unit. */
const SHARED_NAMES = (
  'crowns kroner kronor koruny rupees pesos reais rand roubles rubles baht rupiah ringgit dong dirhams dinars riyals rials shekels liras zlotys forints ' +
  'leva hryvnias naira cedis shillings birr kyats kip riels taka tenge manat somoni tugriks'
).split(' ');

/** Signs, codes and names of English in small letters, each with its unit. `rmb` is used like a code. */
export const ENGLISH_SIGNS: Readonly<Record<string, string>> = Object.fromEntries(
  CURRENCIES.flatMap(({ code, signs }) => (signs?.split(' ') ?? []).map((sign) => [sign, code])),
);
export const ENGLISH_CODES: readonly string[] = [...CODES, 'rmb'];
export const ENGLISH_NAMES: Readonly<Record<string, string>> = Object.fromEntries([
  ...CURRENCIES.flatMap(({ code, names }) => (names?.split('|') ?? []).map((name) => [name, code])),
  ...SHARED_NAMES.map((name) => [name, name.toUpperCase()]),
]);
const ENGLISH_UNITS: Readonly<Record<string, string>> = {
  ...ENGLISH_SIGNS,
  ...Object.fromEntries(ENGLISH_CODES.map((code) => [code, code.toUpperCase()])),
  ...ENGLISH_NAMES,
};
/** The unit of what an English text wrote before or after a sum, in small letters; undefined where it is none. */
export const englishUnit = (written: string | undefined): string | undefined =>
  written === undefined ? undefined : ENGLISH_UNITS[written];

const named = (side: 'after' | 'before'): string =>
  CURRENCIES.flatMap(({ code, others }) => (others?.[side] ? `(?<${code}>${others[side]})` : [])).join('|');
const BETWEEN = "[\\s\\u00a0\\u202f]?(?:(?:de|di|von|van|d['’])[\\s\\u00a0]?)?";
/** A currency right after a sum or before it in a language other than English; the group that matched bears its code. Folded text. */
export const CURRENCY_AFTER = new RegExp(`^${BETWEEN}(?:${named('after')})`, 'iu');
export const CURRENCY_BEFORE = new RegExp(`(?:${named('before')})\\s?$`, 'iu');
/** The code of the currency that one of the two above matched. */
export const currencyOf = (match: RegExpExecArray): string | null =>
  Object.entries(match.groups ?? {}).find(([, part]) => part !== undefined)?.[0] ?? null;
