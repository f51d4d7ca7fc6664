import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { localVectors } from '../../src/ask/word-vectors.ts';
import type { Chunk } from '../../src/core/model.ts';
import { loadCases, proves, states } from '../../src/eval/index.ts';
import { randomFrom } from '../../src/eval/metrics/statistics.ts';
import { indexSets, readSet } from '../data.ts';
import { altered, othersIn } from './altered.ts';
import { type Sample, samplesOf } from './samples.ts';
import { type DeskCase, type DeskSet, deskSetsIn, evidenceIn, indexFolder, pattern, readDeskSet, requestOf } from './sets.ts';

/** How many questions about other documents are asked of each set, and how many of them in lower case. */
const ELSEWHERE = 90;
const LOWERED = 1 / 3;
/** Weight of a question that was altered so that nothing answers it any more: they are many, and made by a few patterns. */
const ALTERED_WEIGHT = 0.4;

export function labelOf(one: DeskCase, chunk: Chunk, source: string): 1 | 0 | -1 {
  if (!one.answerable) return 0;
  const text = `${chunk.headings.join(' ')} ${chunk.text}`;
  const evidence = evidenceIn(one, chunk.text, source) || evidenceIn(one, text, source);
  const said = (one.all ?? []).every((each) => pattern(each).test(text)) && !(one.none ?? []).some((each) => pattern(each).test(text));
  return evidence && said ? 1 : evidence || (said && (one.all ?? []).length > 0) ? -1 : 0;
}

/** Samples of one set of documents, with questions of other sets among them. */
export async function deskSamples(folder: string, name: string, others: readonly DeskSet[]): Promise<Sample[]> {
  const set = readDeskSet(folder, name);
  const embedder = await createStaticEmbedder();
  const vectors = localVectors(embedder);
  const { reader, close } = await indexFolder(join(set.folder, 'docs'), embedder);
  const samples: Sample[] = [];
  const changes = randomFrom(23);
  const words = othersIn(set.cases.map(({ question }) => question));
  for (const one of set.cases) {
    const about = { set: name, id: one.id, kind: one.answerable ? 'answerable' : 'unanswerable', category: one.cat, weight: 1 } as const;
    let answering = '';
    samples.push(
      ...(await samplesOf(about, requestOf(one), reader, embedder, vectors, (chunk, source) => {
        const label = labelOf(one, chunk, source);
        if (label === 1) answering += `${chunk.headings.join(' ')} ${chunk.text}\n`;
        return label;
      })),
    );
    if (answering === '' || one.history) continue;
    for (const question of altered(one.question, answering, words, changes)) {
      const near = { ...about, id: `${one.id}~${question}`, kind: 'unanswerable', category: 'altered', weight: ALTERED_WEIGHT } as const;
      samples.push(...(await samplesOf(near, { question }, reader, embedder, vectors, () => 0)));
    }
  }
  const random = randomFrom(11);
  const foreign = others
    .filter((other) => other.name !== name)
    .flatMap((other) => other.cases.filter((one) => one.answerable && !one.history));
  for (let n = 0; n < ELSEWHERE; n++) {
    const one = foreign[Math.floor(random() * foreign.length)]!;
    const question = random() < LOWERED ? one.question.toLowerCase() : one.question;
    const about = { set: name, id: `${name}<${one.id}`, kind: 'elsewhere', category: 'elsewhere', weight: 1 } as const;
    samples.push(...(await samplesOf(about, { question }, reader, embedder, vectors, () => 0)));
  }
  await close();
  return samples;
}

/** Documents of a set that are read alone, and least questions such a document answers; how many others of the set are asked of it for each. */
const ALONE = { documents: 6, questions: 3, others: 1.5 };
const ALONE_WEIGHT = 0.3;

/**
 * Samples of single documents of a set: what somebody asks who has one document only, and what the house asks that stands in another
 * document of it.
 */
export async function aloneSamples(folder: string, name: string): Promise<Sample[]> {
  const set = readDeskSet(folder, name);
  const embedder = await createStaticEmbedder();
  const vectors = localVectors(embedder);
  const random = randomFrom(37);
  const samples: Sample[] = [];
  const filesOf = ({ evidence = [] }: DeskCase) => new Set(evidence.map(({ file }) => file.replace(/^docs\//, '')));
  const counts = new Map<string, DeskCase[]>();
  for (const one of set.cases)
    if (one.answerable && !one.history) for (const file of filesOf(one)) counts.set(file, [...(counts.get(file) ?? []), one]);
  const documents = [...counts]
    .filter(([, cases]) => cases.length >= ALONE.questions)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map((entry) => ({ entry, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, ALONE.documents)
    .map(({ entry }) => entry);
  for (const [file, own] of documents) {
    const { reader, close } = await indexFolder(join(set.folder, 'docs'), embedder, (one) => one === file);
    const others = set.cases.filter((one) => !one.history && one.answerable && !filesOf(one).has(file));
    const asked: [DeskCase, boolean][] = own.map((one) => [one, true]);
    for (let n = 0; n < own.length * ALONE.others; n++) asked.push([others[Math.floor(random() * others.length)]!, false]);
    for (const [one, answers] of asked) {
      const about = {
        set: name,
        id: `${file}:${one.id}`,
        kind: answers ? 'answerable' : 'unanswerable',
        category: 'alone',
        weight: ALONE_WEIGHT,
      } as const;
      samples.push(
        ...(await samplesOf(about, { question: one.question }, reader, embedder, vectors, (chunk, source) =>
          answers ? labelOf(one, chunk, source) : 0,
        )),
      );
    }
    await close();
  }
  return samples;
}

/** Samples of a public question set; `most` questions at even distances. */
export async function publicSamples(folder: string, name: string, most: number): Promise<Sample[]> {
  const set = readSet(folder, name);
  const index = await indexSets([set]);
  const vectors = localVectors(index.embedder);
  const step = Math.max(1, set.questions.length / most);
  const samples: Sample[] = [];
  const ids = new Map([...index.goldOf].map(([own, gold]) => [gold, own]));
  for (let at = 0; at < set.questions.length; at += step) {
    const one = set.questions[Math.floor(at)]!;
    const gold = new Set(one.gold_paragraphs.flatMap((id) => ids.get(id) ?? []));
    const related = new Set((one.related_paragraphs ?? []).flatMap((id) => ids.get(id) ?? []));
    if (!one.unanswerable && gold.size === 0) continue;
    const short = one.answers.filter((answer) => answer.length < 80);
    const request = {
      question: one.question,
      history: (one.history ?? []).flatMap(({ question, answer }) => [
        { role: 'user' as const, content: question },
        { role: 'assistant' as const, content: answer },
      ]),
    };
    const about = { set: name, id: one.id, kind: one.unanswerable ? 'unanswerable' : 'answerable', category: name, weight: 0.5 } as const;
    samples.push(
      ...(await samplesOf(about, request, index.reader, index.embedder, vectors, (chunk) => {
        if (one.unanswerable) return 0;
        const here = chunk.paragraphs.map((number) => `${chunk.briefing}#p${number}`);
        if (!here.some((id) => gold.has(id))) return here.some((id) => related.has(id)) ? -1 : 0;
        const said = short.length === 0 || short.some((answer) => chunk.text.toLowerCase().includes(answer.toLowerCase()));
        return said ? 1 : -1;
      })),
    );
  }
  await index.close();
  return samples;
}

/** Cases whose right answer is not one chunk. */
const NOT_ONE_CHUNK: ReadonlySet<string> = new Set(['changed', 'several-paragraphs']);
/** The two briefs are read in many wordings of few facts: together they weigh about as much as one other set. */
const CASE_WEIGHT = 0.35;

/** Samples of evaluation cases over a folder of briefings. */
export async function caseSamples(files: readonly string[], folder: string, name: string): Promise<Sample[]> {
  const embedder = await createStaticEmbedder();
  const vectors = localVectors(embedder);
  const { reader, close } = await indexFolder(folder, embedder);
  const briefings = new Map((await reader.briefings()).map((briefing) => [briefing.source, briefing]));
  const samples: Sample[] = [];
  const changes = randomFrom(29);
  const all = await Promise.all(files.map(async (file) => (await loadCases(file)).cases));
  const words = othersIn(all.flat().map(({ question }) => question));
  for (const cases of all) {
    for (const one of cases) {
      if (one.tags?.some((tag) => NOT_ONE_CHUNK.has(tag))) continue;
      const about = {
        set: name,
        id: one.id,
        kind: one.answerable ? 'answerable' : 'unanswerable',
        category: name,
        weight: CASE_WEIGHT,
      } as const;
      for (const question of [one.question, ...(one.paraphrases ?? [])]) {
        const request = { question, history: one.history, edition: one.edition };
        let answering = '';
        samples.push(
          ...(await samplesOf(about, request, reader, embedder, vectors, (chunk, source) => {
            if (!one.answerable) return 0;
            const briefing = briefings.get(source)!;
            const proved = (one.evidence ?? []).some((evidence) =>
              proves({ briefing, text: chunk.text, headings: chunk.headings }, evidence),
            );
            const stated = (one.facts ?? [])
              .filter(({ vital }) => vital !== false)
              .every((fact) => states(`${chunk.headings.join(' ')} ${chunk.text}`, fact));
            if (proved && stated) answering += `${chunk.headings.join(' ')} ${chunk.text}\n`;
            return proved && stated ? 1 : proved || (stated && (one.facts ?? []).length > 0) ? -1 : 0;
          })),
        );
        if (answering === '' || one.history || question !== one.question) continue;
        for (const other of altered(question, answering, words, changes)) {
          const near = { ...about, id: `${one.id}~${other}`, kind: 'unanswerable', category: 'altered' } as const;
          samples.push(
            ...(await samplesOf(
              { ...near, weight: CASE_WEIGHT * ALTERED_WEIGHT },
              { question: other },
              reader,
              embedder,
              vectors,
              () => 0,
            )),
          );
        }
      }
    }
  }
  await close();
  return samples;
}

/** Most questions of each public set: the desk's own questions are the ones to learn from. */
const PUBLIC: Readonly<Record<string, number>> = {
  squad2: 800,
  clapnq: 300,
  mtrag: 332,
  covidfaq: 122,
  timeqa: 150,
  covidqa: 200,
  'xquad-es': 200,
};

/** Samples of every desk set of a folder, of the public sets of another, and of the project's tuning cases over folders of the two briefs. */
export async function allSamples({
  desk,
  data,
  briefs = [],
}: {
  desk: string | null;
  data: string | null;
  briefs?: readonly string[];
}): Promise<Sample[]> {
  const names = desk ? deskSetsIn(desk) : [];
  const sets = names.map((name) => readDeskSet(desk as string, name));
  const samples: Sample[] = [];
  for (const name of names) samples.push(...(await deskSamples(desk as string, name, sets)), ...(await aloneSamples(desk as string, name)));
  if (data) for (const [name, most] of Object.entries(PUBLIC)) samples.push(...(await publicSamples(data, name, most)));
  const tuning = readdirSync('evals/cases')
    .filter((file) => /^tune/.test(file))
    .map((file) => join('evals/cases', file));
  for (const folder of briefs) samples.push(...(await caseSamples(tuning, folder, 'briefs')));
  return samples;
}
