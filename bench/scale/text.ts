/**
 * Text of any size that repeats itself as an organisation's does: paragraphs put together from sentences that stand in real
 * documents, mostly in their order, now and then from elsewhere. The sentences come from a folder given by the caller and never
 * become part of the project.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sliceCodePoints } from '../../src/core/text/codepoints.ts';
import { readDocument } from '../../src/ingest/document.ts';
import { random } from '../../tests/contracts/corpus.ts';
import { deskSetsIn, readDeskSet } from '../answers/sets.ts';
import { readSet, type SetDocument } from '../data.ts';

/** Sentences of one document, in reading order. */
export interface Source {
  title: string;
  sentences: string[];
}

/** Public sets in English; docs/retrieval.md says where they come from. */
const SETS = ['squad2', 'clapnq', 'covidqa', 'timeqa', 'pubmedqa', 'mtrag', 'abgcoqa', 'ramdocs'];
/** How often the next sentence follows, and how often another of the same document; else one of any document. */
const FOLLOWS = 0.7;
const SAME_DOCUMENT = 0.9;

/** The documents of public sets, and of the desk where there is one, and the questions asked about them. */
export function realText(desk: string | null, data: string): { sources: Source[]; questions: string[] } {
  const sources: Source[] = [];
  const questions: string[] = [];
  const take = (title: string, paragraphs: readonly { text: string; sentences: { start: number; end: number }[] }[]) => {
    const sentences = paragraphs.flatMap(({ text, sentences: spans }) => spans.map(({ start, end }) => sliceCodePoints(text, start, end)));
    const long = sentences.filter((sentence) => sentence.length >= 30);
    if (long.length > 1) sources.push({ title, sentences: long });
  };
  for (const set of desk === null ? [] : deskSetsIn(desk)) {
    const folder = join(desk as string, set, 'docs');
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      if (!/\.(?:md|txt)$/.test(file) || !statSync(join(folder, file)).isFile()) continue;
      const { briefing, paragraphs } = readDocument(file, readFileSync(join(folder, file)));
      take(briefing.title, paragraphs);
    }
    questions.push(...readDeskSet(desk as string, set).cases.map(({ question }) => question));
  }
  for (const name of SETS) {
    const set = readSet(data, name);
    for (const { title, paragraphs } of set.documents) {
      take(
        title,
        paragraphs.map(({ text }) => ({ text, sentences: cut(text) })),
      );
    }
    questions.push(...set.questions.filter(({ history }) => !history?.length).map(({ question }) => question.trim()));
  }
  return { sources, questions };
}

/** Good enough for public sets, whose paragraphs are plain prose. */
function cut(text: string): { start: number; end: number }[] {
  const flat = [...text].length === text.length;
  const spans: { start: number; end: number }[] = [];
  let start = 0;
  for (const { index } of text.matchAll(/[.!?](?=\s+\p{Lu})/gu)) {
    spans.push({ start, end: index + 1 });
    start = index + 2;
  }
  spans.push({ start, end: text.length });
  return flat ? spans : [];
}

/** Documents of `each` paragraphs of two to six sentences, the same for the same seed. */
export function recombined(sources: readonly Source[], paragraphs: number, each = 20, seed = 7): SetDocument[] {
  const next = random(seed);
  const below = (count: number) => Math.floor(next() * count);
  const documents: SetDocument[] = [];
  for (let made = 0; made < paragraphs; made += each) {
    const number = documents.length;
    const own = sources[below(sources.length)] as Source;
    let at = below(own.sentences.length);
    const line = (): string => {
      const chosen: string[] = [];
      for (let left = 2 + below(5); left > 0; left--) {
        const draw = next();
        if (draw < FOLLOWS) chosen.push(own.sentences[at++ % own.sentences.length] as string);
        else if (draw < SAME_DOCUMENT) chosen.push(own.sentences[below(own.sentences.length)] as string);
        else {
          const other = sources[below(sources.length)] as Source;
          chosen.push(other.sentences[below(other.sentences.length)] as string);
        }
      }
      return chosen.join(' ');
    };
    documents.push({
      id: `scale-${String(number).padStart(5, '0')}`,
      title: `${own.title} ${number + 1}`,
      paragraphs: Array.from({ length: Math.min(each, paragraphs - made) }, (_, i) => ({ id: `${number}-${i}`, text: line() })),
    });
  }
  return documents;
}
