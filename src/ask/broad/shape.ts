/** A question about a whole topic rather than for one fact. */
export interface BroadQuestion {
  /** What it is about, in its own words. */
  topic: string;
  /** Asks for an account, as by "summarise" or "tell me about": not what something is about, which one sentence may say. */
  whole: boolean;
}

const POLITE =
  /^(?:(?:hi|hello|hey|please|sorry|ok|okay|so|and|now)[\s,:!.-]+){0,3}(?:(?:can|could|would|will) you (?:please |kindly )?|(?:i(?:'d| would) like(?: to have)?|i (?:want|need)|can i have|could i have|may i have) |let us |let's )?/i;
const SORT = '(?:short|brief|briefly|quick|general|concise|good|little|rough|broad|full|complete|detailed|high-level|some|more)';
const ACCOUNT =
  '(?:summary|overview|introduction|background(?: information)?|outline|picture|rundown|account|description|explanation|information|info|idea|sketch|recap|context|details|facts|synopsis)';
const ABOUT = '(?:about|on|of|regarding|concerning)';
const FOR_ME = '(?:(?:to|for) (?:me|us) |(?:in (?:short|brief|a few words|simple words|one paragraph)) |briefly )';
const BRIEFINGS = '(?:briefings?|briefs?|briefing notes?|documents?|texts?|papers?|reports?|editions?|notes?|sources?|files?|it|they|you)';

/** Asks for an account of what stands behind it. */
const ACCOUNTS: readonly RegExp[] = [
  new RegExp(
    `^(?:summari[sz]e|outline|describe|explain|discuss|recap|sketch|introduce|review|elaborate (?:on|upon)|expand on) ${FOR_ME}?(.+)$`,
    'i',
  ),
  new RegExp(
    `^(?:(?:give|write|provide|offer|show|prepare|get|draft) (?:me |us )?)?(?:(?:an?|the|your) )?(?:${SORT} ){0,3}${ACCOUNT} (?:${ABOUT}|to|for) (.+)$`,
    'i',
  ),
  /^tell (?:me|us) (?:(?:a bit|a little|more|something|everything|all|anything|what you know) ){0,2}(?:about|of) (.+)$/i,
  new RegExp(`^what (?:can|could) you (?:tell|say)(?: to)?(?: me| us)? ${ABOUT} (.+)$`, 'i'),
  new RegExp(`^what (?:do|can) (?:you|we|i) (?:know|learn|read|hear|find) ${ABOUT} (.+)$`, 'i'),
  new RegExp(`^what(?: is|'s| was) (?:known|said|written|reported|stated|mentioned|there to (?:know|say)) ${ABOUT} (.+)$`, 'i'),
  new RegExp(
    `^what (?:do|does|did) (?:the |this |these |your )?(?:[\\w-]+ ){0,3}?${BRIEFINGS} (?:say|tell|state|mention|report|write|contain|have to say|cover|explain)(?: me| us)? ${ABOUT} (.+)$`,
    'i',
  ),
  /^what (?:role|part) (?:do|does|did|has|have) (.+?) play(?:ed)?(?: in .+)?$/i,
  /^what(?: is|'s| was) the (?:relationship|relation|link|connection|role|importance|significance|background|history|story) (?:of|between|behind|for|with) (.+)$/i,
  /^why (?:does|do|did) (.+?) matter(?: (?:to|for) .+)?$/i,
  /^why (?:is|are|was|were) (.+?) (?:important|relevant|significant|of importance)(?: (?:to|for) .+)?$/i,
  /^how (?:does|do|did|has|have) (.+?) (?:cooperated?|collaborated?|work(?:ed)? together|interact(?:ed)?|developed?|evolved?|grown)(?: .+)?$/i,
];
/** What something is about is one fact where a sentence says it. What something is always is: the rules for facts find it. */
const SUBJECT = /^what(?: is|'s| are| was| were) (?:the |an? )?(.+?) (?:all )?about$/i;
/** How long or how plain the account is to be. */
const TRAILING =
  /(?:,? (?:please|briefly|in (?:short|brief|detail|general|(?:your own|plain|simple|a few) words|(?:one|two|three|four|five|\d{1,2}) (?:sentences?|lines|words|paragraphs?|points))))+$/i;
/** A clause that asks for one thing after all: "tell me about who signed it", "explain how many there are". */
const ASKS_ONE_THING = /^(?:who|whom|whose|when|where|which|why|whether|if|how (?:many|much|long|often|old|large|big|far))\b/i;
/** Opens a question for one fact: most do, and nothing more is looked at. */
const OPENS_ONE_THING =
  /^\s*(?:how (?:many|much|long|often|old|large|big|far)|when|who|whom|whose|which|where|(?:in|on|at|by|for|to|with|from) (?:what|which|whom)|is|are|was|were|does|did|has|have|had)\b/i;
/** Longer ones are no questions about a topic. */
const LONGEST = 300;

/** The topic of a question that is recognisably broad, or null. English; linear for any string. */
export function readBroad(text: string): BroadQuestion | null {
  if (text.length > LONGEST || OPENS_ONE_THING.test(text)) return null;
  const asked = text
    .replace(/[’]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .replace(POLITE, '')
    .replace(/[\s?.!]+$/, '')
    .replace(TRAILING, '');
  for (const account of ACCOUNTS) {
    const found = account.exec(asked);
    if (found) {
      const topic = found[1] as string;
      return ASKS_ONE_THING.test(topic) ? null : { topic: found[0].slice(found[0].indexOf(topic)), whole: true };
    }
  }
  const topic = SUBJECT.exec(asked)?.[1];
  return topic === undefined || ASKS_ONE_THING.test(topic) ? null : { topic, whole: false };
}
