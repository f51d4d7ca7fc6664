import type { Period } from '../core/model.ts';
import { analyseLine, type SentenceAnalysis } from '../core/text/analysis.ts';
import { figures } from '../core/text/figures.ts';
import { countries } from '../core/text/places.ts';
import { stem } from '../core/text/stem.ts';
import { tokens } from '../core/text/tokens.ts';
import { overlaps } from '../core/time/dates.ts';
import type { Candidate, WordVectors } from './features.ts';
import { isCapitals, isPerson, partsOfName } from './person.ts';
import type { Question } from './question.ts';
import { synonymsOf } from './synonyms.ts';
import { areAlike } from './word-vectors.ts';

const FREQUENCY =
  /\b(?:times|every|per|daily|weekly|monthly|quarterly|yearly|annual\w*|twice|once|regularly|each (?:year|month|week|day))\b/i;
const NAMES_OF = /\b(?:names|titles)\s+of\s+(?:all\s+|the\s+|these\s+|those\s+)*(?:[\p{L}-]+\s+){0,4}?[\p{L}]+s\b/iu;
const SEVERAL = /\b(?:which|what|the names? of(?: the)?|the titles? of(?: the)?)\s+(?:the\s+)?$/i;
const ABOUT =
  /\b(?:say|says|said|tell|tells|told|state[sd]?|write|writes|mention(?:s|ed)?|announce[sd]?)\b.*?\babout\s+(.+?)(?:\s+(?:in|at|during)\s+(?:the|his|her|its|their)\b.*)?[?.!]*$/i;
const PLACED = /\b(?:in|at|from|near)\s+(\p{Lu}[\p{L}\p{M}'’-]+)(?![\p{L}-])/gu;
/** Capitalised words after "in" that are no town. Folded. */
const NO_TOWN = new Set(
  'asia africa europe america pacific south north east west southeast january february march april may june july august september october november december asean eu geneva-based the a his her their its particular addition order part phase'.split(
    ' ',
  ),
);

/** Things of which a list is asked for by number: "which two countries"; null when no number is given. */
function numberAsked(question: Question): number | null {
  for (const figure of question.figures) {
    if (figure.kind === 'number' && figure.value >= 2 && figure.value <= 20 && SEVERAL.test(question.text.slice(0, figure.start)))
      return figure.value;
  }
  return null;
}

/** Different new names and countries in some sentences. */
function named(question: Question, sentences: readonly SentenceAnalysis[]): number {
  const asked = new Set(question.tokens.map((token) => token.word));
  const found = new Set<string>();
  // "Which three ministries": names of ministries, or abbreviations.
  const institution = question.answerType === 'organisation' ? question.head.at(-1) : undefined;
  for (const sentence of sentences) {
    for (const code of sentence.countries) if (!question.countries.some((country) => country.code === code)) found.add(code);
    for (const words of sentence.names) {
      // "Fundamental Conventions, Governance Conventions": kinds of what was asked about, not names of them.
      const acronym = words.some((word) => isCapitals(word, sentence.text));
      if (institution && !acronym && !words.some((word) => stem(word) === institution)) continue;
      if ((!institution && words.some((word) => asked.has(word))) || countries(words.join(' ')).length > 0) continue;
      found.add(words.join(' '));
    }
  }
  return found.size;
}

const REASON =
  /\b(?:because|due to|owing to|thanks to|so that|as a result|in order to|reason|aim(?:s|ed)?|purpose|goal|objective|intend(?:s|ed)|designed|meant|seeks?|with a view|paving the way|to (?!the\b|an?\b|its\b|their\b|date\b)\p{Ll}{3,})\b/iu;
const DURATION =
  /\b\d[\d.,]*[\s-](?:second|minute|hour|day|week|month|year)s?\b|\b(?:two|three|four|five|six|seven|eight|nine|ten)[\s-](?:day|week|month|year)s?\b|\bsince\b|\buntil\b/i;
const ORGANISATION =
  /\b(?:Ministr\p{L}+|Government|Union\p{L}*|Federation|Confederation|University|Universities|Organi[sz]ation|Association|Cent(?:er|re)|Office|Department|Fund|Institut\p{L}+|Bank|Council|Commission|Administration|Agency|Employers|Authorit\p{L}+)\b/u;
/** Deeds of one person, or signed in the name of somebody: a sentence that names nobody does not say whose. */
const PERSONAL =
  /\bwho(?:m|se)?\b(?:\s+[\p{L}'’-]+){0,4}?\s+(?:signed|sign|opened|led|leads?|heads?|headed|chair\p{L}*|represent\p{L}*|gave|spoke|met|meet|wrote|deliver\p{L}*|present\p{L}*|host\p{L}*|runs?|direct\p{L}*|moderat\p{L}*|design\p{L}*|develop\p{L}*|creat\p{L}*|invent\p{L}*|propos\p{L}*|found(?:ed)?)\b/iu;
/** What only a person is or does for somebody: a body named in its place is no answer. */
const ONE_PERSON =
  /\bwho(?:m)?\b(?:\s+[\p{L}'’-]+){0,5}?\s+(?:heads?|headed|chair(?:s|ed)?|represent(?:s|ed)?|accompan\p{L}+|met|meet|meets|moderat\p{L}+|wrote)\b|\bwho\b(?:\s+[\p{L}'’-]+){0,3}?\s+(?:head|director|leader|chief|chair|chairman|chairwoman|chairperson|manager|ambassador|spokesperson|secretary|president|minister|moderator|author)\s+of\b|\bwho\s+(?:led|leads)\s+(?:the\s+)?(?:[\p{L}'’-]+\s+){0,3}?(?:delegation|team|mission|group|office|unit|department|cent(?:er|re))\b|\bwho\s+(?:co-?)?signed\b.*\b(?:on behalf of|in the name of|for)\s+(?:the\s+)?\p{Lu}|\bwho\s+(?:gave|delivered|held)\s+(?:the\s+)?(?:[\p{L}'’-]+\s+){0,2}?(?:speech|address|lecture|keynote)\b|\bwho\s+(?:is|was|are|were)\s+(?:the\s+)?(?:[\p{L}'’-]+\s+){0,3}?(?:chair|chairman|chairwoman|chairperson|head|leader|director|author|authors|moderator|spokesperson|ambassador|negotiator|interpreter)\b|\b(?:main|keynote|opening) speaker\b/iu;
const PHASE = /\b(phase|part|stage|round)\s+(I{1,3}|IV|VI{0,3}|IX|\d{1,2})\b/giu;
/** Nouns after "which" that stand for whatever is named, so that the answer need not repeat them. Stems. */
const ANY_THING = new Set(
  'thing kind type sort topic subject area field theme group way mean name word sector issu part point aspect matter industr polic support help activ initi measur result step project programm program event meet confer document agreement mou problem goal aim focu purpos fact figur approach partner organ compan bodi countri place person peopl author institut univers minist ministr citi region fund'.split(
    ' ',
  ),
);

/** Without one of these a text has no ordinal: quicker to look for. */
const MAY_COUNT = /\p{Nd}(?:st|nd|rd|th)|first|second|third|th(?![\p{L}\p{N}-])/iu;

/** Ordinals of a text with the stem that follows each. */
function ordinals(text: string): { value: number; noun: string }[] {
  if (!MAY_COUNT.test(text)) return [];
  const words = tokens(text);
  return figures(text)
    .filter((figure) => figure.kind === 'ordinal')
    .flatMap((figure) => {
      const next = words.find((token) => token.start >= figure.end && !token.stop);
      return next ? [{ value: figure.value, noun: next.term }] : [];
    });
}

/** Whether another number of the same series is spoken of: the 114th Conference where the 113th was asked for, Phase II for Phase I. */
function anotherInSeries(question: Question, lines: readonly string[]): boolean {
  if (!question.ordinal) return false;
  for (const asked of asksOf(question).ordinals) {
    const there = lines.flatMap(ordinals).filter((other) => other.noun === asked.noun);
    if (there.length > 0 && !there.some((other) => other.value === asked.value)) return true;
  }
  const phases = (text: string) => [...text.matchAll(PHASE)].map(([, kind, number]) => `${kind} ${number}`.toLowerCase());
  const asked = phases(
    question.text.replace(
      /\b(first|second|third) (phase|stage|round|part)\b/gi,
      (_, word: string, kind: string) => `${kind} ${'I'.repeat(['first', 'second', 'third'].indexOf(word.toLowerCase()) + 1)}`,
    ),
  );
  if (asked.length === 0) return false;
  const there = lines.flatMap(phases);
  return asked.some(
    (phase) => there.length > 0 && there.some((other) => other.split(' ')[0] === phase.split(' ')[0]) && !there.includes(phase),
  );
}

const HOURS = /\bhours?\b|\b\d{1,2}(?::\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.)|\b\d{1,2}:\d\d\b/i;
const AGE = /\b(?:born|aged?|years? old|found(?:ed|ing)|establish\p{L}*|set up|since|opened)\b/iu;
/** What happens in one town. */
const WHERE_DONE = /\bwhere\b(?:\s+[\p{L}\p{N}'’-]+){1,10}?\s+(?:signed|born|founded|held|hosted|take place|took place)\b/iu;
const SAID = /\bwhat (?:did|does|has|have) .{2,60}?\s(?:say|said|announced?)\b/i;
const SAYS =
  /\b(?:sa(?:id|ys?)|stat(?:es?|ed|ement)|call(?:s|ed)|stress\p{L}*|emphasi\p{L}*|underscore\p{L}*|sp(?:oke|eech|eak\p{L}*)|told|tells?|view|declar\p{L}*|announc\p{L}*|remark\p{L}*)\b|[“"«]/iu;

/** Whether a country or a person is asked what they said. */
const sayable = (question: Question, text: string): boolean =>
  question.countries.length > 0 || question.names.some((words) => isPerson(words, text));

const IN_PLACE = /\b(?:in|at)\s+(?:the\s+)?(\p{Lu}[\p{L}\p{M}'’.-]+(?:\s+(?:and\s+)?\p{Lu}[\p{L}\p{M}'’.-]+){0,2})/gu;

/** Whether a sentence places something in a country. */
const placedInCountry = (sentence: SentenceAnalysis): boolean =>
  [...sentence.text.matchAll(IN_PLACE)].some(([, place]) => countries(place as string).length > 0);

/** Whether a higher number of a series is asked for ("the 14th plan") that stands nowhere in these texts. */
function lacksOrdinal(question: Question, texts: readonly string[]): boolean {
  if (!question.ordinal) return false;
  const asked = asksOf(question).ordinals.filter(({ value, noun }) => value >= 3 && !NOT_SERIES.has(noun));
  if (asked.length !== 1) return false;
  const there = texts.flatMap((text) =>
    (MAY_COUNT.test(text) ? figures(text) : []).filter((figure) => figure.kind === 'ordinal').map((figure) => figure.value),
  );
  return !asked.every(({ value }) => there.includes(value));
}

/** After an ordinal, nouns that make no series of it. Stems. */
const NOT_SERIES = new Set('half quarter time phase part stage round centuri third day place year month'.split(' '));

/** Said of a person beside the name. Folded. */
const TITLES = new Set(
  'state councilor councillor vice deputy minister president prime secretary general director head chief dr mr mrs ms prof professor chair chairman ambassador senior former'.split(
    ' ',
  ),
);

/** Whether a sentence names a person that the question does not. */
function namesPerson(question: Question, sentence: SentenceAnalysis): boolean {
  const known = new Set(question.tokens.map((token) => token.word));
  return sentence.names
    .flatMap(partsOfName)
    .some((words) => !words.every((word) => known.has(word) || TITLES.has(word)) && isPerson(words, sentence.text));
}

/** Whether a sentence names somebody, or some body, that neither the question nor the title does. */
function namesSomebody(question: Question, sentence: SentenceAnalysis, title: string): boolean {
  const known = new Set([...question.tokens, ...tokens(title)].map((token) => token.word));
  return (
    sentence.names.flatMap(partsOfName).some((words) => !words.every((word) => known.has(word)) && isPerson(words, sentence.text)) ||
    sentence.names.some((words) => words.some((word) => word.length >= 3 && !known.has(word) && isCapitals(word, sentence.text))) ||
    (ORGANISATION.test(sentence.text) &&
      sentence.names.some((words) => words.some((word) => !known.has(word)) && ORGANISATION.test(titled(words))))
  );
}

const titled = (words: readonly string[]) => words.map((word) => (word[0] ?? '').toUpperCase() + word.slice(1)).join(' ');

/** Whether the noun after "which" or "what" is spoken of around a candidate, in this word or a like one. */
export function speaksOfHead(question: Question, candidate: Candidate, { period, vectors, alike }: AskedContext): boolean {
  if (question.answerType !== 'other' && question.answerType !== 'organisation') return true;
  const lines = [...candidate.context, ...candidate.passage.paragraph.headings];
  return headStands(question, neighbourhood(candidate, period), lines, vectors, alike);
}

function headStands(
  question: Question,
  around: readonly SentenceAnalysis[],
  lines: readonly string[],
  vectors: WordVectors | null,
  alike: number,
): boolean {
  const head = question.head.at(-1);
  if (!head || ANY_THING.has(head) || !/\b(?:which|what)\b/i.test(question.text)) return true;
  const same = synonymsOf(head);
  // "Which ministry": an abbreviation may be the ministry's.
  if (
    question.answerType === 'organisation' &&
    around.some((one) => one.names.some((words) => words.some((name) => isCapitals(name, one.text))))
  )
    return true;
  if (around.some((one) => [...same].some((term) => one.terms.has(term)))) return true;
  if (around.some((one) => one.terms.has(head)) || lines.some((line) => tokens(line).some((token) => token.term === head))) return true;
  const word = question.tokens.find((token) => token.term === head)?.word ?? '';
  const own = vectors?.(word);
  if (!own) return vectors === null;
  return around.some((one) => one.content.some((token) => areAlike(own, vectors?.(token.word) ?? null, alike)));
}

/** What no block of contact details tells, whatever figures it holds. */
const COUNTED: ReadonlySet<Question['answerType']> = new Set(['number', 'money', 'percent']);
const CONTACT_ASKED = /\b(?:office|unit|department|address|street|building|contact|located|based|reach|call|write|headquarters)\b/i;

/** A sentence and those beside it, unless they speak of another time than the one asked about. */
export function neighbourhood({ sentence, analysis, index }: Candidate, period: Period | null): SentenceAnalysis[] {
  const beside = [analysis.sentences[index + 1], analysis.sentences[index - 1]].filter((one): one is SentenceAnalysis => one !== undefined);
  return [sentence, ...beside.filter((one) => !period || one.dates.length === 0 || one.dates.some((date) => overlaps(date, period)))];
}

export interface AskedContext {
  /** Time asked about, or null. */
  period: Period | null;
  vectors: WordVectors | null;
  /** Cosine of two words from which on one may stand for the other. */
  alike: number;
}

/** What the words of a question ask for beyond its type; read once, since every candidate is held against it. */
interface Asks {
  ordinals: { value: number; noun: string }[];
  person: boolean;
  why: boolean;
  howLong: boolean;
  exactDate: boolean;
  whose: boolean;
  contact: boolean;
  hours: boolean;
  howOld: boolean;
  whereDone: boolean;
  said: boolean;
  howOften: boolean;
  /** How many names, or null. */
  names: number | null;
  /** Stems of what something is said about. */
  about: string[];
  town: boolean;
}

const read = new WeakMap<Question, Asks>();

function asksOf(question: Question): Asks {
  let found = read.get(question);
  if (!found) {
    const { text, answerType } = question;
    const about = ABOUT.exec(text)?.[1];
    found = {
      ordinals: ordinals(text),
      person: ONE_PERSON.test(text),
      why: /^\W*why\b/i.test(text),
      howLong: /\bhow long\b/i.test(text),
      exactDate: /\b(?:(?:exact|precise|on (?:what|which)) date|(?:what|which|exact) day)\b/i.test(text),
      whose: answerType === 'person' && PERSONAL.test(text) && !/\b(?:together|jointly|along) with\b|\balongside\b/i.test(text),
      contact: CONTACT_ASKED.test(text) && !/\bcountr/i.test(text) && !COUNTED.has(answerType),
      hours: /\b(?:opening|business|office|working|visiting) hours\b|\bwhat (?:hour|time)s?\b.*\b(?:open|opens|close|closes)\b/i.test(text),
      howOld: /\bhow old\b/i.test(text),
      whereDone: WHERE_DONE.test(text),
      said: SAID.test(text) && sayable(question, text),
      howOften: /\bhow often\b/i.test(text),
      names: numberAsked(question) ?? (NAMES_OF.test(text) ? 2 : null),
      about: about ? tokens(about).flatMap((token) => (token.stop ? [] : [token.term])) : [],
      town: asksForTown(question),
    };
    read.set(question, found);
  }
  return found;
}

/**
 * Whether a sentence, with those beside it and the heading above, can give what the words of the question ask for beyond
 * its type: how often something happens, a list of so many names, what somebody said *about* something, a town.
 */
export function givesWhatIsAsked(question: Question, candidate: Candidate, { period }: Pick<AskedContext, 'period'>): boolean {
  const { passage } = candidate;
  const asks = asksOf(question);
  const around = neighbourhood(candidate, period);
  if (question.ordinal) {
    const lines = [...around.map((one) => one.text), ...passage.paragraph.headings];
    if (anotherInSeries(question, lines) || lacksOrdinal(question, [passage.paragraph.text, ...candidate.context])) return false;
  }
  if (asks.person && !around.some((one) => namesPerson(question, one))) return false;
  if (asks.why && !around.some((one) => REASON.test(one.text))) return false;
  if (asks.howLong && !around.some((one) => DURATION.test(one.text) || one.dates.some((date) => date.from !== date.to))) return false;
  if (asks.exactDate && !around.some((one) => one.dates.some((date) => date.from.length >= 7))) return false;
  if (asks.whose && !around.some((one) => namesSomebody(question, one, passage.briefing.title))) return false;
  if (passage.paragraph.kind === 'contact' && !asks.contact) return false;
  if (asks.hours && !around.some((one) => HOURS.test(one.text))) return false;
  if (asks.howOld && !around.some((one) => AGE.test(one.text))) return false;
  if (asks.whereDone && !around.some((one) => namesTown(one) || placedInCountry(one))) return false;
  if (asks.said && !around.some((one) => SAYS.test(one.text))) return false;
  if (asks.howOften) return around.some((one) => FREQUENCY.test(one.text));
  if (asks.names !== null) {
    const heading = passage.paragraph.headings.at(-1);
    const lines = heading ? [...around, analyseLine(heading)] : around;
    if (named(question, lines) < Math.min(asks.names, 3)) return false;
  }
  if (asks.about.length > 0 && !asks.about.some((term) => candidate.analysis.terms.has(term))) return false;
  return !asks.town || around.some(namesTown);
}

export const asksForTown = (question: Question): boolean =>
  question.answerType === 'place' && /\b(?:city|cities|town)\b/i.test(question.text);

/** Whether a sentence places something in what may be a town. */
export const namesTown = (sentence: SentenceAnalysis): boolean =>
  [...sentence.text.matchAll(PLACED)].some(([, word]) => isTown(word as string));

function isTown(word: string): boolean {
  const folded = word.toLowerCase();
  return !NO_TOWN.has(folded.split('-')[0] as string) && !/^\p{Lu}{2,}/u.test(word) && countries(word).length === 0;
}
