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

/** Texts besides the parts, after them: text with what is embedded before it; title and headings. */
export const TEXTS = { whole: 0, path: 1 } as const;

/** What ranking needs to know of a chunk. Stems are hashes (`stemHash`), named by their place. */
export interface ChunkReading {
  parts: readonly ReadPart[];
  terms: Int32Array;
  /** By place: row of the word in the local model; -n for the n-th of `strange`. */
  rows: Int32Array;
  /** Words that are put together from several rows. */
  strange: readonly string[];
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
  return new Opened(packed, chunk, briefing, paragraphs);
}

/** A class, as `Part` is: they come by the hundred a question, and closures and getters of their own would be most of what they hold. */
class Opened implements ChunkReading {
  readonly parts: readonly ReadPart[];
  readonly terms: Int32Array;
  readonly rows: Int32Array;
  readonly where: Uint8Array;
  readonly length: number;
  readonly textTerms: number;
  readonly ownTerms: number;
  readonly names: Int32Array;
  readonly pointing: number;
  readonly texts: TextRows;
  readonly number: number;
  /** Of all parts, with where those of each end. */
  readonly words: Numbers;
  readonly wordEnds: Numbers;
  readonly partNames: Int32Array;
  readonly nameEnds: Numbers;
  readonly paragraphs: ReadonlyMap<number, Paragraph>;
  readonly #marks: Uint32Array;
  readonly #packed: Uint8Array;
  readonly #chunk: Chunk;
  readonly #briefing: Briefing;
  #strings: string[][][] | undefined;
  #countries: ReadonlySet<string> | undefined;
  #textCountries: ReadonlySet<string> | undefined;
  #dates: readonly Period[] | undefined;
  #years: ReadonlySet<string> | undefined;
  #figures: ReadonlySet<string> | undefined;
  #folded: string | undefined;

  constructor(packed: Uint8Array, chunk: Chunk, briefing: Briefing, paragraphs: ReadonlyMap<number, Paragraph>) {
    const aligned = packed.byteOffset % 8 === 0 ? packed : Uint8Array.from(packed);
    const { buffer, byteOffset } = aligned;
    const head = new Uint32Array(buffer, byteOffset, HEAD);
    const of = (place: number) => head[place] as number;
    const [terms, parts] = [of(1), of(2)];
    const texts = parts + BESIDE_PARTS;
    const wide = of(13) === 1;
    let at = byteOffset + 4 * HEAD;
    const next = (bytes: number) => {
      const from = at;
      at += bytes;
      return from;
    };
    const numbers = (count: number): Numbers =>
      wide ? new Uint32Array(buffer, next(4 * count), count) : new Uint16Array(buffer, next(2 * count), count);
    const scales = new Float64Array(buffer, next(8 * texts), texts);
    const weights = new Float64Array(buffer, next(8 * of(11)), of(11));
    this.terms = new Int32Array(buffer, next(4 * terms), terms);
    this.rows = new Int32Array(buffer, next(4 * terms), terms);
    const table = new Uint32Array(buffer, next(4 * of(14)), of(14));
    this.partNames = new Int32Array(buffer, next(4 * of(9)), of(9));
    this.names = new Int32Array(buffer, next(4 * of(10)), of(10));
    this.#marks = new Uint32Array(buffer, next(4 * parts), parts);
    this.wordEnds = numbers(parts);
    this.words = numbers(of(7));
    const ends = numbers(texts);
    const rows = numbers(of(8));
    const weightOf = numbers(of(8));
    this.nameEnds = numbers(parts);
    this.where = new Uint8Array(buffer, next(terms), terms);
    this.#packed = new Uint8Array(buffer, at, of(12));
    this.texts = { table, ends, rows, weightOf, weights, scales };
    this.length = of(3);
    this.textTerms = of(4);
    this.ownTerms = of(5);
    this.pointing = of(6) / Math.max(1, parts);
    this.number = Number(chunk.id.slice(chunk.id.lastIndexOf('#c') + 2));
    this.#chunk = chunk;
    this.#briefing = briefing;
    this.paragraphs = paragraphs;
    this.parts = chunk.parts.map((part, place) => new Part(this, part, place));
  }

  /** The texts of a list that belong to a part. */
  strings(list: number, part: number): readonly string[] {
    const [one, between, kind] = SEPARATORS;
    this.#strings ??= Buffer.from(this.#packed.buffer, this.#packed.byteOffset, this.#packed.length)
      .toString('utf8')
      .split(kind)
      .map((texts) => texts.split(between).map((own) => (own === '' ? [] : own.split(one))));
    return this.#strings[list]?.[part] ?? [];
  }
  get #whole(): string {
    return `${this.#chunk.text}\n${this.#chunk.headings.join('\n')}\n${this.#briefing.title}`;
  }
  get strange() {
    return this.strings(0, 0);
  }
  get countries() {
    this.#countries ??= new Set([...this.textCountries, ...this.strings(5, 0)]);
    return this.#countries;
  }
  get textCountries() {
    this.#textCountries ??= new Set(this.strings(4, 0));
    return this.#textCountries;
  }
  get dates() {
    const { source, edition } = this.#briefing;
    this.#dates ??= [
      ...dates(`${this.#whole}\n${fileWords(source)}\n${source}`).filter(({ from }) => from.length > 'YYYY'.length),
      ...(edition.date ? [{ from: edition.date, to: edition.date }] : []),
    ];
    return this.#dates;
  }
  get years() {
    this.#years ??= new Set(this.#whole.match(/\b(?:19|20)\d\d\b/g) ?? []);
    return this.#years;
  }
  get figures() {
    this.#figures ??= new Set(digitsIn(this.#whole));
    return this.#figures;
  }
  get folded() {
    this.#folded ??= fold(this.#whole);
    return this.#folded;
  }
  matches(part: number, mark: RegExp): boolean {
    const bit = MARKS.indexOf(mark);
    return bit < 0 ? mark.test((this.parts[part] as ReadPart).text) : (((this.#marks[part] as number) >>> bit) & 1) === 1;
  }
}

class Part implements ReadPart {
  readonly paragraph: number;
  readonly start: number;
  readonly end: number;
  readonly item: boolean;
  readonly lead: boolean;
  readonly #reading: Opened;
  readonly #place: number;
  #text: string | undefined;

  constructor(reading: Opened, { paragraph, start, end, item, lead }: Chunk['parts'][number], place: number) {
    this.paragraph = paragraph;
    this.start = start;
    this.end = end;
    this.item = item;
    this.lead = lead;
    this.#reading = reading;
    this.#place = place;
  }
  get text() {
    this.#text ??= sliceCodePoints(this.#reading.paragraphs.get(this.paragraph)?.text ?? '', this.start, this.end);
    return this.#text;
  }
  get words() {
    return listOf(this.#reading.words, this.#reading.wordEnds, this.#place);
  }
  get names() {
    return listOf(this.#reading.partNames, this.#reading.nameEnds, this.#place);
  }
  get figures() {
    return this.#reading.strings(1, this.#place);
  }
  get times() {
    return this.#reading.strings(2, this.#place);
  }
  get modified() {
    const pairs = this.#reading.strings(3, this.#place);
    return pairs.flatMap((value, index) => (index % 2 === 0 ? [{ whole: value, base: stemHash(pairs[index + 1] as string) }] : []));
  }
}

const listOf = <T extends Numbers | Int32Array>(list: T, borders: Numbers, place: number): T =>
  list.subarray(place === 0 ? 0 : (borders[place - 1] as number), borders[place] as number) as T;
