import type { Passage } from '../../core/model.ts';
import type { IndexReader } from '../../core/ports.ts';
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

/**
 * The paragraphs a model may rest on, best first: those whose sentences can answer, then what else was found for the question
 * in the editions that speak, as context. At most half of them come from one briefing while others have something to say.
 */
export async function evidenceOf(
  decision: Decision,
  found: readonly Passage[],
  reader: IndexReader,
): Promise<{ evidence: Evidence[]; passages: Passage[] }> {
  const seen = new Map<string, Passage>();
  const add = (passage: Passage) => {
    if (!seen.has(passage.paragraph.id)) seen.set(passage.paragraph.id, passage);
  };
  const best = [...decision.pool].sort((a, b) => b.probability - a.probability || b.score - a.score);
  for (const { candidate } of [...decision.ranked.slice(0, 1), ...best]) if (seen.size < ANSWERING) add(candidate.passage);
  const speaking = new Set(decision.pool.map(({ candidate }) => candidate.passage.briefing.id));
  const context = shared(found, (one) => one.briefing.id, LOOKED_AT, LOOKED_AT / 2).filter(
    ({ paragraph, briefing }) => speaking.has(briefing.id) && paragraph.kind !== 'heading',
  );
  for (const passage of await withoutOrders(context, reader)) add(passage);
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
