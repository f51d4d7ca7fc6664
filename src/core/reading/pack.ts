import type { Briefing, Chunk, Paragraph } from '../model.ts';
import { sliceCodePoints } from '../text/codepoints.ts';
import { fileWords } from '../text/file-words.ts';
import { paragraphHasInjection, titleHasInjection } from '../text/injection.ts';
import { countries } from '../text/places.ts';
import { MARKS, marksOf } from './marks.ts';
import { ASKS, contentOf, EXPRESSIONS, LINK, stemHash, type Values, valuesOf } from './words.ts';

/** A text to a static model: rows of it, how much each counts, and what their sum is multiplied with to be of unit length, 0 without words. */
export interface WeightedRows {
  rows: readonly number[];
  weights: readonly number[];
  scale: number;
}

/** The local embedding model, as far as reading needs it. */
export interface RowModel {
  readonly id: string;
  rowsOf(text: string): WeightedRows;
}

/** Where a stem of a chunk stands. */
export const IN = { text: 1, headings: 2, title: 4 } as const;

/** Raise it with whatever changes a reading beside the expressions: the layout, the words, the orders. */
const VERSION = 3;
/** Words of the head of a packed reading; an even number, so that eights of bytes can follow. */
export const HEAD = 16;
/** Weighted texts besides the parts: the whole with what is embedded before it, the titles. */
export const BESIDE_PARTS = 2;
/** Between strings; between those of one part and the next; between kinds. No expression matches them. */
export const SEPARATORS = ['\u0001', '\u0002', '\u0003'] as const;
/** Length of a packed reading of nothing: of a chunk that is to be read when it is asked for. */
const NOTHING = 8;
const MOST_OF_16_BITS = 0xffff;

/** Names what makes a reading: readings of another name are not used. */
export const readingId = (model: RowModel | null): string =>
  `${VERSION}-${model?.id ?? 'none'}-${(stemHash([...MARKS.map(String), ...EXPRESSIONS].join('\n')) >>> 0).toString(16)}`;

/** Reads the chunks of briefings for the index. */
export interface ChunkReadings {
  id: string;
  /** One packed reading a chunk, its length a multiple of eight bytes. */
  of(briefing: Briefing, paragraphs: readonly Paragraph[], chunks: readonly Chunk[]): Uint8Array[];
}

export const chunkReadings = (model: RowModel | null): ChunkReadings => ({
  id: readingId(model),
  of(briefing, paragraphs, chunks) {
    const numbered = new Map(paragraphs.map((paragraph) => [paragraph.number, paragraph]));
    const remembered = new Map<string, WeightedRows>();
    const known: RowModel | null = model && {
      id: model.id,
      rowsOf(text) {
        const found = remembered.get(text) ?? model.rowsOf(text);
        remembered.set(text, found);
        return found;
      },
    };
    // Text that gives orders is left out by whoever asks: such chunks are few.
    const sound = ({ parts }: Chunk) => parts.every(({ paragraph }) => !paragraphHasInjection(numbered.get(paragraph) as Paragraph));
    const none = () => new Uint8Array(Uint32Array.of(NOTHING, 0).buffer);
    return chunks.map((chunk) =>
      !titleHasInjection(briefing) && sound(chunk) ? packReading(chunk, briefing, numbered, model, known) : none(),
    );
  },
});

/** Whether a record says nothing. */
export const isNothing = (record: Uint8Array): boolean => record.length <= NOTHING;

/**
 * All that ranking needs to know of a chunk by itself. A head of 32-bit words, then lists as `openReading` lays them out,
 * those of the widest numbers first. `repeated` reads what stands over several chunks.
 */
export function packReading(
  chunk: Chunk,
  briefing: Briefing,
  paragraphs: ReadonlyMap<number, Paragraph>,
  model: RowModel | null,
  repeated: RowModel | null = model,
): Uint8Array {
  const places = new Map<string, number>();
  const words: string[] = [];
  const placeOf = (term: string, word: string): number => {
    let place = places.get(term);
    if (place === undefined) {
      place = words.length;
      places.set(term, place);
      words.push(word);
    }
    return place;
  };
  let length = 0;
  let pointing = 0;
  const wordsOfParts: number[][] = [];
  const values: Values[] = [];
  const marks: number[] = [];
  const texts: WeightedRows[] = [];
  const nothing: WeightedRows = { rows: [], weights: [], scale: 0 };
  for (const { paragraph, start, end } of chunk.parts) {
    const text = sliceCodePoints(paragraphs.get(paragraph)?.text ?? '', start, end);
    const own = new Set<number>();
    for (const { term, word } of contentOf(text, briefing.language)) {
      const place = placeOf(term, word);
      length++;
      own.add(place);
    }
    wordsOfParts.push([...own]);
    values.push(valuesOf(text));
    marks.push(marksOf(text));
    texts.push(model?.rowsOf(text) ?? nothing);
    if (ASKS.test(text) || LINK.test(text)) pointing++;
  }
  const setOf = (text: string): Set<number> => new Set(contentOf(text, briefing.language).map(({ term, word }) => placeOf(term, word)));
  const { headings } = chunk;
  const inHeadings = setOf(headings.join('. '));
  const inTitle = setOf(`${briefing.title} ${fileWords(briefing.source)}`);
  const inText = new Set(wordsOfParts.flat());
  const where = words.map(
    (_, place) => (inText.has(place) ? IN.text : 0) + (inHeadings.has(place) ? IN.headings : 0) + (inTitle.has(place) ? IN.title : 0),
  );
  texts.push(model?.rowsOf(`${chunk.context}\n${chunk.text}`) ?? nothing);
  texts.push(repeated?.rowsOf(`${briefing.title}. ${headings.join('. ')}`) ?? nothing);

  /** Words that are no row of the model by themselves, in order. */
  const strange: string[] = [];
  const rowsOfTerms = words.map((word) => {
    const { rows, weights } = repeated?.rowsOf(word) ?? nothing;
    if (rows.length === 1 && weights[0] === 1) return rows[0] as number;
    strange.push(word);
    return -strange.length;
  });
  const weights = new Map<number, number>();
  const weightOf = (weight: number): number => {
    if (!weights.has(weight)) weights.set(weight, weights.size);
    return weights.get(weight) as number;
  };
  /** Rows of all texts, each once, and its place. */
  const table = new Map<number, number>();
  for (const { rows } of texts) for (const row of rows) if (!table.has(row)) table.set(row, table.size);
  const lists = {
    rows: texts.flatMap(({ rows }) => rows.map((row) => table.get(row) as number)),
    weightsOfRows: texts.flatMap((text) => text.weights.map(weightOf)),
    names: values.map(({ names }) => names.map(stemHash)),
  };
  const [one, part, kind] = SEPARATORS;
  const strings = Buffer.from(
    [
      strange.join(one),
      values.map(({ figures }) => figures.join(one)).join(part),
      values.map(({ times }) => times.join(one)).join(part),
      values.map(({ modified }) => modified.flatMap(({ whole, base }) => [whole, base]).join(one)).join(part),
      codesIn(chunk.text).join(one),
      codesIn(`${headings.join('\n')}\n${briefing.title}`).join(one),
    ].join(kind),
  );
  const narrow = [
    ends(wordsOfParts),
    wordsOfParts.flat(),
    ends(texts.map(({ rows }) => rows)),
    lists.rows,
    lists.weightsOfRows,
    ends(lists.names),
  ];
  const allNames = [...new Set(lists.names.flat())];
  const wide = narrow.some((list) => list.some((value) => value > MOST_OF_16_BITS));
  const head = new Uint32Array(HEAD);
  const pieces: ArrayBufferView[] = [
    head,
    Float64Array.from(texts, ({ scale }) => scale),
    Float64Array.from(weights.keys()),
    Int32Array.from(places.keys(), stemHash),
    Int32Array.from(rowsOfTerms),
    Uint32Array.from(table.keys()),
    Int32Array.from(lists.names.flat()),
    Int32Array.from(allNames),
    Uint32Array.from(marks),
    ...narrow.map((list) => (wide ? Uint32Array.from(list) : Uint16Array.from(list))),
    Uint8Array.from(where),
    strings,
  ];
  const size = (pieces.reduce((sum, { byteLength }) => sum + byteLength, 0) + 7) & ~7;
  const texted = where.filter((place) => place & IN.text);
  head.set([
    size,
    words.length,
    chunk.parts.length,
    length,
    texted.length,
    texted.filter((place) => !(place & IN.headings)).length,
    pointing,
    wordsOfParts.reduce((sum, list) => sum + list.length, 0),
    texts.reduce((sum, { rows }) => sum + rows.length, 0),
    lists.names.reduce((sum, list) => sum + list.length, 0),
    allNames.length,
    weights.size,
    strings.length,
    Number(wide),
    table.size,
  ]);
  const packed = new Uint8Array(size);
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of pieces) {
    packed.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return packed;
}

/** ISO 3166 codes, each once. */
const codesIn = (text: string): string[] => [...new Set(countries(text).map(({ code }) => code))];

/** Where each of several lists ends when they stand one after the other. */
function ends(lists: readonly (readonly unknown[])[]): number[] {
  let end = 0;
  return lists.map((list) => {
    end += list.length;
    return end;
  });
}
