import type { Passage } from '../../core/model.ts';
import type { IndexReader } from '../../core/ports.ts';
import { isBroad } from '../broad/decide.ts';
import type { Decision } from '../decide.ts';
import { withoutOrders } from '../orders.ts';
import { shared } from '../shared.ts';
import { bytesOf, EVIDENCE_BYTES, type Evidence } from './prompt.ts';

/** Paragraphs shown to the model. */
const MOST = 8;
/** Of these, how many are taken for their sentences; the rest is context. */
const ANSWERING = 5;
/** Retrieved paragraphs that context is taken from. */
const LOOKED_AT = 20;
/** A longer paragraph takes no part beside others; alone it is shown as far as there is room. */
const SHARE_OF_ONE = 0.5;

/** A question, or a part of one, with enough evidence: what decided it, and what was found for it. */
export interface Ground {
  decision: Decision;
  passages: readonly Passage[];
}

/**
 * The paragraphs a model may rest on, best first: those whose sentences can answer, then what else was found for the question
 * in the editions that speak, as context. Parts of a question take turns. At most half of the paragraphs come from one briefing
 * while others have something to say.
 */
export async function evidenceOf(grounds: readonly Ground[], reader: IndexReader): Promise<{ evidence: Evidence[]; passages: Passage[] }> {
  const seen = new Map<string, Passage>();
  const add = (passage: Passage) => {
    if (!seen.has(passage.paragraph.id)) seen.set(passage.paragraph.id, passage);
  };
  // What a whole topic is told by stands in as many paragraphs as there is room for.
  const most = (decision: Decision) => Math.ceil((isBroad(decision) ? MOST : ANSWERING) / grounds.length);
  inTurn(grounds.map(({ decision }) => answering(decision, most(decision)))).forEach(add);
  const contexts = await Promise.all(grounds.map((ground) => contextOf(ground, reader)));
  inTurn(contexts).forEach(add);
  // Sentences are checked in the language they are written in: that of what answers best.
  const [first] = seen.values();
  const comparable = [...seen.values()].filter(({ briefing }) => briefing.language === first?.briefing.language);
  const chosen = shared(comparable, (passage) => passage.briefing.id, MOST, MOST / 2);
  const passages: Passage[] = [];
  let bytes = 0;
  for (const passage of chosen) {
    const length = bytesOf(passage.paragraph.text);
    if (passages.length > 0 && (bytes + length > EVIDENCE_BYTES || length > EVIDENCE_BYTES * SHARE_OF_ONE)) continue;
    bytes += length;
    passages.push(passage);
  }
  const leads = new Map(
    (
      await reader.paragraphs(
        passages.flatMap(({ paragraph }) => (paragraph.lead === null ? [] : [`${paragraph.briefing}#p${paragraph.lead}`])),
      )
    ).map((paragraph) => [paragraph.id, paragraph.text]),
  );
  const evidence = passages.map(({ paragraph, briefing }) => ({
    paragraph,
    briefing,
    lead: paragraph.lead === null ? null : (leads.get(`${paragraph.briefing}#p${paragraph.lead}`) ?? null),
  }));
  return { evidence, passages };
}

/** Passages of the sentences that can answer. */
function answering({ pool, ranked }: Decision, most: number): Passage[] {
  const best = [...pool].sort((a, b) => b.probability - a.probability || b.score - a.score);
  const passages = new Map<string, Passage>();
  for (const { candidate } of [...ranked.slice(0, 1), ...best]) {
    if (passages.size === most) break;
    const { passage } = candidate;
    if (!passages.has(passage.paragraph.id)) passages.set(passage.paragraph.id, passage);
  }
  return [...passages.values()];
}

/** What else was found in the editions that speak. */
function contextOf({ decision, passages }: Ground, reader: IndexReader): Promise<Passage[]> {
  const speaking = new Set(decision.pool.map(({ candidate }) => candidate.passage.briefing.id));
  const found = shared(passages, (one) => one.briefing.id, LOOKED_AT, LOOKED_AT / 2).filter(
    ({ paragraph, briefing }) => speaking.has(briefing.id) && paragraph.kind !== 'heading',
  );
  return withoutOrders(found, reader);
}

/** The first of each list, then the second of each, and so on. */
function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}
