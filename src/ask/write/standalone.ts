import type { Turn } from '../../core/model.ts';
import type { ChatModel } from '../../core/ports.ts';
import { figures, READ_LANGUAGES } from '../../core/text/figures.ts';
import { detectLanguage } from '../../core/text/language.ts';
import { countriesIn } from '../../core/text/places.ts';
import { fold, tokens } from '../../core/text/tokens.ts';
import { formsOf, nameIsIn, nameSource, namesIn } from '../verify/index.ts';
import { wholeReply } from './deadline.ts';
import { standaloneMessages } from './prompt.ts';

/** A question as it can be understood alone: for the asker in their language, and to search with in the briefings'. */
export interface Understood {
  standalone: string;
  search: string;
}

/** A longer question is no rewriting. */
const LONGEST_QUESTION = 600;
const REPLY_CHARACTERS = 4000;

/**
 * Has the model make a question stand alone and put it into the language of the briefings. Null when the reply cannot be
 * used: it is no such object, it is too long, or it asks about a figure, a country or a name nobody spoke of.
 * Rejects when the model does not answer.
 */
export async function standaloneQuestion(
  chat: ChatModel,
  question: string,
  history: readonly Turn[],
  language: string,
  signal: AbortSignal,
): Promise<Understood | null> {
  const reply = await wholeReply(
    chat.stream(standaloneMessages(question, history, language), { signal, maxTokens: 400 }),
    signal,
    REPLY_CHARACTERS,
  );
  const found = readObject(reply);
  if (!found) return null;
  const said = [question, ...history.map((turn) => turn.content)].join('\n');
  const { standalone, search } = found;
  if (![standalone, search].every((text) => text !== '' && text.length <= LONGEST_QUESTION)) return null;
  const asker = detectLanguage(question);
  const own = asksOnlyWhatWasSaid(standalone, asker, said, [asker]);
  return own && asksOnlyWhatWasSaid(search, language, said, [asker, language]) ? found : null;
}

/** The first JSON object of a reply, fenced or not. */
function readObject(reply: string): Understood | null {
  const text = reply.replace(/<think>[\s\S]*?<\/think>/g, '');
  const from = text.indexOf('{');
  const to = text.lastIndexOf('}');
  if (from < 0 || to < from) return null;
  let value: unknown;
  try {
    value = JSON.parse(text.slice(from, to + 1));
  } catch {
    return null;
  }
  const { standalone, search } = value as Record<string, unknown>;
  if (typeof standalone !== 'string') return null;
  const clean = (one: string) =>
    one
      .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim();
  return { standalone: clean(standalone), search: clean(typeof search === 'string' && search.trim() !== '' ? search : standalone) };
}

/**
 * Digits of any script and countries of a rewritten question must come from the conversation; its words may be translated.
 * Countries are compared where the conversation is in a language this reader knows them in.
 */
function asksOnlyWhatWasSaid(text: string, language: string, said: string, languages: readonly string[]): boolean {
  const values = new Set(figures(said).map((figure) => figure.value));
  const digits = new Set(
    tokens(said)
      .map((token) => token.word)
      .filter((word) => /\d/.test(word)),
  );
  for (const figure of figures(text)) {
    const written = text.slice(figure.start, figure.end);
    if (/\d/.test(written) && !values.has(figure.value) && !digits.has(written)) return false;
  }
  if (languages.every((one) => one === language) && namesNobodySaid(text, said, language)) return false;
  if (!languages.every((one) => one === 'en' || one === 'und' || READ_LANGUAGES.has(one))) return true;
  const known = new Set(['en', ...languages].flatMap((one) => countriesIn(said, one)));
  return countriesIn(text, language).every((country) => known.has(country));
}

/**
 * Whether a text in the language of the conversation holds a name that nobody said. Capitals, possessives, adjectives of countries and
 * abbreviations either way are no new names.
 */
function namesNobodySaid(text: string, said: string, language: string): boolean {
  const source = nameSource(said, language);
  const forms = formsOf([]);
  const initials = (words: readonly string[]) => fold(words.map((word) => word[0]).join(''));
  return namesIn(text, language).some((name) => !nameIsIn(name, source, forms, language) && !source.words.has(initials(name.words)));
}
