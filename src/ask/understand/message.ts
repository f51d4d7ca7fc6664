import { fold, tokens } from '../../core/text/tokens.ts';
import { ASKS_WITH, CORRECTS, COURTESY, FORM_NOUN, FORM_WISH, HANDED, HANDS_ON, MEANT } from '../lexicon.ts';

/** What chat clients put around a question, each linear: HTML tags, mentions, time stamps, quotation and emphasis marks, invisible characters. */
const WRAPPINGS: readonly (readonly [RegExp, string])[] = [
  [/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g, ''],
  [/<(?:br|\/p|\/div|\/li)[^<>]{0,200}>/gi, '\n'],
  [/<[@#!/a-z][^<>]{0,300}>/gi, ' '],
  [/&nbsp;/g, ' '],
  [/&(?:amp|lt|gt|quot|#39);/g, ' '],
  [/&([a-z])(?:acute|grave|circ|uml|tilde|cedil);/gi, '$1'],
  [/(?:^|\n)[ \t]{0,4}(?:>[ \t]?){1,4}/g, '\n'],
  [
    /(?:^|\n)[ \t]{0,4}(?:\[[^\][\n]{0,30}\d{1,2}:\d\d[^\][\n]{0,30}\]|\(?\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?\)?(?: [-–] |:? )(?=\D))/gi,
    '\n',
  ],
  [/(?<=^|\s)@[\p{L}\p{N}_.-]{1,40}/gu, ' '],
  [/[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}(?=\s|$|[.,;:!?])/g, ''],
];
/** A longer text is not taken apart: nobody types it as a question. UTF-16 units. */
const LONGEST_MESSAGE = 4000;
/** A message in capitals has at least this many letters; shorter ones are abbreviations. */
const SHOUTED = 12;

/** A message without what people and clients put around the question. Never empty unless nothing was there. */
export function unwrapped(message: string): string {
  if (message.length > LONGEST_MESSAGE) return message.trim();
  const sentences = sentencesOf(message);
  const asked = sentences.filter((sentence) => !isCourtesy(sentence) && !isFormWish(sentence) && !isHandedOn(sentence));
  const kept = asked.some(asks) ? asked.filter((sentence, at) => !isSignature(sentence, at === asked.length - 1)) : asked;
  return (
    (kept.length > 0 ? kept : sentences)
      .map(withoutGreeting)
      .map((sentence) => withoutCorrection(sentence))
      .join(' ') || message.trim()
  );
}

/** Whether a message puts right how the question before was understood: "no, I meant the one in York". */
export function corrects(message: string): boolean {
  if (message.length > LONGEST_MESSAGE) return false;
  const [first = ''] = sentencesOf(message);
  return withoutCorrection(first) !== first;
}

/** "No, I meant the one in York" without what only says that it corrects. */
function withoutCorrection(sentence: string): string {
  const words = [...sentence.slice(0, 80).matchAll(/[\p{L}\p{M}]+/gu)];
  const end = words.findIndex(([word]) => !CORRECTS.has(fold(word)));
  const lead = words.slice(0, Math.max(0, end)).map(([word]) => fold(word));
  return lead.some((word) => MEANT.has(word)) ? sentence.slice((words[end] as RegExpExecArray).index) : sentence;
}

/** Sentences of a message without marks, mentions and the lines of a mail's head and foot; nothing for one that is too long. */
export function sentencesOf(message: string): string[] {
  let text = message.trim();
  if (text.length > LONGEST_MESSAGE) return [];
  for (const [pattern, by] of WRAPPINGS) text = text.replace(pattern, by);
  return withoutMail(unshouted(withoutLookalikes(text)))
    .split(/\n+|(?<=[.!?…])\s+|(?<=[。！？])/u)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/** Lines of a forwarded mail that are its head, in the languages of the interface; a subject may be all there is. */
const MAIL_HEAD =
  /^(?:from|to|cc|bcc|sent|date|von|an|gesendet|datum|de|à|a|envoyé|para|cco|enviado|fecha|发件人|收件人|发送时间|日期|抄送|من|إلى|التاريخ)\s{0,3}[:：]/iu;
const MAIL_SUBJECT =
  /^(?:(?:subject|betreff|objet|asunto|主题|الموضوع)\s{0,3}[:：]|(?:(?:re|aw|fw|fwd|wg|tr|rv|回复|转发)\s{0,3}[:：]\s{0,3}){1,6})/iu;
/** What a program puts below a mail. */
const MAIL_FOOT =
  /^(?:sent from my|get outlook|envoyé d(?:e|epuis) mon|von meinem .{1,30} gesendet|gesendet von|enviado desde mi|发自我的|أرسلت من)/iu;

/** "On Monday at 16:02 Ada wrote:" above what is quoted, in the languages of the interface; there is a time in it. */
const MAIL_WROTE = /(?:^|[\s,])(?:wrote|schrieb|écrit|escribió|写道|كتب)(?=[\s:：]|$)/iu;
const LONGEST_WROTE = 200;
const tellsWhoWrote = (line: string): boolean =>
  line.length <= LONGEST_WROTE && /[:：]$/.test(line) && /\d/.test(line) && MAIL_WROTE.test(line);

/** Who wrote and when, in a line of its own above a message that was copied from a chat: "Ada Byron — Today at 10:02 AM". */
const CHAT_HEAD = /(?:^|[^\d])\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?[\])]?$/iu;
const LONGEST_HEAD = 60;
const isChatHead = (line: string): boolean => line.length <= LONGEST_HEAD && CHAT_HEAD.test(line) && !/[?？!]/.test(line);

/** A mail without its head, its foot and what stands below the line of a signature; subjects stay where nothing else is. */
function withoutMail(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const end = lines.findIndex((line, at) => at > 0 && /^(?:--|—|__+)$/.test(line));
  const start = lines.length > 1 && isChatHead(lines[0] as string) ? 1 : 0;
  const body = (end > 0 ? lines.slice(start, end) : lines.slice(start)).filter((line) => !MAIL_FOOT.test(line) && !tellsWhoWrote(line));
  const heads = body.filter((line) => MAIL_HEAD.test(line)).length;
  const said = body.filter((line) => !(heads > 1 && MAIL_HEAD.test(line)));
  const withoutSubjects = said.filter((line) => !MAIL_SUBJECT.test(line));
  return (
    withoutSubjects.some((line) => wordsOf(line).length > 2 && !isCourtesy(line))
      ? withoutSubjects
      : said.map((line) => line.replace(MAIL_SUBJECT, ''))
  ).join('\n');
}

/** Only hands a question on: "See below, can you answer this?" */
function isHandedOn(sentence: string): boolean {
  if (sentence.length > 120) return false;
  const words = wordsOf(sentence);
  return words.some((word) => HANDS_ON.has(word)) && words.every((word) => HANDS_ON.has(word) || HANDED.has(word) || COURTESY.has(word));
}

/** Who wrote, after the question: "Best, Anna", "P.". */
function isSignature(sentence: string, last: boolean): boolean {
  if (!last || asks(sentence)) return false;
  const words = sentence.split(' ');
  if (words.length > 4) return false;
  const names = words.filter((word) => !COURTESY.has(fold(word).replace(/[^\p{L}]/gu, '')));
  return names.length <= 2 && (names.length < words.length || /^\p{Lu}\.$/u.test(sentence)) && names.every((word) => /^\p{Lu}/u.test(word));
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

/** "Hello team, when …" without its greeting, and "As a table, please: …" without its wish. */
function withoutGreeting(sentence: string): string {
  let left = sentence;
  for (let cuts = 0; cuts < 3; cuts++) {
    const cut = left.slice(0, 60).search(/[,;:!–—]\s/);
    if (cut <= 0) return left;
    const before = left.slice(0, cut);
    const rest = left.slice(cut + 1).trim();
    if (rest === '' || !(wordsOf(before).every((word) => COURTESY.has(word)) || (left[cut] === ':' && isFormWish(before)))) return left;
    left = rest;
  }
  return left;
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
