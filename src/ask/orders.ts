import type { Passage } from '../core/model.ts';
import type { IndexReader } from '../core/ports.ts';
import { paragraphGivesOrders, titleGivesOrders } from '../core/text/orders.ts';

/**
 * Passages that may be rested on: neither their text nor what is read with it (headings, title, the line that introduces their
 * list) gives orders to whoever answers. Headings and titles count as sources, so an order in one of them is no smaller matter.
 */
export async function withoutOrders(passages: readonly Passage[], reader: IndexReader): Promise<Passage[]> {
  const plain = passages.filter(({ paragraph, briefing }) => !paragraphGivesOrders(paragraph) && !titleGivesOrders(briefing));
  const leadOf = ({ paragraph }: Passage) => (paragraph.lead === null ? [] : [`${paragraph.briefing}#p${paragraph.lead}`]);
  const leads = await reader.paragraphs([...new Set(plain.flatMap(leadOf))]);
  const ordering = new Set(leads.filter(paragraphGivesOrders).map((lead) => lead.id));
  return ordering.size === 0 ? plain : plain.filter((passage) => !leadOf(passage).some((id) => ordering.has(id)));
}
