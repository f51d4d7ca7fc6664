import { functionWords } from './stopwords.ts';
import { fold } from './tokens.ts';

/** Neighbours that would else be taken for one of the four; folded, only their most telling words. */
const OTHERS: Record<string, string> = {
  it: 'il lo gli di del della dei delle che non per con una sono anche come quanto quanti quante quale quali dove quando perche nel nella alla',
  pt: 'o os as da do das dos em um uma que nao para com por mais foi sao qual quais quanto quantos quantas onde quando como pelo pela ao',
  nl: 'het een van en dat niet met voor zijn er aan ook als hoe hoeveel welke wat waar wanneer wie deze naar bij uit door is',
};
const WORDS = new Map<string, string[]>();
for (const [language, words] of [
  ...Object.entries(functionWords).map(([language, set]) => [language, [...set]] as const),
  ...Object.entries(OTHERS).map(([language, words]) => [language, words.split(' ')] as const),
]) {
  // Elided and single letters say little.
  for (const word of words) if (word.length > 1 || /^[aeoy]$/.test(word)) WORDS.set(word, [...(WORDS.get(word) ?? []), language]);
}

const SCRIPTS: [RegExp, string][] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Cyrillic}/gu, 'ru'],
  [/\p{Script=Arabic}/gu, 'ar'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Devanagari}/gu, 'hi'],
];
const LETTERS: [RegExp, string][] = [
  [/[¿¡ñ]/gi, 'es'],
  [/[ßäöü]/gi, 'de'],
  [/[çœêèàùâîû]/gi, 'fr'],
  [/[ãõ]/gi, 'pt'],
  [/\b(?:l|d|qu|c|j|n|s|m)['’](?=\p{L}{2})/giu, 'fr'],
];
/** Enough for a decision; the rest of a long text is not looked at. UTF-16 units. */
const ENOUGH = 20_000;

/**
 * The language of a text, a question or a document: `en`, `fr`, `es`, `de`, `it`, `pt`, `nl` by their function words and
 * letters, others by their script (`zh`, `ja`, `ko`, `ru` for Cyrillic, `ar`, `he`, `el`, `th`, `hi`); `und` when nothing
 * tells ("GDI?") or two languages are equally likely. A script without case wins from 30% of the letters: questions in
 * Chinese hold English names. Total for any string.
 */
export function detectLanguage(text: string): string {
  const sample = text.slice(0, ENOUGH);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return 'und';
  const counts = SCRIPTS.map(([pattern, language]) => ({ language, count: sample.match(pattern)?.length ?? 0 }));
  const kana = counts[0]?.count ?? 0;
  const foreign = counts.reduce((sum, { count }) => sum + count, 0);
  if (foreign > 0 && foreign >= letters * 0.3) {
    const best = counts.reduce((a, b) => (b.count > a.count ? b : a));
    return best.language === 'zh' && kana >= best.count * 0.1 ? 'ja' : best.language;
  }
  const scores = new Map<string, number>();
  const give = (language: string, points: number) => scores.set(language, (scores.get(language) ?? 0) + points);
  for (const word of fold(sample).match(/\p{L}+/gu) ?? []) {
    const languages = WORDS.get(word);
    if (languages) for (const language of languages) give(language, 1 / languages.length);
  }
  for (const [pattern, language] of LETTERS) {
    const found = sample.match(pattern)?.length ?? 0;
    // Names bring foreign letters into any text: at most three count, and half.
    if (found > 0 && (scores.size > 0 || language !== 'fr')) give(language, Math.min(found, 3) / 2);
  }
  const ranked = [...scores].sort((a, b) => b[1] - a[1]);
  const [first, second] = ranked;
  if (!first || first[1] < 0.5 || (second && second[1] >= first[1])) return 'und';
  return first[0];
}
