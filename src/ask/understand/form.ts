import {
  CLOCK,
  DURATION,
  FIGURE,
  FORM_MARKS,
  type Form,
  FREQUENCY,
  MONEY,
  NAMED_DATE,
  NUMBER_WORD_PATTERN,
  PERCENT,
  WEEKDAY,
  YEAR,
} from '../../core/reading/marks.ts';
import { fold, tokens } from '../../core/text/tokens.ts';
import { QUESTION_WORDS } from '../lexicon.ts';

const SAYS_YES_OR_NO = /^(?:can|may|is|are|do|does|did|will|should|must|am|has|have) /;

/** English wordings, first match wins; lower case with straight apostrophes. */
const FORMS: readonly { form: Form; pattern: RegExp; unless?: RegExp }[] = [
  {
    form: 'quantity',
    pattern:
      /\bhow (?:much|many|long|often|old|far|big|large|high|late|early|fast|tall|wide)\b|\bwhat (?:share|percentage|percent|proportion|number|amount|rate|limit|age|size|price|cost|fee|maximum|minimum)\b|\b(?:cost|price|fee|limit|maximum|minimum|max|min|quota|per diem|rate|salary|budget|amount|number of)\b/,
    unless: SAYS_YES_OR_NO,
  },
  {
    form: 'time',
    pattern:
      /\bwhen\b|\bwhat (?:time|date|day|year|month|hours?)\b|\bwhich (?:day|year|month|date|weekday)\b|\bhow soon\b|\bdeadline\b|\bopening hours\b|\bwithin what\b/,
    unless: SAYS_YES_OR_NO,
  },
  { form: 'who', pattern: /\bwho(?:m|se)?\b|\bwhich (?:person|team|office|company|bank|organisation|organization|committee)\b/ },
  { form: 'where', pattern: /\bwhere\b|\b(?:what|which) (?:city|country|address|room|building|state|venue|place)\b/ },
  { form: 'why', pattern: /\bwhy\b|\bwhat(?:'s| is| was) the (?:reason|purpose|point)\b|\bhow come\b|\bwhat for\b/ },
  {
    form: 'how',
    pattern:
      /\bhow (?:do|can|should|to|would|does|is|are|am|did|was|were|will|must)\b|\bwhat (?:should|must|do|can) (?:i|we|one|you) (?:do|use)\b|\bwhat(?:'s| is| are) the (?:steps?|process|procedure|way)\b|\bsteps\b|\bwhat to do\b|\bwhat now\b/,
  },
  {
    form: 'yes-no',
    pattern:
      /(?:^|[.!?,;:] |\b(?:so|and|but|hi|hello|or|please|then) )(?:is|are|was|were|do|does|did|can|could|may|might|will|would|should|shall|must|has|have|had|am|isn't|aren't|don't|doesn't|can't|won't|need) \w|\b(?:allowed|ok|okay|possible|required|right)\?\s*$/,
  },
  {
    form: 'definition',
    pattern:
      /^(?:define|explain|describe)\b|\bwhat (?:does|do) .{1,120} mean|\bwhat(?:'s| is| are) (?:an? |the )?[\w-]+(?: [\w-]+){0,2} ?\??$|\bmeaning of\b|\bstands? for\b|\bdefinition\b/,
  },
  {
    form: 'list',
    pattern:
      /\bwhat (?:are|were)\b|\bwhich\b.{0,200}\b(?:are|were|do|have)\b|\blist\b|\bname (?:the|all|three|two)\b|\bwhat (?:kinds?|types?|sorts?|things|items|\w+s) (?:are|do|does|can|must|should|count|qualify)\b/,
  },
];
/** A question longer than this is read by its first part, UTF-16 units. */
const CHARACTERS_READ = 1500;

/** The form of answer a question asks for; by its first question word in other languages than English. */
export function formOf(text: string, language: string): Form {
  if (language !== 'en' && language !== 'und') {
    for (const { word } of tokens(text.slice(0, CHARACTERS_READ)))
      if (Object.hasOwn(QUESTION_WORDS, word)) return QUESTION_WORDS[word] as Form;
    return 'other';
  }
  const plain = text.slice(0, CHARACTERS_READ).toLowerCase().replace(/[’]/g, "'").replace(/\s+/g, ' ').trim();
  return FORMS.find(({ pattern, unless }) => pattern.test(plain) && !unless?.test(plain))?.form ?? 'other';
}

/** A mark outside English is a figure or nothing: words of other languages are not listed. */
export function markOf(form: Form, language: string): RegExp | null {
  if (language === 'en' || language === 'und') return FORM_MARKS[form];
  return form === 'quantity' || form === 'time' ? FIGURE : null;
}

/** Questions and what meets them. English. */
const UNITS: readonly { asks: RegExp; meets: RegExp; form?: Form }[] = [
  {
    asks: /\bhow (?:long|soon|quick(?:ly)?|fast|far (?:ahead|in advance)|early|late|old)\b|\bwithin what\b|\blength of\b|\bduration\b|\bhow much (?:time|notice)\b|\bnotice\b|\bage\b/,
    meets: DURATION,
  },
  { asks: /\bhow often\b|\bfrequen/, meets: FREQUENCY },
  { asks: /\b(?:percent(?:age)?|share|proportion|rate|what part)\b|%/, meets: PERCENT },
  {
    asks: /\bhow much\b|\b(?:cost|price|fee|pay|paid|charge|budget|salary|deposit|money|fund|amount|fine|reimburs|allowance|grant)/,
    meets: MONEY,
    form: 'quantity',
  },
  { asks: /\bwhat time\b|\bhours\b|\bo'clock\b/, meets: CLOCK },
  { asks: /\b(?:what|which) (?:week)?day\b/, meets: WEEKDAY },
  { asks: /\b(?:what|which) year\b/, meets: YEAR },
  { asks: /\b(?:date|deadline)\b/, meets: NAMED_DATE },
];
const COUNTED = /\b(?:how many|number of|count of) (?:of (?:the|our|your|my) )?((?:[\p{L}\p{N}-]+ ){0,2}[\p{L}\p{N}-]+)/u;

/** What a quantity or time is counted in, closer than its form: a text that meets it, or null. English. */
export function unitOf(text: string, form: Form, language: string): RegExp | null {
  if (language !== 'en' && language !== 'und') return null;
  const plain = fold(text.slice(0, CHARACTERS_READ)).replace(/[’]/g, "'").replace(/\s+/g, ' ');
  const duration = UNITS[0]!;
  const frequency = UNITS[1]!;
  if (duration.asks.test(plain)) return duration.meets;
  if (frequency.asks.test(plain)) return frequency.meets;
  const counted = COUNTED.exec(plain);
  if (counted) return countOf(counted[1] as string);
  return UNITS.find((unit) => unit.asks.test(plain) && (unit.form === undefined || unit.form === form))?.meets ?? null;
}

/** Letters of a noun that are looked for: the engine keeps what it made of an expression, so none is made of a text without end. */
const LONGEST_HEAD = 24;

/** A number near what is counted: "28 Conventions", "Conventions: 28". */
function countOf(nouns: string): RegExp {
  const heads = tokens(nouns)
    .filter(({ stop, word }) => !stop && /^\p{L}+$/u.test(word))
    .map(({ word }) => word.slice(0, Math.min(LONGEST_HEAD, Math.max(4, word.length - 2))));
  if (heads.length === 0) return /\d/;
  const any = `(?:${heads.join('|')})`;
  return new RegExp(
    `(?:\\d|\\b(?:${NUMBER_WORD_PATTERN})\\b)\\S{0,12}(?:\\s\\S{1,20}){0,3}?\\s${any}|${any}\\p{L}{0,12}\\P{L}{1,3}(?:\\p{L}{1,20}\\P{L}{1,3}){0,2}\\d`,
    'iu',
  );
}
