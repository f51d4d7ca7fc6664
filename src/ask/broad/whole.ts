import type { Briefing, Paragraph } from '../../core/model.ts';
import type { IndexReader } from '../../core/ports.ts';
import { analyseParagraph } from '../../core/text/analysis.ts';
import { withoutOrders } from '../orders.ts';
import type { Ranked } from '../rank.ts';
import type { Scope } from '../scope.ts';
import type { BroadDecision } from './decide.ts';
import { readBroad } from './shape.ts';
import { tellsOfNothing } from './topic.ts';

const BRIEFING = '(?:briefings?|briefing notes?|briefs?|documents?|editions?|versions?|reports?|papers?)';
const NAMES_BRIEFING = new RegExp(`\\b${BRIEFING}\\b`, 'i');
/** Nothing but the briefing, or its edition, as the topic. */
const NOTHING_ELSE = new RegExp(
  `^(?:(?:the|this|these|your|all|of|whole|entire|complete|full|new|newest|latest|last|current|old|older|previous|january|february|march|april|may|june|july|august|september|october|november|december|\\d{4}) )*${BRIEFING}(?: (?:of|from) (?:\\w+ )?\\d{4})?$`,
  'i',
);
const POINTS = new RegExp(
  `^what (?:do|does) (?:the|this|these) (?:\\w+ ){0,2}?${BRIEFING} (?:say|contain|cover|tell us)$|^what(?: is|'s) in (?:the|this) (?:\\w+ ){0,2}?${BRIEFING}$|^what are the (?:main|key|most important) (?:points|messages|topics) (?:of|in) (?:the|this) (?:\\w+ ){0,2}?${BRIEFING}$`,
  'i',
);
/** Paragraphs shown to a model, and quoted from. */
const MOST_PARAGRAPHS = 8;
const MOST_QUOTED = 3;
/** Paragraphs of one briefing that are looked at. */
const LOOKED_AT = 400;

/** Whether a question is about a briefing as a whole, such as "Summarise the 2019 edition". English. */
export function asksForWhole(question: string): boolean {
  if (!NAMES_BRIEFING.test(question)) return false;
  const topic = readBroad(question)?.topic;
  if (topic !== undefined) return NOTHING_ELSE.test(topic);
  return question.length < 200 && POINTS.test(question.replace(/[\s?.!]+$/, '').replace(/[’]/g, "'"));
}

/**
 * What a briefing as a whole is told by: its first paragraph and the first of each section. Null when several briefings are
 * newest, or were asked for: then it is not known which one is meant.
 */
export async function decideWhole(scope: Scope, briefings: readonly Briefing[], reader: IndexReader): Promise<BroadDecision | null> {
  // Another time was asked for than any edition's.
  if (!scope.chosen && scope.when.kind !== 'default' && scope.when.kind !== 'newest') return null;
  const meant = briefings.filter((briefing) => scope.allowed.has(briefing.id) && (scope.chosen || briefing.newest));
  const [briefing] = meant;
  if (!briefing || meant.length > 1) return null;
  const paragraphs = (await reader.paragraphsOf(briefing.id))
    .slice(0, LOOKED_AT)
    .filter((one) => one.kind === 'body' && !tellsOfNothing(one));
  const plain = await withoutOrders(
    paragraphs.map((paragraph) => ({ paragraph, briefing, lexical: 0, semantic: 0, score: 0 })),
    reader,
  );
  const sections = new Set<Paragraph['heading']>();
  const pool = plain
    .filter(({ paragraph }) => !sections.has(paragraph.heading) && sections.add(paragraph.heading))
    .slice(0, MOST_PARAGRAPHS)
    .map((passage, place): Ranked => {
      const analysis = analyseParagraph(passage.paragraph);
      const candidate = {
        passage,
        analysis,
        sentence: analysis.sentences[0] as (typeof analysis.sentences)[number],
        index: 0,
        context: [],
      };
      return { candidate, score: -place, probability: 1, row: new Float32Array(0) };
    });
  if (pool.length === 0) return null;
  const quotes = pool.slice(0, MOST_QUOTED).map(({ candidate }) => candidate);
  return { ranked: pool, older: false, pool, broad: { whole: true, quotes } };
}
