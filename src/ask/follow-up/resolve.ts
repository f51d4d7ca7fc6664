import { countries } from '../../core/text/places.ts';
import { tokens } from '../../core/text/tokens.ts';
import { dates } from '../../core/time/dates.ts';
import { contentTerms } from '../question.ts';
import { accepts, itemsOf, mentionsOf, offerOf, saysNothing } from './answers.ts';
import type { Exchange } from './history.ts';
import { type Leaning, leaningOf } from './leaning.ts';
import { bare, KIND_ONE, withCounted, withCountry, withKind, withName, withoutTime } from './swap.ts';

/** What the conversation is about after a question. */
export interface Topic {
  /** The question asked last, as far as it could be made to stand alone. */
  asked: string;
  /** Earlier questions it leans on, the nearest first. */
  context: string[];
  /** How much of the history counts for it. */
  leaning: Leaning;
}

const COURTESY =
  /^(?:(?:ok(?:ay)?|thanks?(?: you)?(?: (?:very much|so much|a lot))?|great|good|perfect|nice|cool|wow|i see|got it|understood|all ?right|right|interesting|yes|yeah|sure|merci|gracias|danke)[,.!;:\s-]+)+(?=\S)/i;
const CORRECTS =
  /^(?:(?:no|nope|sorry|oops|wait|actually|rather|pardon|non|nein)[,.!;:\s-]+)+(?:(?:but|i (?:meant?|was asking (?:about|for)|am asking (?:about|for))|i['’]m asking (?:about|for)|make (?:it|that)|rather)\s+)?|^(?:i (?:meant?|was asking (?:about|for)|am asking (?:about|for))|i['’]m asking (?:about|for)|make (?:it|that)|(?:je veux dire|quiero decir|ich meine))\s+/i;
const INSTEAD =
  /^not\s+(?:in\s+|for\s+|the\s+)?[^,\s][^,]{0,79}(?:,|\s)\s*but\s+|,?\s+(?:and\s+)?not\s+(?:in\s+|for\s+|the\s+)?[^,\s][^,]{0,79}$|\s+instead(?: of\s.{1,80})?$/i;
const OPENERS =
  /^(?:(?:and|but|so|or|then|also|what about|how about|what of|same for|the same for|what if|et|y|e|und|oder|qu['’]en est-il (?:de la |de l['’]|du |des |de |d['’])?|qué (?:tal|hay de)|was ist mit|那么?|还有)(?![\p{L}\p{N}])[\s,]*|¿\s*|那么?|还有)+/iu;
const ONLY_TIME =
  /^(?:(?:now|today|currently|at present|latest|originally|before that|back then)|(?:in|as of|by|since|before|after|for|during|until|en|depuis|desde|seit|im(?: jahre?)?)?\s*(?:the\s+)?\p{L}*\s*\d{4}(?:[-–/]\d{2,4})?年?(?:\s+(?:edition|version|brief|briefing|one))?|(?:in|according to)?\s*the\s+(?:\p{L}+|\d{4})\s+(?:edition|version|brief(?:ing)?|document)|(?:in|according to)?\s*the\s+(?:older?|earlier|previous|former|newer?|latest|current|recent|\d{4})\s+one)\s*[呢?？.!]*$/iu;
const EDITION_ONE = /^(?:in\s+|according to\s+)?the\s+(older?|earlier|previous|former|newer?|latest|current|recent|\d{4})\s+one$/i;
const ASKS = /\b(?:who|whom|whose|what|when|where|which|how|why|is|are|was|were|did|does|do|has|have|had|can|could|will|would|should)\b/i;
/** Nouns that name the form of an answer: "and the amount?". */
const FORM =
  /^(?:the |its |their |his |her |what )?(?:(?:total|exact|main|full|start|end|starting|ending|postal|e-?mail|web|phone|fax|telephone)\s+)?(?:amount|sum|budget|cost|price|funding|contribution|date|year|month|period|duration|place|venue|location|address|e-?mail|website|telephone|phone|fax|number|name|title|reason|aim|purpose|goal|objective|result|results|partner|partners|topic|topics|countries|country|participants|beneficiaries|donor|donors)(?:\s+(?:number|address|of it))?$/i;
const PAIR = /\bthe\s+(former|latter)(?:\s+(?:one|project|country|programme|agreement))?\b/i;
const ITEM = /\b(?:the\s+)?(first|second|third|fourth|fifth|last)\s+(?:one|of (?:these|those|them)|item|point)\b/i;
const PLACES = ['first', 'second', 'third', 'fourth', 'fifth'];
/** How much of an earlier question is carried along: enough for the subject, too little to drown the question. */
const CONTEXT_CHARACTERS = 300;
const QUESTION_CHARACTERS = 2000;
/** Content words up to which what follows "and" or "what about" is a part to put into the question before. */
const FRAGMENT_WORDS = 4;
/** Content words up to which a part that limits is added to the question before: "and in rural areas?". */
const ADDED_WORDS = 3;
const LIMITS = /^(?:in|for|with|by|from|to|at|among|under|between|outside|within|without)\s/i;

const words = (text: string) => contentTerms(tokens(text)).length;
const clip = (text: string, most: number) => (text.length <= most ? text : text.slice(0, most).replace(/[\uD800-\uDBFF]$/, ''));
const question = (text: string) => `${bare(text)}?`;

/** A question about nothing said before. */
const fresh = (asked: string): Topic => ({ asked: clip(asked, QUESTION_CHARACTERS), context: [], leaning: 'none' });

/** The question before, changed in one place: it keeps what it leaned on. */
const changed = (topic: Topic, asked: string): Topic => ({
  asked: clip(question(asked), QUESTION_CHARACTERS),
  context: topic.context,
  leaning: 'light',
});

/** A question that carries along the one before and the one the whole chain began with; "When?" carries nothing. */
function carrying(asked: string, topic: Topic, item?: string): Topic {
  const chain = [...(item ? [item] : []), topic.asked, ...topic.context]
    .map((text) => clip(bare(text), CONTEXT_CHARACTERS))
    // A time said now replaces the time said then.
    .map((text) => (dates(asked).length > 0 ? bare(withoutTime(text)) : text))
    .filter((text, i, all) => words(text) > (i < all.length - 1 ? 1 : 0));
  const [nearest, ...further] = [...new Set(chain)];
  const first = further.at(-1);
  // "Since when?" takes up what was just asked; "What has it established?" asks something else of the first subject.
  const asksAnew = item === undefined && first !== undefined && words(asked) > 0;
  const context = (asksAnew ? [first] : [nearest, first]).filter((text) => text !== undefined);
  return { asked, context, leaning: 'full' };
}

/** What `fragment` makes of the question before: its time, its country or its name replaced; null when it is none of these. */
function swapped(fragment: string, topic: Topic): Topic | null {
  const part = bare(fragment).replace(/呢$/, '').trim();
  if (ONLY_TIME.test(part)) {
    const edition = EDITION_ONE.exec(part)?.[1];
    const time = edition ? `according to the ${edition} edition` : part;
    return changed(topic, `${bare(withoutTime(topic.asked))} ${/^\d/.test(time) && !time.endsWith('年') ? `in ${time}` : time}`);
  }
  const short = words(part) <= FRAGMENT_WORDS && !ASKS.test(part);
  const other = short
    ? (withCountry(topic.asked, part) ?? withName(topic.asked, part) ?? withKind(topic.asked, part) ?? withCounted(topic.asked, part))
    : null;
  return other === null ? null : changed(topic, other);
}

/** "The latter", "the second one": named by what was said before. */
function pointed(asked: string, topic: Topic, answer: string): Topic | null {
  const pair = PAIR.exec(asked);
  if (pair) {
    const named = [topic.asked, answer].map((text) => mentionsOf(text.replace(/\[\d+\]/g, ''))).find((list) => list.length >= 2);
    const [former, latter] = named?.slice(-2) ?? [];
    const name = pair[1]?.toLowerCase() === 'former' ? former : latter;
    if (name) return name === bare(asked.replace(OPENERS, '')) ? null : carrying(question(asked.replace(PAIR, () => name)), topic);
  }
  const place = ITEM.exec(asked)?.[1]?.toLowerCase();
  if (!place) return null;
  const items = itemsOf(answer);
  const item = items.length < 2 ? undefined : place === 'last' ? items.at(-1) : items[PLACES.indexOf(place)];
  return item ? carrying(asked, topic, item) : null;
}

/** One step of a conversation: `asked` after `topic`, to which `answer` was given last. */
export function follow(asked: string, topic: Topic | null, answer: string): Topic | null {
  if (accepts(asked)) {
    const offer = offerOf(answer);
    return offer === null ? topic : follow(offer, topic, '');
  }
  const said = asked.replace(COURTESY, '');
  if (saysNothing(said === asked || OPENERS.test(said) ? said : asked)) return topic;
  if (!topic) return fresh(asked);
  const correction = corrected(said);
  if (correction !== null) {
    const leaning = leaningOf(correction);
    return (
      swapped(correction.replace(OPENERS, ''), topic) ??
      (ASKS.test(correction) && leaning !== 'full' ? fresh(correction) : carrying(question(correction), topic))
    );
  }
  const byPointing = pointed(said, topic, answer);
  if (byPointing) return byPointing;
  const fragment = said.replace(OPENERS, '');
  const opened = fragment !== said;
  const short = words(fragment) <= FRAGMENT_WORDS && !ASKS.test(fragment);
  if (opened || ONLY_TIME.test(said) || onlyPlace(said) || KIND_ONE.test(bare(said))) {
    const other = swapped(fragment, topic);
    if (other) return other;
  }
  if (short && FORM.test(bare(fragment))) {
    const noun = bare(fragment).replace(/^what /i, '');
    return carrying(`What is ${/^(?:the|its|their|his|her)\s/i.test(noun) ? noun : `the ${noun}`}?`, topic);
  }
  if (opened && short && words(fragment) <= ADDED_WORDS && LIMITS.test(fragment))
    return changed(topic, `${bare(topic.asked)} ${bare(fragment)}`);
  const leaning = leaningOf(said);
  if (leaning === 'full') return carrying(question(said), topic);
  return { ...fresh(said), leaning };
}

/** What a correction puts right: "no, the 2019 one", "I meant Kenya", "Kenya, not Cambodia"; null when nothing is corrected. */
function corrected(said: string): string | null {
  const opened = said.replace(CORRECTS, '');
  const short = words(opened) <= FRAGMENT_WORDS && !ASKS.test(opened);
  const meant = (short ? opened.replace(INSTEAD, '') : opened).trim();
  return meant === said || bare(meant) === '' ? null : meant;
}

/** Nothing but the name of a country. */
function onlyPlace(text: string): boolean {
  const [country, another] = countries(text);
  return country !== undefined && !another && tokens(text).filter((token) => !token.stop).length <= country.words.length;
}

/** What a conversation is about after its earlier questions, oldest first; null when they ask nothing. */
export function topicOf(exchanges: readonly Exchange[]): Topic | null {
  let topic: Topic | null = null;
  let answer = '';
  for (const exchange of exchanges) {
    topic = follow(exchange.question, topic, answer);
    answer = exchange.answer;
  }
  return topic;
}
