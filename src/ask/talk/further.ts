import type { Answer, Citation, NearestPassage, Paragraph } from '../../core/model.ts';
import type { IndexReader } from '../../core/ports.ts';
import { paragraphHasInjection } from '../../core/text/injection.ts';
import { fold } from '../../core/text/tokens.ts';
import { paragraphUrl } from '../cite/index.ts';

/** Passages that "tell me more" shows. */
const FURTHER_PASSAGES = 3;
/** Paragraphs after the cited one that are looked at. */
const FOLLOWING_PARAGRAPHS = 4;

/** Paragraphs that were cited, whole. */
export function passagesOf(citations: readonly Citation[]): NearestPassage[] {
  const seen = new Set<string>();
  return citations
    .filter(({ paragraph }) => !seen.has(paragraph) && seen.add(paragraph))
    .map(({ paragraph, briefing, headings, page, text, url }) => ({
      paragraph,
      paragraphs: [paragraph],
      briefing,
      headings,
      page,
      text,
      url,
      score: 1,
    }));
}

/**
 * What else there is beside an answer: the whole of the paragraphs it cites, what follows them in their sections, then what else is nearest;
 * nothing that `last`, the text said before, has already.
 */
export async function further({ citations, nearest }: Answer, last: string, reader: IndexReader): Promise<NearestPassage[]> {
  const cited = passagesOf(citations);
  const following: NearestPassage[] = [];
  for (const one of cited.slice(0, 1)) following.push(...(await after(one, reader)));
  const told = fold(last);
  const seen = new Set<string>();
  return [...cited, ...following, ...nearest]
    .filter(
      ({ text, paragraphs }) =>
        !told.includes(fold(text)) && !paragraphs.some((id) => seen.has(id)) && paragraphs.every((id) => seen.add(id)),
    )
    .slice(0, FURTHER_PASSAGES);
}

/** The paragraphs below the same headings that follow a passage. */
async function after(passage: NearestPassage, reader: IndexReader): Promise<NearestPassage[]> {
  const own = await reader.paragraphsOf(passage.briefing.id);
  const at = own.findIndex(({ id }) => id === passage.paragraph);
  if (at < 0) return [];
  const end = own.findIndex(({ kind }, index) => index > at && kind === 'heading');
  const section = own.slice(at + 1, Math.min(end < 0 ? own.length : end, at + 1 + FOLLOWING_PARAGRAPHS));
  return section
    .filter((paragraph) => isProse(paragraph) && !paragraphHasInjection(paragraph))
    .map((paragraph) => ({
      ...passage,
      paragraph: paragraph.id,
      paragraphs: [paragraph.id],
      page: paragraph.page,
      text: paragraph.text,
      url: paragraphUrl(paragraph),
    }));
}

const isProse = ({ kind, sentences, role }: Paragraph): boolean => kind !== 'heading' && role === undefined && sentences.length > 0;
