import { detectLanguage } from '../../core/text/language.ts';
import { isUnspaced, tokens } from '../../core/text/tokens.ts';
import { contentTerms, readQuestion } from '../question.ts';

/**
 * How much a question leans on what was said before: `full` refers back or says too little alone, `light` may be about the
 * same subject without saying so, `none` names its own subject.
 */
export type Leaning = 'none' | 'light' | 'full';

const REFERS_BACK =
  /\b(?:it|its|itself|they|them|their|theirs|these|those|this|he|she|him|his|her|hers|former|latter|such(?! as)|then|ones|same|others?|another|else|the (?:project|programme|agreement|mou|initiative|event|conference|amount|contribution)|(?:the|which|this|that|what|\p{L}+er|second|first|last|other) one(?! of)|one(?=[\s?.!]*$)|(?<!\b(?:is|are|was|were|be|been)\s)there(?!\s+(?:is|are|was|were|any|an?)\b)|(?<=^|\b(?:is|are|was|were|does|do|did|about|of|for|in|to|with|from|by|after|before|since|at|on|and|like|mean|explain|translate)\s)that(?!\s+(?:it|they|he|she|the|there)\b)|that(?=[\s?.!]*$))(?![\p{L}\p{N}])/giu;
/** The same in French, Spanish and German, read where the question is in one of them. */
const REFERS_BACK_ELSEWHERE: Record<string, RegExp> = {
  fr: /(?<![\p{L}-])(?:ce|cet|cette|ces|cela|ça|celui|celle|ceux|celles|lui|leur|leurs|son|sa|ses)(?![\p{L}-])/iu,
  es: /(?<!\p{L})(?:este|esta|esto|estos|estas|ese|esa|eso|esos|esas|él|ella|ellos|ellas|su|sus)(?!\p{L})/iu,
  de: /(?<!\p{L})(?:dies|diese[rsnm]?|dessen|deren|davon|dafür|damit|darüber|dazu|ihn|ihm|seine?[rsnm]?|ihre?[rsnm]?)(?!\p{L})/iu,
};
/** Words that point back only where nothing in the question itself can be meant. */
const PERSONAL = /^(?:it|its|itself|they|them|their|theirs|he|she|him|his|her|hers)$/i;
const OPENS =
  /^(?:and|but|so|also|or|then|ok(?:ay)?|what about|how about|what of|same for|why|how so|how come|what else|who else|where else|anything else|any|anything|which ones?|yes|no|more|et|y|e|und|oder|qu['’]en est-il|was ist mit|qué (?:tal|hay de)|pourquoi|por qué|warum)(?![\p{L}\p{N}])/iu;
const OWNED = /^(?:its|itself|their|theirs|his|her|hers)$/i;
const CLAUSE = /\b(?:when|before|after|because|if|as|while|which|that|who|and|since|until|how)\s+(?:\p{L}+\s+)?$/iu;
/** Chinese: "那…" and "…呢？" take up what was said. */
const OPENS_CHINESE = /^(?:那|那么|还有|另外|为什么|谁|什么时候)(?!些)|呢[？?\s]*$/u;
/** Up to this many content words a question without a name says too little alone. 1 to 3 came to the same on MTRAG and Abg-CoQA. */
const FEW_WORDS = 2;
/** From this many on a question that opens or points like a follow-up explains itself; a judgement. */
const MANY_WORDS = 7;

/** Total for any text. */
export function leaningOf(text: string): Leaning {
  const question = readQuestion(text);
  const content = contentTerms(question.tokens).length;
  if (content === 0) return 'full';
  const named = question.names.length > 0 || question.countries.length > 0;
  if (tokens(text).some((token) => isUnspaced(token.term))) {
    if (OPENS_CHINESE.test(text.trim())) return 'full';
    return content <= 3 ? 'full' : 'none';
  }
  if (OPENS.test(text.replace(/^[¿\s]+/, '')) && content < MANY_WORDS) return 'full';
  if (content < MANY_WORDS && (refersBack(text) || REFERS_BACK_ELSEWHERE[detectLanguage(text)]?.test(text))) return 'full';
  // "How much did China pay?" names who, but not what for; "Who is Xi Jinping?" lacks nothing.
  if (question.answerType === 'money' && question.names.length + question.countries.length === 1 && content <= FEW_WORDS) return 'full';
  if (named) return 'none';
  return content <= FEW_WORDS ? 'full' : 'light';
}

/** Whether a word points at something the text itself has not named before it. */
function refersBack(text: string): boolean {
  const pointers = [...text.matchAll(REFERS_BACK)];
  if (pointers.some(([word]) => !PERSONAL.test(word))) return true;
  const first = pointers[0];
  if (!first) return false;
  const before = text.slice(0, first.index);
  const own = readQuestion(before);
  if (own.names.length === 0 && own.countries.length === 0) return true;
  // "How will the ILO support it?" speaks of something else; "What did China say when it joined?" and "its budget" do not.
  return !OWNED.test(first[0]) && !CLAUSE.test(before);
}
