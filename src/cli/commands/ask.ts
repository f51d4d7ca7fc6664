import { createPilcrow } from '../../compose.ts';
import { pilcrowError } from '../../core/errors.ts';
import type { Answer, Citation, NearestPassage, Trace } from '../../core/model.ts';
import { spellDate } from '../../core/time/dates.ts';
import type { CommandContext } from '../command.ts';
import { EXIT, type Output } from '../output.ts';
import { oneLine, sanitise, terminalWidth, wrap } from '../terminal.ts';

/** Answers one question; every footnote has edition, headings, paragraph and the words quoted. */
export async function run(context: CommandContext, options: Record<string, unknown>, words: string | string[]): Promise<number> {
  const { config, output, signal, json } = context;
  // Without quotation marks a shell hands over word by word.
  const given = [words].flat().join(' ');
  const question = (given === '-' ? await standardInput(config.limits.questionCharacters) : given).trim();
  if (question === '')
    throw pilcrowError('bad_request', 'The question is empty.', { hint: 'Try: pilcrow ask "What changed since the last edition?"' });
  const pilcrow = await createPilcrow(config);
  try {
    const trace: Trace | undefined = options.explain ? { steps: [] } : undefined;
    const edition = options.edition as string | undefined;
    const limit = options.limit as number | undefined;
    const request = { question, ...(edition === undefined ? {} : { edition }), ...(limit === undefined ? {} : { limit }) };
    const answer = await pilcrow.ask(request, { signal, ...(trace ? { trace } : {}) });
    for (const warning of pilcrow.warnings()) output.note(`${output.style.warn('Note:')} ${warning}`);
    if (json) output.json(trace ? { ...answer, trace } : answer);
    else {
      if (trace) explain(trace, output);
      show(answer, output, trace !== undefined);
    }
    return EXIT.ok;
  } finally {
    await pilcrow.close();
  }
}

async function standardInput(most: number): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const part of process.stdin) {
    text += part;
    if (text.length > 4 * most) break;
  }
  return text;
}

const STATUS: Record<Answer['status'], string | null> = {
  answered: null,
  partial: 'The briefings answer this in part.',
  not_found: null,
  older_edition_only: 'Only an older edition answers this.',
  talk: null,
};

function show(answer: Answer, output: Output, explained: boolean): void {
  const { style, line } = output;
  const width = terminalWidth();
  const status = STATUS[answer.status];
  if (status) line(style.warn(status));
  say(answer, output, width);
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
  for (const citation of answer.citations) {
    const label = `[${citation.number}] `;
    const indent = ' '.repeat(label.length);
    line();
    line(`${style.bold(label)}${wrap(`${oneLine(citation.briefing.title)}, ${editionOf(citation)}`, width, indent)}`);
    line(style.dim(`${indent}${wrap(place(citation), width, indent)}`));
    line(`${indent}${wrap(`“${sanitise(citation.quote.exact)}”`, width, indent)}`);
  }
  // Nothing is asserted: what may answer is read whole.
  if (answer.outcome === 'closest' || answer.outcome === 'talk')
    passages('Closest passages:', answer.nearest.slice(0, CLOSEST), (text) => text);
  else if (explained) passages('Other passages:', answer.nearest, (text) => clip(text, 240));

  function passages(title: string, list: readonly NearestPassage[], shorten: (text: string) => string): void {
    if (list.length === 0) return;
    line();
    line(style.dim(title));
    for (const passage of list) {
      line(`  ${wrap(`${oneLine(passage.briefing.title)}, ${editionOf(passage)}`, width, '  ')}`);
      line(style.dim(`    ${wrap(place(passage), width, '    ')}`));
      const text = sanitise(passage.text)
        .split('\n')
        .filter((one) => one.trim() !== '')
        .join('\n');
      line(`    ${wrap(shorten(text), width, '    ')}`);
    }
  }
}

/** Passages printed where nothing is asserted. */
const CLOSEST = 3;

/** The answer as it is read: a title that a quotation needs stands quietly on the line before it. */
function say({ answer, preface, talk, sentences, suggestions }: Answer, { style, line }: Output, width: number): void {
  if (talk !== null) {
    line(wrap(sanitise(talk.text), width));
    for (const item of talk.items) line(wrap(`- ${oneLine(item.text)}`, width, '  '));
    if (suggestions.length > 0) line();
    for (const question of suggestions) line(style.dim(`  ${wrap(oneLine(question), width, '  ')}`));
    return;
  }
  if (preface !== null) {
    line(style.dim(wrap(sanitise(preface), width)));
    line();
  }
  if (sentences.length === 0) {
    line(wrap(sanitise(answer), width));
    return;
  }
  let text = '';
  let item: number | null = null;
  const flush = (): void => {
    if (text) line(item === null ? wrap(text, width) : `${BULLET}${wrap(text, width, ' '.repeat(BULLET.length))}`);
    text = '';
  };
  for (const sentence of sentences) {
    const at = sentence.shape?.paragraph ?? null;
    if (sentence.under !== null || at !== item) flush();
    item = at;
    if (sentence.under !== null) line(style.dim(wrap(`${oneLine(sentence.under)}:`, width)));
    const marks = sentence.citations.map((number) => `[${number}]`).join('');
    text += `${text ? ' ' : ''}${marked(sentence, sentences.length > 1, style)} ${marks}`;
  }
  flush();
}

const BULLET = '  - ';

/** A sentence with the words that decide in bold, where others stand beside them. */
function marked({ text, highlight }: Answer['sentences'][number], several: boolean, style: Output['style']): string {
  const shown = (part: string) => sanitise(part).replace(/\[(\d+)\]/g, '($1)');
  const characters = [...text];
  if (!highlight || (!several && highlight.end - highlight.start >= characters.length)) return shown(text);
  const [before, words, after] = [[0, highlight.start], [highlight.start, highlight.end], [highlight.end]].map((part) =>
    shown(characters.slice(...part).join('')),
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

/** Every step of the trace: its name, how long it took, and what it decided. */
function explain(trace: Trace, { line, style }: Output): void {
  const width = terminalWidth();
  for (const { step, milliseconds, detail } of trace.steps) {
    line(`${style.bold(oneLine(step))} ${style.dim(`${milliseconds.toFixed(2)} ms`)}`);
    for (const [name, value] of Object.entries(detail))
      line(`  ${style.accent(`${oneLine(name)}:`)} ${wrap(readable(value), width, '    ')}`);
  }
  line();
}

/** A value of the trace without the punctuation of JSON where none is needed; lists of records one a line. */
function readable(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '""' : sanitise(value);
  if (typeof value === 'number') return String(Math.round(value * 10_000) / 10_000);
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    const inner = value.map(readable);
    return value.some((one) => typeof one === 'object' && one !== null) ? `\n${inner.join('\n')}` : inner.join(', ');
  }
  const members = Object.entries(value);
  return members.length === 0 ? 'none' : members.map(([name, one]) => `${oneLine(name)} ${readable(one)}`).join(' · ');
}
