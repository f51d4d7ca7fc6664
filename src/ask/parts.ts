import { tokens } from '../core/text/tokens.ts';
import { questionIn } from './message.ts';

/** One question of several that were asked in one sentence. */
export interface QuestionPart {
  /** The part as a question of its own words; nothing is put into it. */
  text: string;
  /** Points back ("who signed it?") or says too little ("and when?"): to be read as a follow-up of the parts before. */
  leans: boolean;
}

const WH = '(?:who|whom|whose|what|which|when|where|why|how (?:many|much|long|often|large|big|old)|how)';
const PREPOSITION = '(?:by|for|from|in|on|at|to|with|of|since|until|under|about)';
const AUXILIARY = '(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)';
const ASKS = new RegExp(`^(?:${PREPOSITION}\\s+)?(?:${WH})\\b|^${AUXILIARY}\\s`, 'i');
/** "When and where was it held?": two question words for one clause. */
const TWO_WORDS = new RegExp(
  `^((?:${PREPOSITION}\\s+)?${WH})\\s*(?:,\\s*)?(?:and|&)\\s+((?:${PREPOSITION}\\s+)?${WH})\\s+(${AUXILIARY}\\s.+)$`,
  'i',
);
/** Where a second question may begin: after "and" or a comma and "and", or after a question mark. */
const JOINT = new RegExp(
  `(?:(?:\\s*[,;])?\\s+(?:and|&)(?:\\s+also)?\\s+|[,;]\\s+)(?=(?:${PREPOSITION}\\s+)?${WH}\\b)|(?:\\s*[,;])?\\s+and(?:\\s+also)?\\s+(?=${AUXILIARY}\\s+(?:the|it|they|he|she|there|this|that|these|those)\\b)`,
  'giu',
);
const POINTS_BACK = /\b(?:it|its|they|them|their|theirs|he|she|him|his|her|this|that|these|those|there|one|ones)\b/i;
/** Longer ones are no questions people ask in one breath. */
const LONGEST = 600;
const MOST_PARTS = 3;
/** "which" and "who" after these open no question. */
const RELATIVE =
  /(?:\b(?:those|people|person|all|anyone|everyone|one|ones|the same|say|says|said|tell|tells|know|knows|explain|explains|describe|describes)|,)\s*$/i;

/**
 * The questions a text asks, in order: "When was X signed and who signed it?" asks two. Null when it asks one, or when
 * it is not certain that both halves are questions. Total and linear for any string; texts beyond 600 characters ask one.
 */
export function partsOf(text: string): QuestionPart[] | null {
  const whole = questionIn(text).replace(/\s+/g, ' ');
  if (whole.length > LONGEST) return null;
  const sentences = whole.split(/(?<=\?)\s+/).filter((sentence) => sentence !== '');
  if (sentences.length > 1 && !sentences.every((sentence) => ASKS.test(plain(sentence)))) return null;
  const parts = sentences.flatMap((sentence) => split(plain(sentence)));
  if (parts.length < 2 || parts.length > MOST_PARTS) return null;
  return parts.map((part, at) => ({ text: asked(part), leans: at > 0 && leans(part) }));
}

const plain = (text: string) => text.replace(/[’]/g, "'").replace(/[\s?.!]+$/, '');
const asked = (part: string) => `${(part[0] ?? '').toUpperCase()}${part.slice(1)}?`;

function split(sentence: string): string[] {
  const [, first, second, clause] = TWO_WORDS.exec(sentence) ?? [];
  if (first && second && clause) return [`${first} ${clause}`, `${second} ${clause}`];
  if (!ASKS.test(sentence)) return [sentence];
  const parts: string[] = [];
  let from = 0;
  for (const joint of sentence.matchAll(JOINT)) {
    const before = sentence.slice(from, joint.index);
    const comma = !/\band\b|&/i.test(joint[0]);
    // Without "and" only a question that has said what it is about comes before another.
    if (RELATIVE.test(before) || !saysSomething(before) || (comma && !isQuestion(sentence.slice(joint.index + joint[0].length)))) continue;
    parts.push(before);
    from = joint.index + joint[0].length;
  }
  parts.push(sentence.slice(from));
  return parts.every((part) => ASKS.test(part)) ? parts : [sentence];
}

const content = (part: string) => tokens(part).filter((token) => !token.stop);
/** A question word and something it asks about. */
const saysSomething = (part: string) => ASKS.test(part) && content(part).length >= 1;
/** A clause with a verb of asking of its own, as "how much does it cost" and not "who signed" after a comma. */
const isQuestion = (part: string) =>
  new RegExp(`^(?:${PREPOSITION}\\s+)?${WH}(?:\\s+[\\p{L}-]+){0,3}?\\s+${AUXILIARY}\\b`, 'iu').test(part);

/** Whether a part needs the ones before to be understood. */
const leans = (part: string) => POINTS_BACK.test(part) || content(part).length < 2;
