import type { Period } from '../core/model.ts';
import { type Figure, figures } from '../core/text/figures.ts';
import { detectLanguage } from '../core/text/language.ts';
import { isAcronym, names } from '../core/text/names.ts';
import { countries } from '../core/text/places.ts';
import { withFunctionWords } from '../core/text/stopwords.ts';
import { isUnspaced, type Token, tokens } from '../core/text/tokens.ts';
import { type DateMention, dates } from '../core/time/dates.ts';

/** What kind of words would answer. */
export type AnswerType =
  | 'number'
  | 'money'
  | 'percent'
  | 'date'
  | 'person'
  | 'place'
  | 'organisation'
  | 'contact'
  | 'reason'
  | 'definition'
  | 'yes-no'
  | 'other';

/** A question read: what it is about and what would answer it. */
export interface Question {
  text: string;
  tokens: Token[];
  answerType: AnswerType;
  /** Several things are asked for ("which ministries", "list the …"). */
  list: boolean;
  /** Terms of the noun asked for ("how many *conventions*", "which *ministries*"); may be empty. */
  head: string[];
  /** Proper names, each as its folded words; countries are apart. */
  names: string[][];
  countries: { code: string; words: string[] }[];
  figures: Figure[];
  dates: DateMention[];
  /** For `contact`: what to look for. */
  /** Speaks of one of a series: an ordinal, a phase. */
  ordinal: boolean;
  /** Folded words that only an earlier question said. */
  carried: ReadonlySet<string>;
  contact: 'email' | 'telephone' | 'fax' | 'url' | 'address' | null;
}

const PLURAL_HEAD =
  /\b(?:which|what|list|name|who are|what are|what were)\b(?:\s+(?:all|the|are|were|of|some|other))*\s+(?:(?!does\b)\p{L}+\s+){0,3}?((?!(?:does|this|always|perhaps|status|focus|basis|campus|bonus|analysis|crisis|various|previous)\b)\p{L}{2,}(?!s)\p{L}s|countries|people|companies)\b/iu;

const WH = /\b(?:who|whom|whose|what|which|when|where|why|how)\b/;
const MONEY_NOUN =
  /\b(?:budget|funding|cost|amount|sum|contributions?|donations?|allocation|grant|money|us\$|usd|dollars?|price|financing)\b/;
const DATE_NOUN =
  /\b(?:date|dates|year|years|month|months|period|duration|time ?frame|time ?span|deadline|day|start|end date|timeline|era|century|decade)\b/;

/** "How much power": something else than money is measured, unless the question speaks of paying. */
const HOW_MUCH_ELSE =
  /\bhow much (?!(?:did|does|do|is|was|are|were|has|have|had|will|would|can|could|of|extra|more|additional|us|usd|dollars|money|cash|support)\b)\p{L}{3,}/u;
const MONEY_SAID =
  /\b(?:money|fund\w*|budget|cost\w*|pay\w*|paid|contribut\w*|giv\w*|gave|donat\w*|invest\w*|grant\w*|dollars?|us\$|spen[dt]\w*|provid\w*|allocat\w*|price\w*|worth|aside|earmark\w*|commit\w*|pledg\w*|support\w*|financ\w*|sponsor\w*|put)\b/;

/** What people put before a question. */
const POLITE =
  /^(?:(?:hi|hello|hey|please|sorry|excuse me|quick question|one question)[\s,:!.-]+)*(?:(?:can|could|would|will) you (?:please |kindly )?(?:tell|say|explain|show|remind|give)(?: (?:to )?(?:me|us))?(?: about)?|do you (?:happen to )?know|i(?:'d| would) (?:like|love|want|need) to know|i (?:want|need|wonder|was wondering)(?: to know)?|any idea|tell me|remind me)\b[\s,:]*(?:if |whether )?/;

const YES_OR_NO = /^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\s/;
const JOINED =
  /(?<!\b(?:and|or|say|says|said|tell|tells|told|mention|mentions|mentioned|state|states|stated|explain|explains|know|known|clear|specify|specifies|specified|indicate|indicates|record|records|recorded|show|shows|give|gives)|[,:–—-])\s(?:when|where|who|whom|whose|why)\b/g;

/**
 * A question without the words that would ask if they did not join clauses: "when China moved to a market economy, which …",
 * "which reforms … when …". Lower case.
 */
function askingPart(q: string): string {
  const joined =
    /^(?:when|where|while|since|after|before|as)\b[^,?]{4,120},\s+(?=(?:(?:in|on|at|by|for|from|with|to|of|under|since|until) )?(?:who|whom|whose|what|which|when|where|why|how)\b)/.exec(
      q,
    );
  const rest = joined ? q.slice(joined[0].length) : q;
  const first = WH.exec(rest);
  if (!first) return rest;
  // "Was it one of the aims when …?" asks yes or no; "Does it say when …?" does not.
  if (YES_OR_NO.test(rest)) return rest.replace(JOINED, ' that');
  const end = first.index + first[0].length;
  // "… and who signed it?" asks again.
  return rest.slice(0, end) + rest.slice(end).replace(/(?<!\b(?:and|or)|[,–—-])\s(?:when|where|who|whom|whose|why)\b/g, ' that');
}

/** Each form with what would answer it, first match wins; `q` is lower case with straight apostrophes. */
function readType(text: string): AnswerType {
  const q = askingPart(text.toLowerCase().replace(/[’]/g, "'").replace(POLITE, ''));
  const asks = WH.test(q);
  if (
    /\b(?:e-?mail|telephone|phone|mobile number|fax|web ?site|url|web ?page|web address|postal address|mailing address|contact details|(?:which|what) street|postcode|postal code|zip code|parcel|address (?:it|them|this)|address of|street address|homepage)\b/.test(
      q,
    )
  )
    return 'contact';
  if (/\b(?:what|which) (?:is the )?(?:percent\w*|share|proportion)\b|\bpercentage\b|\bper cent\b/.test(q)) return 'percent';
  if (
    !/\bhow many (?:\w+ )?(?:years|months|days|times)\b/.test(q) &&
    /\bhow long\b|\bwhen\b|\b(?:what|which)(?: \w+){0,2} (?:years?|dates?|months?|days?|periods?|time|times|centur\w+|decades?)\b|\bsince what\b|\b(?:start|end|starting|ending) (?:date|year)\b|\b(?:years?|dates?) (?:of|in which|was|did)\b|\bhow (?:recent|old)/.test(
      q,
    )
  )
    return 'date';
  if (/\bcosts?\s*\??$/.test(q)) return 'money';
  if (/\bhow many (?:us )?dollars\b|\bhow much (?:\w+ ){0,2}?(?:money|funding)\b|\bwhat (?:sum|amount)\b/.test(q)) return 'money';
  if (/\bhow many\b|\b(?:number|count|total|figure) (?:of|for)\b|\bhow (?:large|big|far|tall|high|deep|wide|often)\b/.test(q))
    return 'number';
  if (HOW_MUCH_ELSE.test(q) && !MONEY_SAID.test(q)) return 'number';
  if (/\bhow much\b/.test(q)) return /\bhow much (?:\w+ ){0,2}?(?:water|time|people|land|energy)\b/.test(q) ? 'number' : 'money';
  if (
    /\b(?:budget|amount|sum|cost|price(?: tag)?|funding|worth|value) (?:of|for|did|was|is)\b|\b(?:what|which) (?:\w+ ){0,3}(?:budget|amount|sum|cost|funding|allocation)\b/.test(
      q,
    )
  )
    return 'money';
  if (
    /\bwhat (?:is|are|was|were) (?:\w+ ){1,5}(?:paying|contributing|investing|donating|spending)\b|\bwhat (?:did|does|has|have|had|was|will) (?:\w+ ){1,3}(?:pay|paid|contribute[ds]?|(?:give|given)(?! (?:priority|attention|way|rise|access|support|advice|help))|spend|spent|donate[ds]?|invest(?:ed)?|commit(?:ted)?|pledge[ds]?)\b/.test(
      q,
    )
  )
    return 'money';
  if (
    /\bwho\b|\bwhom\b|\bwhose\b|\b(?:which|what)(?:(?: (?!(?:can|could|do|does|did|will|would|should|may|is|are|was|were|has|have|had)\b)\w+){0,2}) (?:person|people|man|woman|president|minister|politician|leader|official|king|author|councill?or|guest|speaker|member)\b|\bname of the (?:person|man|woman|director|minister|president|head)/.test(
      q,
    )
  )
    return 'person';
  if (
    /\bwhere\b|\b(?:what|which)(?:(?: (?!(?:can|could|do|does|did|will|would|should|may|is|are|was|were|has|have|had)\b)\w+){0,2}) (?:country(?! (?:programme|program|office|report|plan|team|strategy|project))|countries|city|cities|place|places|regions?(?! office)|location|state|town|continents?)\b/.test(
      q,
    )
  )
    return 'place';
  if (
    /\b(?:what|which)(?:(?: (?!(?:can|could|do|does|did|will|would|should|may|is|are|was|were|has|have|had)\b)\w+){0,2}) (?:organi[sz]ations?|ministry|ministries|universit\w+|compan\w+|agenc\w+|unions?|institut\w+|teams?|school|college|club|party|partners?|employer|department|office|bodies|body|group)\b/.test(
      q,
    )
  )
    return 'organisation';
  if (/\bwhy\b|\b(?:what|which) (?:\w+ ){0,2}(?:reason|cause|purpose|aim|goal)\b/.test(q)) return 'reason';
  if (!asks && MONEY_NOUN.test(q) && !/^(?:is|are|was|were|do|does|did|has|have)\b/.test(q)) return 'money';
  if (!asks && DATE_NOUN.test(q) && !/^(?:is|are|was|were|do|does|did|has|have)\b/.test(q)) return 'date';
  if (/^(?:so |and |but |ok |okay )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may)\b/.test(q))
    return 'yes-no';
  if (
    /^(?:what|who)(?: is|'s| are| was| were) (?:an? |the )?[\p{L}\p{N}-]+(?: [\p{L}\p{N}-]+){0,2}\??$/u.test(q) ||
    /\bdefin(?:e|ition)|\bacronym\b|\babbreviation\b|\bmean(?:s|ing)?\b|\bstand(?:s)? for\b/.test(q)
  )
    return 'definition';
  return 'other';
}

/** Talk that asks the briefings nothing: greetings, thanks, goodbyes, and orders to write something. */
const SMALL_TALK =
  /^(?:(?:hi|hello|hey|hallo|dear|good (?:morning|afternoon|evening|day))\b[\s\p{P}]*(?:there|all|team|pilcrow)?|(?:ok|okay|thanks?|thank you|thx|cheers|great|perfect|nice|cool|bye|goodbye|see you|you're welcome|never ?mind)\b(?!.*\?).{0,40}|how are you\b.*|who are you\b.*|what(?:'s| is) your name\b.*)[\s\p{P}]*$/isu;
const ORDER =
  /^(?:please\s+|can you\s+|could you\s+)?(?:write|compose|draft|translate|code|program|sing|draw|tell)\s+(?:me\s+|us\s+)?(?:an?\s+|the\s+|some\s+)?(?:\w+\s+)?(?:poem|song|story|joke|essay|letter|code|script|haiku|limerick)\b/i;

/** Whether a text is small talk or an order rather than a question to the briefings. */
export function isSmallTalk(text: string): boolean {
  const trimmed = text.trim().replace(/[’]/g, "'");
  const rest = trimmed.replace(/^(?:hi|hello|hey|good (?:morning|afternoon|evening|day))\b[\s,.!]*/i, '');
  return (
    SMALL_TALK.test(trimmed) || ORDER.test(trimmed) || rest === '' || (rest !== trimmed && (SMALL_TALK.test(rest) || ORDER.test(rest)))
  );
}

function readContact(text: string): Question['contact'] {
  if (/e-?mail/i.test(text)) return 'email';
  if (/fax/i.test(text)) return 'fax';
  if (/phone|\bcall\b/i.test(text)) return 'telephone';
  if (/web|url|homepage/i.test(text)) return 'url';
  return 'address';
}

/** Terms of the noun phrase after "how many", "which" or "what". */
function readHead(list: readonly Token[]): string[] {
  const at = list.findIndex(
    (token, i) =>
      /^(?:which|what)$/.test(token.word) ||
      (/^(?:many|much)$/.test(token.word) && list[i - 1]?.word === 'how') ||
      /^(?:number|list|name)$/.test(token.word),
  );
  if (at < 0) return [];
  // "what the office does" asks for no noun of its own.
  if (
    /^(?:what|which)$/.test(list[at]?.word ?? '') &&
    /^(?:the|an?|our|your|his|her|its|their|this|these|those)$/.test(list[at + 1]?.word ?? '')
  )
    return [];
  const head: string[] = [];
  for (const [i, token] of list.entries()) {
    if (i <= at) continue;
    // "how many of China's 26 Conventions" counts Conventions.
    if (head.length === 0 && (/^\d/.test(token.word) || list[i + 1]?.word === 's')) continue;
    if (token.stop) {
      if (head.length > 0) break;
      if (/^(?:is|are|was|were|did|do|does|has|have|had|can|will|would)$/.test(token.word)) break;
      continue;
    }
    head.push(token.term);
    if (head.length === 3) break;
  }
  return head;
}

/**
 * Reads a stand-alone question. Total for any string. `main` is the part that asks, when the rest is an earlier question
 * carried along: the form of the answer and the names that must fit are read from it alone.
 */
export function readQuestion(text: string, main = text): Question {
  const list = withFunctionWords(tokens(text), detectLanguage(text));
  const found = countries(main);
  const countryWords = new Set(found.flatMap((country) => country.words));
  const dateMentions = dates(text);
  const properNames = names(main)
    .filter((name) => !name.initial || isAcronym(name.text) || name.text.includes(' '))
    .map((name) =>
      tokens(name.text).filter(
        (token, i) =>
          !token.stop &&
          // "China-financed" names China alone.
          !/^\p{Ll}/u.test(name.text.slice(token.start)) &&
          !(name.initial && i === 0 && OPENERS.has(token.word)) &&
          !countryWords.has(token.word) &&
          !/^\d/.test(token.word),
      ),
    )
    .map((parts) => parts.map((token) => token.word))
    .filter((parts) => parts.length > 0 && !parts.every((word) => MONTH_WORDS.has(word)));
  const answerType = readType(main);
  return {
    text,
    tokens: list,
    answerType,
    list: PLURAL_HEAD.test(main) && answerType !== 'date' && answerType !== 'number',
    head: readHead(main === text ? list : tokens(main)),
    names: properNames,
    countries: found,
    ordinal: figures(text).some((figure) => figure.kind === 'ordinal') || /\b(?:phase|part|stage|round)\s+(?:[IVX]+|\d)/i.test(text),
    carried: carriedWords(list, text, main),
    figures: figures(text).filter((figure) => !dateMentions.some((date) => figure.start < date.end && date.start < figure.end)),
    dates: dateMentions,
    contact: answerType === 'contact' ? readContact(main) : null,
  };
}

function carriedWords(list: readonly Token[], text: string, main: string): Set<string> {
  if (main === text) return new Set();
  const own = new Set(tokens(main).map((token) => token.word));
  return new Set(list.map((token) => token.word).filter((word) => !own.has(word)));
}

/** Words that open a question with a capital and are part of no name. */
const OPENERS = new Set(
  'once upon besides regarding concerning considering following throughout across beyond alongside amid toward towards excluding including instead altogether today nowadays currently originally previously formerly initially finally lastly back other another both all any each every some most many several only just even summarise summarize outline discuss elaborate review sketch recap according after before during since until despite within under between among through jan feb mar apr jun jul aug sep sept oct nov dec total sum amount budget funding cost duration period start end launch title purpose aim goal partner partners ministry country countries city place link contact current next last latest new recent first member members head staff name names list give compare number fax web website address email mail phone telephone years year date dates most recent show find explain describe apart besides years'.split(
    ' ',
  ),
);
const MONTH_WORDS = new Set(
  'jan feb mar apr jun jul aug sep sept oct nov dec january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday'.split(
    ' ',
  ),
);

/** Content terms of a question in order, without repeats; for scripts without spaces, neighbouring pairs. */
export function contentTerms(list: readonly Token[]): string[] {
  const out: string[] = [];
  const content = list.filter((token) => !token.stop);
  content.forEach((token, i) => {
    if (!isUnspaced(token.term)) out.push(token.term);
    else {
      const next = content[i + 1];
      if (next && isUnspaced(next.term)) out.push(`${token.term}_${next.term}`);
      else if (!isUnspaced(content[i - 1]?.term ?? '')) out.push(token.term);
    }
  });
  return [...new Set(out)];
}

/** The whole time a question speaks of, or null. */
export function askedPeriod(question: Question): Period | null {
  const first = question.dates[0];
  if (!first) return null;
  return question.dates.reduce<Period>(
    (period, date) => ({
      from: (period.from as string) < date.from ? period.from : date.from,
      to: (period.to as string) > date.to ? period.to : date.to,
    }),
    { from: first.from, to: first.to },
  );
}
