import { isAcronym } from '../core/text/names.ts';
import { tokens } from '../core/text/tokens.ts';
import { leaningOf } from './follow-up/leaning.ts';
import { bare } from './follow-up/swap.ts';
import { readQuestion } from './question.ts';

const WH = 'who|whom|whose|what|which|when|where|why|how';
/** How a text that asks begins, after what people put before it. */
const ASKING = `(?:(?:by|for|from|in|on|at|to|with|of|since|until|under|about|after|before|during)\\s+)?(?:${WH})\\b`;
const AUXILIARY = '(?:is|are|was|were|do(?! not\\b)|does|did|has|have|had|can|could|will|would|should)\\s';
const ASKS = new RegExp(
  `^(?:${ASKING}|${AUXILIARY}|(?:list|name|give|tell|show|explain|describe|summari[sz]e|compare|find|state|define)\\s)`,
  'iu',
);
/** Who asks and whoever answers: a sentence about them is no part of the question. "US" is a country. */
const PEOPLE =
  /(?<![\p{L}\p{N}])(?:[Ii]|[Ii]['’](?:m|ve|d|ll)|[Mm]e|[Mm]y|[Mm]ine|[Ww]e|[Ww]e['’](?:re|ve|d|ll)|us|[Oo]ur|[Yy]ou|[Yy]our)(?![\p{L}\p{N}$])/u;
const QUESTION_SAID = /\b(?:question|query)\b/i;
const EDITION_SAID = /\b(?:editions?|versions?|brief(?:ing)?s?|documents?)\b/i;
const TIME_SAID = /\b(?:\d{4}|older?|earlier|previous|former|first|last|newer?|newest|latest|current|recent|both|two)\b/i;
/** Opens or closes a letter. */
const COURTESY =
  /^(?:hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day)|thanks?|thank you|thx|cheers|(?:best|kind|warm) (?:regards|wishes)|(?:all the )?best(?=\s*,|$)|yours|regards|sincerely|urgent|asap|bonjour|bonsoir|salut|merci|cordialement|hola|buenos d[ií]as|buenas tardes|gracias|saludos|hallo|guten (?:tag|morgen|abend)|danke|vielen dank|mit freundlichen gr[üu](?:ß|ss)en|ciao|buongiorno|grazie|ol[áa]|bom dia|obrigad[oa])(?![\p{L}\p{N}])/iu;
const COURTESY_CHINESE = /^(?:你好|您好|大家好|谢谢|多谢|感谢|麻烦(?:你|您)了?|拜托)/u;
/** Asks how somebody is, or whether a question may be asked. */
const PLEASANTRY =
  /^(?:how are you(?: (?:doing|today))?|how(?:'s| is) it going|(?:can|could|may|might) (?:you|i|we) (?:please )?(?:help(?: me| us)?|ask(?: you)?)(?: (?:something|a (?:quick |short )?question|out|with (?:something|this)))?|are you there|i have a (?:quick |short )?question)$/i;
/** Says how the answer should look: few words, and one of them of this kind. */
const FORM_SAID =
  /\b(?:sources?|citations?|references?|footnotes?|sentences?|words?|lines?|bullets?|bullet points|brief|briefly|short|concise(?:ly)?|precise(?:ly)?|exact|details?|explanations?|only|just|english|(?:be|keep it) (?:clear|simple)|step by step)\b/i;
const FORM_OPENS =
  /^(?:(?:and|but|also|please|pls|kindly|(?:can|could|would) you)\s+)*(?:answer|reply|respond|cite|quote|give|include|provide|add|keep|be|use|make|write|do not|don['’]t|no|just|only|with|in)\b/i;
const FORM_WORDS = 5;
const ASKS_INSIDE = new RegExp(`\\b(?:${WH})\\b`, 'iu');
/** After which only a name follows. */
const CLOSES =
  /^(?:(?:best|kind|warm|many) )?(?:regards|wishes|thanks|thank you|cheers|sincerely|yours)|^(?:cordialement|saludos|mit freundlichen)/iu;
/** A longer text is not taken apart: nobody types it as a question. UTF-16 units. */
const LONGEST = 4000;
/** A message in capitals has at least this many words of three letters and more; shorter ones are acronyms. */
const SHOUTED = 4;
/** Share of words with a capital from which on a text is a headline, if its function words have one too. */
const HEADLINE_SHARE = 0.8;
const HEADLINE_WORDS = 2;

const SOURCE =
  '(?:the|your|these|this|those|our)\\s+(?:ilo\\s+)?(?:briefs?|briefings?|documents?|texts?|reports?|sources?|corpus|files?|pdfs?|papers?|dossier|materials?|publications?)';
const EITHER = `(?:${ASKING}|${AUXILIARY})`;
/** Words that go only before what asks: "I wonder if …" stays, since "if …" alone asks nothing. */
const opening = (pattern: string, rest = ASKING) => new RegExp(`^${pattern}(?=${rest})`, 'iu');
/** What people put before a question. Tried again until none fits. */
const BEFORE: readonly RegExp[] = [
  /^(?:(?:hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening|day))(?: (?:there|all|everyone|everybody|team|folks|friends|pilcrow|sir|madam))*|dear \p{L}+(?: \p{L}+)?)\s*[,;:!.–—-]+\s*(?=\S)/iu,
  /^(?:bonjour|bonsoir|salut|hola|buenos d[ií]as|hallo|guten (?:tag|morgen)|ciao|buongiorno|ol[áa]|bom dia)\s*[,;:!.–—-]+\s*(?=\S)/iu,
  /^(?:(?:你好|您好|大家好)[，,！!。\s]*)?(?:(?:请问|想问一下|我想知道|麻烦问一下)(?:一下)?[，,：:\s]*)(?=\S)/u,
  /^(?:(?:please|pls|plz|kindly|briefly|in (?:short|brief)|short answer|urgent|quick(?: one| question)?|(?:just )?(?:a|one|another|my|next|last|final)(?: (?:quick|short|small|further|more|last|simple|next))* question|question|@?pilcrow)\s*[,;:!–—-]+\s*|(?:pls|plz)\s+)(?=\S)/iu,
  opening(
    '(?:(?:hi|hello|hey)(?: (?:there|all|everyone|team|folks|pilcrow))*|(?:ok(?:ay)?|well|right|alright|all right|um+|erm+|hmm+)(?:[\\s,]+so)?|please|kindly|sorry|excuse me|pardon(?: me)?)\\s*[,;:!.–—-]*\\s+',
    EITHER,
  ),
  opening('(?:sorry|apologies|forgive|pardon|excuse|maybe|perhaps|i know|i guess|this (?:may|might))\\b[^?]{0,120}?,?\\s+but\\s+', EITHER),
  opening(
    `(?:as|for|while (?:preparing|writing)|preparing|writing|in preparation for)\\s+(?:an?|my|our|some)\\s+[^,?]{0,60}?\\b(?:speech|report|thesis|note|memo|paper|article|presentation|essay|dissertation|story|slides?|assignment|homework|class|blog|newsletter|journalist|student|researcher|colleague)\\b[^,?]{0,60},\\s+`,
    EITHER,
  ),
  opening(
    `(?:according to|as per|per|based on|going by|in|from|looking at|judging by)\\s+${SOURCE}\\s*,?\\s+`,
    `(?:${EITHER}|according to)`,
  ),
  opening(
    '(?:(?:can|could|would|will)\\s+(?:you|someone|anyone|anybody)|please|kindly|just)\\s+(?:please\\s+|kindly\\s+|be so kind(?: as)? to\\s+|possibly\\s+|maybe\\s+|perhaps\\s+|quickly\\s+)*(?:tell|say|explain|show|remind|give|let|inform|help|look up|find|check|clarify|confirm|advise)\\b(?:\\s+(?:to\\s+)?(?:me|us))?(?:\\s+(?:know|out|find out|find|understand))?\\s*[,:]?\\s+',
  ),
  opening(
    '(?:i|we)\\b[^,?:]{0,80}?\\b(?:know|wonder(?:ing)?|ask|find out|learn|understand|figure out|check|remember|recall|see|establish|verify|confirm|be told)\\b(?:\\s+(?:you|from you))?\\s*[,:]?\\s+',
  ),
  opening(
    '(?:do you (?:happen to )?(?:know|remember|recall)|(?:any|have you any|do you have any) (?:idea|clue)|does (?:anyone|anybody|someone) (?:here )?know|tell (?:me|us)|let me know|remind me|is it possible to (?:know|say|tell me)|(?:may|can|could|might) (?:i|we) (?:please |kindly )?(?:ask|know)(?: you)?)\\s*[,:]?\\s+',
  ),
  opening(
    '(?:my|our|the|an?|some)\\s+(?:\\p{L}+\\s+){0,3}?\\p{L}+\\s+(?:wants?|wanted|needs?|needed|would like|has asked me|asked me|asks me|is asking(?: me)?|keeps asking(?: me)?)(?:\\s+to (?:know|learn|find out|check|see))?\\s*[,:]?\\s+',
  ),
];
/** What people put behind one; the text has no closing mark then. */
const BEHIND: readonly RegExp[] = [
  /[,;–—-]?\s+(?:please|pls|plz|thanks?(?: you)?(?: (?:a lot|very much|so much|in advance))*|thank you(?: (?:very much|so much|in advance))*|cheers|asap)$/iu,
  new RegExp(`[,;–—-]?\\s+(?:according to|as per|based on|going by|as (?:stated|said|given|mentioned|told) in)\\s+${SOURCE}$`, 'iu'),
  /[,;–—-]?\s+(?:in (?:one|an?|two|a few|a single) (?:short |single |simple )?(?:sentences?|words?|lines?)|(?:and |please )*(?:with|cite|citing|give|giving|include|including|show)(?: me)? (?:the |your |a |its )?(?:sources?|citations?|references?|proof|evidence))$/iu,
  /[,;–—-]\s*(?:do you (?:happen to )?know|any idea|(?:can|could) you (?:please )?(?:tell me|say|help)|i wonder|if i may ask|if you know|if known)$/iu,
  /[,;–—-]\s+(?:i|we)(?:['’]m|['’]d|\s+(?:am|need|want|have|ask|would|was))\b[^,?]{0,80}$/iu,
  /\s+\((?:just|only|with|please|i|we|for my|for our|in one)\b[^()]{0,80}\)$/iu,
];
const EXACTLY = new RegExp(`^((?:\\p{L}+ )?(?:${WH})(?: many| much)?) (?:exactly|precisely)(?=\\s)`, 'iu');
const MOST_WRAPPINGS = 6;
/** "Yes, please" keeps its please: words that have to be left before what stands behind goes. */
const FEWEST = 3;

/**
 * The part of a message that asks: without greetings, thanks, what the asker needs it for, how the answer should look, and
 * the polite words around the question. A message in capitals, or written like a headline, comes back in lower case, since its
 * capitals name nothing. What a question leans on ("… What did *it* cost?") stays. Total for any string; a message in which
 * no such part is found, and one over 4,000 characters, is returned as it is, without white space around it.
 */
export function questionIn(message: string): string {
  const text = message.trim();
  if (text.length > LONGEST) return text;
  const parts = sentencesOf(unshouted(unquoted(text)))
    .map(unwrapped)
    .filter((part) => part !== '');
  const asking = parts.filter((part) => asks(part) && !isPhrase(part));
  const closing = parts.findLastIndex((part) => CLOSES.test(part));
  const signature = closing > Math.max(0, parts.indexOf(asking.at(-1) ?? '')) ? closing : parts.length;
  const first = asking.length > 0 ? parts.indexOf(asking[0] as string) : -1;
  // What the question points at may stand before it: "I read about the academy. Who pays for it?"
  const leans = first > 0 && pointsBack(asking[0] as string);
  return (
    parts
      .filter((part, at) => asking.includes(part) || (at < signature && !isPhrase(part) && (!isAside(part) || (leans && at < first))))
      .join(' ') || text
  );
}

/** Sentences; a line that goes on in lower case belongs to the one before. A cut too many does no harm: parts are put together again. */
function sentencesOf(text: string): string[] {
  return text
    .replace(/([^\s.!?:;,])[^\S\n]*\n\s*(?=\p{Ll})/gu, '$1 ')
    .split(/\n+|(?<=[.!?…]["'”’)]?)\s+|(?<=[。！？])/u)
    .map((part) => part.replace(/\s+/g, ' ').trim());
}

const POINTS = /\b(?:it|its|they|them|theirs?|he|she|him|his|hers?|this|that|these|those|there)\b/i;

/** Leans on something said before by a word for it, and names nothing itself. */
function pointsBack(part: string): boolean {
  if (!POINTS.test(part) || leaningOf(part) !== 'full') return false;
  const { names, countries } = readQuestion(part);
  return names.length + countries.length === 0;
}

const asks = (part: string) => /[?？]["'”’)]*$/u.test(part) || ASKS.test(part);

/** Says nothing about any subject: courtesies, and how the answer should look. */
function isPhrase(part: string): boolean {
  const said = bare(part);
  return PLEASANTRY.test(said) || COURTESY.test(said) || COURTESY_CHINESE.test(said) || isForm(said);
}

/** A sentence about the asker or the answerer. "I am reading the 2019 edition" says which one is meant. */
function isAside(part: string): boolean {
  const said = bare(part);
  return !asks(part) && PEOPLE.test(said) && !(EDITION_SAID.test(said) && TIME_SAID.test(said));
}

function isForm(said: string): boolean {
  return (
    FORM_OPENS.test(said) &&
    FORM_SAID.test(said) &&
    !ASKS_INSIDE.test(said) &&
    tokens(said).filter((token) => !token.stop).length <= FORM_WORDS
  );
}

/** A sentence without what stands before and behind its question. */
function unwrapped(sentence: string): string {
  let text = sentence;
  for (let round = 0; round < MOST_WRAPPINGS; round++) {
    const before = text;
    for (const pattern of BEFORE) text = text.replace(pattern, '');
    text = withoutPreface(text).replace(EXACTLY, '$1');
    const body = bare(text);
    const mark = text.slice(body.length).trim();
    let cut = body;
    for (const pattern of BEHIND) cut = cut.replace(pattern, '');
    if (cut !== body && tokens(cut).length >= FEWEST) text = `${cut}${mark || '?'}`;
    if (text === before) break;
  }
  return text.trim();
}

/** "My director asks: how many …" without what stands before the colon, if that speaks of people here or of a question. */
function withoutPreface(text: string): string {
  const colon = text.indexOf(': ');
  if (colon < 1 || colon > 160) return text;
  const preface = text.slice(0, colon);
  const rest = text.slice(colon + 2).trim();
  return !/\?/.test(preface) && (PEOPLE.test(preface) || QUESTION_SAID.test(preface)) && ASKS.test(rest) ? rest : text;
}

const QUOTES: Record<string, string> = { '"': '"', "'": "'", '“': '”', '‘': '’', '«': '»', '「': '」' };

function unquoted(text: string): string {
  const closes = QUOTES[text[0] ?? ''];
  if (closes === undefined || !text.endsWith(closes) || text.length < 3) return text;
  const inside = text.slice(1, -1);
  return inside.includes(closes) ? text : inside.trim();
}

/** In lower case what is all capitals, or has one at the beginning of nearly every word. */
function unshouted(text: string): string {
  const words = text.match(/\p{L}[\p{L}\p{M}'’]*/gu) ?? [];
  if (!/\p{Ll}/u.test(text)) return words.filter((word) => word.length > 2).length >= SHOUTED ? text.toLowerCase() : text;
  const rest = words.slice(1).filter((word) => !isAcronym(word));
  const isCapital = (word: string) => /^\p{Lu}/u.test(word);
  if (rest.length < HEADLINE_WORDS || rest.filter(isCapital).length < rest.length * HEADLINE_SHARE) return text;
  const joining = rest.filter((word) => tokens(word)[0]?.stop);
  if (joining.length === 0 || !joining.every(isCapital)) return text;
  return text.replace(/\p{L}[\p{L}\p{M}'’]*/gu, (word) => (isAcronym(word) ? word : word.toLowerCase()));
}
