/** Whether the sources given together support a sentence: `support` of support.ts, or any other test. */
export type Supports = (sentence: string, sources: readonly string[]) => boolean;

/** A sentence with the texts it cites. */
export interface CitedSentence {
  text: string;
  sources: string[];
}

/** Share of sentences with at least one citation; null for an answer without sentences. */
export function citationCoverage(sentences: readonly CitedSentence[]): number | null {
  return sentences.length === 0 ? null : sentences.filter((sentence) => sentence.sources.length > 0).length / sentences.length;
}

/**
 * Citation recall as in ALCE (Gao et al. 2023, arXiv 2305.14627, section 3): a sentence counts 1 when it cites something and
 * all it cites together supports it; mean over the sentences. Null for an answer without sentences.
 */
export function citationRecall(sentences: readonly CitedSentence[], supports: Supports): number | null {
  if (sentences.length === 0) return null;
  return sentences.filter(({ text, sources }) => sources.length > 0 && supports(text, sources)).length / sentences.length;
}

/**
 * Citation precision as in ALCE: a citation is irrelevant when it does not support its sentence alone and the others do
 * without it; precise citations are the relevant ones of sentences whose recall is 1. Mean over all citations; null without any.
 */
export function citationPrecision(sentences: readonly CitedSentence[], supports: Supports): number | null {
  let precise = 0;
  let all = 0;
  for (const { text, sources } of sentences) {
    all += sources.length;
    if (sources.length === 0 || !supports(text, sources)) continue;
    for (const [index, source] of sources.entries()) {
      const others = sources.filter((_, at) => at !== index);
      const irrelevant = !supports(text, [source]) && others.length > 0 && supports(text, others);
      if (!irrelevant) precise++;
    }
  }
  return all === 0 ? null : precise / all;
}
