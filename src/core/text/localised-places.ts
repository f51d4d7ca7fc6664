import { countries } from './places.ts';
import { fold } from './tokens.ts';

/** Other names and adjectives CLDR does not give, folded; a hyphen at the end marks a stem. */
const ALIASES: Readonly<Record<string, Record<string, string>>> = {
  fr: {
    LA: 'rdp lao|republique democratique populaire lao|lao-|laotien-',
    CN: 'republique populaire de chine|chinois-',
    US: 'etats unis d amerique|usa|americain-',
    GB: 'grande bretagne|angleterre|britannique-|anglais-',
    KR: 'coree du sud|republique de coree|sud coreen-',
    KP: 'coree du nord',
    VN: 'vietnam|viet nam|vietnamien-',
    MM: 'birmanie|birman-',
    CH: 'suisse-',
    DE: 'allemand-',
    NL: 'neerlandais-|hollande',
    RU: 'federation de russie|russe-',
    JP: 'japonais-',
    TL: 'timor leste|timor oriental',
    ES: 'espagnol-',
    GR: 'grec-|grecque-',
    CD: 'rdc',
    MN: 'mongol-',
  },
  es: {
    LA: 'rdp lao|republica democratica popular lao|laosian-|lao',
    CN: 'republica popular china|chin-',
    US: 'estados unidos de america|ee uu|eeuu|estadounidense-',
    GB: 'gran bretana|inglaterra|britanic-|ingles-',
    KR: 'corea del sur|republica de corea|surcorean-',
    KP: 'corea del norte',
    VN: 'viet nam|vietnamita-',
    MM: 'birmania|birman-',
    CH: 'suiz-',
    DE: 'aleman-',
    NL: 'holanda|holandes-|neerlandes-',
    RU: 'federacion de rusia|rus-',
    JP: 'japones-',
    TL: 'timor leste|timor oriental',
    FR: 'frances-',
    GR: 'grieg-',
    KH: 'camboyan-',
    MN: 'mongol-',
    TJ: 'tayikistan|tayik-',
  },
  de: {
    LA: 'demokratische volksrepublik laos|lao pdr|laotisch-',
    CN: 'volksrepublik china|chinesisch-|chinese-|chinas',
    US: 'usa|vereinigte staaten von amerika|vereinigten staaten|amerikanisch-',
    GB: 'grossbritannien|großbritannien|england|britisch-|englisch-',
    KR: 'sudkorea|republik korea|sudkoreanisch-',
    KP: 'nordkorea',
    VN: 'viet nam|vietnamesisch-',
    MM: 'birma|burma',
    CH: 'schweizer-|schweizerisch-',
    DE: 'deutsch-',
    NL: 'holland|niederlandisch-',
    RU: 'russische foderation|russisch-',
    TL: 'osttimor',
    FR: 'franzosisch-',
    ES: 'spanisch-',
    MN: 'mongolisch-|mongolei',
  },
  zh: {
    LA: '老挝人民民主共和国',
    CN: '中华人民共和国|我国',
    US: '美利坚合众国|美方',
    GB: '英国',
    KR: '韩国|大韩民国',
    KP: '朝鲜',
    RU: '俄罗斯|俄国',
    CD: '刚果民主共和国',
  },
  it: {
    CN: 'cines-',
    US: 'stati uniti d america|usa|american-',
    GB: 'gran bretagna|britannic-',
    VN: 'viet nam',
    DE: 'tedesc-',
    LA: 'laotian-',
    JP: 'giappones-',
    CH: 'svizzer-',
    FR: 'frances-',
  },
  pt: {
    CN: 'chines-',
    US: 'eua|american-',
    GB: 'gra bretanha|britanic-',
    VN: 'vietname|vietna',
    DE: 'alema-',
    KH: 'camboja',
    TL: 'timor leste',
    JP: 'japones-',
    CH: 'suic-',
    FR: 'frances-',
    LA: 'rdp do laos',
  },
  nl: {
    CN: 'chines-|chinees',
    US: 'vs|amerikaans-',
    GB: 'groot brittannie|brits-',
    VN: 'viet nam',
    DE: 'duits-',
    LA: 'laotiaans-',
    CH: 'zwitsers-',
    FR: 'frans-',
  },
};
const ADJECTIVES: Readonly<Record<string, RegExp>> = {
  fr: /^(.{3,}?)(?:iens?|iennes?|ois|oises?|ais|aises?|ains?|aines?|eens?|eennes?|ans?|anes?)$/,
  es: /^(.{3,}?)(?:an[oa]s?|ian[oa]s?|es|esas?|eses|en[oa]s?|ens?es?|in[oa]s?|i|ies)$/,
  it: /^(.{3,}?)(?:an[oaie]|ian[oaie]|ese|esi|in[oaie])$/,
  pt: /^(.{3,}?)(?:an[oa]s?|ian[oa]s?|es|esas?|eses|ens?es?|in[oa]s?)$/,
  de: /^(.{3,}?)(?:n|an|i|ies|es|)isch(?:e[nmrs]?)?$/,
  nl: /^(.{3,}?)(?:se?|aanse?|ees|ese|ische?)$/,
};
const SKIPPED = new Set(['ZZ', 'EU', 'EZ', 'UN', 'QO', 'XA', 'XB']);
const UNSPACED: ReadonlySet<string> = new Set(['zh', 'ja', 'ko']);

interface Places {
  byName: Map<string, string>;
  /** Country names without their last vowels, for adjectives. */
  stems: Map<string, string>;
  /** Stems given by hand, by length. */
  prefixes: [string, string][];
  longest: number;
}
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
    const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none', style });
    for (let a = 65; a <= 90; a++) {
      for (let b = 65; b <= 90; b++) {
        const code = String.fromCharCode(a, b);
        const name = SKIPPED.has(code) ? undefined : display.of(code);
        if (!name) continue;
        const plain = name.replace(/[（(].*[)）]/g, ' ');
        const folded = UNSPACED.has(language) ? plain.trim().normalize('NFKC') : key(plain);
        if (folded.length < 2 || /^[a-z]{1,2}$/.test(folded)) continue;
        if (!byName.has(folded)) byName.set(folded, code);
        const stem = folded.replace(/(?:ien|ia|ie|[aeiou]s?)$/, '');
        if (!folded.includes(' ') && stem.length >= 4 && !stems.has(stem)) stems.set(stem, code);
      }
    }
  }
  for (const [code, list] of Object.entries(ALIASES[language] ?? {})) {
    for (const alias of list.split('|')) {
      if (alias.endsWith('-')) prefixes.push([alias.slice(0, -1), code]);
      else byName.set(alias, code);
    }
  }
  const longest = Math.max(...[...byName.keys()].map((name) => (UNSPACED.has(language) ? name.length : name.split(' ').length)));
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
function countryMentions(text: string, language: string): CountryMention[] {
  if (UNSPACED.has(language)) return unspaced(text, placesOf(language));
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
  const base = ADJECTIVES[language]?.exec(word)?.[1];
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

/**
 * ISO 3166 codes of the countries a text names, each once, by the names of the given language and, in scripts that may
 * hold them, English ones. For `en` and unknown languages the codes that `countries` finds.
 */
export function countriesIn(text: string, language: string): string[] {
  if (language === 'en' || language === 'und') return [...new Set(countries(text).map(({ code }) => code))];
  const own = countryMentions(text, language).map(({ code }) => code);
  const latin = UNSPACED.has(language) ? countries(text).map(({ code }) => code) : [];
  return [...new Set([...own, ...latin])];
}
