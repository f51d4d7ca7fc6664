import type { Turn } from '../../core/model.ts';
import { type TaskKind, taskOf } from '../../core/text/client-task.ts';
import { tokens } from '../../core/text/tokens.ts';
import { unwrapped } from '../understand/index.ts';

/** Words of a title, and tags. */
const TITLE_WORDS = 6;
const MOST_TAGS = 3;

/**
 * What a chat client gets that asks for a title, tags, follow-up questions or searches of a conversation, in the form it asks for: made of
 * the questions and of the names of the briefings alone, never of what they say. Null for any other message.
 */
export function taskReply(
  message: string,
  history: readonly Turn[],
  titles: () => readonly string[],
  suggestions: readonly string[],
): string | null {
  const task = taskOf(message);
  if (!task) return null;
  const asked = (
    task.questions.length > 0 ? task.questions : history.filter(({ role }) => role === 'user').map(({ content }) => content)
  ).map(unwrapped);
  const value = replyOf(task.kind, asked, titles, suggestions);
  if (task.member) return JSON.stringify({ [task.member]: value });
  return Array.isArray(value) ? value.join('\n') : value;
}

function replyOf(
  kind: TaskKind,
  asked: readonly string[],
  titles: () => readonly string[],
  suggestions: readonly string[],
): string | string[] {
  switch (kind) {
    case 'title':
      return titleOf(asked[0] ?? titles()[0] ?? '');
    case 'tags':
      return tagsOf(asked, titles());
    case 'follow-ups':
      return suggestions.slice(0, 3);
    case 'queries':
      return [];
    case 'emoji':
      return '💬';
    case 'completion':
      return '';
  }
}

/** The question in at most six words, without its marks. */
function titleOf(question: string): string {
  const words = question
    .replace(/[?!.,;:"“”«»„()¿¡？！。，、；：]+/gu, ' ')
    .trim()
    .split(/\s+/);
  const shown = words.length <= TITLE_WORDS ? words : content(words);
  const title = shown.slice(0, TITLE_WORDS).join(' ').slice(0, 80);
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** Words that name something, in their order; all of them where too few do. */
function content(words: readonly string[]): readonly string[] {
  const named = words.filter((word) => tokens(word).some(({ stop }) => !stop));
  return named.length >= 2 ? named : words;
}

/** Names of the briefings that share a word with what was asked; else the first name. */
function tagsOf(asked: readonly string[], titles: readonly string[]): string[] {
  const words = new Set(asked.flatMap((text) => tokens(text).flatMap(({ stop, term }) => (stop ? [] : [term]))));
  const near = titles.filter((title) => tokens(title).some(({ stop, term }) => !stop && words.has(term)));
  return (near.length > 0 ? near : titles).slice(0, MOST_TAGS).map((title) => title.slice(0, 60));
}
