import type { z } from 'zod';
import type { Limits } from '../../config.ts';
import { pilcrowError } from '../../core/errors.ts';
import type { AskRequest, Turn } from '../../core/model.ts';
import { isClientTask } from '../../core/text/client-task.ts';
import { codePointLength, sliceCodePoints } from '../../core/text/codepoints.ts';
import { readJson } from '../body.ts';
import type { Call } from '../reply.ts';
import { check } from '../schemas.ts';
import { withoutList } from './text.ts';

/** One message of a chat client: who says it, its text, and where it and what is not text stand in the body. */
export interface Message {
  role: string;
  text: string;
  /** JSON Pointer of the message. */
  pointer: string;
  /** JSON Pointer of the first part that is not text, such as an image. */
  unreadable?: string;
}

/**
 * A chat client sends its whole conversation each time, with everything its user saw: bodies of these routes may be so
 * many times as large as those of `/v1/ask`. An answer with its records is about 10 kB, so that by default some hundred fit.
 */
export const CONVERSATION_BODIES = 16;

/** Messages looked at, from the last one: more than any limit of the history keeps. */
const MESSAGES_READ = 2000;

/**
 * The body of a request with its messages under `member`. Of very many, the earlier ones are dropped unread, and complaints
 * count from the first that was read.
 */
export async function readConversation<T>(call: Call, limits: Limits, schema: z.ZodType<T>, member: 'messages' | 'input'): Promise<T> {
  const body = await readJson(call, limits.bodyBytes * CONVERSATION_BODIES);
  const list = (body as Record<string, unknown> | null)?.[member];
  return check(
    schema,
    Array.isArray(list) && list.length > MESSAGES_READ ? { ...(body as object), [member]: list.slice(-MESSAGES_READ) } : body,
  );
}

/** Text of a message's content: a string, or parts of which those with text count. */
export function textOfContent(content: string | readonly { type: string; text?: string | null | undefined }[] | null | undefined): string {
  if (typeof content === 'string') return content;
  return (content ?? [])
    .map((part) => part.text ?? '')
    .filter((text) => text.trim() !== '')
    .join('\n');
}

/**
 * Messages as a question with its history. The last user message is the question; turns of user and assistant before it are
 * the history, of which the latest within the limits stay, a longer one cut. Other roles say nothing here: what a
 * system message orders changes nothing in what is asserted. Rejects with `bad_request` when the question is missing,
 * empty, too long or not text.
 */
export function conversation(messages: readonly Message[], limits: Limits, member: string): AskRequest {
  const last = messages.findLastIndex((message) => message.role === 'user');
  const asked = messages[last];
  if (!asked) throw refused(`/${member}`, `${member} has no message of the user: the last one is the question`);
  if (asked.unreadable !== undefined)
    throw refused(asked.unreadable, 'only text can be read: leave images, sound and files out of the question');
  const whole = asked.text.trim();
  // A client's own task brings the conversation along; what it wants stands first.
  const question =
    codePointLength(whole) > limits.questionCharacters && isClientTask(whole)
      ? sliceCodePoints(whole, 0, limits.questionCharacters)
      : whole;
  if (question === '') throw refused(asked.pointer, 'the last message of the user is empty: put the question there');
  if (codePointLength(question) > limits.questionCharacters) {
    throw refused(
      asked.pointer,
      `the question is longer than ${limits.questionCharacters} characters: shorten the last message of the user`,
    );
  }
  const history = limits.historyTurns === 0 ? [] : messages.slice(0, last).filter(isTurn).slice(-limits.historyTurns);
  if (history.length === 0) return { question };
  return {
    question,
    history: history.map(({ role, text }): Turn => {
      const said = role === 'assistant' ? withoutList(text) : text;
      return { role, content: sliceCodePoints(said, 0, limits.turnCharacters) };
    }),
  };
}

const isTurn = (message: Message): message is Message & Pick<Turn, 'role'> =>
  (message.role === 'user' || message.role === 'assistant') && message.text.trim() !== '';

function refused(pointer: string, detail: string) {
  return pilcrowError('bad_request', `The request is not valid: ${detail}.`, { details: [{ pointer, detail }] });
}
