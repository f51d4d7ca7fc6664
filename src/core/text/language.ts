import { functionWords } from './stopwords.ts';
import { fold } from './tokens.ts';

/** Further telling words of each language, folded: function words, and what short questions are made of. */
const TELLING: Record<string, string> = {
  en: 'address skills agreement agreements ratified signed country countries year years money people government number project projects priorities workers unions born written war only after before during between because anything something else name named called used using made known first last most more',
  fr: 'bureau nombre liste projet projets depuis argent merci beaucoup bonjour pays annee annees montant adresse ministere ministeres travail travailleurs syndicats signe ratifie ratifies ratifiees ont etait etaient fut cette entre apres avant pendant selon quelle quelles lequel laquelle lesquels aussi tres dont leur leurs mon ma mes notre votre faire fait quoi neuf budget commence dirige',
  es: 'oficina numero lista proyecto proyectos desde dinero gracias muchas hola pais paises ano anos presupuesto direccion convenio convenios ministerio ministerios trabajo trabajadores sindicatos firmo firmaron ratifico ratificado ratificados hay entre hasta sobre segun cada tiene tienen hace durante despues antes cual adonde nos nuestro tambien muy era eran ser nombre camboya pekin',
  de: 'viel vielen dank projekt projekte land lander anzahl jahr jahre jahren geld wem wen wessen womit wofur wozu woher wohin seit bis liste gibt gab kann konnen konnte ubereinkommen abkommen ministerium ministerien arbeit welchen welchem beiden einige machen gegen durch unter vor um kein keine noch nur ihre ihr ihren seine seiner dies diese dieser dieses dass wenn buro kambodscha unterschrieben beginnt budget worden sein sind heisst nennt man lautet lautete woran wogegen manche leute wird adresse buros',
  it: 'il lo gli di del della dello dei degli delle che non per con una sono anche come quanto quanti quante quanta quale quali dove quando perche nel nella nell dell alla al dal da chi ha hanno ho e cosa cos progetto progetti indirizzo ufficio paese paesi soldi grazie inizia anno anni accordi firmato stato stata stati fra tra piu era cambogia',
  pt: 'o os as da do das dos em um uma que nao para com por mais foi foram sao qual quais quanto quantos quantas quanta onde quando como pelo pela ao no na nos quem e desde dinheiro projeto projetos endereco escritorio pais paises ano anos convencoes assinou assinaram comeca obrigado fica tem isso este esta camboja',
  nl: 'het een van en dat niet met voor zijn er aan ook als hoe hoeveel welke welk wat waar wanneer wie deze naar bij uit door is heeft hebben waarom projecten landen geld getekend tekenden sinds kantoor adres verdragen begint veel jaar jaren worden werd werden geen maar tot cambodja de der die',
};
const WORDS = new Map<string, string[]>();
for (const language of Object.keys(TELLING)) {
  const words = new Set([...(functionWords[language] ?? []), ...(TELLING[language] as string).split(' ')]);
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
/** Letters and endings, with the points each find is worth. */
const LETTERS: [RegExp, string, number][] = [
  // Nobody opens a question like this in another language.
  [/[¿¡]/g, 'es', 2],
  [/ñ|ci(?:ón|ones)\b/giu, 'es', 0.5],
  [/[áíóú]/gi, 'es', 0.3],
  [/[áíóú]/gi, 'pt', 0.2],
  [/[ßäöü]/gi, 'de', 0.5],
  [/\p{L}{3}(?:ung|ungen|keit|heit|schaft|lich|liche[nrs]?|ische[nrs]?|ierte?n?)(?!\p{L})/giu, 'de', 0.5],
  [/[çœêèàùâîû]/gi, 'fr', 0.5],
  [/\p{L}{2}(?:ée?s?|eux|eaux|elles?)(?!\p{L})/giu, 'fr', 0.4],
  [/[ãõ]|ç[ãõ]|\p{L}nh[oa]s?(?!\p{L})/giu, 'pt', 0.7],
  [/\p{L}zion[ei](?!\p{L})/giu, 'it', 0.7],
  [/\p{L}ij\p{L}|\p{L}aa\p{L}|\p{L}{2}(?:heid|ing|baar)(?!\p{L})/giu, 'nl', 0.2],
  [/\p{L}{3}(?:ed|ly|ing|ness|ship)(?!\p{L})/giu, 'en', 0.3],
  [/\b(?:l|d|qu|c|j|n|s|m)['’](?=\p{L}{2})/giu, 'fr', 0.5],
  [/\b(?:dell|nell|all|dall|un|cos)['’](?=\p{L})/giu, 'it', 1],
];
/** Characters of the Japanese script reform, for names written without kana. */
const JAPANESE_HAN = /[働込関労対発価団総済経権図戦駅仏広庁]/u;
/** Enough for a decision; the rest of a long text is not looked at. UTF-16 units. */
const BEGINNING_READ = 20_000;

/** Share of the letters from which a script without case wins, 0 to 1. Chosen: questions in Chinese hold English names. */
const UNCASED_SHARE = 0.2;
/** Share of kana among Han and kana from which a text is Japanese, 0 to 1; below, the first so many UTF-16 units are looked at for signs of it. */
const KANA_SHARE = 0.1;
const OPENING_UNITS = 200;
/** Letters of one language that count, at most: names bring some into any text. */
const MOST_NAME_LETTERS = 3;
/** Least score that tells a language: one word that two languages share. */
const LEAST_SCORE = 0.5;

/**
 * The language of a text, a question or a document: `en`, `fr`, `es`, `de`, `it`, `pt`, `nl` by their function words and
 * letters, others by their script (`zh`, `ja`, `ko`, `ru` for Cyrillic, `ar`, `he`, `el`, `th`, `hi`); `und` when nothing
 * tells ("GDI?") or two languages are equally likely. A script without case wins from 20% of the letters: questions in
 * Chinese hold English names. Total for any string.
 */
export function detectLanguage(text: string): string {
  const sample = text.slice(0, BEGINNING_READ);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return 'und';
  const counts = SCRIPTS.map(([pattern, language]) => ({ language, count: sample.match(pattern)?.length ?? 0 }));
  const kana = counts[0]?.count ?? 0;
  const foreign = counts.reduce((sum, { count }) => sum + count, 0);
  if (foreign > 0 && foreign >= letters * UNCASED_SHARE) {
    const best = counts.reduce((a, b) => (b.count > a.count ? b : a));
    return best.language === 'zh' && (kana >= best.count * KANA_SHARE || JAPANESE_HAN.test(sample.slice(0, OPENING_UNITS)))
      ? 'ja'
      : best.language;
  }
  const scores = new Map<string, number>();
  const give = (language: string, points: number) => scores.set(language, (scores.get(language) ?? 0) + points);
  for (const word of fold(sample).match(/\p{L}+/gu) ?? []) {
    const languages = WORDS.get(word);
    if (languages) for (const language of languages) give(language, 1 / languages.length);
  }
  for (const [pattern, language, points] of LETTERS) {
    const found = sample.match(pattern)?.length ?? 0;
    // Names bring foreign letters into any text: only some count.
    if (found > 0 && (scores.size > 0 || language !== 'fr')) give(language, Math.min(found, MOST_NAME_LETTERS) * points);
  }
  const ranked = [...scores].sort((a, b) => b[1] - a[1]);
  const [first, second] = ranked;
  if (!first || first[1] < LEAST_SCORE || (second && second[1] >= first[1])) return 'und';
  return first[0];
}
