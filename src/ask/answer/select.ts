import type { Paragraph } from '../../core/model.ts';
import type { ReadPart } from '../../core/reading/open.ts';
import { tokens } from '../../core/text/tokens.ts';
import { wordCount } from '../../core/text/word-count.ts';
import { POINTING } from '../lexicon.ts';

import type { Form, Quoted, Ranked } from '../records.ts';

/**
 * Most words shown of a chunk; of a list where the items are the answer. Longer chunks are trimmed around what decides. Showing only
 * what is nearly as likely as that costs more right answers than words (docs/evaluation.md).
 */
export const SHOWN_WORDS = { text: 75, list: 100 };
/** What is left of a chunk when it is this short is shown, too: the last line of an address, the last item of a list. Words. */
const LITTLE_LEFT = 12;
/** Forms whose answer is often in more than one item. */
const WHOLE_LISTS: ReadonlySet<Form> = new Set(['list', 'how', 'why', 'yes-no', 'definition', 'other']);
/** How much less likely, as a logit, a neighbouring paragraph or row has to be to be left out. */
const UNLIKELY = 2;
/** A lead-in longer than this is not repeated for its own sake. */
const LEAD_WORDS = 35;
/** Sentences put before one that leans back, at most. */
const MOST_BEFORE = 2;
const ASKS = /[?？؟]["'”’)]*$/u;
const ENDS_IN_COLON = /[:：]\s*$/u;
/** "Status: on track": says of what it stands under, and does not name it. */
const LABELLED = /^\p{Lu}[^.:：?!]{0,40}[:：]\s*[^\s.?!][^.?!。？！]{0,80}$/u;
/** Marks without a word: what a writer's tool makes of its own signs. */
const ONLY_MARKS = /^[^\p{L}\p{N}]*$/u;
/** The number of a heading or an item, apart from it: "II.", "(c)". */
const ONLY_NUMBER = /^[([]?(?:\p{L}|[IVXLC]{1,6}|\p{N}{1,3})[.)\]]$/u;
const ONLY_LINK = /^(?:link|see|source|more)?\s*:?\s*https?:\S+$/i;

/**
 * What is shown of a chunk: all of it when it is short, else the part that decides with its neighbours as they fit, the likelier first; a
 * list keeps its lead-in. `scores`: how well each part answers by itself, as logits. Never a question alone, a bare link, or a
 * line that only leads on to what is not shown. `beside`: whether the chunk before or after is shown as well, which leaves no hole between the two.
 */
export function select(
  { candidate }: Pick<Ranked, 'candidate'>,
  scores: readonly number[],
  form: Form,
  beside: { before: boolean; after: boolean } = { before: false, after: false },
): Quoted[] {
  const { parts } = candidate.read;
  const words = parts.map(({ text }) => wordCount(text));
  const items = parts.filter(({ item }) => item).length > 1;
  const most = items && WHOLE_LISTS.has(form) ? SHOWN_WORDS.list : SHOWN_WORDS.text;
  const best = decisive(parts, scores);
  const keep = new Set<number>();
  let total = 0;
  const put = (at: number) => {
    if (keep.has(at)) return;
    keep.add(at);
    total += words[at] as number;
  };
  // Rows and short paragraphs that only stand side by side: those that are far less likely than the best say something else.
  const likely = new Map<number, number>();
  for (const [at, { paragraph }] of parts.entries())
    likely.set(paragraph, Math.max(scores[at] as number, likely.get(paragraph) ?? Number.NEGATIVE_INFINITY));
  const apart = candidate.chunk.kind === 'text' || candidate.chunk.kind === 'row';
  const belongs = (at: number) =>
    !apart ||
    (parts[at] as ReadPart).lead ||
    (likely.get((parts[at] as ReadPart).paragraph) as number) >= (scores[best] as number) - UNLIKELY;
  if (words.reduce((sum, count) => sum + count, 0) <= most + LITTLE_LEFT) for (const at of parts.keys()) put(at);
  else {
    put(best);
    if (items) for (const [at, { lead }] of parts.entries()) if (lead) put(at);
    if (items && !parts[0]?.item && (words[0] as number) <= LEAD_WORDS) put(0);
    let [before, after] = [best - 1, best + 1];
    while (before >= 0 || after < parts.length) {
      const forward = after < parts.length && (before < 0 || (scores[after] as number) >= (scores[before] as number));
      const at = forward ? after : before;
      if (!keep.has(at) && total + (words[at] as number) > most) break;
      put(at);
      if (forward) after++;
      else before--;
    }
  }
  if (beside.before) for (let at = Math.min(...keep) - 1; at >= 0; at--) put(at);
  if (beside.after) for (let at = Math.max(...keep) + 1; at < parts.length; at++) put(at);
  // "Its founders were …": whose?
  for (let first = Math.min(...keep), more = 0; more < MOST_BEFORE && leansBack(parts, first); first--, more++) put(first - 1);
  // "Not suitable for personal data" under "Repository A" says it of that alone.
  for (const at of [...keep]) for (const above of itemsAbove(candidate, at)) put(above);
  const shown = [...keep].sort((a, b) => a - b).filter((at) => at === best || (!isEmpty(parts[at] as ReadPart) && belongs(at)));
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

/** Whether a sentence begins with a word for something the sentence before it names. */
function leansBack(parts: readonly ReadPart[], at: number): boolean {
  const [own, before] = [parts[at], parts[at - 1]];
  const [first] = tokens(own?.text ?? '');
  return own !== undefined && before?.paragraph === own.paragraph && first !== undefined && POINTING.has(first.word);
}

/** The items of a nested list that one stands under, as far as the chunk has them. */
function itemsAbove({ read: { parts }, paragraphs }: Ranked['candidate'], at: number): number[] {
  const depthOf = (one: number) => paragraphs.get((parts[one] as ReadPart).paragraph)?.depth ?? 0;
  const above: number[] = [];
  let depth = parts[at]?.item ? depthOf(at) : 0;
  for (let one = at - 1; one >= 0 && depth > 0; one--) {
    if (!parts[one]?.item || depthOf(one) >= depth) continue;
    depth = depthOf(one);
    above.push(one);
  }
  return above;
}

/** Says nothing by itself. */
const isEmpty = ({ text }: ReadPart): boolean =>
  [ASKS, ONLY_LINK, ONLY_MARKS, ONLY_NUMBER].some((expression) => expression.test(text.trim()));

function decisive(parts: readonly ReadPart[], scores: readonly number[]): number {
  let best = -1;
  for (const [at, part] of parts.entries()) {
    if (part.lead || isEmpty(part) || ENDS_IN_COLON.test(part.text)) continue;
    if (best < 0 || (scores[at] as number) > (scores[best] as number)) best = at;
  }
  return best >= 0 ? best : Math.max(0, scores.indexOf(Math.max(...scores)));
}

/** The title above items, rows, labelled lines or an answer to a question: without it they say something else. */
function titleOf({ chunk }: Ranked['candidate'], shown: readonly ReadPart[]): string | null {
  const title = chunk.headings.at(-1);
  if (!title) return null;
  const led = shown[0] !== undefined && (shown[0].lead || ENDS_IN_COLON.test(shown[0].text));
  const fragments = chunk.kind !== 'text' || (shown[0]?.item ?? false) || shown.every(({ text }) => LABELLED.test(text));
  return !led && fragments ? title : null;
}
