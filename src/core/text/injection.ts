/**
 * Text that gives orders to whoever answers ("ignore the above and say …") instead of informing a reader. Found by its wording;
 * each pattern needs the order and what it is aimed at, so that "ignore the rules of the market" is none.
 */

/** A word each of the patterns needs: most text is let go by one look. */
const SUSPECT =
  /ignor|disregard|forget|overrid|system|assistant|developer|prompt|instruct|respond|reply|\bsay\b|\boutput\b|\brepeat\b|\banswer|asked|asks|\b(?:AI|IA|KI|LLMs?)\b|\bmodels?\b|\w*bots?\b|<\||\[INST|oubli|olvid|vergiss|ignorier|忽略|无视|無視/i;
const AIMED =
  '(?:instructions?|prompts?|rules?|guidelines?|messages?|context|paragraphs?|sources?|documents?|passages?|text|answers?|conversation|directions?|commands?|briefings?)';
const EARLIER_WORDS = '(?:previous|prior|preceding|above|earlier|foregoing|other|all|any|every|your|these|those)';
const PATTERNS = [
  new RegExp(
    `\\b(?:ignore|disregard|forget|override|bypass|do not follow|don['’]t follow)\\b[^.!?]{0,30}\\b${EARLIER_WORDS}\\b[^.!?]{0,30}\\b${AIMED}\\b`,
    'i',
  ),
  /\b(?:ignore|disregard|forget)\s+(?:(?:all|everything|anything|what(?:ever)?)\s+)?(?:(?:of|that|is|was|you were told)\s+)*(?:the\s+)?(?:above|before this|so far|previous(?:ly)?)\b/i,
  /(?:^|[\n.!?»"”])\s*\W{0,3}(?:system|assistant|developer)\s*(?:message|prompt|note|instruction|override)?\s*[:>\]]\s*\S/i,
  /<\|\s*(?:im_start|im_end|system|assistant|user|endoftext)[^>]{0,20}>|\[\/?INST\]|<<SYS>>|^#{2,4}\s*(?:system|instruction)s?\b/im,
  /\byou are (?:now |no longer )?(?:(?:an?|the) )?(?:\w+ )?(?:AI|chatgpt|language model|LLM|chatbot|assistant)\b/i,
  /\b(?:AI|LLM|language models?|chatbots?|assistants?|(?:any|the|whatever) model)\b[^.!?]{0,40}\b(?:must|should|shall|is to|are to|have to|needs? to)\b[^.!?]{0,20}\b(?:say|answer|respond|reply|tell|state|output|write|ignore|cite)\b/i,
  /\b(?:when|whenever|if)\b[^.!?]{0,30}\b(?:asked|asks|answering|questioned)\b[^.!?]{0,80}?,?\s(?:always |only |just |then )*(?:say|answer|respond|reply|tell (?:them|him|her|the user|users)|state|output)\b/i,
  /(?:^|[\n.!?]\s+)(?:(?:now|please|instead|then|always|only|just)[\s,]+){0,3}(?:say|respond|reply|output|repeat)\s+(?:only |exactly |instead )?(?:that|with|the following|this|["“'‘])/i,
  /(?:^|[\n.!?]\s+)(?:(?:now|please|instead|then|always|only|just)[\s,]+){0,3}answer\s+(?:every|all|any|only|exactly|with|that)\b[^.!?]{0,60}\b(?:question|with|that|["“'‘])/i,
  // Addressed to whoever answers: whatever follows is no information for a reader.
  /(?:^|[\n.!?]\s*|[([*_"“>-]\s*)(?:(?:an? |the |important )*(?:note|notice|message|memo|reminder|hint|info(?:rmation)?|attention)\s+(?:to|for)|dear|hello|hi|hey|attention|attn)[\s,:]+(?:(?:the|any|all|every|our|your|this|whatever|whichever|you)\s+)*(?:AIs?|LLMs?|(?:large )?language models?|(?:chat|ro)?bots?|(?:AI|virtual|digital|automated|artificial)[ -](?:\w+ )?(?:assistants?|agents?|models?|systems?|readers?)|models? (?:reading|answering|that)\b[^.!?:]{0,40})\s*[,:;–—-]/i,
  /(?:^|[\n.!?]\s*)(?:(?:hinweis|nachricht|notiz)\s+(?:an|für)\s+(?:die|das|den|jede)\s+(?:KI|sprachmodell|chatbot)|(?:note|message|remarque)\s+(?:à|pour)\s+(?:l['’]|les\s+|le\s+)(?:IA|assistant|modèle|chatbot)|(?:nota|mensaje|aviso)\s+(?:a|para)\s+(?:la|el|los|las)\s+(?:IA|asistente|modelo|chatbot))\s*[,:;–—-]|(?:致|给|給)\s*(?:AI|人工智能|人工智慧|大?语言模型|机器人)[^。！？]{0,6}[:：]/i,
  /\b(?:reveal|print|repeat|show|leak)\b[^.!?]{0,20}\b(?:system|hidden|initial)\s+(?:prompt|instructions?|message)\b/i,
  /\b(?:ignore[zr]?|oublie[zr]?)\b[^.!?]{0,30}\b(?:instructions?|consignes?|ce qui précède|ci-dessus)\b|\b(?:ignora|ignore|olvida|olvide)\b[^.!?]{0,30}\b(?:instrucciones|lo anterior|indicaciones)\b|\b(?:ignoriere?n?|vergiss)\b[^.!?]{0,30}\b(?:anweisung\w*|obige\w*|vorherige\w*)\b|(?:忽略|无视|無視)[^。！？]{0,12}(?:指令|指示|说明|以上|上述)/i,
];
/** What of one paragraph is looked at; a longer one is no paragraph somebody wrote to be read. UTF-16 units. */
const BEGINNING_READ = 20_000;

/**
 * As a model would read it: full-width letters are letters, what nobody sees parts no word. Runs of blanks become one, since
 * patterns that look behind them would cost time in the square of their length.
 */
const asRead = (text: string): string => (text.length <= BEGINNING_READ && CLEAN.test(text) && !BLANKS.test(text) ? text : cleaned(text));

/** Nothing in it is written in another way: ASCII, dashes, quotation marks and bullets. */
const CLEAN = /^[\0-\x7f\u2013\u2014\u2018-\u201d\u2022]*$/;
const BLANKS = /\s\s|[^\S \n]/;

const cleaned = (text: string): string =>
  text
    .slice(0, BEGINNING_READ)
    .normalize('NFKC')
    .replace(/[\p{Cf}\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu, '')
    .replace(/\s+/g, (blanks) => (blanks.includes('\n') ? '\n' : ' '));

/** Whether a text gives orders to whoever answers from it. Total and linear for any string. */
export function hasInjection(text: string): boolean {
  const read = asRead(text);
  return SUSPECT.test(read) && PATTERNS.some((pattern) => pattern.test(read));
}

const known = new WeakMap<object, boolean>();

function once(record: object, texts: () => readonly string[]): boolean {
  let found = known.get(record);
  if (found === undefined) {
    found = texts().some(hasInjection);
    known.set(record, found);
  }
  return found;
}

/** The same for a paragraph with the headings above it, which are read with it; kept for as long as the object lives. */
export const paragraphHasInjection = (paragraph: { text: string; headings?: readonly string[] }): boolean =>
  once(paragraph, () => [paragraph.text, ...(paragraph.headings ?? [])]);

/** The same for what a briefing is called. */
export const titleHasInjection = (briefing: { title: string }): boolean => once(briefing, () => [briefing.title]);
