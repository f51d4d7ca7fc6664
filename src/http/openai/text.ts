import type { Answer, AnswerSentence, AskRequest, Citation, NearestPassage } from '../../core/model.ts';
import type { Pilcrow } from '../../core/ports.ts';
import { codePointLength, sliceCodePoints } from '../../core/text/codepoints.ts';
import { spellDate } from '../../core/time/dates.ts';

/** A `[n]` in the text: code points, end exclusive, and what it points at. */
export interface Mark {
  start: number;
  end: number;
  citation: Citation;
}

/** A stretch of the text with the marks in it; their offsets count from the beginning of the whole text. */
export interface MarkedText {
  text: string;
  marks: Mark[];
}

/** What makes pieces of an answer; see `answerText`. */
export type TextWriter = ReturnType<typeof createTextWriter>;

export interface TextOptions {
  /** Where the service is reached, without a trailing slash. */
  base: string;
  /** Whether the sources are listed at the end of an answer. */
  sources: boolean;
  /** Whether the nearest passages are listed when nothing answers. */
  nearest: boolean;
}

/** Longest title or heading in a list, code points: lists are to be short. */
const LONGEST_NAME = 80;

const ENGLISH = { sources: 'Sources:', nearest: 'Nearest passages:', ask: 'You could ask:' };
/** Heads of the two lists, by the language of the question. */
const HEADS = new Map([
  ['en', ENGLISH],
  ['fr', { sources: 'Sources :', nearest: 'Passages les plus proches :', ask: 'Vous pourriez demander :' }],
  ['de', { sources: 'Quellen:', nearest: 'Nächstliegende Stellen:', ask: 'Sie könnten fragen:' }],
  ['es', { sources: 'Fuentes:', nearest: 'Pasajes más cercanos:', ask: 'Podría preguntar:' }],
  ['zh', { sources: '来源：', nearest: '最接近的段落：', ask: '您可以问：' }],
  ['ar', { sources: 'المصادر:', nearest: 'أقرب الفقرات:', ask: 'يمكنك أن تسأل:' }],
]);
const ALL_HEADS = new Set([...HEADS.values()].flatMap((heads) => Object.values(heads)));

/**
 * An answer as the plain text chat clients show, piece by piece: verified sentences with their `[n]`, notes in
 * paragraphs of their own, and a list of sources or of the nearest passages for clients that drop everything but text.
 * `sentence` gives one as soon as it is known; `rest` gives everything that was not given yet. The pieces together are the
 * same text however many sentences came early.
 */
export function createTextWriter({ base, sources, nearest }: TextOptions) {
  const known = new Map<number, Citation>();
  let length = 0;
  let given = 0;

  const piece = (before: string, words: string, numbers: readonly number[]): MarkedText => {
    const marks: Mark[] = [];
    let text = before + words;
    if (numbers.length > 0) text += ' ';
    let at = length + codePointLength(text);
    for (const number of numbers) {
      const mark = `[${number}]`;
      const citation = known.get(number);
      if (citation) marks.push({ start: at, end: at + mark.length, citation });
      text += mark;
      at += mark.length;
    }
    length = at;
    return { text, marks };
  };
  let item: number | null = null;
  /** What stands between two sentences: items and rows on lines of their own, the sentences of one item together. */
  const between = (under: string | null, shape: AnswerSentence['shape']): string => {
    const before = item;
    item = shape?.paragraph ?? null;
    const begins = given++ === 0;
    if (shape && shape.paragraph === before && !under) return ' ';
    if (shape && !under) return `${begins ? '' : '\n'}- `;
    return begins ? '' : before !== null || shape || under ? '\n\n' : ' ';
  };
  const sentence = ({ text, under, shape, citations: numbers }: AnswerSentence, citations: readonly Citation[]): MarkedText => {
    for (const citation of citations) known.set(citation.number, citation);
    const words = under ? `${under.replace(/[:：]\s*$/u, '')}:${shape ? '\n- ' : ' '}${text}` : text;
    // Brackets with a number that stand in the quoted text would read as citations.
    return piece(between(under, shape), words.replace(/\[(\d+)\]/g, '($1)'), numbers);
  };

  let prefaced = false;
  /** What the service says before the sentences. */
  const preface = (text: string): MarkedText => {
    prefaced = true;
    return piece('', `${text}\n\n`, []);
  };

  return {
    sentence,
    preface,
    rest(answer: Answer): MarkedText[] {
      for (const citation of answer.citations) known.set(citation.number, citation);
      const pieces = answer.preface !== null && !prefaced && given === 0 ? [preface(answer.preface)] : [];
      pieces.push(...answer.sentences.slice(given).map((one) => sentence(one, [])));
      const unspoken = answer.sentences.length === 0;
      if (unspoken && !answer.notes.some((note) => note.text === answer.answer)) pieces.push(piece('', answer.answer, []));
      for (const note of answer.notes) {
        pieces.push(piece(length === 0 ? '' : '\n\n', withAddresses(note.text, base), note.citations));
      }
      const { language } = answer.question;
      const heads = HEADS.get(language) ?? ENGLISH;
      // Months are spelled in English only; elsewhere 2026-07 is understood.
      const spell = language === 'en' || !HEADS.has(language);
      if (sources && answer.citations.length > 0)
        pieces.push(piece('\n\n', list(heads.sources, sourceLines(answer.citations, base, spell)), []));
      if (nearest && (answer.status === 'not_found' || answer.status === 'talk') && answer.nearest.length > 0) {
        pieces.push(
          piece(
            '\n\n',
            list(
              heads.nearest,
              answer.nearest.map((one) => `- ${place(one, spell)}: ${base}${one.url}`),
            ),
            [],
          ),
        );
      }
      // Buttons elsewhere: here they are lines. What a program asked for gets nothing beside it.
      if (answer.suggestions.length > 0 && answer.outcome === 'talk' && answer.talk?.kind !== 'task')
        pieces.push(
          piece(
            '\n\n',
            list(
              heads.ask,
              answer.suggestions.map((one) => `- ${one}`),
            ),
            [],
          ),
        );
      return pieces;
    },
  };
}

/**
 * Asks, and hands each piece on as soon as it is verified: `begin` once there is something to show for the question, `put` for every
 * piece. Resolves to the whole answer.
 */
export async function tellInText(
  pilcrow: Pick<Pilcrow, 'ask'>,
  request: AskRequest,
  signal: AbortSignal,
  writer: TextWriter,
  { begin, put }: { begin: () => void; put: (piece: MarkedText) => void },
): Promise<Answer> {
  const answer = await pilcrow.ask(request, {
    signal,
    onEvent: (event) => {
      if (event.type === 'sentence') put(writer.sentence(event.sentence, event.citations));
      else if (event.type === 'preface') put(writer.preface(event.text));
      else if (event.type === 'passages') begin();
    },
  });
  for (const piece of writer.rest(answer)) put(piece);
  return answer;
}

/** Title of a citation's source: the briefing and its edition. */
export function sourceTitle({ briefing }: Pick<Citation, 'briefing'>, spell = true): string {
  const { date } = briefing.edition;
  return [plain(briefing.title), date && (spell ? spellDate(date) : date)].filter(Boolean).join(', ');
}

/** The same with the page, where the source has pages. */
export const citedTitle = (citation: Pick<Citation, 'briefing' | 'page'>): string =>
  [sourceTitle(citation), ...onPage(citation)].join(', ');

/** "p. 3" is read in all the languages answers come in. */
const onPage = ({ page }: Pick<NearestPassage, 'page'>): string[] => (page === null || page === undefined ? [] : [`p. ${page}`]);

/** Address of a citation's paragraph, with the quote, so that the page of the briefing lights it. */
export function sourceUrl({ url, start, end }: Pick<Citation, 'url' | 'start' | 'end'>, base: string): string {
  const [path, fragment] = url.split('#');
  return `${base}${path}?quote=${start}-${end}${fragment === undefined ? '' : `#${fragment}`}`;
}

/** A mark as OpenAI's clients type it. */
export function urlCitation({ start, end, citation }: Mark, base: string) {
  return { start_index: start, end_index: end, title: citedTitle(citation), url: sourceUrl(citation, base) };
}

/** A turn of the assistant without the list `answerText` ended it with: titles of briefings are no part of what was said. */
export function withoutList(text: string): string {
  const lines = text.split('\n');
  let end = lines.length;
  while (end > 0 && /^- \S.{0,2000}: (?:https?:\/\/\S+|\/briefings\/\S+)$/u.test(lines[end - 1] as string)) end--;
  if (end === lines.length || end === 0) return text;
  return ALL_HEADS.has(lines[end - 1] as string)
    ? lines
        .slice(0, end - 1)
        .join('\n')
        .trimEnd()
    : text;
}

const list = (head: string, lines: readonly string[]): string => [head, ...lines].join('\n');

/** One line a paragraph: several quotes of one share it. */
function sourceLines(citations: readonly Citation[], base: string, spell: boolean): string[] {
  const lines = new Map<string, { numbers: string; rest: string }>();
  for (const citation of citations) {
    const line = lines.get(citation.url) ?? { numbers: '', rest: `${place(citation, spell)}: ${base}${citation.url}` };
    line.numbers += `[${citation.number}]`;
    lines.set(citation.url, line);
  }
  return [...lines.values()].map(({ numbers, rest }) => `- ${numbers} ${rest}`);
}

/** Title, edition, nearest heading, page and number of a paragraph. */
function place(
  { briefing, headings, paragraph, page }: Pick<NearestPassage, 'briefing' | 'headings' | 'paragraph' | 'page'>,
  spell: boolean,
): string {
  const heading = headings.at(-1);
  const below = heading === undefined || heading === briefing.title ? '' : plain(heading);
  return [sourceTitle({ briefing }, spell), below, ...onPage({ page }), `¶${paragraph.slice(paragraph.lastIndexOf('#p') + 2)}`]
    .filter(Boolean)
    .join(', ');
}

/** A name in one line, without the brackets that would make a mark or a link of it, and not too long. */
function plain(name: string): string {
  const line = name
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/\[/g, '(')
    .replace(/\]/g, ')')
    .trim();
  return codePointLength(line) <= LONGEST_NAME ? line : `${sliceCodePoints(line, 0, LONGEST_NAME - 1).trimEnd()}…`;
}

/** The page a note points at, reachable from where the text is read. */
const withAddresses = (text: string, base: string): string => text.replace(/(^|\s)(\/series\/[\w%.~-]{1,300}\/changes)\b/g, `$1${base}$2`);
