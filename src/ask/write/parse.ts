import { sliceCodePoints } from '../../core/text/codepoints.ts';
import { sentences } from '../../core/text/sentences.ts';

/** A sentence as the model wrote it, without its markup. */
export interface WrittenSentence {
  text: string;
  /** Numbers in its brackets, ascending, without repeats; whether they mean anything is not known yet. */
  markers: number[];
}

const NUMBERS = '\\s*[¶#^]?\\s*\\d{1,4}(?:\\s*[,;–-]\\s*[¶#^]?\\d{1,4})*\\s*';
/** `[1]`, `[1, 2]`, `[1-3]`, `[^1]`, `[¶1]`, `【1】`, `【1†source】`. */
const MARKER = `(?:\\[${NUMBERS}\\]|【${NUMBERS}(?:†[^】]{0,40})?】)`;
const MARKERS = new RegExp(`\\s*${MARKER}`, 'g');
/** Numbers behind the full stop belong before it. */
const AFTER_END = new RegExp(`([.!?。！？…]["'”’»)*_]{0,3})((?:\\s*${MARKER})+)`, 'g');
/** Where a sentence may have ended and another begun. */
const MAY_END = /[.!?…]["'”’»)\]】*_]{0,4}\s+\S|[。！？]/;
const UNCLOSED = /[[【][^\]】]{0,60}$/;
/** Ranges such as [1-40] name no more than this many paragraphs. */
const LONGEST_RANGE = 10;
/** What the reader of sentences looks at behind a full stop, characters. */
const LOOK_AHEAD = 40;
/** Further characters after which it looks again: looking at every one would cost time in the square of a reply's length. */
const LOOK_EVERY = 12;
/** Characters without a sentence end after which what is there counts as one; a model that writes so writes nonsense. */
const LONGEST_SENTENCE = 4000;

/** The numbers of a marker, ranges opened. */
function numbersOf(marker: string): number[] {
  const out: number[] = [];
  for (const part of marker.replace(/†.*$/, '').split(/[,;]/)) {
    const [from, to] = (part.match(/\d+/g) ?? []).map(Number);
    if (from === undefined) continue;
    const last = to === undefined || to < from ? from : Math.min(to, from + LONGEST_RANGE);
    for (let number = from; number <= last; number++) out.push(number);
  }
  return out;
}

/**
 * A text on one line, of characters that can be seen. What nobody sees could carry words to the next model that reads the
 * answer, or part a figure so that another one is checked than is read.
 */
export const visibleLine = (text: string): string =>
  text
    .replace(/[\p{Cf}\p{Co}\p{Cn}\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

/** Tags of HTML. What is left of nested ones still begins like one and is refused when the sentence is checked. */
const TAG = /<[a-z/!][^<>]{0,500}>/gi;

/** A line without tags and the marks of Markdown: headings, bullets, emphasis, code, links. Runs of blanks would cost time in their square. */
function plain(line: string): string {
  return visibleLine(line)
    .replace(TAG, '')
    .replace(/^\s*(?:#{1,6}\s+|>\s?|[-*•–]\s+|\d{1,2}[.)]\s+)+/, '')
    .replace(/\[([^[\]\n]{1,300})\]\([^()\s]{1,500}\)/g, (whole, text: string) =>
      /^[\s\d,;–-]+$/.test(text) ? whole.replace(/\(.*\)$/, '') : text,
    )
    .replace(/\*\*|__|`{1,3}/g, '')
    .replace(/(?<![\p{L}\p{N}])[*_](?=\S)|(?<=\S)[*_](?![\p{L}\p{N}])/gu, '');
}

/** Sentences of a complete text. */
export function readSentences(text: string, language: string): WrittenSentence[] {
  const out: WrittenSentence[] = [];
  for (const raw of text.split('\n')) {
    const line = plain(raw).replace(AFTER_END, '$2$1').trim();
    if (line === '') continue;
    for (const { start, end } of sentences(line, language === 'und' ? 'en' : language)) {
      const piece = sliceCodePoints(line, start, end);
      const markers = [...new Set([...piece.matchAll(MARKERS)].flatMap(([marker]) => numbersOf(marker)))].sort((a, b) => a - b);
      const bare = piece
        .replace(MARKERS, '')
        .replace(/\s+([.,;:!?])/g, '$1')
        .replace(/\s+/g, ' ')
        .trim();
      const before = out.at(-1);
      // A line that holds nothing but numbers belongs to the sentence before it.
      if (!/[\p{L}\p{N}]/u.test(bare)) {
        if (before && markers.length > 0) before.markers = [...new Set([...before.markers, ...markers])].sort((a, b) => a - b);
        continue;
      }
      out.push({ text: bare, markers });
    }
  }
  return out;
}

export interface SentenceReader {
  push(delta: string): WrittenSentence[];
  end(): WrittenSentence[];
  broken(): WrittenSentence[];
}

/**
 * Reads a reply as it streams in: `push` returns the sentences that are certainly complete, `end` the rest of a reply that was
 * finished, `broken` that of one that broke off, without its last sentence. A sentence is complete when enough of the next one
 * is there: its numbers may stand behind the full stop, and whether that ends a sentence shows in what follows. What a model
 * thinks aloud between `<think>` tags is left out. Total for any sequence of strings.
 */
export function sentenceReader(language: string): SentenceReader {
  const heard = withoutThoughts();
  let text = '';
  /** Sentences of `text` that were returned. */
  let given = 0;
  /** Length of `text` when it was last looked at. */
  let looked = 0;

  const rest = (): WrittenSentence[] => {
    const found = readSentences(text, language).slice(given);
    text = '';
    given = 0;
    looked = 0;
    return found;
  };

  return {
    push(delta) {
      const spoken = heard.push(delta);
      text += spoken;
      const out: WrittenSentence[] = [];
      const line = lineEnd(text);
      if (line > 0) {
        const after = text.slice(line);
        text = text.slice(0, line);
        out.push(...rest());
        text = after;
      }
      if (text.length > LONGEST_SENTENCE) return [...out, ...rest()];
      if (text.length - looked < LOOK_EVERY) return out;
      looked = text.length;
      if (!MAY_END.test(text)) return out;
      // A bracket that is not closed yet may be a number of the sentence before it.
      const found = readSentences(text.replace(UNCLOSED, ''), language);
      const begun = found.at(-1)?.text.length ?? 0;
      if (found.length - 1 > given && begun >= LOOK_AHEAD) {
        out.push(...found.slice(given, -1));
        given = found.length - 1;
      }
      return out;
    },
    broken() {
      const found = readSentences(text.replace(UNCLOSED, ''), language);
      return found.slice(given, -1);
    },
    end() {
      text += heard.end();
      return rest();
    },
  };
}

/** Where the last complete line ends, or 0: a line is complete when the next one has begun with more than a number. */
function lineEnd(text: string): number {
  const newline = text.lastIndexOf('\n', text.length - 2);
  if (newline < 0 || !/\n/.test(text)) return 0;
  return /^\s*[^\s[【]/u.test(text.slice(newline + 1)) ? newline + 1 : 0;
}

/** Drops what stands between `<think>` and `</think>`, also when a tag arrives in pieces. */
function withoutThoughts(): { push(delta: string): string; end(): string } {
  let rest = '';
  let thinking = false;
  return {
    push(delta) {
      rest += delta;
      let out = '';
      for (;;) {
        const tag = thinking ? '</think>' : '<think>';
        const at = rest.indexOf(tag);
        if (at >= 0) {
          if (!thinking) out += rest.slice(0, at);
          rest = rest.slice(at + tag.length);
          thinking = !thinking;
          continue;
        }
        // The beginning of a tag may stand at the end.
        let keep = Math.min(tag.length - 1, rest.length);
        while (keep > 0 && !tag.startsWith(rest.slice(-keep))) keep--;
        if (!thinking) out += rest.slice(0, rest.length - keep);
        rest = keep > 0 ? rest.slice(-keep) : '';
        return out;
      }
    },
    end: () => (thinking ? '' : rest),
  };
}
