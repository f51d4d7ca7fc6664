import { isPilcrowError } from '../../core/errors.ts';
import type { ChatFailure, ChatModel } from '../../core/ports.ts';
import { detectLanguage } from '../../core/text/language.ts';
import type { Rewritten, Session } from '../records.ts';
import { unwrapped } from '../understand/index.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import { standaloneQuestion as byModel } from './standalone.ts';

/** What came of asking a model to make a question stand alone. */
export interface Rewriting {
  /** Null: it is read by rule. */
  rewritten: Rewritten | null;
  failed: ChatFailure | null;
  /** It cannot be reached: nobody waits for it again for this question. */
  unreachable: boolean;
}

/** Share of the time for the whole answer that understanding the question may take; the rest is for writing. */
const SHARE_OF_TIME = 1 / 3;

const UNREACHABLE: ReadonlySet<ChatFailure> = new Set(['unavailable', 'rejected', 'resting']);

/** Has a model resolve what a question leans on, and translate it into the language of the briefings, where there is something to do. */
export async function rewrite(
  { request, library }: Pick<Session, 'request' | 'library'>,
  { chat, deadline, signal }: { chat: ChatModel; deadline: Deadline; signal: AbortSignal | undefined },
): Promise<Rewriting | null> {
  const asked = unwrapped(request.question);
  const history = request.history ?? [];
  const language = detectLanguage(asked);
  const translate = language !== 'und' && library.languages.length > 0 && !library.languages.includes(language);
  if (!translate && !history.some(({ role }) => role === 'user')) return null;
  const own = startDeadline(deadline.left() * SHARE_OF_TIME, deadline.signal);
  try {
    const target = library.languages.includes(language) ? language : (library.languages[0] ?? 'en');
    const rewritten = await byModel(chat, asked, history, target, own.signal);
    return { rewritten, failed: rewritten ? null : 'nonsense', unreachable: false };
  } catch (error) {
    signal?.throwIfAborted();
    const failed = isPilcrowError(error)
      ? (((error.details as { kind?: ChatFailure } | undefined)?.kind ?? 'unavailable') as ChatFailure)
      : 'timeout';
    return { rewritten: null, failed, unreachable: UNREACHABLE.has(failed) };
  } finally {
    own.stop();
  }
}
