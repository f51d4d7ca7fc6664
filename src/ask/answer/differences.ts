import type { AskEvent, Briefing, Paragraph } from '../../core/model.ts';
import type { Hit, IndexReader } from '../../core/ports.ts';
import { analyseParagraph, termsOfLine } from '../../core/text/analysis.ts';
import { paragraphHasInjection, titleHasInjection } from '../../core/text/injection.ts';
import { type ChangedValue, changedValues, type Idf, LEAST_WEIGHT, worthComparing } from '../../editions/index.ts';
import { type CitationBook, resolves } from '../cite/index.ts';
import type { Draft, Quoted } from '../records.ts';
import type { Wording } from '../wording.ts';
import { addNote } from './draft.ts';

/** Chunks of the other edition that are compared with a quoted sentence. */
const COMPARED = 8;
const MAX_NOTES = 3;
/** Likeness of two sentences whose words are the same but for the value. */
const SAME = 0.999;

/**
 * Notes on the quoted sentences: a value another edition of the series states differently (`changed`), or another
 * paragraph of the same edition (`conflict`). `between` words the note as a change from the older to the newer value.
 */
export async function noteDifferences(
  quoted: readonly Quoted[],
  series: readonly Briefing[],
  between: boolean,
  book: CitationBook,
  reader: IndexReader,
  draft: Draft,
  emit: (event: AskEvent) => void,
  words: Wording,
): Promise<void> {
  const said = new Set<string>();
  const pairs = quoted.flatMap(({ briefing, paragraph, span, decisive }) => {
    const sentence = analyseParagraph(paragraph).sentences.find((one) => one.span.start <= span.start && span.start < one.span.end);
    if (!decisive || !sentence || (between && !briefing.newest)) return [];
    const { figures, dates, names } = sentence;
    // Without a value there is nothing another paragraph could state differently.
    if (figures.length + dates.length + names.length === 0 && paragraph.kind !== 'contact') return [];
    const terms = [...new Set(sentence.content.map((token) => token.term))].map((term) => ({ term, weight: 1 }));
    const others = [...othersOf(briefing, series), briefing].filter((one) => !titleHasInjection(one));
    return terms.length === 0 ? [] : others.map((other) => ({ briefing, paragraph, sentence, terms, other }));
  });
  // Everything is asked for at once: each call may be a round trip.
  const hits = await Promise.all(pairs.map(({ terms, other }) => reader.matching(terms, COMPARED, { briefings: [other.id] })));
  const chunks = new Map(
    (await reader.chunks([...new Set(hits.flat().map(({ chunk }) => chunk))])).map((chunk) => [chunk.id, chunk] as const),
  );
  const idsOf = (found: readonly Hit[]): string[] =>
    found.flatMap(({ chunk }) => {
      const { briefing, paragraphs = [] } = chunks.get(chunk) ?? {};
      return paragraphs.map((number) => `${briefing}#p${number}`);
    });
  const paragraphs = new Map((await reader.paragraphs([...new Set(idsOf(hits.flat()))])).map((one) => [one.id, one] as const));
  const compared = pairs.flatMap((pair, at) => {
    const found = [...new Set(idsOf(hits[at] as Hit[]))]
      .flatMap((id) => paragraphs.get(id) ?? [])
      .filter((one) => one.id !== pair.paragraph.id && !paragraphHasInjection(one));
    return found.length > 0 && worthComparing(pair.sentence, pair.paragraph, found) ? [{ ...pair, found }] : [];
  });
  if (compared.length === 0) return;
  const idf = await weightsOf([...new Set(compared.flatMap(({ paragraph, found }) => [paragraph, ...found]))], reader);
  for (const { briefing, paragraph, sentence, other, found } of compared) {
    for (const change of changedValues(sentence, paragraph, found, idf)) {
      if (draft.notes.length >= MAX_NOTES) return;
      if (other.id === briefing.id && !saysTheSame(paragraph, change)) continue;
      const key = `${other.id} ${change.from.text} ${change.to.text}`;
      if (said.has(key)) continue;
      said.add(key);
      const citation = book.add(change.paragraph, other, change.sentence);
      if (!(await resolves(citation, reader))) continue;
      addNote(
        draft,
        emit,
        other.id === briefing.id ? 'conflict' : 'changed',
        wordingOf(change, briefing, other, between, words),
        other.id === briefing.id || between ? [book.add(paragraph, briefing, sentence.span), citation] : [citation],
      );
    }
  }
}

/**
 * Within one edition only a sentence of the same words contradicts another: of seven notes on likeness over document sets nobody had tuned on
 * none was right. Rows of a table differ by what they are of.
 */
const saysTheSame = (paragraph: Paragraph, change: ChangedValue): boolean =>
  change.similarity >= SAME && paragraph.role !== 'row' && change.paragraph.role !== 'row';

/** Weights of the stems of some paragraphs, from analyses that are kept. */
export async function weightsOf(paragraphs: readonly Paragraph[], reader: IndexReader): Promise<Idf> {
  const stems = new Set<string>();
  for (const paragraph of paragraphs) {
    for (const term of analyseParagraph(paragraph).terms) stems.add(term);
    for (const heading of paragraph.headings) for (const term of termsOfLine(heading).keys()) stems.add(term);
  }
  const weights = new Map((await reader.terms([...stems])).map(({ term, idf }) => [term, Math.max(LEAST_WEIGHT, idf)]));
  const rare = Math.max(LEAST_WEIGHT, Math.log(1 + (reader.info.paragraphs + 0.5) / 0.5));
  return (term) => weights.get(term) ?? rare;
}

/** The edition before, and the newest one when an older one was quoted. */
function othersOf(briefing: Briefing, series: readonly Briefing[]): Briefing[] {
  const date = briefing.edition.date ?? '';
  const older = series.find((other) => (other.edition.date ?? '') < date);
  const newest = series.find((other) => other.newest && other.id !== briefing.id);
  return [newest, older].filter((other): other is Briefing => other !== undefined);
}

function wordingOf(change: ChangedValue, own: Briefing, other: Briefing, between: boolean, words: Wording): string {
  const value = change.to.text.replace(/\.$/, '');
  if (own.id === other.id) return words.conflict(value, change.from.text);
  if (between) return words.became(value, other, change.from.text, own);
  const past = (other.edition.date ?? '') < (own.edition.date ?? '');
  return words.otherEdition(other, value, past);
}
