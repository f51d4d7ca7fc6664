import type { Paragraph, Passage } from '../../core/model.ts';
import type { IndexReader } from '../../core/ports.ts';
import { analyseLine, analyseParagraph, type SentenceAnalysis, termsOfLine } from '../../core/text/analysis.ts';
import { tokens } from '../../core/text/tokens.ts';
import type { Expansion, Unit } from '../units.ts';

/** Words of a broad question that say what kind of account is wanted, or nothing. Folded. */
const SAYS_NOTHING = new Set(
  (
    'relationship relationships relation relations link links connection connections role part importance history background account view views story context ' +
    'work works working activity activities matter matters important issue issues topic subject aspect aspects question developed develop development evolved ' +
    'between over time done doing being said going today currently general cooperate collaborate together thing things area areas field section ' +
    'purpose aim aims goal goals objective objectives idea point points main key'
  ).split(' '),
);
/** What a synonym, or another form of the word, counts beside the word itself; and where the briefings never use the word. */
const SIMILAR = 0.8;
const SIMILAR_OF_UNKNOWN = 0.5;
/** What two words that stand beside one another in the question count where they stand apart in the paragraph. */
const APART = 0.5;
/** Content words between two words that still stand together. */
const NEAR = 2;
/** Words lighter than this stand everywhere: what the briefings are about as a whole. */
const EVERYWHERE = 0.3;

/** Addresses, telephone numbers and links. */
const ADDRESS = /https?:|www\.|\S@\S|\+\d/;
const CONTACT = /\bcontacts?\b|\bin touch\b/i;

/** Whether a paragraph is no account of anything: a heading, or how to reach somebody. */
export const tellsOfNothing = ({ kind, text, headings }: Paragraph): boolean =>
  kind === 'heading' || kind === 'contact' || ADDRESS.test(text) || headings.some((heading) => CONTACT.test(heading));

/** A thing the topic speaks of, and what it weighs. */
export interface TopicUnit {
  unit: Unit;
  weight: number;
  /** Whether the briefings use the word itself, or an abbreviation of it, anywhere. */
  used: boolean;
  /** Index of the unit right before it in the question, "trade" of "trade unions"; null where other words part them. */
  before: number | null;
}

/** What a topic speaks of: its words without those of asking. Words no briefing has count in full. */
export async function topicUnits(topic: string, { units, largestIdf }: Expansion, reader: IndexReader): Promise<TopicUnit[]> {
  const list = tokens(topic);
  const at = (unit: Unit, from: number) =>
    list.findIndex((token, i) => i >= from && unit.words.some((word) => word === token.word || word === token.term));
  const meaning = units
    .filter((unit) => !unit.time && !unit.light && at(unit, 0) >= 0 && !unit.words.every((word) => SAYS_NOTHING.has(word)))
    .map((unit) => ({ unit, place: at(unit, 0) }))
    .sort((a, b) => a.place - b.place);
  const infos = await reader.terms([...new Set(meaning.flatMap(({ unit }) => unit.alternatives.flat()))]);
  const frequency = new Map(infos.map((info) => [info.term, info.frequency]));
  return meaning.map(({ unit, place }, i) => {
    const last = meaning[i - 1];
    return {
      unit,
      weight: unit.known ? unit.idf : largestIdf,
      used: unit.alternatives.some((terms) => terms.every((term) => (frequency.get(term) ?? 0) > 0)),
      before: last && place === last.place + last.unit.words.length ? i - 1 : null,
    };
  });
}

/** Every way a unit may be written, the synonyms last. */
const waysOf = ({ alternatives, similar }: Unit): string[][] => [...alternatives, ...similar.map((term) => [term])];

/** Whether two units stand together in one of some lines. */
function together(a: Unit, b: Unit, lines: readonly SentenceAnalysis[]): boolean {
  return lines.some(({ terms }) => {
    const places = (unit: Unit) =>
      waysOf(unit).flatMap((way) => (way.every((term) => terms.has(term)) ? way.flatMap((term) => terms.get(term) ?? []) : []));
    const [first, second] = [places(a), places(b)];
    return first.some((x) => second.some((y) => Math.abs(x - y) <= NEAR));
  });
}

/** How much of a topic stands in some lines, 0..1; `also` are terms that stand there as well, for names. */
function share(topic: readonly TopicUnit[], lines: readonly SentenceAnalysis[], also?: ReadonlyMap<string, unknown>): number {
  const met = topic.map(({ unit, used }) => {
    const has = (term: string) => lines.some((line) => line.terms.has(term)) || (unit.name && also?.has(term) === true);
    if (unit.alternatives.some((terms) => terms.every(has))) return 1;
    return unit.similar.some(has) ? (used ? SIMILAR : SIMILAR_OF_UNKNOWN) : 0;
  });
  const apart = new Set<number>();
  topic.forEach(({ unit, weight, before }, i) => {
    const other = before === null ? undefined : topic[before];
    if (before === null || !other || met[i] === 0 || met[before] === 0) return;
    if (weight < EVERYWHERE || other.weight < EVERYWHERE || together(other.unit, unit, lines)) return;
    apart.add(i).add(before);
  });
  const all = topic.reduce((sum, { weight }) => sum + weight, 0);
  const sum = topic.reduce((total, { weight }, i) => total + weight * (met[i] as number) * (apart.has(i) ? APART : 1), 0);
  return all === 0 ? 0 : sum / all;
}

/** How much of a topic stands in a paragraph or the headings above it, 0..1. Names may stand in its title. */
export function coverage(topic: readonly TopicUnit[], { paragraph, briefing }: Passage): number {
  const lines = [...analyseParagraph(paragraph).sentences, ...paragraph.headings.map(analyseLine)];
  return share(topic, lines, termsOfLine(briefing.title));
}

/** The same of the heading right above a paragraph alone: what a whole section is about. */
export const headingCoverage = (topic: readonly TopicUnit[], { paragraph }: Passage): number =>
  share(topic, paragraph.headings.slice(-1).map(analyseLine));

/** The same of one sentence alone. */
export const sentenceCoverage = (topic: readonly TopicUnit[], sentence: SentenceAnalysis): number => share(topic, [sentence]);

/**
 * What is asked about the very subject of a briefing, as its title has it, is told best where the briefing begins: 1 for its
 * first paragraph, 0 for its last, and 0 for any other topic.
 */
export const opening = (topic: readonly TopicUnit[], { paragraph, briefing }: Passage): number =>
  share(topic, [analyseLine(briefing.title)]) === 1 ? 1 - paragraph.number / Math.max(1, briefing.paragraphs) : 0;
