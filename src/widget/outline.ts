import type { Answer, Citation } from '../core/model.ts';
import { BULLET, blocksOf, CHANGES, cellsOf, depthOf, numberOf } from './blocks.ts';
import type { Words } from './messages/messages.ts';
import { placeOf, shown } from './text.ts';

/** Words with the numbers of their notes. */
export interface Noted {
  text: string;
  notes: number[];
}
export type OutlineBlock =
  /** Paragraphs: running text, a title above what follows, a remark on the answer. */
  | { kind: 'text' | 'under' | 'note'; parts: Noted[] }
  /** One item of a list; `number` where the list is numbered, `depth` 0 to 3. */
  | { kind: 'item'; parts: Noted[]; number: number | null; depth: number }
  /** `names` of the columns are all empty where the table has none; each row has as many cells, its notes in the last. */
  | { kind: 'table'; names: string[]; rows: Noted[][] };

/** What is taken along of an answer, whatever it becomes: its blocks with the numbers of their notes, and the notes. */
export interface AnswerOutline {
  title: string;
  /** BCP 47 language of the texts around the answer. */
  language: string;
  rightToLeft: boolean;
  /** One line on what became of the question. */
  status: string | null;
  blocks: OutlineBlock[];
  /** Sources: where the words stand, and the words. */
  sources: { number: number; place: string; quote: string; url: string | null }[];
}

/** An answer as an outline. `link`: the address a source is read at. */
export function answerOutline(
  question: string,
  answer: Answer,
  words: Words,
  link: (target: Pick<Citation, 'url'>) => string | null,
): AnswerOutline {
  const { status, talk } = answer;
  const blocks: OutlineBlock[] = [];
  const say = (kind: 'text' | 'under' | 'note', text: string, notes: number[] = []) =>
    blocks.push({ kind, parts: [{ text: shown(text), notes }] });
  if (answer.preface) say('text', answer.preface);
  if (answer.sentences.length === 0) {
    say('text', talk?.text ?? answer.answer);
    for (const { text } of talk?.items ?? [])
      blocks.push({ kind: 'item', parts: [{ text: shown(text), notes: [] }], number: null, depth: 0 });
  }
  for (const { kind, under, parts } of blocksOf(answer.sentences)) {
    if (under) say('under', under);
    if (kind === 'row') {
      const rows = parts.flat().map(({ sentence }) => {
        const cells = cellsOf(sentence);
        return cells.map((cell, at) => ({ text: shown(String(cell.text)), notes: at === cells.length - 1 ? sentence.citations : [] }));
      });
      blocks.push({ kind: 'table', names: cellsOf(parts[0]?.[0]?.sentence).map(({ name }) => shown(String(name ?? ''))), rows });
      continue;
    }
    for (const own of parts) {
      const noted = own.map(({ sentence: { text, citations } }) => ({
        text: shown(kind === 'item' ? text.replace(BULLET, '') : text),
        notes: citations,
      }));
      const first = own[0]?.sentence;
      blocks.push(kind === 'item' ? { kind, parts: noted, number: numberOf(first), depth: depthOf(first) } : { kind, parts: noted });
    }
  }
  for (const { text, citations } of answer.notes) {
    // An address on its own says nothing where the file is read.
    const whole = text.replace(CHANGES, (found, before: string, url: string) => {
      const address = link({ url });
      return address ? `${before}${address}` : found;
    });
    say('note', `${words.say('note')}: ${whole}`, citations);
  }
  return {
    title: shown(question),
    language: words.language,
    rightToLeft: words.direction === 'rtl',
    status: status === 'talk' ? null : words.say(status),
    blocks,
    sources: answer.citations.map((citation) => ({
      number: citation.number,
      place: placeOf(citation, words),
      quote: shown(citation.quote.exact),
      url: link(citation),
    })),
  };
}

/** Text that Markdown takes for nothing else: punctuation that would mean something is escaped. */
const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&').replace(/\s*\n\s*/g, ' ');
/** What begins like a list or a heading is still a sentence. */
const lineStart = (text: string): string => text.replace(/^(\d{1,9})([.)])/, '$1\\$2').replace(/^([-+=])/, '\\$1');
const noted = ({ text, notes }: Noted): string => plain(text) + notes.map((number) => `[^${number}]`).join('');
const joined = (parts: readonly Noted[]): string => parts.map(noted).join(' ');

/** Markdown with footnotes, lists and tables, as GitHub, Pandoc and Obsidian read them. */
export function markdownOf({ title, status, blocks, sources }: AnswerOutline): string {
  const lines = [`# ${plain(title)}`, ...(status ? ['', `_${plain(status)}_`] : [])];
  /** The items the next one may stand within: the columns their text begins at, and where each list has got to. */
  let within: { column: number; last: number | null; sign: string }[] = [];
  for (const block of blocks) {
    if (block.kind === 'item') {
      // The first of a list stands at the margin, whatever it stood within.
      const depth = Math.min(block.depth, within.length);
      const before = within[depth];
      const indent = within[depth - 1]?.column ?? 0;
      const sign = signOf(block.number, before);
      const marker = block.number === null ? sign : `${block.number}${sign}`;
      if (within.length === 0) lines.push('');
      lines.push(`${' '.repeat(indent)}${marker} ${lineStart(joined(block.parts))}`);
      within = [...within.slice(0, depth), { column: indent + marker.length + 1, last: block.number, sign }];
      continue;
    }
    within = [];
    lines.push('');
    if (block.kind === 'table') {
      const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
      lines.push(row(block.names.map(plain)), row(block.names.map(() => '---')), ...block.rows.map((cells) => row(cells.map(noted))));
    } else {
      const text = joined(block.parts);
      lines.push(block.kind === 'under' ? `**${text}**` : block.kind === 'note' ? `> ${lineStart(text)}` : lineStart(text));
    }
  }
  if (sources.length > 0) lines.push('');
  for (const { number, place, quote, url } of sources)
    lines.push(`[^${number}]: ${plain(place)}: “${plain(quote)}”${url ? ` <${url}>` : ''}`);
  return `${lines.join('\n')}\n`;
}

/** What follows the number of an item. Another sign begins another list: Markdown counts on by itself, and would lose a gap. */
function signOf(number: number | null, before: { last: number | null; sign: string } | undefined): string {
  if (number === null) return '-';
  if (!before || before.last === null) return '.';
  return number === before.last + 1 ? before.sign : before.sign === '.' ? ')' : '.';
}
