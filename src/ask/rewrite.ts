import type { Turn } from '../core/model.ts';
import { countries } from '../core/text/places.ts';
import { tokens } from '../core/text/tokens.ts';
import { dates } from '../core/time/dates.ts';
import { contentTerms } from './question.ts';

const OPENS_FOLLOW_UP =
  /^(?:and|but|so|also|then|or|ok(?:ay)?|what about|how about|what of|same for|for|in|since|before|after|as of|who else|anything else|what else|why|how so|when|where|which ones?)\b/i;
const REFERS_BACK =
  /\b(?:it|its|they|them|their|theirs|this|that|these|those|he|she|him|his|her|there|then|one|ones|the same|such|former|latter|the (?:project|programme|agreement|mou|initiative|event|conference|amount|contribution))\b/i;
const ONLY_TIME =
  /^(?:(?:and|but|so|what about|how about|ok|okay)\s+)*(?:(?:now|today|currently|at present|latest|originally|before that|back then)|(?:in|as of|by|since|before|after|for|during|until)?\s*(?:the\s+)?[\p{L}]*\s*\d{4}(?:[-–/]\d{2,4})?(?:\s+(?:edition|version|brief|briefing))?|(?:in|according to)\s+the\s+[\p{L}]+\s+(?:edition|version|brief(?:ing)?|document|one))\s*[?.!]*$/iu;
const TIME_WORDS =
  /\b(?:currently|now|nowadays|today|at present|originally|formerly|previously|back then|at that time|(?:according to|in)\s+the\s+\p{L}+\s+(?:edition|version|brief(?:ing)?|document))\b/giu;
/** How many earlier questions a chain of follow-ups is resolved over. */
const MAX_TURNS = 12;

/** A question without its words of time: "How many … had been ratified in 2019?" -> "How many … had been ratified". */
export function withoutTime(text: string): string {
  let out = text;
  for (const date of [...dates(text)].reverse()) {
    const before = out
      .slice(0, date.start)
      .replace(/\b(?:in|as of|by|since|before|after|until|during|at the end of|for)\s+(?:the\s+(?:year\s+)?)?$/i, '');
    out = before + out.slice(date.end).replace(/^\s+(?:edition|version|brief(?:ing)?)\b/i, '');
  }
  return out
    .replace(TIME_WORDS, ' ')
    .replace(/\s+/g, ' ')
    .replace(/\s+([?.!,])/g, '$1')
    .trim();
}

/** Whether a question leans on what was said before. */
export function isFollowUp(question: string): boolean {
  const content = contentTerms(tokens(question));
  if (content.length === 0) return true;
  if (ONLY_TIME.test(question.trim())) return true;
  if (OPENS_FOLLOW_UP.test(question) && content.length <= 4 && !/^(?:which|when|where|why|how|in|for)\b/i.test(question)) return true;
  if (/^(?:and|but|so|what about|how about|what of)\b/i.test(question) && content.length <= 6) return true;
  return REFERS_BACK.test(question) && content.length <= 6;
}

/** Opens the earlier question that a follow-up carries along. */
const CONTEXT_OPENS = ' (following on: ';

/** A stand-alone question without the earlier question it carries along. */
export function mainPart(question: string): string {
  const at = question.indexOf(CONTEXT_OPENS);
  return at < 0 ? question : question.slice(0, at);
}

const bare = (text: string) => text.trim().replace(/[?.!\s]+$/, '');

/** One step: `question` after `before`, the stand-alone question asked last. */
function resolve(question: string, before: string): string {
  const asked = question.trim();
  if (ONLY_TIME.test(asked)) {
    const time = bare(asked).replace(/^(?:(?:and|but|so|what about|how about|ok|okay)\s+)+/i, '');
    return `${bare(withoutTime(before))} ${/^\d/.test(time) ? `in ${time}` : time}?`;
  }
  const about = /^(?:and\s+)?(?:what about|how about|what of|and for|and in|and|for|in|same for)\s+(.{2,80}?)\s*\?*$/i.exec(asked);
  const fragment = about?.[1];
  if (
    fragment &&
    contentTerms(tokens(fragment)).length <= 4 &&
    !/\b(?:who|what|when|where|which|how|why|is|are|was|were|did|does|has|have)\b/i.test(fragment)
  ) {
    const placeNow = countries(fragment)[0];
    const placeThen = countries(before);
    const last = placeThen.at(-1);
    if (placeNow && last) {
      const pattern = new RegExp(`\\b${last.words.join('[^\\p{L}\\p{N}]+')}\\b`, 'iu');
      if (pattern.test(before)) return `${bare(before.replace(pattern, bare(fragment).replace(/^(?:in|for)\s+/i, '')))}?`;
    }
    return `${bare(before)} ${bare(fragment)}?`;
  }
  return `${bare(asked)}${CONTEXT_OPENS}${bare(mainPart(before))})?`;
}

/**
 * Makes a follow-up stand alone by rule: time words replaced, a country swapped, otherwise the question before added in
 * brackets. A question that leans on nothing is returned as it is. History is the client's and untrusted: only the
 * users' questions are read, the last twelve of them.
 */
export function standalone(question: string, history: readonly Turn[]): string {
  let before: string | null = null;
  for (const turn of history.filter((turn) => turn.role === 'user').slice(-MAX_TURNS)) {
    before = before !== null && isFollowUp(turn.content) ? resolve(turn.content, before) : turn.content;
    before = before.slice(0, 2000);
  }
  return before !== null && isFollowUp(question) ? resolve(question, before) : question;
}
