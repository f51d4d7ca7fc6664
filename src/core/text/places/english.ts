import { fold } from '../tokens.ts';
import { COUNTRY_ALIASES, regionNames } from './names.ts';

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
  for (const [code, name] of regionNames('en', 'long')) {
    const folded = key(name.replace(/\s*\(.*\)|&/g, ' '));
    if (!byName.has(folded)) byName.set(folded, code);
  }
  for (const [code, list] of Object.entries(COUNTRY_ALIASES.en ?? {}))
    for (const alias of list.split('|')) byName.set(alias.replace(/-/g, ' '), code);
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
export const englishNames = (code: string): readonly string[] => places().byCode.get(code) ?? [];

/**
 * ISO 3166 codes of the countries and territories a text names, by name, official form or adjective ("Chinese",
 * "Vietnamese"), each with the folded words that named it. Names come from the runtime's CLDR data.
 */
export function englishCountries(text: string): { code: string; words: string[] }[] {
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
