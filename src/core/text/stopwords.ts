import { stopwords as arabic } from '@orama/stopwords/arabic';
import { stopwords as dutch } from '@orama/stopwords/dutch';
import { stopwords as french } from '@orama/stopwords/french';
import { stopwords as german } from '@orama/stopwords/german';
import { stopwords as italian } from '@orama/stopwords/italian';
import { stopwords as portuguese } from '@orama/stopwords/portuguese';
import { stopwords as russian } from '@orama/stopwords/russian';
import { stopwords as spanish } from '@orama/stopwords/spanish';

const ENGLISH =
  'a an the and or but if of at by for with about into to from in on off over under than then so as is am are was were be been being ' +
  'have has had having do does did doing done i me my we our ours us you your yours he him his she her hers it its they them their theirs ' +
  'this that these those there here what which who whom whose when where why how all any both each some such no nor not only own same too ' +
  'very can could will would shall should may might must just also s t d ll m re ve let say tell know please give want like many much';
const FRENCH =
  'le la les l un une des du de d et ou mais en dans sur par pour avec au aux que qui quoi quel quelle quels quelles ou est sont a ont ete se sa son ses ce cette ces il elle ils elles on nous vous combien quand comment pourquoi ne pas plus';
const SPANISH =
  'el la los las un una unos unas de del y o u pero en por para con al que quien quienes cual cuales cuanto cuantos cuanta cuantas donde cuando como es son fue fueron ha han se su sus este esta estos estas no lo le les mas';
const GERMAN =
  'der die das den dem des ein eine einer eines einem einen und oder aber in im an am auf aus bei mit nach von vom zu zum zur fur uber ist sind war waren wurde wurden wird werden hat haben hatte sich nicht was wer wie wo wann warum welche welcher welches wieviel viele als auch es er sie';
const CHINESE = '的 了 是 在 吗 呢 和 与 及 有 被';

const english = new Set(ENGLISH.split(' '));
/** Function words of the languages the question reader recognises. */
export const functionWords: Record<string, ReadonlySet<string>> = {
  en: english,
  fr: new Set(FRENCH.split(' ')),
  es: new Set(SPANISH.split(' ')),
  de: new Set(GERMAN.split(' ')),
};
/** Of texts in English and in languages without a list, English function words and Chinese particles. */
const dropped = new Set([...english, ...CHINESE.split(' ')]);
const LISTS: Readonly<Record<string, readonly string[]>> = {
  ar: arabic,
  de: german,
  es: spanish,
  fr: french,
  it: italian,
  nl: dutch,
  pt: portuguese,
  ru: russian,
};
const others = new Map<string, ReadonlySet<string>>();

/** Folded as the words they are compared with: NFKD without marks. */
function wordsOf(language: string): ReadonlySet<string> {
  let words = others.get(language);
  if (!words) {
    const plain = (LISTS[language] as readonly string[]).map((word) =>
      word
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .toLowerCase(),
    );
    words = new Set([...plain, ...(functionWords[language] ?? [])]);
    others.set(language, words);
  }
  return words;
}

/** Whether a folded word carries no meaning of its own for retrieval, in a text of a language (BCP 47 primary tag). */
export function isStopword(word: string, language = 'en'): boolean {
  return Object.hasOwn(LISTS, language) ? wordsOf(language).has(word) : dropped.has(word);
}
