import type { ChatModel } from '../../core/ports.ts';
import { until } from './deadline.ts';
import { visibleLine } from './parse.ts';
import { readerMessages, type ToRead } from './prompt.ts';

/** What the second reader says of each sentence, by its place; null where it said nothing that can be used. */
export type Judgement = boolean | null;

export interface SecondReading {
  judgements: Judgement[];
  /** Characters sent and received. */
  sent: number;
  received: number;
}

/** A line of the reply: the number of a sentence and yes or no, perhaps with a colon, bold marks or a reason behind. */
const LINE = /^(?:[-*•]\s+)?(?:sentence\s+)?[*_"]{0,2}(\d{1,3})[*_"]{0,2}\s?[:.)=–-]?\s*[*_"]{0,2}(yes|no)(?![\p{L}\p{N}])/iu;
/** Characters of a reply for each sentence, reasons and a preamble included; what is longer is no such list. */
const FOR_EACH = 240;
const FOR_ALL = 2000;
/** Tokens for each sentence, and for what a model thinks before. */
const TOKENS_EACH = 20;
const TOKENS_ALL = 1000;

/**
 * Asks a model whether each sentence follows from what it cites, in one call. `onJudged` is called as its lines come, with each
 * sentence at most once. The first line on a sentence counts. Resolves with what was said until the model failed, the signal aborted
 * or the reply grew beyond a list; `failed` is told of an error. Never rejects.
 */
export async function readAgain(
  reader: ChatModel,
  question: string,
  sentences: readonly ToRead[],
  today: string,
  signal: AbortSignal,
  onJudged: (place: number, holds: boolean) => void = () => {},
  failed: (error: unknown) => void = () => {},
): Promise<SecondReading> {
  const messages = readerMessages(question, sentences, today);
  const judgements: Judgement[] = sentences.map(() => null);
  const most = FOR_ALL + FOR_EACH * sentences.length;
  let rest = '';
  let received = 0;
  let thinking = false;
  const take = (raw: string) => {
    // What it thinks aloud is not its word.
    if (/<think>/i.test(raw)) thinking = true;
    if (thinking) {
      if (/<\/think>/i.test(raw)) thinking = false;
      return;
    }
    const found = LINE.exec(visibleLine(raw));
    const place = found ? Number(found[1]) - 1 : -1;
    if (!found || place < 0 || place >= judgements.length || judgements[place] !== null) return;
    const holds = (found[2] as string).toLowerCase() === 'yes';
    judgements[place] = holds;
    onJudged(place, holds);
  };
  try {
    const maxTokens = TOKENS_ALL + TOKENS_EACH * sentences.length;
    for await (const delta of until(reader.stream(messages, { signal, maxTokens }), signal)) {
      received += delta.length;
      rest += delta.slice(0, most);
      const lines = rest.split('\n');
      rest = lines.pop() as string;
      lines.forEach(take);
      if (received > most || judgements.every((one) => one !== null)) {
        rest = '';
        break;
      }
    }
    take(rest);
  } catch (error) {
    // A line that broke off may say "no" of what it began to say "not".
    failed(error);
  }
  return { judgements, sent: messages.reduce((sum, { content }) => sum + content.length, 0), received };
}
