import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createHnswStore } from '../../src/adapters/hnsw-store.ts';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { isSmallTalk, readQuestion } from '../../src/ask/question.ts';
import { retrieve, VECTOR_WEIGHT } from '../../src/ask/retrieve.ts';
import { mainPart, standalone } from '../../src/ask/rewrite.ts';
import { DEFAULT_SETTINGS } from '../../src/ask/settings.ts';
import { expand } from '../../src/ask/units.ts';
import { readWhen, withoutEditionWords } from '../../src/ask/when.ts';
import { wordVectorsOf } from '../../src/ask/word-vectors.ts';
import type { Briefing, Passage, Turn } from '../../src/core/model.ts';
import type { IndexReader } from '../../src/core/ports.ts';
import { dates } from '../../src/core/time/dates.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { type Sample, sampleOf } from './samples.ts';

interface Case {
  id: string;
  question: string;
  paraphrases?: string[];
  history?: Turn[];
  answerable: boolean;
  status: string[];
  facts?: { any_of: (string | number)[]; vital?: boolean }[];
  evidence?: { edition: string | number; anchors: string[] }[];
  tags: string[];
}

/** Their right answer is not one sentence of one edition. */
const NOT_ONE_SENTENCE = ['changed', 'other-language', 'several-paragraphs'];

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[–—]/g, '-')
    .replace(/[\u00a0\u202f]/g, ' ');

/** Samples of evaluation cases over a corpus folder: every question and paraphrase, once for each edition. */
export async function caseSamples(files: readonly string[], folder: string): Promise<Sample[]> {
  const cases = files.flatMap((file) => parse(readFileSync(file, 'utf8')) as Case[]);
  const directory = await mkdtemp(join(tmpdir(), 'pilcrow-cases-'));
  try {
    const store = createHnswStore({ directory });
    const embedder = await createStaticEmbedder();
    await ingest({ folder, store, embedder });
    const reader = (await store.open()) as IndexReader;
    const wordVectors = wordVectorsOf((word) => embedder.embed(word));
    const briefings = new Map((await reader.briefings()).map((briefing) => [briefing.id, briefing]));
    const out: Sample[] = [];
    for (const item of cases) {
      if (item.tags.some((tag) => NOT_ONE_SENTENCE.includes(tag))) continue;
      for (const asked of [item.question, ...(item.paraphrases ?? [])]) {
        const text = standalone(asked, item.history ?? []);
        const question = readQuestion(withoutEditionWords(text), withoutEditionWords(mainPart(text)));
        if (question.answerType === 'contact' || isSmallTalk(asked)) continue;
        const expansion = await expand(question, reader);
        const when = readWhen(text, dates(text));
        const period = when.kind === 'period' ? when.period : null;
        for (const briefing of briefings.values()) {
          const options = { depth: DEFAULT_SETTINGS.depth, vectorWeight: VECTOR_WEIGHT, filter: { briefings: [briefing.id] } };
          const found = await retrieve(reader, embedder, text, expansion, briefings, options);
          const passages = found.slice(0, DEFAULT_SETTINGS.passages);
          out.push(...(await samplesOfEdition(item, briefing, passages, { question, expansion, reader, wordVectors, period })));
        }
      }
    }
    await reader.close();
    return out;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** What one edition says to a case: that it answers, and does not without the paragraph that does; or that it does not. */
async function samplesOfEdition(
  item: Case,
  briefing: Briefing,
  passages: Passage[],
  asked: Parameters<typeof sampleOf>[0],
): Promise<Sample[]> {
  const evidence = (item.evidence ?? []).filter(({ edition }) => String(edition) === briefing.edition.date);
  const editions = new Set((item.evidence ?? []).map(({ edition }) => String(edition)));
  const here = item.answerable && evidence.length > 0;
  const right = ({ paragraph }: Passage) => {
    const whole = plain([paragraph.text, ...paragraph.headings].join(' '));
    return here && evidence.some(({ anchors }) => anchors.every((anchor) => whole.includes(plain(anchor))));
  };
  const vital = (item.facts ?? []).filter((fact) => fact.vital !== false);
  const judge = (passage: Passage, sentence: string) => {
    const told = vital.filter((fact) => fact.any_of.some((one) => plain(sentence).includes(plain(String(one))))).length;
    const answers = right(passage);
    return { right: answers, holds: answers && told > 0 && told >= Math.ceil(vital.length / 2) };
  };
  const about = { set: 'cases', document: item.id };
  if (!here) {
    // An edition that the case does not name may tell the same, unless the case says that only an older one does.
    const silent = !item.answerable || editions.size > 1 || (item.status.includes('older_edition_only') && briefing.newest);
    const sample = silent ? await sampleOf(asked, passages, { ...about, kind: 'near' }, judge) : null;
    return sample ? [sample] : [];
  }
  const answered = await sampleOf(asked, passages, { ...about, kind: 'answerable' }, judge);
  if (!answered || answered.gold.length === 0) return [];
  const without = await sampleOf(
    asked,
    passages.filter((passage) => !right(passage)),
    { ...about, kind: 'absent' },
    judge,
  );
  return without && without.rows.length > 5 ? [answered, without] : [answered];
}
