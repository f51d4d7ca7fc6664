import type { Briefing, Paragraph } from '../core/model.ts';
import type { IndexReader, Pilcrow } from '../core/ports.ts';
import { sliceCodePoints } from '../core/text/codepoints.ts';
import { spellDate } from '../core/time/dates.ts';

/** A question, and what it was made from: the answer must cite that paragraph, or one below that heading. */
interface Candidate {
  question: string;
  paragraph?: string;
  heading?: string;
}

/** How many are shown, and how many are tried at most for each new snapshot: with a chat model every try costs a call. */
const SHOWN = 4;
const TRIED = 24;
/** Sentences looked at in one briefing: the figures people ask for stand early. */
const SENTENCES = 400;

const NAME = "[\\p{L}\\p{N}'’.&-]+";
/** Phrases stay short and whole: a comma, a bracket or a colon inside means that the pattern took too much. */
const PATTERNS: { form: RegExp; ask: (groups: string[]) => string }[] = [
  {
    // "China has ratified 28 Conventions."
    form: new RegExp(
      `^((?:${NAME} ){0,3}${NAME}) (has|have) (\\p{L}+(?:ed|en|lt|de|nt|ght)) (?:\\d[\\d.,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (${NAME}(?: ${NAME}){0,2})(?: in | for | on |[.;,])`,
      'u',
    ),
    ask: ([who, has, done, what]) => `How many ${what} ${has} ${lower(who)} ${done}?`,
  },
  {
    // "The coast has nine harbours."
    form: new RegExp(
      `^((?:The|A|An) ${NAME}(?: ${NAME})?|\\p{Lu}${NAME}) (has|have) (?:\\d[\\d.,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (\\p{Ll}+(?: \\p{Ll}+)?)[.;,]`,
      'u',
    ),
    ask: ([who, has, what]) => `How many ${what} ${has === 'has' ? 'does' : 'do'} ${lower(who)} have?`,
  },
  {
    // "The Beijing office was established in 1985."
    form: new RegExp(
      `^((?:${NAME} ){1,7}?)(was|were) (established|founded|launched|opened|signed|created|set up|adopted) in (?:\\p{Lu}\\p{L}+ )?\\d{4}\\b`,
      'u',
    ),
    ask: ([who, was, done]) => `When ${was} ${lower(who?.trim())} ${done}?`,
  },
  {
    // "The ILO and China signed their first agreement in 2012."
    form: new RegExp(
      `^((?:${NAME} ){1,6}?)(signed|launched|proposed|joined|opened|adopted|founded|started|ratified|established|published|introduced) ((?:${NAME} ){1,6}?)(?:\\(\\p{Lu}+\\) )?in (?:\\p{Lu}\\p{L}+ )?\\d{4}\\b`,
      'u',
    ),
    ask: ([who, did = '', what]) => `When did ${lower(who?.trim())} ${DID[did]} ${what?.trim()}?`,
  },
];
/** What someone did, and what they are asked for having done. */
const DID: Record<string, string> = {
  signed: 'sign',
  launched: 'launch',
  proposed: 'propose',
  joined: 'join',
  opened: 'open',
  adopted: 'adopt',
  founded: 'found',
  started: 'start',
  ratified: 'ratify',
  established: 'establish',
  published: 'publish',
  introduced: 'introduce',
};
const NOUN_START = /^(?:The|A|An|Their|Its|This|These|Those|Every|All|Both|Most|Some|Each|Our) /;
const VAGUE = /^(?:it|he|she|they|this|that|these|those|which|there|here|both|his|her|its|their)\b/i;

const lower = (text = ''): string => (NOUN_START.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);

/**
 * Questions to begin with, made from the figures and headings of the newest editions, and each one asked: only those that
 * are answered, from where they were made from, are kept. The same snapshot always gives the same ones. The
 * work is done once for each snapshot, in the background; until it is done there are none.
 */
export function createSuggestions(pilcrow: Pilcrow): { get(milliseconds: number): Promise<string[]> } {
  /** By what is read: readers who see different briefings are shown different questions. */
  const made = new WeakMap<IndexReader, Promise<string[]>>();
  return {
    async get(milliseconds) {
      const reader = await pilcrow.index();
      const making =
        made.get(reader) ??
        candidatesOf(pilcrow)
          .then((found) => answered(pilcrow, found))
          .catch(() => {
            made.delete(reader);
            return [];
          });
      made.set(reader, making);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<string[]>((resolve) => {
        timer = setTimeout(() => resolve([]), milliseconds);
      });
      return Promise.race([making, late]).finally(() => clearTimeout(timer));
    },
  };
}

async function answered(pilcrow: Pilcrow, candidates: Candidate[]): Promise<string[]> {
  const kept: string[] = [];
  for (const { question, paragraph, heading } of candidates.slice(0, TRIED)) {
    const answer = await pilcrow.ask({ question }, { quote: true });
    const proved = answer.citations.some(
      (one) => (paragraph === undefined || one.paragraph === paragraph) && (heading === undefined || one.headings.includes(heading)),
    );
    if (answer.status === 'answered' && answer.sentences.length > 0 && proved) kept.push(question);
    if (kept.length === SHOWN) break;
  }
  return kept;
}

/** Candidates, the kinds taking turns, and the briefings within a kind. */
async function candidatesOf(pilcrow: Pilcrow): Promise<Candidate[]> {
  const reader = await pilcrow.index();
  const all = await reader.briefings();
  // The order of the files must not matter.
  const newest = all.filter((one) => one.newest).sort((a, b) => (a.id < b.id ? -1 : 1));
  const figures: Candidate[][] = [];
  const topics: Candidate[][] = [];
  // Enough for any home page; a large corpus is not read through for it.
  for (const briefing of newest.slice(0, 12)) {
    const paragraphs = await reader.paragraphsOf(briefing.id);
    if (briefing.language.startsWith('en')) figures.push(fromFigures(paragraphs));
    topics.push(fromHeadings(briefing, paragraphs));
  }
  const changes = newest.flatMap((briefing) => fromEditions(briefing, all));
  const seen = new Set<string>();
  return inTurns([inTurns(figures), changes, inTurns(topics)]).filter(({ question }) => !seen.has(question) && seen.add(question));
}

function inTurns<T>(lists: T[][]): T[] {
  const out: T[] = [];
  for (let at = 0; lists.some((list) => at < list.length); at++) for (const list of lists) if (at < list.length) out.push(list[at] as T);
  return out;
}

function fromFigures(paragraphs: Paragraph[]): Candidate[] {
  const found: Candidate[][] = PATTERNS.map(() => []);
  let looked = 0;
  for (const paragraph of paragraphs) {
    if (paragraph.kind !== 'body' && paragraph.kind !== 'item') continue;
    for (const { start, end } of paragraph.sentences) {
      if (++looked > SENTENCES) return inTurns(found);
      // Longer sentences say too much for one plain question.
      if (end - start > 240) continue;
      const sentence = sliceCodePoints(paragraph.text, start, end);
      for (const [index, { form, ask }] of PATTERNS.entries()) {
        const groups = form.exec(sentence)?.slice(1);
        if (!groups || VAGUE.test(groups[0] ?? '')) continue;
        found[index]?.push({ question: ask(groups), paragraph: paragraph.id });
      }
    }
  }
  return inTurns(found);
}

/** A heading is a topic people know to ask for when names stand in it: "The Global Development Initiative", not "Overview". */
function fromHeadings(briefing: Briefing, paragraphs: Paragraph[]): Candidate[] {
  return paragraphs
    .filter(
      ({ kind, text }) =>
        kind === 'heading' &&
        text !== briefing.title &&
        /^[\p{L}\p{N}][^:;,?!()\n]{11,60}$/u.test(text) &&
        isTopic(text, briefing.language),
    )
    .map(({ text }) => ({
      question: briefing.language.startsWith('en') ? `What do the briefings say about ${plainStart(text.trim())}?` : text.trim(),
      heading: text,
    }));
}

/** English writes names with capitals; for other languages a heading of some length has to do. */
function isTopic(text: string, language: string): boolean {
  const words = text.trim().split(/\s+/);
  return language.startsWith('en') ? words.slice(1).filter((word) => /^\p{Lu}/u.test(word)).length >= 2 : true;
}

/** "Funding through …" inside a sentence is "funding through …"; "China and …" stays. */
function plainStart(text: string): string {
  const [first = '', second = ''] = text.split(/\s+/);
  return /^(?:through|of|for|in|under|from|with|by)$/.test(second) && /^\p{Lu}\p{Ll}+$/u.test(first)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : lower(text);
}

function fromEditions(briefing: Briefing, all: readonly Briefing[]): Candidate[] {
  const dates = all
    .filter((one) => one.series === briefing.series && one.edition.date !== null && !one.newest)
    .map((one) => one.edition.date as string);
  const [before] = dates.sort().reverse();
  return before === undefined || !briefing.language.startsWith('en')
    ? []
    : [{ question: `What has changed since the ${spellDate(before)} edition?` }];
}
