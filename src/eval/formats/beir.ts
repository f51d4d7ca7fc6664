import type { EvalCase } from '../case.ts';
import { caseId, type Imported, nameOf, uniqueQuote } from './documents.ts';
import { jsonLinesOf, keepUsable } from './paragraphs.ts';

/**
 * BEIR (Thakur et al. 2021): `corpus.jsonl` ({_id, title, text}), `queries.jsonl` ({_id, text}) and `qrels/*.tsv`
 * (query-id, corpus-id, score, with a head line). Every document becomes a briefing of one paragraph; a query's evidence is
 * every document with a score above 0, all of them needed, so that recall and nDCG mean what they mean in BEIR.
 */
export function importBeir(corpus: string, queries: string, qrels: string): Imported {
  const notes = new Map<string, number>();
  const note = (text: string) => notes.set(text, (notes.get(text) ?? 0) + 1);
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const quotes = new Map<string, string | null>();
  const documents = jsonLinesOf<{ _id: string; title?: string; text: string }>(corpus, 'corpus.jsonl').map(({ _id, title, text }) => {
    let name = nameOf(_id);
    for (let n = 2; taken.has(name); n++) name = `${nameOf(_id)}-${n}`;
    taken.add(name);
    const paragraph = text.replace(/\s+/g, ' ').trim();
    names.set(_id, name);
    quotes.set(_id, uniqueQuote(paragraph, paragraph));
    return { name, title: title || _id, date: null, paragraphs: [paragraph] };
  });
  const relevant = new Map<string, string[]>();
  for (const line of qrels.split('\n')) {
    const [query, document, score] = line.trim().split('\t');
    if (query && document && Number(score) > 0) relevant.set(query, [...(relevant.get(query) ?? []), document]);
  }
  const cases = jsonLinesOf<{ _id: string; text: string }>(queries, 'queries.jsonl').flatMap(({ _id, text }): EvalCase[] => {
    const judged = relevant.get(_id);
    if (!judged) {
      note('queries without a judgement in this split were left out');
      return [];
    }
    const evidence = judged.flatMap((document) => {
      const quote = quotes.get(document);
      if (!quote) note('judged documents that are empty or missing were left out');
      return quote ? [{ briefing: names.get(document) as string, quote }] : [];
    });
    return [
      {
        id: caseId(_id),
        question: text,
        answerable: true,
        ...(evidence.length > 0 ? { evidence, evidence_needed: 'all' as const } : {}),
        tags: ['beir'],
      },
    ];
  });
  return { cases: keepUsable(cases, note), documents, notes: [...notes].map(([text, count]) => `${count}: ${text}`) };
}
