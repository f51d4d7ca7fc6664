import type { Answer, AskRequest, Briefing } from '../../core/model.ts';
import type { IndexReader } from '../../core/ports.ts';
import { candidatesOf, inTurns, type SuggestionCandidate } from './candidates.ts';

interface SuggestionsOptions {
  /** How long to wait for those that are not made yet. */
  milliseconds: number;
  /** At most so many; default 4. */
  most?: number;
  /** Only of these briefings, and answered from them alone; default: all. */
  briefings?: readonly string[];
}

export interface Suggestions {
  /** Questions to begin with, of the newest editions. `over`: the part of the snapshot they are made from, instead of all of it. */
  get(options: SuggestionsOptions, over?: IndexReader): Promise<string[]>;
  /**
   * Two questions that go on from an answer: of the same briefing, near what was cited, or else some to begin with; none of those in
   * `asked`. Fewer while they are being made.
   */
  next(
    answer: Pick<Answer, 'citations' | 'question'>,
    options: Pick<SuggestionsOptions, 'milliseconds' | 'briefings'> & { asked?: readonly string[] },
    over?: IndexReader,
  ): Promise<string[]>;
}

interface Sources {
  index: () => Promise<IndexReader>;
  /** Answers by quotation, from that reader alone. */
  ask: (request: AskRequest, reader: IndexReader) => Promise<Answer>;
}

/** How many are shown, and how many are asked at most to find them, of a whole index. */
const SUGGESTIONS_SHOWN = 4;
const QUESTIONS_TRIED = 24;
/** The same after an answer, of the briefing it cites: each is a question of its own beside those that people ask. */
const NEXT_SHOWN = 2;
const SHOWN_OF_ONE_BRIEFING = 6;
const TRIED_OF_ONE_BRIEFING = 16;
/** Briefings looked at for the first questions: enough for any home page. */
const BRIEFINGS_READ = 12;
/** Lists kept: one for each choice of briefings somebody made, and for each briefing that was cited. */
const LISTS_KEPT = 200;

/**
 * Questions that the briefings answer: made from their own headings, definitions and figures, and each one asked. Only those are kept that
 * are answered from where they were made from, so the same index always gives the same ones. Each list is made once, when it is first
 * needed, and nobody waits for it longer than told.
 */
export function createSuggestions({ index, ask }: Sources): Suggestions {
  const lists = new WeakMap<IndexReader, Map<string, Promise<SuggestionCandidate[]>>>();

  /** A list made once; a failure is forgotten, so that the next one who asks tries again. */
  function kept(reader: IndexReader, key: string, make: () => Promise<SuggestionCandidate[]>): Promise<SuggestionCandidate[]> {
    const own = lists.get(reader) ?? new Map<string, Promise<SuggestionCandidate[]>>();
    lists.set(reader, own);
    let list = own.get(key);
    if (!list) {
      list = make().catch(() => {
        own.delete(key);
        return [];
      });
      if (own.size >= LISTS_KEPT) own.delete(own.keys().next().value as string);
      own.set(key, list);
    }
    return list;
  }

  async function proved(
    reader: IndexReader,
    candidates: readonly SuggestionCandidate[],
    most: number,
    tried: number,
    briefings: readonly string[] | undefined,
  ): Promise<SuggestionCandidate[]> {
    const found: SuggestionCandidate[] = [];
    const seen = new Set<string>();
    for (const candidate of candidates.filter(({ question }) => !seen.has(question) && seen.add(question)).slice(0, tried)) {
      const { question, paragraph, heading } = candidate;
      const answer = await ask({ question, ...(briefings ? { briefings: [...briefings] } : {}) }, reader);
      const fits = answer.citations.some(
        (one) => (paragraph === undefined || one.paragraph === paragraph) && (heading === undefined || one.headings.includes(heading)),
      );
      if (answer.status === 'answered' && answer.sentences.length > 0 && fits) found.push(candidate);
      if (found.length === most) break;
      // Somebody may be waiting for an answer of their own.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return found;
  }

  async function madeFrom(reader: IndexReader, chosen: readonly Briefing[], all: readonly Briefing[]): Promise<SuggestionCandidate[]> {
    const lists: SuggestionCandidate[][] = [];
    for (const briefing of chosen) lists.push(candidatesOf(briefing, await reader.paragraphsOf(briefing.id), all));
    return inTurns(lists);
  }

  /** Those to begin with, of all briefings or of some. */
  function first(reader: IndexReader, briefings: readonly string[] | undefined): Promise<SuggestionCandidate[]> {
    const key = briefings ? `of ${[...briefings].sort().join('\n')}` : 'all';
    return kept(reader, key, async () => {
      const all = await reader.briefings();
      const may = briefings ? new Set(briefings) : null;
      const allowed = may ? all.filter(({ id }) => may.has(id)) : all;
      const newest = allowed.filter((one) => one.newest);
      // The order of the files must not matter.
      const chosen = (newest.length > 0 ? newest : allowed).sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, BRIEFINGS_READ);
      return proved(reader, await madeFrom(reader, chosen, allowed), SUGGESTIONS_SHOWN, QUESTIONS_TRIED, briefings);
    });
  }

  return {
    async get({ milliseconds, most = SUGGESTIONS_SHOWN, briefings }, over) {
      const reader = over ?? (await index());
      return (await within(first(reader, briefings), milliseconds)).slice(0, most).map(({ question }) => question);
    },
    async next({ citations, question }, { milliseconds, briefings, asked = [] }, over) {
      const [citation] = citations;
      if (!citation) return [];
      const reader = over ?? (await index());
      const { id } = citation.briefing;
      const list = kept(reader, `${id}\n${briefings ? [...briefings].sort().join('\n') : ''}`, async () => {
        const all = await reader.briefings();
        const briefing = all.find((one) => one.id === id);
        return briefing
          ? proved(
              reader,
              await madeFrom(reader, [briefing], all),
              SHOWN_OF_ONE_BRIEFING,
              TRIED_OF_ONE_BRIEFING,
              briefings ?? (briefing.newest ? undefined : [id]),
            )
          : [];
      });
      const at = Number(citation.paragraph.slice(citation.paragraph.lastIndexOf('#p') + 2));
      const cited = new Set(citations.map(({ paragraph }) => paragraph));
      const headings = new Set(citations.flatMap((one) => one.headings.slice(-1)));
      const said = new Set([question.asked, ...asked].map((one) => one.trim()));
      const goesOn = (one: SuggestionCandidate) =>
        !said.has(one.question) && !cited.has(one.paragraph ?? '') && !headings.has(one.heading ?? '');
      const near = (await within(list, milliseconds)).filter(goesOn).sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at));
      const others = near.length < NEXT_SHOWN ? (await within(first(reader, briefings), milliseconds)).filter(goesOn) : [];
      return [...new Set([...near, ...others].map((one) => one.question))].slice(0, NEXT_SHOWN);
    },
  };
}

/** What has come within a time; nothing when it has not. */
async function within(list: Promise<SuggestionCandidate[]>, milliseconds: number): Promise<SuggestionCandidate[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<SuggestionCandidate[]>((resolve) => {
    timer = setTimeout(() => resolve([]), milliseconds);
  });
  return Promise.race([list, late]).finally(() => clearTimeout(timer));
}
