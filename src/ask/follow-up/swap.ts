import { names } from '../../core/text/names.ts';
import { countries } from '../../core/text/places.ts';
import { dates } from '../../core/time/dates.ts';

const BEFORE_TIME =
  /(?:^|\s)(?:in|according to|as of|by|since|before|after|until|during|at the end of|for|en|depuis|desde|seit|im(?: jahre?)?)\s+(?:the\s+(?:year\s+)?)?$/i;
const TIME_WORDS =
  /\b(?:currently|now|nowadays|today|at present|originally|formerly|previously|back then|at that time|(?:according to|in)\s+the\s+\p{L}+\s+(?:edition|version|brief(?:ing)?|document))\b/giu;
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const ENDS = new Set([...'?.!？。！ \t\n\r\u00a0']);

/** A text without the marks that end a sentence. A loop: a pattern tied to the end alone takes quadratic time on many marks. */
export function bare(text: string): string {
  let end = text.length;
  while (end > 0 && ENDS.has(text[end - 1] as string)) end--;
  return text.slice(0, end).trim();
}

/** A question without its words of time: "How many … had been ratified in 2019?" -> "How many … had been ratified". */
export function withoutTime(text: string): string {
  let out = text;
  for (const date of [...dates(text)].reverse()) {
    const before = out.slice(0, date.start).replace(BEFORE_TIME, ' ');
    out = before + out.slice(date.end).replace(/^(?:年|\s+(?:edition|version|brief(?:ing)?)\b)/i, '');
  }
  return out
    .replace(TIME_WORDS, ' ')
    .replace(/\s+/g, ' ')
    .replace(/\s+([?.!,])/g, '$1')
    .trim();
}

/** `before` about the country that `fragment` names instead of the one it names last; null when either names none. */
export function withCountry(before: string, fragment: string): string | null {
  const last = countries(before).at(-1);
  if (!last || countries(fragment).length === 0) return null;
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${last.words.map(escaped).join('[^\\p{L}\\p{N}]+')}(?![\\p{L}\\p{N}])`, 'iu');
  if (!pattern.test(before)) return null;
  return before.replace(pattern, () => bare(fragment).replace(/^(?:in|for|with|of)\s+/i, ''));
}

/** Names of a text that open no sentence, or are no single common word; countries are apart. */
export function namesOf(text: string): string[] {
  return names(text)
    .filter((name) => !name.initial || /\p{Lu}.*\p{Lu}/u.test(name.text))
    .map((name) => name.text)
    .filter((name) => countries(name).length === 0);
}

/** `before` about the name that `fragment` is, instead of the only name it has; null when that is not clear. */
export function withName(before: string, fragment: string): string | null {
  const [name, another] = namesOf(bare(before));
  const now = bare(fragment).replace(/^(?:(?:in|at|from|to|for|with|of|by)\s+)?(?:the\s+)?/i, '');
  const given = names(now);
  if (!name || another || given.length !== 1 || given[0]?.text !== now) return null;
  return before.replace(name, () => now);
}

/** "The skills one", "fundamental ones". */
export const KIND_ONE = /^(?:the\s+)?((?:[\p{L}\p{N}'’-]+\s+){1,3})ones?$/iu;
const THINGS =
  'projects?|programmes?|programs?|agreements?|mous?|memorand(?:um|a)|conferences?|seminars?|meetings?|events?|phases?|offices?|centers?|centres?|conventions?|initiatives?|studies|study|editions?|networks?|dialogues?|funds?|unions?|ministr(?:y|ies)|laws?|countries|workers|experts|people';
const KIND = new RegExp(`\\b(?:(the|an?|its|this|that|which|what|how many)\\s+)((?:[\\p{L}\\p{N}'’-]+\\s+){0,3}?)(${THINGS})\\b`, 'iu');

/** `before` about another kind of its thing: "the skills one" after "the employment project"; null when it names no thing. */
export function withKind(before: string, fragment: string): string | null {
  const kind = KIND_ONE.exec(bare(fragment))?.[1]?.trim();
  if (!kind || /^(?:other|another|same|first|second|third|last|next|previous|which|this|that|these|those)$/i.test(kind)) return null;
  return KIND.test(before) ? before.replace(KIND, (_, opens: string, __, thing: string) => `${opens} ${kind} ${thing}`) : null;
}

/** `before` counting something else: "and universities?" after "How many experts did …"; null when it counts nothing. */
export function withCounted(before: string, fragment: string): string | null {
  const noun = bare(fragment).replace(/^(?:the|of)\s+/i, '');
  if (!/^(?:[\p{L}'’-]+\s+){0,2}(?:\p{L}{3,}s|people|women|men|children)$/iu.test(noun)) return null;
  const counts = /^(how many )(?:[\p{L}\p{N}'’-]+ ){1,4}?(?=(?:did|do|does|has|have|had|were|was|are|is|will|can|could|would)\b)/iu;
  return counts.test(before) ? before.replace(counts, (_, opens: string) => `${opens}${noun} `) : null;
}
