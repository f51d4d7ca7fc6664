import type { Briefing, Paragraph } from '../../core/model.ts';
import type { IndexReader } from '../../core/ports.ts';
import { sliceCodePoints } from '../../core/text/codepoints.ts';
import { paragraphHasInjection } from '../../core/text/injection.ts';
import { tokens } from '../../core/text/tokens.ts';
import type { Quoted } from '../records.ts';

/** A section of a briefing: its heading and the paragraph it begins with. */
interface Section {
  heading: Paragraph;
  opening: Paragraph | null;
}

export interface Outline {
  briefing: Briefing;
  /** What stands before the first section. */
  opening: Paragraph | null;
  sections: readonly Section[];
}

/** Fewer sections of the highest level say little: the next one counts too. */
const FEW_SECTIONS = 3;
/** Sentences of the opening that are shown, and the longest one, code points. */
const OPENING_SENTENCES = 3;
const LONGEST_SENTENCE = 320;
/** Paragraphs looked at in a briefing. */
const PARAGRAPHS_READ = 2000;

/** The sections of a briefing, each with the paragraph it begins with. */
export async function outlineOf(briefing: Briefing, reader: IndexReader): Promise<Outline> {
  const paragraphs = (await reader.paragraphsOf(briefing.id)).slice(0, PARAGRAPHS_READ);
  const titles = paragraphs.filter(({ kind, text }) => kind === 'heading' && text.trim() !== briefing.title);
  const ofLevel = (most: number) => titles.filter(({ level = 1 }) => level <= most);
  const headings = [1, 2, 3].map(ofLevel).find((list) => list.length >= FEW_SECTIONS) ?? titles;
  const starts = new Set(headings.map(({ number }) => number));
  const sections = headings.map((heading): Section => ({ heading, opening: opening(paragraphs, heading.number, starts) }));
  return { briefing, opening: opening(paragraphs, 0, starts), sections };
}

/** The first paragraph of prose after a heading and before the next one that counts. */
function opening(paragraphs: readonly Paragraph[], after: number, starts: ReadonlySet<number>): Paragraph | null {
  for (const paragraph of paragraphs.slice(after)) {
    if (starts.has(paragraph.number)) return null;
    if (isProse(paragraph) && says(paragraph) && !paragraphHasInjection(paragraph)) return paragraph;
  }
  return null;
}

const isProse = ({ kind, role }: Paragraph): boolean => (kind === 'body' || kind === 'quotation' || kind === 'item') && role === undefined;

const STOPPED = /[.!?…。！？؟۔]["'\p{Pe}\p{Pf}]{0,3}$/u;
/** Words of the shortest sentence that says something by itself, and letters where words have no spaces. */
const FEWEST_WORDS = 4;
const FEWEST_LETTERS = 8;

/** Whether a paragraph begins with a sentence: "Telephone: 112", an address or the line above a list says nothing by itself. */
function says({ text, sentences }: Paragraph): boolean {
  const [first] = sentences;
  if (!first) return false;
  const said = sliceCodePoints(text, first.start, first.end).trim();
  const words = said.split(/\s+/);
  const enough = /\p{Script=Han}/u.test(said) ? [...said].length >= FEWEST_LETTERS : words.length >= FEWEST_WORDS;
  return STOPPED.test(said) && enough && !words.some((word) => /^(?:https?:|www\.)/.test(word));
}

/**
 * How the sections begin that are about a subject, by quotation: those with a word of it above them, else the paragraphs that have all of its words; at
 * most `most` of them. `shared`: how many words of it the one has that has most.
 */
export async function pointsOn(
  subject: readonly string[],
  briefing: Briefing,
  reader: IndexReader,
): Promise<{ shared: number; points(most: number): Quoted[] }> {
  const paragraphs = (await reader.paragraphsOf(briefing.id)).slice(0, PARAGRAPHS_READ);
  const shared = (texts: readonly string[]) => {
    const own = new Set(tokens(texts.join(' ')).map(({ term }) => term));
    return subject.filter((term) => own.has(term)).length;
  };
  const prose = paragraphs.filter((one) => isProse(one) && says(one) && !paragraphHasInjection(one));
  const ranked = prose.map((paragraph) => ({
    paragraph,
    above: shared(paragraph.headings),
    all: shared([...paragraph.headings, paragraph.text]),
  }));
  const above = Math.max(0, ...ranked.map((one) => one.above));
  const all = Math.max(0, ...ranked.map((one) => one.all));
  const found = ranked.filter((one) => (above > 0 ? one.above === above : all > 0 && one.all === all));
  // Each section begins before a second paragraph of one is shown.
  const begun = new Map<string, number>();
  const turn = found.map(({ paragraph }) => {
    const section = paragraph.headings.join('\n');
    const at = begun.get(section) ?? 0;
    begun.set(section, at + 1);
    return { paragraph, at };
  });
  const points = (most: number): Quoted[] =>
    [...turn]
      .sort((a, b) => a.at - b.at)
      .slice(0, most)
      .sort((a, b) => a.paragraph.number - b.paragraph.number)
      .flatMap(({ paragraph }) => {
        const [span] = paragraph.sentences;
        if (!span || span.end - span.start > LONGEST_SENTENCE) return [];
        const text = sliceCodePoints(paragraph.text, span.start, span.end);
        return [{ briefing, paragraph, span, text, decisive: false, under: paragraph.headings.at(-1)?.trim() ?? null }];
      });
  return { shared: all, points };
}

/** The main points of a briefing, by quotation: how it begins, and the first sentence of its sections, spread over all of it; at most `most`. */
export function mainPoints({ briefing, opening: first, sections }: Outline, most: number): Quoted[] {
  const points: Quoted[] = [];
  const put = (paragraph: Paragraph, at: number, under: string | null) => {
    const span = paragraph.sentences[at];
    if (!span || span.end - span.start > LONGEST_SENTENCE) return;
    const text = sliceCodePoints(paragraph.text, span.start, span.end);
    points.push({ briefing, paragraph, span, text, decisive: false, under });
  };
  if (first) for (let at = 0; at < Math.min(OPENING_SENTENCES, Math.ceil(most / 2)); at++) put(first, at, null);
  const left = most - points.length;
  const open = sections.filter((section): section is Section & { opening: Paragraph } => section.opening !== null);
  const step = Math.max(1, open.length / Math.max(1, left));
  for (let at = 0; at < open.length && points.length < most; at += step) {
    const section = open[Math.floor(at)] as Section & { opening: Paragraph };
    put(section.opening, 0, section.heading.text.trim());
  }
  return points;
}
