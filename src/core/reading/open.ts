import type { Briefing, Chunk, Paragraph, Period } from '../model.ts';
import { sliceCodePoints } from '../text/codepoints.ts';
import { fileWords } from '../text/file-words.ts';
import { fold } from '../text/tokens.ts';
import { dates } from '../time/dates.ts';
import { MARKS } from './marks.ts';
import { BESIDE_PARTS, HEAD, SEPARATORS } from './pack.ts';
import { digitsIn, stemHash } from './words.ts';

type Numbers = Uint16Array | Uint32Array;

/** One sentence, item or row of a chunk, read. */
export interface ReadPart {
  text: string;
  paragraph: number;
  /** Code points in the paragraph. */
  start: number;
  end: number;
  item: boolean;
  lead: boolean;
  /** Places in `ChunkReading.terms`, each once. */
  words: Numbers;
  /** See `Values`; stems as hashes. */
  names: Int32Array;
  figures: readonly string[];
  times: readonly string[];
  modified: readonly { whole: string; base: number }[];
}

/** Rows of the local model that texts are made of, each with its weight. */
interface TextRows {
  /** Rows, each once. */
  table: Uint32Array;
  /** Text i has rows `ends[i - 1] .. ends[i]`, as places in `table`: the parts, then the texts of `TEXTS`. */
  ends: Numbers;
  rows: Numbers;
  /** Place of its weight in `weights`, as `rows`. */
  weightOf: Numbers;
  weights: Float64Array;
  /** Of each text; 0 for one without a vector. */
  scales: Float64Array;
}

/** Texts besides the parts, after them: text with what is embedded before it; title and headings; the last heading. */
export const TEXTS = { whole: 0, path: 1, heading: 2 } as const;

/** What ranking needs to know of a chunk. Stems are hashes (`stemHash`), named by their place. */
export interface ChunkReading {
  parts: readonly ReadPart[];
  terms: Int32Array;
  /** By place: row of the word in the local model; -n for the n-th of `strange`. */
  rows: Int32Array;
  /** Words that are put together from several rows. */
  strange: readonly string[];
  /** By place: where the stem stands in the text, in words; `positionEnds` as in `TextRows`. Empty when only heading or title has it. */
  positions: Numbers;
  positionEnds: Numbers;
  /** By place: where the stem stands, as a sum of `IN`. */
  where: Uint8Array;
  /** Words of the text; different ones of the text, and those of them that no heading has. */
  length: number;
  textTerms: number;
  ownTerms: number;
  /** Names of all parts, each once. */
  names: Int32Array;
  /** Share of the parts that ask or link: a table of contents, a row of links. */
  pointing: number;
  texts: TextRows;
  headingTerms: Numbers;
  /** ISO 3166 codes: of text, headings and title; of the text alone. */
  countries: ReadonlySet<string>;
  textCountries: ReadonlySet<string>;
  years: ReadonlySet<string>;
  /** Days and months of text, headings, title and file name, and the date of the edition. */
  dates: readonly Period[];
  /** Figures of text, headings and title, their digits alone. */
  figures: ReadonlySet<string>;
  /** Text, headings and title, folded; hyphens and spaces as they are. */
  folded: string;
  /** Number of the chunk within its briefing. */
  number: number;
  /** Whether a part matches an expression: known for those of `MARKS`. */
  matches(part: number, mark: RegExp): boolean;
}

/** Lays lists over a packed reading: nothing is decoded but what is asked for. */
export function openReading(
  packed: Uint8Array,
  chunk: Chunk,
  briefing: Briefing,
  paragraphs: ReadonlyMap<number, Paragraph>,
): ChunkReading {
  const aligned = packed.byteOffset % 8 === 0 ? packed : Uint8Array.from(packed);
  const { buffer, byteOffset } = aligned;
  const head = new Uint32Array(buffer, byteOffset, HEAD);
  const of = (place: number) => head[place] as number;
  const [terms, parts] = [of(1), of(2)];
  const texts = parts + BESIDE_PARTS;
  const wide = of(15) === 1;
  let at = byteOffset + 4 * HEAD;
  const next = (bytes: number) => {
    const from = at;
    at += bytes;
    return from;
  };
  const numbers = (count: number): Numbers =>
    wide ? new Uint32Array(buffer, next(4 * count), count) : new Uint16Array(buffer, next(2 * count), count);
  const scales = new Float64Array(buffer, next(8 * texts), texts);
  const weights = new Float64Array(buffer, next(8 * of(13)), of(13));
  const hashes = new Int32Array(buffer, next(4 * terms), terms);
  const rows = new Int32Array(buffer, next(4 * terms), terms);
  const table = new Uint32Array(buffer, next(4 * of(16)), of(16));
  const partNames = new Int32Array(buffer, next(4 * of(10)), of(10));
  const names = new Int32Array(buffer, next(4 * of(11)), of(11));
  const marks = new Uint32Array(buffer, next(4 * parts), parts);
  const positionEnds = numbers(terms);
  const positions = numbers(of(7));
  const wordEnds = numbers(parts);
  const words = numbers(of(8));
  const textEnds = numbers(texts);
  const textRows = numbers(of(9));
  const weightOf = numbers(of(9));
  const nameEnds = numbers(parts);
  const headingTerms = numbers(of(12));
  const where = new Uint8Array(buffer, next(terms), terms);
  const [one, between, kind] = SEPARATORS;
  const strings = once(() =>
    Buffer.from(buffer, at, of(14))
      .toString('utf8')
      .split(kind)
      .map((list) => list.split(between).map((own) => (own === '' ? [] : own.split(one)))),
  );
  const ofPart = (list: number, part: number) => strings()[list]?.[part] ?? [];
  const listOf = <T extends Numbers | Int32Array>(list: T, borders: Numbers, place: number): T =>
    list.subarray(place === 0 ? 0 : (borders[place - 1] as number), borders[place] as number) as T;

  const { headings } = chunk;
  const whole = once(() => `${chunk.text}\n${headings.join('\n')}\n${briefing.title}`);
  // Few questions ask for these.
  const textCountries = once(() => new Set(ofPart(4, 0)));
  const allCountries = once(() => new Set([...textCountries(), ...ofPart(5, 0)]));
  const allDates = once(() => [
    ...dates(`${whole()}\n${fileWords(briefing.source)}\n${briefing.source}`).filter(({ from }) => from.length > 'YYYY'.length),
    ...(briefing.edition.date ? [{ from: briefing.edition.date, to: briefing.edition.date }] : []),
  ]);
  const years = once(() => new Set(whole().match(/\b(?:19|20)\d\d\b/g) ?? []));
  const allFigures = once(() => new Set(digitsIn(whole())));
  const folded = once(() => fold(whole()));
  const read = chunk.parts.map(({ paragraph, start, end, item, lead }, place): ReadPart => {
    const text = once(() => sliceCodePoints(paragraphs.get(paragraph)?.text ?? '', start, end));
    return {
      get text() {
        return text();
      },
      paragraph,
      start,
      end,
      item,
      lead,
      words: listOf(words, wordEnds, place),
      names: listOf(partNames, nameEnds, place),
      get figures() {
        return ofPart(1, place);
      },
      get times() {
        return ofPart(2, place);
      },
      get modified() {
        const pairs = ofPart(3, place);
        return pairs.flatMap((value, index) => (index % 2 === 0 ? [{ whole: value, base: stemHash(pairs[index + 1] as string) }] : []));
      },
    };
  });
  return {
    parts: read,
    terms: hashes,
    rows,
    get strange() {
      return ofPart(0, 0);
    },
    positions,
    positionEnds,
    where,
    length: of(3),
    textTerms: of(4),
    ownTerms: of(5),
    names,
    pointing: of(6) / Math.max(1, parts),
    texts: { table, ends: textEnds, rows: textRows, weightOf, weights, scales },
    headingTerms,
    get countries() {
      return allCountries();
    },
    get textCountries() {
      return textCountries();
    },
    get dates() {
      return allDates();
    },
    get years() {
      return years();
    },
    get figures() {
      return allFigures();
    },
    get folded() {
      return folded();
    },
    number: Number(chunk.id.slice(chunk.id.lastIndexOf('#c') + 2)),
    matches(part, mark) {
      const bit = MARKS.indexOf(mark);
      return bit < 0 ? mark.test((read[part] as ReadPart).text) : (((marks[part] as number) >>> bit) & 1) === 1;
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
