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
  GB: 'united kingdom|britain|great britain|british|england|scotland|wales',
  KR: 'south korea|republic of korea|rok',
  KP: 'north korea|dprk',
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
};

/** Region codes that are also everyday words when folded ("chad", "jordan" and "georgia" are names as well: kept). */
const SKIPPED = new Set(['ZZ', 'EU', 'EZ', 'UN', 'QO', 'XA', 'XB']);

let table: { byName: Map<string, string>; longest: number } | null = null;

function places(): { byName: Map<string, string>; longest: number } {
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
  const longest = Math.max(...[...byName.keys()].map((name) => name.split(' ').length));
  table = { byName, longest };
  return table;
}

function key(text: string): string {
  return fold(text)
    .replace(/[’']/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * ISO 3166 codes of the countries and territories a text names, by name, official form or adjective ("Chinese",
 * "Vietnamese"), each with the folded words that named it. Names come from the runtime's CLDR data.
 */
export function countries(text: string): { code: string; words: string[] }[] {
  const { byName, longest } = places();
  const words = key(text).split(' ');
  const found: { code: string; words: string[] }[] = [];
  for (let i = 0; i < words.length; i++) {
    for (let n = Math.min(longest, words.length - i); n >= 1; n--) {
      const run = words.slice(i, i + n).join(' ');
      const code = byName.get(run) ?? (n === 1 ? adjective(run, byName) : undefined);
      if (!code) continue;
      found.push({ code, words: words.slice(i, i + n) });
      i += n - 1;
      break;
    }
  }
  return found;
}

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
