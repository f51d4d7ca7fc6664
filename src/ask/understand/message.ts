import { fold, tokens } from '../../core/text/tokens.ts';
import { ASKS_WITH, COURTESY, FORM_NOUN, FORM_WISH } from '../lexicon.ts';

/** What chat clients put around a question, each linear: HTML tags, mentions, time stamps, quotation and emphasis marks, invisible characters. */
const WRAPPINGS: readonly (readonly [RegExp, string])[] = [
  [/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g, ''],
  [/<(?:br|\/p|\/div|\/li)[^<>]{0,200}>/gi, '\n'],
  [/<[@#!/a-z][^<>]{0,300}>/gi, ' '],
  [/&nbsp;/g, ' '],
  [/&(?:amp|lt|gt|quot|#39);/g, ' '],
  [/(?:^|\n)[ \t]{0,4}(?:>[ \t]?){1,4}/g, '\n'],
  [
    /(?:^|\n)[ \t]{0,4}(?:\[[^\][\n]{0,30}\d{1,2}:\d\d[^\][\n]{0,30}\]|\(?\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?\)?(?: [-–] |:? )(?=\D))/gi,
    '\n',
  ],
  [/(?<=^|\s)@[\p{L}\p{N}_.-]{1,40}/gu, ' '],
  [/[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}(?=\s|$|[.,;:!?])/g, ''],
];
/** A longer text is not taken apart: nobody types it as a question. UTF-16 units. */
const LONGEST = 4000;
/** A message in capitals has at least this many letters; shorter ones are abbreviations. */
const SHOUTED = 12;

/** A message without what people and clients put around the question. Never empty unless nothing was there. */
export function unwrapped(message: string): string {
  let text = message.trim();
  if (text.length > LONGEST) return text;
  for (const [pattern, by] of WRAPPINGS) text = text.replace(pattern, by);
  text = unshouted(withoutLookalikes(text));
  const sentences = text
    .split(/\n+|(?<=[.!?…])\s+|(?<=[。！？])/u)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
  const kept = sentences.filter((sentence) => !isCourtesy(sentence) && !isFormWish(sentence));
  return (kept.length > 0 ? kept : sentences).map(withoutGreeting).join(' ') || message.trim();
}

/** Whether a sentence asks, by its mark or how it begins. */
export function asks(sentence: string): boolean {
  if (/[?？]["'”’)]*$/u.test(sentence.trim())) return true;
  const [first, second] = tokens(sentence.slice(0, 60));
  return (first !== undefined && ASKS_WITH.has(first.word)) || (second !== undefined && ASKS_WITH.has(second.word) && first?.stop === true);
}

/** Nothing but words of courtesy: "Hello all", "Many thanks in advance". */
function isCourtesy(sentence: string): boolean {
  if (sentence.length > 120) return false;
  const words = wordsOf(sentence);
  return words.length > 0 && words.every((word) => COURTESY.has(word));
}

/** Says how the answer should look and nothing else: "One sentence, please." */
function isFormWish(sentence: string): boolean {
  if (sentence.length > 120) return false;
  const words = wordsOf(sentence);
  return (
    words.some((word) => FORM_NOUN.has(word)) && words.every((word) => FORM_WISH.has(word) || COURTESY.has(word) || /^\d{1,3}$/.test(word))
  );
}

/** "Hello team, when …" without its greeting. */
function withoutGreeting(sentence: string): string {
  const cut = sentence.slice(0, 60).search(/[,;:!–—]\s/);
  if (cut <= 0) return sentence;
  const rest = sentence.slice(cut + 1).trim();
  return rest !== '' && wordsOf(sentence.slice(0, cut)).every((word) => COURTESY.has(word)) ? rest : sentence;
}

/** Letters of other scripts that look like Latin ones, in their order. */
const LOOKALIKES = 'аеорсухіјѕАВЕКМНОРСТХІЈЅαοΑΒΕΗΙΚΜΝΟΡΤΥΧ';
const LATIN = 'aeopcyxijsABEKMHOPCTXIJSaoABEHIKMNOPTYX';

/** A word of two scripts was typed or copied wrong: its foreign letters become the Latin ones they look like. */
const withoutLookalikes = (text: string): string =>
  text.replace(/[\p{L}\p{M}]{2,60}/gu, (word) =>
    /\p{Script=Latin}/u.test(word) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word)
      ? [...word].map((letter) => LATIN[LOOKALIKES.indexOf(letter)] ?? letter).join('')
      : word,
  );

function unshouted(text: string): string {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  return letters >= SHOUTED && capitals > letters * 0.7 ? text.toLowerCase() : text;
}

const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
