import type { Citation } from '../../core/model.ts';
import type { IndexReader } from '../../core/ports.ts';
import { codePointLength, sliceCodePoints } from '../../core/text/codepoints.ts';

/**
 * Whether a citation resolves against the snapshot: the paragraph exists, its text is the one cited, the quotation stands
 * in it word for word, and the offsets point at it in the briefing's text. What does not resolve is not shown.
 */
export async function resolves(citation: Citation, reader: IndexReader): Promise<boolean> {
  const paragraph = await reader.paragraph(citation.paragraph);
  if (paragraph?.text !== citation.text) return false;
  const { exact } = citation.quote;
  const from = citation.start - paragraph.start;
  if (exact === '' || from < 0 || citation.end - citation.start !== codePointLength(exact)) return false;
  return sliceCodePoints(paragraph.text, from, from + (citation.end - citation.start)) === exact;
}
