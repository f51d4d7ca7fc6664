import type { Answer, Citation } from '../core/model.ts';
import type { Words } from './messages/messages.ts';
import { placeOf, shown } from './text.ts';

/** What is taken along of an answer, whatever it becomes: paragraphs with the numbers of their notes, and the notes. */
export interface AnswerOutline {
  title: string;
  /** BCP 47 language of the texts around the answer. */
  language: string;
  rightToLeft: boolean;
  /** One line on what became of the question. */
  status: string | null;
  blocks: { kind: 'text' | 'item' | 'under' | 'note'; text: string; notes: number[] }[];
  /** Sources: where the words stand, and the words. */
  sources: { number: number; place: string; quote: string; url: string | null }[];
}

/** An answer as an outline. `link`: the address a source is read at. */
export function answerOutline(question: string, answer: Answer, words: Words, link: (citation: Citation) => string | null): AnswerOutline {
  const { status } = answer;
  const blocks: AnswerOutline['blocks'] = [];
  if (answer.preface) blocks.push({ kind: 'text', text: shown(answer.preface), notes: [] });
  if (answer.sentences.length === 0) blocks.push({ kind: 'text', text: shown(answer.answer), notes: [] });
  for (const { text, citations, shape, under } of answer.sentences) {
    if (under) blocks.push({ kind: 'under', text: shown(under), notes: [] });
    blocks.push({ kind: shape?.kind === 'item' ? 'item' : 'text', text: shown(text), notes: citations });
  }
  for (const { text, citations } of answer.notes)
    blocks.push({ kind: 'note', text: `${words.say('note')}: ${shown(text)}`, notes: citations });
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

/** Markdown with footnotes, as GitHub, Pandoc and Obsidian read them. */
export function markdownOf({ title, status, blocks, sources }: AnswerOutline): string {
  const lines = [`# ${plain(title)}`, ...(status ? ['', `_${plain(status)}_`] : [])];
  let before = '';
  for (const { kind, text, notes } of blocks) {
    const marked = plain(text) + notes.map((number) => `[^${number}]`).join('');
    // Items stand together; everything else is a paragraph of its own.
    if (kind !== 'item' || before !== 'item') lines.push('');
    lines.push(kind === 'item' ? `- ${marked}` : kind === 'under' ? `**${marked}**` : kind === 'note' ? `> ${marked}` : lineStart(marked));
    before = kind;
  }
  if (sources.length > 0) lines.push('');
  for (const { number, place, quote, url } of sources)
    lines.push(`[^${number}]: ${plain(place)}: “${plain(quote)}”${url ? ` <${url}>` : ''}`);
  return `${lines.join('\n')}\n`;
}

/** What begins like a list or a heading is still a sentence. */
const lineStart = (text: string): string => text.replace(/^(\d{1,9})([.)])/, '$1\\$2').replace(/^([-+=])/, '\\$1');
