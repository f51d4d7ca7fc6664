/**
 * Expressions that are looked for in every part of every chunk, once, when it is read; a part says in one number which it matches.
 * English unless said otherwise.
 */

/** The form an answer has: a preference of the ranker, never a condition. */
export type Form = 'quantity' | 'time' | 'who' | 'where' | 'why' | 'how' | 'yes-no' | 'definition' | 'list' | 'other';

/** Number words that answer "how much" without a digit. */
export const NUMBER_WORD_PATTERN =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|hundred|thousand|million|billion|dozen|half|quarter|third|once|twice|weekly|daily|monthly|annually|yearly|quarterly|biweekly|unlimited|zero|none|free|every';

/** Prefixes and words before a noun that make it another thing. */
export const MODIFIERS = 'non|vice|ex|co|sub|pre|post|semi|deputy|assistant|acting|interim|former';

export const NEGATION =
  /\b(?:not|never|no|cannot|without|except|unless|prohibited|forbidden|neither|nor)\b|n['’]t\b|\b(?:nicht|kein|keine|keinen|keiner|ohne|ne|pas|sans|jamais|aucun|aucune|sin|nunca|nessun)\b/iu;

/** What a text has that may answer a question of a form; null where any text may. */
export const FORM_MARKS: Readonly<Record<Form, RegExp | null>> = {
  quantity: new RegExp(`\\p{N}|[$€£%]|\\b(?:${NUMBER_WORD_PATTERN})\\b`, 'iu'),
  time: /\b\d{1,2}(?::\d\d|\s?[ap]\.?m\b)|\b(?:19|20)\d\d\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b|\b(?:hours?|days?|weeks?|months?|years?|minutes?|deadline|annually|monthly|weekly|daily|quarterly|before|after|once|until|within|noon|midnight|immediately|upon|by the end)\b/i,
  who: /\b\p{Lu}[\p{Ll}'’-]+\s+\p{Lu}[\p{Ll}'’-]+|\p{Lu}\.\s?\p{Lu}|@|\b(?:team|office|officer|manager|director|committee|board|council|department|supervisor|lead|staff|employees?|members?|people|person|coordinator|administrator|chair|president|secretary|holder|agency|company|bank|student|parents?|users?|group|who|anyone|everyone)\b/iu,
  where:
    /\b(?:at|in|on|near|from|to|via)\s+(?:the\s+)?\p{Lu}|https?:|\bwww\.|@|\b(?:room|building|floor|street|avenue|road|page|site|website|portal|form|folder|channel|office|city|located|address|online|section|venue|hall)\b/u,
  why: /\b(?:because|since|so that|in order to|due to|reasons?|therefore|thus|as a result|to (?:ensure|avoid|prevent|make|protect|help|keep|allow|give|reduce|provide)|so (?:we|you|they|it)|which means|purpose|goal|aims?|leads? to|caused?|want)\b/i,
  how: /\b(?:first|then|next|submit|click|contact|email|send|go to|fill|complete|use|open|select|request|ask|create|log ?in|visit|follow|must|should|need to|please|via|by \w{2,20}ing|step)\b|^\d+[.)]/i,
  'yes-no':
    /\b(?:yes|no|not|may|can|cannot|must|should|allowed|permitted|required|prohibited|eligible|never|always|only|except|unless|will|do not|does not|available|is|are|has|have)\b/i,
  definition: /\b(?:is|are|means?|refers? to|defined as|stands? for|consists? of|describes?|called|known as)\b|[:(–—]/i,
  list: null,
  other: null,
};

export const FIGURE = /\p{N}/u;

const NUMBER = `(?:\\d[\\d.,]{0,20}|\\b(?:${NUMBER_WORD_PATTERN}|an?|few|several|couple))`;
export const DURATION = new RegExp(
  `${NUMBER}(?: ?\\(\\d{1,4}\\))?[- ]{0,2}(?:\\p{L}{1,20} )?(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|fortnights?|months?|quarters?|years?)\\b`,
  'iu',
);
export const FREQUENCY =
  /\b(?:every|each|once|twice|per|annual(?:ly)?|yearly|month(?:ly)?|week(?:ly)?|dai?ly|quarter(?:ly)?|times?|biweekly|regular(?:ly)?)\b/i;
export const PERCENT = /\d\s?%|\bper ?cent\b|\bhalf\b|\bthird\b|\bquarter\b/i;
export const MONEY =
  /[$€£¥]\s?\d|\d\s?(?:€|£|¥|eur\b|usd\b|gbp\b|chf\b|dollars?|euros?|pounds?|crowns?|k\b|million|billion|nok\b|sek\b|dkk\b|czk\b)|\bfree\b|\bno (?:charge|cost|fee)\b/i;
export const CLOCK = /\d{1,2}(?:[:.]\d\d|\s?[ap]\.?m\b)|\b\d{1,2}\s?(?:h|o'clock)\b|\bnoon\b|\bmidnight\b|\b24\/7\b/i;
export const WEEKDAY = /\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b/i;
export const YEAR = /\b(?:19|20)\d\d\b/;
export const NAMED_DATE = /\b\d{1,2}(?:st|nd|rd|th)?\b|\b(?:19|20)\d\d\b/i;

/** Each has a bit, by its place: at most 31. */
export const MARKS: readonly RegExp[] = [
  ...Object.values(FORM_MARKS).filter((mark) => mark !== null),
  FIGURE,
  NEGATION,
  DURATION,
  FREQUENCY,
  PERCENT,
  MONEY,
  CLOCK,
  WEEKDAY,
  YEAR,
  NAMED_DATE,
];

/** Which marks a text has, a bit each. */
export function marksOf(text: string): number {
  let found = 0;
  for (let at = 0; at < MARKS.length; at++) if ((MARKS[at] as RegExp).test(text)) found |= 1 << at;
  return found;
}
