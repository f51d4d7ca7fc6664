import type { Answer, Citation, NearestPassage } from '../../core/model.ts';
import { figures } from '../../core/text/figures.ts';
import { detectLanguage } from '../../core/text/language.ts';
import { fold, tokens } from '../../core/text/tokens.ts';
import { ASKS_WITH, POINTING } from '../lexicon.ts';
import type { Form } from '../records.ts';
import { formOf, isLight, markOf, unwrapped } from '../understand/index.ts';

/** Words of a text without marks of citation, as they compare. */
const plain = (text: string): string =>
  (
    fold(text)
      .replace(/\[\d+\]/g, ' ')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(' ');

/** Whether everything an answer asserts was said before, word for word. */
export function repeats(last: string, { sentences }: Pick<Answer, 'sentences'>): boolean {
  const said = plain(last);
  return sentences.length > 0 && sentences.every(({ text }) => said.includes(plain(text)));
}

/** By how much longer than a sentence a text may be that says the same. Chosen: the name of an edition, say. */
const LONGER = 1.3;

/** Whether what was said before is about as short as an answer is. */
export const saysNoMore = (last: string, { sentences }: Pick<Answer, 'sentences'>): boolean =>
  plain(last).length <= LONGER * plain(sentences.map(({ text }) => text).join(' ')).length;

/** Share of the words of an answer that its paragraphs have to have. Chosen, not measured. */
const MOST_WORDS = 0.5;

/**
 * Whether what was said before can stand beside what the briefings say now: its figures are in the paragraphs that the sentences cite, some
 * of them perhaps in those of the notes, or, where it has none, half of its words are. In another language only figures compare.
 */
export function agrees(last: string, { sentences, citations, notes, question }: Answer): boolean {
  const textOf = (list: readonly Citation[]) =>
    list.flatMap(({ text, headings, briefing }) => [text, ...headings, briefing.title, briefing.edition.date ?? '']).join(' ');
  const spoken = citations.filter(({ number }) => sentences.some((one) => one.citations.includes(number)));
  const evidence = textOf(spoken);
  const figuresOf = (text: string) => tokens(text.replace(/\[\d+\]/g, ' ')).flatMap(({ word }) => (/^\d/.test(word) ? [word] : []));
  const beside = new Set(
    [...figuresOf(question.standalone), ...figuresOf(notes.map(({ text }) => text).join(' '))].filter((figure) =>
      /^(?:19|20)\d\d$/.test(figure),
    ),
  );
  const figures = figuresOf(last).filter((figure) => !beside.has(figure));
  if (figures.length > 0) {
    const [own, all] = [evidence, textOf(citations)].map((text) => new Set(figuresOf(text.replace(/-/g, ' ')).map(Number))) as [
      Set<number>,
      Set<number>,
    ];
    return figures.some((figure) => own.has(Number(figure))) && figures.every((figure) => all.has(Number(figure)));
  }
  if (detectLanguage(last) !== detectLanguage(evidence)) return true;
  const asked = new Set(tokens(question.standalone).map(({ term }) => term));
  const there = new Set(tokens(evidence).map(({ term }) => term));
  const words = tokens(last).filter(({ stop, term }) => !stop && !asked.has(term));
  return words.length === 0 || words.filter(({ term }) => there.has(term)).length >= words.length * MOST_WORDS;
}

/** Values of the figures of a text in any language, without marks of citation: "18.6万" is 186,000. */
export const valuesIn = (text: string): Set<number> =>
  new Set(figures(text.replace(/\[\d+\]/g, ' '), detectLanguage(text)).map(({ value }) => Math.round(value * 100) / 100));

/** Characters that a name has where words are written in another script, or in capitals. */
const NAMES = /(?<![\p{L}\p{N}])(?:\p{Lu}{2,}|\p{Lu}\p{Ll}{2,})(?![\p{L}\p{N}])/gu;

/**
 * Whether a paragraph holds what was said, as far as languages share it: all of its figures, or, where it has none, half of its names. The date
 * of the edition counts as of the paragraph.
 */
export function carries(last: string, { text, headings, briefing }: Pick<NearestPassage, 'text' | 'headings' | 'briefing'>): boolean {
  const there = [text, ...headings, briefing.title, briefing.edition.date ?? ''].join(' ');
  const [said, own, all] = [last, text, there].map(valuesIn) as [Set<number>, Set<number>, Set<number>];
  const edition = valuesIn(briefing.edition.date?.replaceAll('-', ' ') ?? '');
  const telling = [...said].filter((value) => !edition.has(value));
  if (telling.length > 0) return telling.some((value) => own.has(value)) && telling.every((value) => all.has(value));
  const names = new Set((last.match(NAMES) ?? []).map(fold));
  const words = new Set(fold(there).match(/[\p{L}\p{N}]+/gu) ?? []);
  return names.size > 1 && [...names].filter((name) => words.has(name)).length >= names.size / 2;
}

/** Whether a message says nothing of its own: "and why?", "what about that?"; figures name nothing by themselves. */
export const isNameless = (message: string): boolean => isBare(message.replace(/\p{N}+/gu, ' '));

/** The same where figures, such as a year, do count. */
export function isBare(message: string): boolean {
  const text = unwrapped(message);
  const language = detectLanguage(text);
  return tokens(text, language === 'und' ? 'en' : language).every(
    ({ stop, word, term }) => stop || ASKS_WITH.has(word) || POINTING.has(word) || isLight(term),
  );
}

/** Forms whose mark is plain enough to tell that words said before answer the new question as well: a time, a figure. */
const PLAIN: ReadonlySet<Form> = new Set(['time', 'quantity']);

/**
 * Whether an answer to a bare follow-up says what was asked for: something that decides, other than was said before, that looks like it, or, for "when?" and
 * "how many?", the same with a time or a figure in it.
 */
export function says(message: string, last: string, answer: Pick<Answer, 'sentences'>): boolean {
  const said = answer.sentences.map(({ text }) => text).join(' ');
  const form = formOf(unwrapped(message), detectLanguage(message));
  // A reason stands in the sentence that decides, or is none; a time and a figure may stand beside it.
  const where =
    form === 'why'
      ? decidingOf(answer)
          .map(({ text }) => text)
          .join(' ')
      : said;
  const fits = markOf(form, detectLanguage(said))?.test(where) ?? true;
  return said === '' || (fits && (PLAIN.has(form) || !repeats(last, { sentences: decidingOf(answer) })));
}

/** The sentences of an answer that decide, or all of them where none is marked. */
export function decidingOf({ sentences }: Pick<Answer, 'sentences'>): Answer['sentences'] {
  const deciding = sentences.filter(({ highlight }) => highlight !== null);
  return deciding.length > 0 ? deciding : sentences;
}
