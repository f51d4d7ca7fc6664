import { HAN_LANGUAGES } from '../figures.ts';
import { fold } from '../tokens.ts';
import { ADJECTIVE_ENDINGS, COUNTRY_ALIASES, regionNames } from './names.ts';

interface Places {
  byName: Map<string, string>;
  /** Country names without their last vowels, for adjectives. */
  stems: Map<string, string>;
  /** Stems given by hand, by length. */
  prefixes: [string, string][];
  longest: number;
}
/** Letters of a country's name without its ending, at least: shorter ones begin other words. */
const SHORTEST_STEM = 4;
const tables = new Map<string, Places>();

const key = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function placesOf(language: string): Places {
  const kept = tables.get(language);
  if (kept) return kept;
  const byName = new Map<string, string>();
  const stems = new Map<string, string>();
  const prefixes: [string, string][] = [];
  for (const style of ['long', 'short'] as const) {
    for (const [code, name] of regionNames(language, style)) {
      const plain = name.replace(/[（(].*[)）]/g, ' ');
      const folded = HAN_LANGUAGES.has(language) ? plain.trim().normalize('NFKC') : key(plain);
      if (folded.length < 2 || /^[a-z]{1,2}$/.test(folded)) continue;
      if (!byName.has(folded)) byName.set(folded, code);
      const stem = folded.replace(/(?:ien|ia|ie|[aeiou]s?)$/, '');
      if (!folded.includes(' ') && stem.length >= SHORTEST_STEM && !stems.has(stem)) stems.set(stem, code);
    }
  }
  for (const [code, list] of Object.entries(COUNTRY_ALIASES[language] ?? {})) {
    for (const alias of list.split('|')) {
      if (alias.endsWith('-')) prefixes.push([alias.slice(0, -1), code]);
      else byName.set(alias, code);
    }
  }
  const longest = Math.max(...[...byName.keys()].map((name) => (HAN_LANGUAGES.has(language) ? name.length : name.split(' ').length)));
  const table = { byName, stems, prefixes: prefixes.sort((a, b) => b[0].length - a[0].length), longest };
  tables.set(language, table);
  return table;
}

/** Endings after a stem given by hand. */
const INFLECTION = /^(?:e?s|e[nmrs]?|e|es|le|les|lle|lles|nne|nnes|o|a|os|as|i|ne|n|oa|nes|que|ques|isch\p{L}*|innen|in)?$/u;

/** A country named in a text: its ISO 3166 code and where (UTF-16). */
interface CountryMention {
  code: string;
  start: number;
  end: number;
}

/**
 * Countries and territories a text in a language names, by name, other form or adjective ("chinois", "kambodschanisch",
 * "柬埔寨"), in order. Names come from the runtime's CLDR data. Country names in small letters count only in a text
 * without capitals, as people type questions.
 */
export function countryMentions(text: string, language: string): CountryMention[] {
  if (HAN_LANGUAGES.has(language)) return unspaced(text, placesOf(language));
  const { byName, stems, prefixes, longest } = placesOf(language);
  const words = [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((match) => ({
    raw: match[0],
    folded: fold(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));
  const lowerCase = !/\p{Lu}/u.test(text.trim().slice(1));
  const cased = /^(?:fr|es|it|pt|de|nl|ru)$/.test(language) && !lowerCase;
  const found: CountryMention[] = [];
  for (let i = 0; i < words.length; i++) {
    const first = words[i] as (typeof words)[number];
    let run = '';
    let best: { code: string; n: number } | null = null;
    for (let n = 1; n <= Math.min(longest, words.length - i); n++) {
      run = n === 1 ? first.folded : `${run} ${(words[i + n - 1] as { folded: string }).folded}`;
      const code = byName.get(run);
      if (code && (!cased || /^\p{Lu}/u.test(first.raw))) best = { code, n };
    }
    if (!best) {
      const code = adjective(first.folded, language, stems, prefixes);
      if (code) best = { code, n: 1 };
    }
    if (!best) continue;
    found.push({ code: best.code, start: first.start, end: (words[i + best.n - 1] as { end: number }).end });
    i += best.n - 1;
  }
  return found;
}

function adjective(
  word: string,
  language: string,
  stems: ReadonlyMap<string, string>,
  prefixes: readonly [string, string][],
): string | undefined {
  for (const [prefix, code] of prefixes) if (word.startsWith(prefix) && INFLECTION.test(word.slice(prefix.length))) return code;
  const base = ADJECTIVE_ENDINGS[language]?.exec(word)?.[1];
  if (!base) return undefined;
  return stems.get(base) ?? stems.get(base.replace(/(?:ie|[iaeoun])$/, ''));
}

function unspaced(text: string, { byName, longest }: Places): CountryMention[] {
  const found: CountryMention[] = [];
  for (let i = 0; i < text.length; i++) {
    for (let n = Math.min(longest, text.length - i); n >= 2; n--) {
      const code = byName.get(text.slice(i, i + n));
      if (!code) continue;
      found.push({ code, start: i, end: i + n });
      i += n - 1;
      break;
    }
  }
  return found;
}
