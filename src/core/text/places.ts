import { fold } from './tokens.ts';

/**
 * Names of one country that `Intl.DisplayNames` does not give: official, short and older forms, and adjectives that do
 * not begin with the country's name. Folded.
 */
const ALIASES: Record<string, string> = {
  LA: 'lao pdr|lao peoples democratic republic|laos|lao|laotian',
  VN: 'viet nam|vietnam|vietnamese',
  CN: 'peoples republic of china|prc|china|chinese',
  US: 'united states|united states of america|usa|american|americans',
  GB: 'united kingdom|uk|britain|great britain|british|england|scotland|wales',
  KR: 'south korea|republic of korea|rok',
  KP: 'north korea|dprk|democratic peoples republic of korea',
  RU: 'russia|russian federation|russian',
  MM: 'myanmar|burma|burmese',
  TR: 'turkey|turkiye|turkish',
  FR: 'france|french',
  DE: 'germany|german',
  NL: 'netherlands|holland|dutch',
  CH: 'switzerland|swiss',
  TH: 'thailand|thai',
  PH: 'philippines|filipino|philippine',
  ES: 'spain|spanish',
  JP: 'japan|japanese',
  GR: 'greece|greek',
  CZ: 'czechia|czech republic|czech',
  CI: 'cote divoire|ivory coast',
  CD: 'democratic republic of the congo|drc',
  TZ: 'tanzania|united republic of tanzania',
  IR: 'iran|islamic republic of iran',
  SY: 'syria|syrian arab republic',
  BO: 'bolivia',
  VE: 'venezuela',
  MD: 'moldova',
  TL: 'timor leste|timor-leste|east timor',
  AE: 'united arab emirates|uae',
  IQ: 'iraq|iraqi',
  PK: 'pakistan|pakistani',
  BD: 'bangladesh|bangladeshi',
  HK: 'hong kong',
  MO: 'macau|macao',
  TW: 'taiwan',
  SE: 'sweden|swedish',
  DK: 'denmark|danish',
  FI: 'finland|finnish',
  IE: 'ireland|irish',
  PL: 'poland|polish',
  PT: 'portugal|portuguese',
  NO: 'norway|norwegian',
  PE: 'peru|peruvian',
  SN: 'senegal|senegalese',
  LB: 'lebanon|lebanese',
  SZ: 'eswatini|swaziland',
  CV: 'cape verde|cabo verde',
  MK: 'north macedonia|macedonia',
};

/** Region codes that are also everyday words when folded ("chad", "jordan" and "georgia" are names as well: kept). */
const SKIPPED = new Set(['ZZ', 'EU', 'EZ', 'UN', 'QO', 'XA', 'XB']);

interface Places {
  byName: Map<string, string>;
  byCode: Map<string, string[]>;
  /** First word of a name -> words of the longest name that begins with it. */
  longest: Map<string, number>;
  /** Country of single words that are no name, as adjectives; null for all other words. */
  adjectives: Map<string, string | null>;
}

let table: Places | null = null;
/** Words whose reading is kept: most of a text's words come again. */
const WORDS_KEPT = 50_000;

function places(): Places {
  if (table) return table;
  const byName = new Map<string, string>();
  const display = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  for (let a = 65; a <= 90; a++) {
    for (let b = 65; b <= 90; b++) {
      const code = String.fromCharCode(a, b);
      const name = SKIPPED.has(code) ? undefined : display.of(code);
      if (!name) continue;
      const folded = key(name.replace(/\s*\(.*\)|&/g, ' '));
      if (!byName.has(folded)) byName.set(folded, code);
    }
  }
  for (const [code, list] of Object.entries(ALIASES)) for (const alias of list.split('|')) byName.set(alias.replace(/-/g, ' '), code);
  const longest = new Map<string, number>();
  for (const name of byName.keys()) {
    const words = name.split(' ');
    const first = words[0] as string;
    longest.set(first, Math.max(longest.get(first) ?? 0, words.length));
  }
  const byCode = new Map<string, string[]>();
  for (const [name, code] of byName) byCode.set(code, [...(byCode.get(code) ?? []), name]);
  table = { byName, byCode, longest, adjectives: new Map() };
  return table;
}

function key(text: string): string {
  const folded = fold(text).replace(/[’']/g, '');
  return folded.replace(ASCII.test(folded) ? /[^a-z0-9]+/g : /[^\p{L}\p{N}]+/gu, ' ').trim();
}

const ASCII = /^[\x20-\x7e]*$/;

/** Every name of a country, folded, words by one space; none for what is no ISO 3166 code. */
export const countryNames = (code: string): readonly string[] => places().byCode.get(code) ?? [];

/**
 * ISO 3166 codes of the countries and territories a text names, by name, official form or adjective ("Chinese",
 * "Vietnamese"), each with the folded words that named it. Names come from the runtime's CLDR data.
 */
export function countries(text: string): { code: string; words: string[] }[] {
  const { byName, longest, adjectives } = places();
  const words = key(text).split(' ');
  const found: { code: string; words: string[] }[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    let taken = 0;
    for (let n = Math.min(longest.get(word) ?? 0, words.length - i); n >= 1 && taken === 0; n--) {
      const code = byName.get(n === 1 ? word : words.slice(i, i + n).join(' '));
      if (!code) continue;
      found.push({ code, words: words.slice(i, i + n) });
      taken = n;
    }
    if (taken > 0) {
      i += taken - 1;
      continue;
    }
    let code = adjectives.get(word);
    if (code === undefined) {
      code = adjective(word, byName) ?? null;
      if (adjectives.size >= WORDS_KEPT) adjectives.clear();
      // Longer ones name no country.
      if (word.length <= LONGEST_KEPT) adjectives.set(word, code);
    }
    if (code !== null) found.push({ code, words: [word] });
  }
  // In capitals only: folded it is a pronoun. "US$" and "US dollars" are money.
  if (text.includes('US') || text.includes('U.S')) for (const _ of text.matchAll(UNITED_STATES)) found.push({ code: 'US', words: ['us'] });
  return found;
}

const UNITED_STATES = /(?<![\p{L}\p{N}.])(?:US|U\.S\.(?:A\.)?)(?![\p{L}\p{N}$]|\s?\$|\s+dollars?\b)/gu;

const LONGEST_KEPT = 64;

/** "cambodian", "indian", "nepalese": the country's name with an ending of nationality. */
function adjective(word: string, byName: Map<string, string>): string | undefined {
  const match = /^(\p{L}{3,}?)(?:ns?|ans?|ians?|ese|is?)$/u.exec(word);
  if (!match) return undefined;
  for (const ending of ['n', 'ns', 'an', 'ans', 'ian', 'ians', 'ese', 'i', 'is']) {
    if (!word.endsWith(ending)) continue;
    const base = word.slice(0, -ending.length);
    const code = byName.get(base) ?? byName.get(`${base}a`) ?? byName.get(`${base}ia`);
    if (code && base.length >= 3) return code;
  }
  return undefined;
}
