import type { Briefing, Turn } from '../core/model.ts';
import type { ChatFailure, ChatModel, IndexReader } from '../core/ports.ts';
import { detectLanguage } from '../core/text/language.ts';
import { inEnglish } from './foreign.ts';
import { type Deadline, startDeadline } from './generate/deadline.ts';
import { failureOf } from './generate/generate.ts';
import { understand as byModel } from './generate/standalone.ts';
import { questionIn } from './message.ts';
import { mainPart, standalone } from './rewrite.ts';

/** A question ready to be searched with. */
export interface Understanding {
  /** As it can be understood alone, in the asker's language. */
  standalone: string;
  /** What is searched with: the same, in a language of the briefings when a model or the dictionary translated it. */
  search: string;
  /** The part of `search` that asks, without an earlier question carried along. */
  main: string;
  /** The asker's language; `und` when nothing tells. */
  language: string;
  by: 'rule' | 'model';
  /** False when a question in another language was understood too little to be answered. */
  enough: boolean;
  /** Why the model did not help though it was asked; null when it did or was not asked. */
  failure: ChatFailure | null;
}

/** Share of the time for the whole answer that understanding the question may take; the rest is for writing. */
const SHARE_OF_TIME = 1 / 3;

/**
 * Makes a question stand alone: by the model when there is one and there is something to resolve or to translate, otherwise,
 * and whenever the model fails, by rule.
 */
export async function understand(
  question: string,
  history: readonly Turn[],
  briefings: readonly Briefing[],
  model: { chat: ChatModel; deadline: Deadline; signal: AbortSignal | undefined } | null,
  reader: IndexReader | null = null,
): Promise<Understanding> {
  const asked = questionIn(question);
  const rule = standalone(asked, history);
  const language = languageOf(asked, history);
  const spoken = languagesOf(briefings);
  const english = (reader && (await inEnglish(asked, history, language, spoken, reader))) ?? {
    search: rule,
    main: mainPart(rule),
    enough: true,
  };
  const byRule: Understanding = { standalone: rule, ...english, language, by: 'rule', failure: null };
  if (!model) return byRule;
  const translate = language !== 'und' && spoken.length > 0 && !spoken.includes(language);
  if (!translate && !history.some((turn) => turn.role === 'user')) return byRule;
  const deadline = startDeadline(model.deadline.left() * SHARE_OF_TIME, model.deadline.signal);
  try {
    const target = spoken.includes(language) ? language : (spoken[0] ?? 'en');
    const found = await byModel(model.chat, asked, history, target, deadline.signal);
    return found
      ? { ...found, main: found.search, enough: true, language, by: 'model', failure: null }
      : { ...byRule, failure: 'nonsense' };
  } catch (error) {
    return { ...byRule, failure: failureOf(error, { deadline, signal: model.signal }) };
  } finally {
    deadline.stop();
  }
}

const languages = new WeakMap<readonly Briefing[], readonly string[]>();

/** Languages of the briefings, the most frequent first; read once for each list. */
export function languagesOf(briefings: readonly Briefing[]): readonly string[] {
  const kept = languages.get(briefings);
  if (kept) return kept;
  const counts = new Map<string, number>();
  for (const { language } of briefings) counts.set(language, (counts.get(language) ?? 0) + 1);
  const found = [...counts].sort((a, b) => b[1] - a[1]).map(([language]) => language);
  languages.set(briefings, found);
  return found;
}

/** The language of a question, or of the latest question before it that shows one. */
function languageOf(question: string, history: readonly Turn[]): string {
  const questions = history.filter((turn) => turn.role === 'user').slice(-8);
  for (const text of [question, ...questions.map((turn) => turn.content).reverse()]) {
    const found = detectLanguage(text.slice(0, 2000));
    if (found !== 'und') return found;
  }
  return 'und';
}
