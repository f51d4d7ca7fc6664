import type { Briefing, Paragraph, Period } from '../core/model.ts';
import { analyseLine, analyseParagraph, termsOfLine } from '../core/text/analysis.ts';
import { countries } from '../core/text/places.ts';
import { fold } from '../core/text/tokens.ts';
import { overlaps } from '../core/time/dates.ts';
import { givesWhatIsAsked, neighbourhood } from './asked.ts';
import { countriesOfContinent } from './continents.ts';
import { countFits } from './count.ts';
import { answerPositions, type Candidate, type WordVectors } from './features.ts';
import { isPerson } from './person.ts';
import type { Question } from './question.ts';
import type { AskSettings } from './settings.ts';
import { spentOnSomethingElse } from './spent-on.ts';
import type { Expansion, Unit } from './units.ts';

/** Why a sentence must not answer a question, however alike the words are; null when it may. */
export type Refusal = 'another-country' | 'another-name' | 'unknown-name' | 'no-such-figure' | 'not-asked' | 'another-time' | null;

export interface GuardContext {
  question: Question;
  expansion: Expansion;
  /** Time asked about, or null. */
  period: Period | null;
  /** Briefings whose undated statements hold for the period; null when no period was asked. */
  inForce: ReadonlySet<string> | null;
  questionTerms: ReadonlySet<string>;
  vectors: WordVectors | null;
  settings: AskSettings;
  /** Every paragraph that was retrieved, by id. */
  retrieved: ReadonlyMap<string, Paragraph>;
}

const contextCountries = new Map<string, string[]>();

function countriesOf(line: string): string[] {
  let found = contextCountries.get(line);
  if (!found) {
    found = countries(line).map((country) => country.code);
    if (contextCountries.size > 50_000) contextCountries.clear();
    contextCountries.set(line, found);
  }
  return found;
}

/** Offices people hold: who is asked for by one is not answered with the holder of none. Folded. */
const ROLES = new Set(
  'director chief president minister ambassador chairman chairwoman chairperson manager coordinator spokesperson treasurer commissioner governor mayor king queen ceo professor dean rector'.split(
    ' ',
  ),
);
/**
 * What is asked of somebody or of a body and follows from nothing else that is said of them: the paragraph says it in this word or
 * one like it, or does not answer. Folded.
 */
const TOLD_IN_SO_MANY_WORDS = new Set(
  (
    'born birthday birthplace died salary salaries wage wages married wife husband spouse children hobby hobbies religion nationality ' +
    'denounced denounce withdrew withdrawn rejected cancelled canceled abolished fined sued arrested resigned dismissed fired hiring hire vacancy vacancies ' +
    'recruiting capital population weather currency age author authors languages staff employees'
  ).split(' '),
);
/** Answers of these types can be told by their form; names have none that is certain. */
const STRICT_FORMS: ReadonlySet<Question['answerType']> = new Set(['number', 'money', 'percent', 'date']);

/** Whether the sentence holds something of the form asked for that the question did not say. */
export function hasForm(candidate: Candidate, question: Question, questionTerms: ReadonlySet<string>): boolean {
  return (answerPositions(question, candidate.sentence, questionTerms)?.length ?? 1) > 0;
}

/** The sentence after or before a candidate that holds the form the candidate lacks, or null. */
export function complementOf(
  candidate: Candidate,
  question: Question,
  questionTerms: ReadonlySet<string>,
  period: Period | null,
): Candidate | null {
  for (const index of [candidate.index + 1, candidate.index - 1]) {
    const sentence = candidate.analysis.sentences[index];
    if (
      sentence &&
      neighbourhood(candidate, period).includes(sentence) &&
      (answerPositions(question, sentence, questionTerms)?.length ?? 0) > 0
    )
      return { ...candidate, sentence, index };
  }
  return null;
}

/** Asks for the time something took or takes, which the period in its heading tells. */
const TIME_SPAN =
  /\b(?:how long|duration|period|dates|years|timeframe|time frame|from when|until when|till when|until|runs?|ran|running|lasts?|lasted|project|programme|program|initiative|phase)\b/i;
/** Share of a question's content words that a heading must have for its date to be that of the thing asked about. */
const HEADING_SHARE = 0.4;

/** Whether the heading right above holds the form asked for, as "… (2018-27)" does. */
export function headingHasForm(candidate: Candidate, question: Question, questionTerms: ReadonlySet<string>): boolean {
  const heading = candidate.passage.paragraph.headings.at(-1);
  if (heading !== undefined && question.answerType === 'date' && !TIME_SPAN.test(question.text)) {
    // The conference of a project was not held during all of the project.
    const content = question.tokens.filter((token) => !token.stop);
    const above = termsOfLine(heading);
    if (content.filter((token) => above.has(token.term)).length < content.length * HEADING_SHARE) return false;
  }
  return heading !== undefined && (answerPositions(question, analyseLine(heading), questionTerms)?.length ?? 0) > 0;
}

/** Whether terms occur in the paragraph, its headings, its title or the line that introduces it. */
function occurs(candidate: Candidate, terms: readonly string[]): boolean {
  return terms.every((term) => candidate.analysis.terms.has(term) || candidate.context.some((line) => termsOfLine(line).has(term)));
}

/** Paragraphs before one in the same section in which its subject may have been named. */
const BEFORE = 2;

/**
 * Whether the rest of a name stands in the paragraphs right before, in the same section, while this one goes on about it:
 * "the seminar" after "the High-Level Seminar in Beijing".
 */
function saidBefore(
  candidate: Candidate,
  terms: readonly string[],
  name: readonly string[],
  { question, retrieved }: GuardContext,
): boolean {
  const head = question.tokens.find((token) => token.word === name.at(-1))?.term;
  if (name.length < 2 || head === undefined || !candidate.analysis.terms.has(head)) return false;
  const { paragraph } = candidate.passage;
  for (let number = paragraph.number - 1; number >= paragraph.number - BEFORE; number--) {
    const before = retrieved.get(`${paragraph.briefing}#p${number}`);
    if (!before || before.heading !== paragraph.heading) return false;
    const said = analyseParagraph(before).terms;
    if (terms.every((term) => said.has(term))) return true;
  }
  return false;
}

/** Whether a word names a continent and the candidate a country of it. */
function speaksOfContinent(word: string, candidate: Candidate): boolean {
  const codes = countriesOfContinent(word);
  return (
    codes !== null &&
    (candidate.analysis.sentences.some((sentence) => sentence.countries.some((code) => codes.has(code))) ||
      candidate.context.some((line) => countriesOf(line).some((code) => codes.has(code))))
  );
}

/** The rules that no score may outvote: the answer is about the country, name and time asked, and has the form asked for. */
export function refuse(candidate: Candidate, context: GuardContext): Refusal {
  const { question, expansion, questionTerms } = context;
  const asked = { period: context.period, vectors: context.vectors, alike: context.settings.alike };
  // Lines of contact details were matched to their block already.
  if (question.answerType === 'contact') return null;
  for (const { code } of question.countries) {
    const named =
      candidate.analysis.sentences.some((sentence) => sentence.countries.includes(code)) ||
      candidate.context.some((line) => countriesOf(line).includes(code));
    if (!named) return 'another-country';
  }
  for (const words of question.names) {
    const units = expansion.units.filter(
      (unit) => unit.words.some((word) => words.includes(word)) || words.some((word) => unit.words.includes(fold(word))),
    );
    for (const unit of units) {
      if (!unit.known && !unit.words.some((word) => speaksOfContinent(word, candidate))) return 'unknown-name';
      // Of a person the family name will do.
      const family = units.at(-1) as Unit;
      if (unit !== family && isPerson(words, question.text) && family.alternatives.some((terms) => occurs(candidate, terms))) continue;
      if (
        unit.alternatives.some((terms) => occurs(candidate, terms) || saidBefore(candidate, terms, words, context)) ||
        unit.words.some((word) => speaksOfContinent(word, candidate))
      )
        continue;
      return 'another-name';
    }
  }
  for (const token of question.tokens) {
    if (ROLES.has(token.word) && !question.carried.has(token.word) && !occurs(candidate, [token.term])) return 'another-name';
  }
  for (const { words, alternatives, similar } of expansion.units) {
    if (!words.some((word) => TOLD_IN_SO_MANY_WORDS.has(word) && !question.carried.has(word))) continue;
    if (![...alternatives, ...similar.map((term) => [term])].some((terms) => occurs(candidate, terms))) return 'not-asked';
  }
  if (spentOnSomethingElse(question, expansion, candidate, context.vectors, context.settings.alike)) return 'not-asked';
  if (timeFit(candidate, context) === 0) return 'another-time';
  if (!givesWhatIsAsked(question, candidate, asked)) return 'not-asked';
  const strict =
    STRICT_FORMS.has(question.answerType) ||
    (question.answerType === 'place' && /countr/i.test(question.text) && !/\bgroups? of countries\b/i.test(question.text));
  if (question.answerType === 'number' && !countFits(question, candidate, asked)) return 'no-such-figure';
  if (!strict || hasForm(candidate, question, questionTerms)) return null;
  return complementOf(candidate, question, questionTerms, context.period) === null && !headingHasForm(candidate, question, questionTerms)
    ? 'no-such-figure'
    : null;
}

const COMPARED = /\bthan\s+(?:(?:in|for|during|at|on)\s+)?(?:the\s+)?$/i;
/** Years after an edition up to which what it says undated may still be so. Chosen, not measured. */
const HOLDS_FOR = 2;

/** Whether a time asked about lies so far after an edition that it cannot have known. */
const liesAhead = (period: Period, edition: string | null): boolean =>
  period.from !== null && edition !== null && Number(period.from.slice(0, 4)) > Number(edition.slice(0, 4)) + HOLDS_FOR;

/**
 * How a candidate stands to the time asked: 1 dated inside it (the sentence, or its paragraph or heading when the
 * sentence has no date), 0.5 undated in an edition in force then, 0 neither. 1 when no time was asked.
 */
export function timeFit(candidate: Candidate, context: GuardContext): number {
  const { period, inForce, question } = context;
  if (!period) return 1;
  const { sentence, analysis, passage } = candidate;
  // "Fewer than in 2023" says when something else was so.
  const stated = sentence.dates.filter((date) => !COMPARED.test(sentence.text.slice(Math.max(0, date.start - 24), date.start)));
  if (stated.some((date) => overlaps(date, period))) return 1;
  if (sentence.dates.length === 0) {
    const above = candidate.context.flatMap((line) => analyseLine(line).dates);
    const before = analysis.sentences
      .slice(0, candidate.index)
      .reverse()
      .find((other) => other.dates.length > 0);
    if ((before?.dates ?? above).some((date) => overlaps(date, period))) return 1;
  }
  const current = inForce?.has(passage.briefing.id) ?? false;
  if (!current || (STRICT_FORMS.has(question.answerType) && liesAhead(period, passage.briefing.edition.date))) return 0;
  if (sentence.dates.length === 0) return 0.5;
  // How many there were in 2018 is not how many there were in 2024.
  return period.from !== null && period.to !== null && STRICT_FORMS.has(question.answerType) && question.answerType !== 'date' ? 0 : 0.25;
}

const agesOf = new WeakMap<ReadonlyMap<string, Briefing[]>, Map<string, number>>();

/** Editions by age: 0 the newest of its series, 1 the one before, … Kept for as long as the map lives. */
export function ageOf(briefings: ReadonlyMap<string, Briefing[]>): ReadonlyMap<string, number> {
  let ages = agesOf.get(briefings);
  if (!ages) {
    ages = new Map<string, number>();
    for (const list of briefings.values()) {
      for (const [age, briefing] of list.entries()) ages.set(briefing.id, age);
    }
    agesOf.set(briefings, ages);
  }
  return ages;
}
