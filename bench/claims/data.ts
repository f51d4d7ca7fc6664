import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { createMemoryStore } from '../../src/adapters/memory-store.ts';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import type { ClaimOptions, ClaimSource } from '../../src/ask/claims/check.ts';
import { normalTerm } from '../../src/ask/claims/thesaurus.ts';
import { wordVectorsOf } from '../../src/ask/word-vectors.ts';
import type { Paragraph } from '../../src/core/model.ts';
import type { IndexReader } from '../../src/core/ports.ts';
import { tokens } from '../../src/core/text/tokens.ts';
import { ingest } from '../../src/ingest/ingest.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const FOLDERS = [join(HERE, '../../corpus'), join(HERE, 'documents')];

/** A sentence that its sources say, in other words; of `recombined`, one that they do not say. */
export interface TrueClaim {
  /** Id of the briefing. */
  document: string;
  text: string;
  sources: ClaimSource[];
  /** Written after the thresholds were found; only measured. */
  heldOut: boolean;
  /** What a false one got wrong, where that was written down. */
  wrong?: string;
}

export interface ClaimData {
  claims: TrueClaim[];
  /** False ones made of the words of their paragraphs, by hand. */
  recombined: TrueClaim[];
  /** A set of its own: longer sentences that join statements, and false ones close to them. */
  fluent: { claims: TrueClaim[]; recombined: TrueClaim[] };
  /** Every paragraph that may be cited, by briefing. */
  sources: Map<string, ClaimSource[]>;
  options: ClaimOptions;
}

/** Reads documents with the real ingest, and the sentences over them. */
export async function claimData(): Promise<ClaimData> {
  const embedder = await createStaticEmbedder();
  const sources = new Map<string, ClaimSource[]>();
  const abbreviations: { short: string; long: string }[] = [];
  const frequency = new Map<string, number>();
  let count = 0;
  for (const folder of FOLDERS) {
    const store = createMemoryStore();
    await ingest({ folder, store, embedder });
    const reader = (await store.open()) as IndexReader;
    abbreviations.push(...(await reader.abbreviations()).filter((one) => !one.implied));
    for (const briefing of await reader.briefings()) {
      const paragraphs = await reader.paragraphsOf(briefing.id);
      sources.set(
        briefing.id,
        paragraphs.map((paragraph) => sourceOf(paragraph, paragraphs, briefing)),
      );
      for (const paragraph of paragraphs) {
        count++;
        for (const term of new Set(tokens(paragraph.text).map((token) => normalTerm(token.word))))
          frequency.set(term, (frequency.get(term) ?? 0) + 1);
      }
    }
    await reader.close();
  }
  const claims: TrueClaim[] = [];
  for (const set of ['tune', 'held-out']) {
    for (const file of readdirSync(join(HERE, set)).sort()) {
      const document = basename(file, '.yaml');
      const all = sources.get(document);
      if (!all) throw new Error(`no document ${document}`);
      for (const group of parse(readFileSync(join(HERE, set, file), 'utf8')) as { paragraphs: string[]; claims: string[] }[]) {
        const cited = citedIn(document, all, group.paragraphs);
        for (const text of group.claims) claims.push({ document, text, sources: cited, heldOut: set === 'held-out' });
      }
    }
  }
  const recombined: TrueClaim[] = [];
  const byHand = parse(readFileSync(join(HERE, 'recombined.yaml'), 'utf8')) as Record<string, Recombined[]>;
  for (const [set, groups] of Object.entries(byHand)) {
    for (const { document, paragraphs, claims: texts } of groups) {
      const cited = citedIn(document, sources.get(document) ?? [], paragraphs);
      for (const text of texts) recombined.push({ document, text, sources: cited, heldOut: set === 'held-out' });
    }
  }
  const fluent: ClaimData['fluent'] = { claims: [], recombined: [] };
  const written = parse(readFileSync(join(HERE, 'fluent.yaml'), 'utf8')) as Record<string, Fluent[]>;
  for (const [set, groups] of Object.entries(written)) {
    const heldOut = set === 'aside';
    for (const { document, paragraphs, claims: texts, wrong } of groups) {
      const cited = citedIn(document, sources.get(document) ?? [], paragraphs);
      for (const text of texts) fluent.claims.push({ document, text, sources: cited, heldOut });
      for (const [kind, list] of Object.entries(wrong))
        for (const text of list) fluent.recombined.push({ document, text, sources: cited, heldOut, wrong: kind });
    }
  }
  const idf = (term: string) => {
    const n = frequency.get(term) ?? 0;
    return Math.log(1 + (count - n + 0.5) / (n + 0.5));
  };
  const options = { language: 'en', idf, wordVectors: wordVectorsOf(embedder.embed), abbreviations };
  return { claims, recombined, fluent, sources, options };
}

interface Recombined {
  document: string;
  paragraphs: string[];
  claims: string[];
}

interface Fluent extends Recombined {
  wrong: Record<string, string[]>;
}

function citedIn(document: string, all: readonly ClaimSource[], phrases: readonly string[]): ClaimSource[] {
  return phrases.map((phrase) => {
    const found = all.filter((one) => one.paragraph.text.includes(phrase));
    if (found.length !== 1) throw new Error(`${document}: “${phrase}” stands in ${found.length} paragraphs`);
    return found[0] as ClaimSource;
  });
}

function sourceOf(
  paragraph: Paragraph,
  all: readonly Paragraph[],
  briefing: { title: string; edition: { date: string | null } },
): ClaimSource {
  const lead = paragraph.lead === null ? null : (all.find((one) => one.number === paragraph.lead)?.text ?? null);
  return { paragraph, title: briefing.title, edition: briefing.edition.date, lead };
}
