import type { Answer, AnswerSentence, Citation, NearestPassage } from '../core/model.ts';
import { spellDate } from '../core/time/dates.ts';
import type { Output } from './output.ts';
import { oneLine, sanitise, terminalWidth, wrap } from './terminal.ts';

// An answer as it is read in a terminal.

const STATUS: Record<Answer['status'], string | null> = {
  answered: null,
  partial: 'The briefings answer this in part.',
  not_found: null,
  older_edition_only: 'Only an older edition answers this.',
  talk: null,
};

/** The whole answer: sentences, notes, what was withheld, its sources with their quotations, and passages where nothing is asserted. */
export function showAnswer(answer: Answer, output: Output, explained: boolean): void {
  const teller = createTeller(output, answer.sentences.length > 1);
  const status = STATUS[answer.status];
  if (status) output.line(output.style.warn(status));
  if (answer.preface !== null) teller.preface(answer.preface);
  for (const sentence of answer.sentences) teller.sentence(sentence);
  teller.end();
  showRest(answer, output);
  for (const citation of answer.citations) showSource(citation, output, true);
  if (explained && answer.outcome === 'answer') showPassages('Other passages:', answer.nearest, output, (text) => clip(text, 240));
}

/** What comes after the sentences but for the sources: the plain words where there are none, notes, what was withheld, passages. */
export function showRest(answer: Answer, output: Output): void {
  const { style, line } = output;
  const width = terminalWidth();
  if (answer.talk !== null) {
    line(wrap(sanitise(answer.talk.text), width));
    for (const item of answer.talk.items) line(wrap(`- ${oneLine(item.text)}`, width, '  '));
  } else if (answer.sentences.length === 0) {
    line(wrap(sanitise(answer.answer), width));
  }
  for (const note of answer.notes) {
    const marks = note.citations.map((number) => ` [${number}]`).join('');
    line(style.accent(`  ${wrap(`${sanitise(note.text)}${marks}`, width, '  ')}`));
  }
  if (answer.withheld.length > 0) {
    line(style.dim(answer.withheld.length === 1 ? 'One sentence was withheld:' : `${answer.withheld.length} sentences were withheld:`));
    for (const one of answer.withheld) line(style.dim(`  ${wrap(sanitise(one.reason), width, '  ')}`));
  }
  if (answer.mode === 'generative' && answer.model !== null) {
    line(style.dim(wrap(`Written by ${oneLine(answer.model)}; every sentence was checked against what it cites.`, width)));
  }
  // Nothing is asserted: what may answer is read whole.
  if (answer.outcome === 'closest' || answer.outcome === 'talk')
    showPassages('Closest passages:', answer.nearest.slice(0, CLOSEST), output, (text) => text);
}

/** Where a source stands and, when asked for, the words that are quoted. */
export function showSource(citation: Citation, { style, line }: Output, quoted: boolean): void {
  const width = terminalWidth();
  const label = `[${citation.number}] `;
  const indent = ' '.repeat(label.length);
  if (quoted) line();
  line(`${style.bold(label)}${wrap(`${oneLine(citation.briefing.title)}, ${editionOf(citation)}`, width, indent)}`);
  line(style.dim(`${indent}${wrap(place(citation), width, indent)}`));
  if (quoted) line(`${indent}${wrap(`“${sanitise(citation.quote.exact)}”`, width, indent)}`);
}

function showPassages(title: string, list: readonly NearestPassage[], { style, line }: Output, shorten: (text: string) => string): void {
  if (list.length === 0) return;
  const width = terminalWidth();
  line();
  line(style.dim(title));
  for (const [at, passage] of list.entries()) {
    if (at > 0) line();
    line(`  ${wrap(`${oneLine(passage.briefing.title)}, ${editionOf(passage)}`, width, '  ')}`);
    line(style.dim(`    ${wrap(place(passage), width, '    ')}`));
    const text = sanitise(passage.text)
      .split('\n')
      .filter((one) => one.trim() !== '')
      .join('\n');
    line(`    ${wrap(shorten(text), width, '    ')}`);
  }
}

/** Passages printed where nothing is asserted. */
const CLOSEST = 3;
const BULLET = '  - ';
/** A space at which no line ends, so that a number stays with its sentence; no text of others holds it once it is sanitised. */
const WITH_THE_NEXT = '\u0001';

export interface Teller {
  preface(text: string): void;
  /** Goes on where the sentence before ended, unless it is an item or stands under a title of its own. */
  sentence(sentence: AnswerSentence): void;
  /** Ends the line that was begun, if any. */
  end(): void;
}

/**
 * Prints sentences as they come. A title that a quotation needs stands quietly on the line before it; an item is a line of its own.
 * `several`: whether words that decide stand out although they are the whole sentence.
 */
export function createTeller({ style, line, part }: Output, several: boolean): Teller {
  const width = terminalWidth();
  let text = '';
  let printed = '';
  let item: number | null = null;
  const end = () => {
    if (printed !== '') part('\n');
    text = '';
    printed = '';
  };
  return {
    preface(words) {
      line(style.dim(wrap(sanitise(words), width)));
      line();
    },
    sentence(sentence) {
      const at = sentence.shape?.paragraph ?? null;
      if (sentence.under !== null || at !== item) end();
      item = at;
      if (sentence.under !== null) line(style.dim(wrap(`${oneLine(sentence.under)}:`, width)));
      const marks = sentence.citations.map((number) => `[${number}]`).join('');
      text += `${text ? ' ' : ''}${marked(sentence, several, style)}${WITH_THE_NEXT}${marks}`;
      // Lines are filled from the left: what was printed stays as it is when more words come.
      const filled = at === null ? wrap(text, width) : `${BULLET}${wrap(text, width, ' '.repeat(BULLET.length))}`;
      const whole = filled.replaceAll(WITH_THE_NEXT, ' ');
      part(whole.slice(printed.length));
      printed = whole;
    },
    end,
  };
}

/** A sentence with the words that decide in bold, where others stand beside them. */
function marked({ text, highlight }: AnswerSentence, several: boolean, style: Output['style']): string {
  const shown = (words: string) => sanitise(words).replace(/\[(\d+)\]/g, '($1)');
  const characters = [...text];
  if (!highlight || (!several && highlight.end - highlight.start >= characters.length)) return shown(text);
  const [before, words, after] = [[0, highlight.start], [highlight.start, highlight.end], [highlight.end]].map((span) =>
    shown(characters.slice(...span).join('')),
  ) as [string, string, string];
  return `${before}${words ? style.bold(words) : ''}${after}`;
}

function editionOf({ briefing }: Citation | NearestPassage): string {
  const { date, stated } = briefing.edition;
  if (!date) return 'undated';
  return `${spellDate(date)} edition${stated ? '' : ' (date inferred)'}${briefing.newest ? '' : ', not the newest'}`;
}

function place({ headings, page, paragraph }: Citation | NearestPassage): string {
  return [...headings.map(oneLine), ...(page === null ? [] : [`page ${page}`]), oneLine(paragraph)].join(' › ');
}

function clip(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most).join('').trimEnd()}…`;
}
