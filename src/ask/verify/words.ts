/**
 * The words the checks know, in one place. Units of time, months and "last year" are not among them: the runtime's CLDR data has
 * those of every language. A language without an entry is not checked for that kind.
 */

const whole = (words: string) => new RegExp(`(?<![\\p{L}\\p{M}])(?:${words})(?![\\p{L}\\p{M}])`, 'giu');

/** Words that deny. */
export const DENIES: Readonly<Record<string, RegExp>> = {
  en: /\b(?:not(?! only\b| (?:more|less|fewer|later|earlier) than\b)|never|no(?! (?:more|less|fewer|later|earlier) than\b|\.)|none|nobody|nothing|neither|nor|cannot)\b|n['’]t\b/giu,
  fr: whole("ne|n['’](?=\\p{L})|aucune?|ni|jamais"),
  es: whole('no|nunca|jamás|ningun[ao]?|ningún|tampoco|ni'),
  de: whole('nicht|nie|niemals|kein\\p{L}{0,2}|weder'),
  it: whole('non|mai|nessun[oa]?|né'),
  pt: whole('não|nunca|jamais|nenhuma?|nem'),
  nl: whole('niet|nooit|geen'),
  ru: whole('не|нет|никогда|ни'),
};

/** Words for every one of a kind. */
const EVERY: Readonly<Record<string, RegExp>> = {
  en: /\b(?:all(?! of which| over\b)|every(?:one|body|thing)?|always|unanimous(?:ly)?|entire(?:ly)?|whole|completely|exclusively|without exception|in all cases)\b/giu,
  de: whole('alle[nrsm]?|jede[nrsm]?|immer|sämtliche[nrsm]?|ausnahmslos'),
  fr: whole('tous|toutes|toujours|chaque|intégralement'),
  es: whole('todos|todas|siempre|cada'),
  it: whole('tutti|tutte|sempre|ogni'),
  pt: whole('todos|todas|sempre|cada'),
  nl: whole('alle|iedere|elke|altijd'),
};
/** What may stand for it in a source. */
const EVERY_THERE: Readonly<Record<string, RegExp>> = {
  en: /\b(?:all|every\w*|each|always|any\w*|unanimous\w*|entire\w*|whole|complet\w+|full\w*|both|throughout|in total|regardless|\w+(?:ight|ai|eek|onth|ual|our|ear)ly)\b/iu,
};
/** Words for nobody and nothing else. */
const ONLY: Readonly<Record<string, RegExp>> = {
  en: /\b(?:(?<!\b(?:not|if) )only|solely|exclusively|sole|nobody but|no one (?:but|except)|nothing but)\b/giu,
  de: whole('nur|ausschließlich|lediglich'),
  fr: whole('seulement|uniquement|exclusivement|seule?s?'),
  es: whole('solo|sólo|solamente|únicamente|exclusivamente'),
  it: whole('solo|soltanto|solamente|esclusivamente'),
  pt: whole('só|somente|apenas|exclusivamente'),
  nl: whole('alleen|slechts|uitsluitend'),
};
const ONLY_THERE: Readonly<Record<string, RegExp>> = {
  en: /\b(?:only|sole\w*|exclusiv\w+|alone|just|one|single|must|required?|not|no|never|none|nobody|nothing|cannot|unless|except|limited|restricted|reserved|until|but|other|rest|if|provided|fewer|less|once|remaining|may|ha[sd] to|needs?|at most|up to|within)\b|n['’]t\b/iu,
};
/** The first of its kind, as a claim of rank; "first" of an order in time is left alone. */
const FIRST: Readonly<Record<string, RegExp>> = {
  en: /\bthe (?:very )?first\b(?! (?:time|of|in|of all|\d+|two|three|four|five|six|ten|half|day|week|month|year|quarter))/giu,
};
const FIRST_THERE: Readonly<Record<string, RegExp>> = {
  en: /\b(?:first|1st|initial\w*|new\w*|earliest|oldest|original\w*|pioneer\w*|until then|previously|begin\w*|start\w*|open\w*|launch\w*)\b/iu,
};

/** Words of scope, and what may stand for them in a source. */
export const SCOPES = [
  [EVERY, EVERY_THERE],
  [ONLY, ONLY_THERE],
  [FIRST, FIRST_THERE],
] as const;

/** Words right before a figure that is not exact. */
export const ABOUT =
  /(?:\b(?:about|around|approximately|approx\.?|roughly|some|circa|nearly|almost|close to|just (?:under|below|over|above|short of)|(?:a little|slightly|well) (?:under|below|over|above|more than|less than)|an? estimated|more than|over|less than|under|fewer than|at least|rund|etwa|ungefähr|knapp|fast|gut|über|mehr als|weniger als|environ|près de|plus de|presque|moins de|cerca de|unos|unas|casi|más de|menos de|alrededor de|quasi|più di|oltre|quase|mais de|ongeveer|bijna|ruim|meer dan)|\bc\.|[~≈])\s*(?:the\s)?$/iu;

/** Units of rates ("per day", "a day", "daily"), and what speaks of them in a source. */
const PER: readonly (readonly [unit: string, adverb: string, there: string])[] = [
  ['hour', 'hourly', 'hour'],
  ['day', 'daily', 'da(?:y|i)|night'],
  ['night', 'nightly', 'night|da(?:y|i)'],
  ['week', 'weekly', 'week'],
  ['month', 'monthly', 'month'],
  ['quarter', 'quarterly', 'quarter|three months'],
  ['year', 'annual(?:ly)?|yearly|per annum', 'year|annual|annum|(?:twelve|12) months|season|\\d{4}\\b'],
];
/** A rate behind a figure, and what speaks of it in a source. */
export const RATES = PER.map(
  ([unit, adverb, there]) =>
    [new RegExp(`\\b(?:(?:per|an?|each|every) (?:\\p{L}+ )?${unit}|${adverb})\\b`, 'iu'), new RegExp(`\\b(?:${there})`, 'iu')] as const,
);
/** Words that say that something holds at present. */
export const PRESENT: Readonly<Record<string, RegExp>> = {
  en: /\b(?:current(?:ly)?|now(?!adays)|nowadays|at present|presently|in force|today['’]s|at the moment|the (?:latest|newest|most recent) (?:edition|version|policy|rules?|guide|handbook|brief(?:ing)?|report))\b/iu,
  de: /\b(?:derzeit|aktuell\p{L}{0,2}|zurzeit|gegenwärtig\p{L}{0,2}|heute)\b/iu,
  fr: /\b(?:actuellement|actuel(?:le)?s?|en vigueur|aujourd['’]hui)\b/iu,
  es: /\b(?:actualmente|actual(?:es)?|vigentes?|hoy)\b/iu,
};

/** Words beside which a date of an edition may stand for another one than what is told is of. */
export const COMPARES: Readonly<Record<string, RegExp>> = {
  en: /\b(?:than|since|compared|contrast|unlike|whereas|while|but|before|previous\w*|earlier|later|former\w*|still|no longer|until|from|changed?|used to|instead|after|already|then|now)\b/iu,
  de: /\b(?:als|seit|Vergleich|anders|während|vor|vorher|früher\w*|noch|bis|statt|nach)\b/iu,
  fr: /\b(?:que|depuis|comparé|contrairement|tandis|avant|auparavant|encore|jusqu|après)\b/iu,
  es: /\b(?:que|desde|comparación|mientras|antes|anterior|todavía|hasta|después)\b/iu,
};

/** Words for what is to come or only proposed, and for who says so. */
export const PLANNED: Readonly<Record<string, RegExp>> = {
  en: /\b(?:will|shall|would|should|could|may|might|can|must|plan\w*|inten[dt]\w*|aim\w*|expect\w*|hop(?:e|es|ed|ing)|seek\w*|propos\w+|draft\w*|propound\w*|scheduled?|set to|going to|due|(?:is|are|was|were) to|goal|target\w*|potential\w*|possib\w+|likely|wish\w*|announc\w+|promis\w+|pledg\w+|commit\w*|consider\w*|suggest\w*|recommend\w*|request\w*|ask\w*|call\w* for|in principle|not yet|yet to|pending|upcoming|forthcoming|future|next|foresee\w*|envisag\w+|prepar\w+|wants?|yet|soon|put forward|under discussion|pilot\w*|estimat\w+|forecast\w*|project(?:ed|ion\w*)|provisional\w*|tentative\w*|if|unless|until|once|when|needs?|ought|let|agreed|decid\w+|approv\w+|ha(?:s|d|ve) to|starts?|begins?|opens?|from)\b/iu,
};
/** Only these say plainly that something has not happened yet. */
export const FUTURE: Readonly<Record<string, RegExp>> = {
  en: /\b(?:will|shall|plan(?:s|ned)?(?: to)?|intends? to|expect(?:s|ed)? to|hopes? to|going to|(?:has|have|had|is|are|was|were|been) (?:proposed|scheduled|announced|foreseen|envisaged)|proposes|planned|draft|proposed|propose)\b/giu,
};
/** What was done, told by its form. */
export const DONE: Readonly<Record<string, RegExp>> = {
  en: /\b(?:was|were|had|(?:has|have) (?:been|\p{L}+(?:ed|en|wn|nt|lt|ld|ne))|\p{Ll}{3,}(?<!e)ed|gave|held|led|took|sent|met|made|paid|bought|sold|won|built|began|grew|rose|fell|came|ran|became|spent|got)\b/iu,
};

/** A yes or no before the answer denies nothing by itself. */
export const YES_NO = /^(?:yes|no|ja|nein|nee|oui|non|sí|si|no|sì|sim|não|да|нет)\s*[,.;:–—-]+\s*/iu;

/** Whether a pattern is met, wherever an earlier search ended. */
export const has = (text: string, pattern: RegExp | undefined): boolean => pattern !== undefined && text.search(pattern) >= 0;
