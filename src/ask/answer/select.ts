import type { Paragraph } from '../../core/model.ts';
import { fold } from '../../core/text/tokens.ts';
import { wordCount } from '../../core/text/word-count.ts';
import { POINTING } from '../lexicon.ts';
import type { ReadPart } from '../rank/read-chunk.ts';
import type { Form, Quoted, Ranked } from '../records.ts';

/** Most words shown of a chunk; of a list where the items are the answer. Longer chunks are trimmed around what decides. */
export const SHOWN_WORDS = { text: 60, list: 90 };
/** A chunk of so few words is shown whole: cutting it would save nobody any reading. */
const WHOLE_WORDS = 30;
/** Forms whose answer is often in more than one item or sentence. */
const WIDE: ReadonlySet<Form> = new Set(['list', 'how', 'why', 'yes-no', 'other']);
/** How much less likely, as a logit, a neighbour of what decides may be to be shown with it. */
const SLACK = { wide: 2.5, narrow: 1.5 };
/** A lead-in longer than this is not repeated for its own sake. */
const LEAD_WORDS = 35;
/** So few words need the sentence before to be understood. */
const FEW_WORDS = 4;
const ASKS = /[?？؟]["'”’)]*$/u;
const ENDS_IN_COLON = /[:：]\s*$/u;
const ONLY_LINK = /^(?:link|see|source|more)?\s*:?\s*https?:\S+$/i;

/**
 * What is shown of a chunk: the part that decides; what it leans on; neighbours that are nearly as likely; a list with its lead-in, whole
 * where its items are the answer. `scores`: how well each part answers by itself, as logits. Never a question alone, a bare link,
 * or a line that only leads on to what is not shown.
 */
export function select({ candidate }: Pick<Ranked, 'candidate'>, scores: readonly number[], form: Form): Quoted[] {
  const { parts } = candidate.read;
  const words = parts.map(({ text }) => wordCount(text));
  const items = parts.filter(({ item }) => item).length > 1;
  const wide = WIDE.has(form);
  const most = items && wide ? SHOWN_WORDS.list : SHOWN_WORDS.text;
  const best = decisive(parts, scores);
  const keep = new Set<number>();
  let total = 0;
  const put = (at: number) => {
    if (keep.has(at) || at < 0 || at >= parts.length) return;
    keep.add(at);
    total += words[at] as number;
  };
  put(best);
  if (words.reduce((sum, count) => sum + count, 0) <= WHOLE_WORDS) for (const at of parts.keys()) put(at);
  else {
    if (items) for (const [at, { lead }] of parts.entries()) if (lead) put(at);
    if (items && !parts[0]?.item && (words[0] as number) <= LEAD_WORDS) put(0);
    if (leansBack(parts[best] as ReadPart, words[best] as number) && !(parts[best] as ReadPart).item) put(best - 1);
    const least = (scores[best] as number) - (items && wide ? Number.POSITIVE_INFINITY : wide ? SLACK.wide : SLACK.narrow);
    let [before, after] = [best - 1, best + 1];
    while (before >= 0 || after < parts.length) {
      const forward = after < parts.length && (before < 0 || (scores[after] as number) >= (scores[before] as number));
      const at = forward ? after : before;
      if (!keep.has(at) && ((scores[at] as number) < least || total + (words[at] as number) > most)) {
        // One side ends; the other may go on.
        if (forward) after = parts.length;
        else before = -1;
        continue;
      }
      put(at);
      if (forward) after++;
      else before--;
    }
  }
  const shown = [...keep].sort((a, b) => a - b).filter((at) => at === best || !isEmpty(parts[at] as ReadPart));
  while (shown.length > 1 && shown.at(-1) !== best && ENDS_IN_COLON.test((parts[shown.at(-1) as number] as ReadPart).text)) shown.pop();
  const under = titleOf(
    candidate,
    shown.map((at) => parts[at] as ReadPart),
  );
  return shown.map((at, position): Quoted => {
    const { paragraph, start, end, text } = parts[at] as ReadPart;
    return {
      briefing: candidate.briefing,
      paragraph: candidate.paragraphs.get(paragraph) as Paragraph,
      span: { start, end },
      text,
      decisive: at === best,
      under: position === 0 ? under : null,
    };
  });
}

/** Opens with a word for something said before, or says too little to stand alone. */
function leansBack({ text }: ReadPart, words: number): boolean {
  const first = fold(/\p{L}+/u.exec(text)?.[0] ?? '');
  return words < FEW_WORDS || POINTING.has(first);
}

/** Says nothing by itself. */
const isEmpty = ({ text }: ReadPart): boolean => ASKS.test(text.trim()) || ONLY_LINK.test(text.trim());

function decisive(parts: readonly ReadPart[], scores: readonly number[]): number {
  let best = -1;
  for (const [at, part] of parts.entries()) {
    if (part.lead || isEmpty(part) || ENDS_IN_COLON.test(part.text)) continue;
    if (best < 0 || (scores[at] as number) > (scores[best] as number)) best = at;
  }
  return best >= 0 ? best : Math.max(0, scores.indexOf(Math.max(...scores)));
}

/** The title above items, rows or an answer to a question: without it they say something else. */
function titleOf({ chunk }: Ranked['candidate'], shown: readonly ReadPart[]): string | null {
  const title = chunk.headings.at(-1);
  if (!title) return null;
  const led = shown[0] !== undefined && (shown[0].lead || ENDS_IN_COLON.test(shown[0].text));
  return !led && (chunk.kind !== 'text' || (shown[0]?.item ?? false)) ? title : null;
}
