import { createHash } from 'node:crypto';
import type { Briefing, Chunk, Paragraph, ParagraphKind } from '../../src/core/model.ts';
import type { IngestedBriefing } from '../../src/core/ports.ts';
import { codePointLength } from '../../src/core/text/codepoints.ts';

const hex = (text: string) => createHash('sha256').update(text).digest('hex');

export interface Line {
  text: string;
  kind?: ParagraphKind;
  headings?: string[];
  heading?: number;
  lead?: number;
}

/**
 * A briefing as ingest would hand it over: one line a paragraph, one chunk for every `perChunk` lines that are not headings
 * with something below them. What introduces the first line leads in.
 */
export function briefing(
  id: string,
  title: string,
  lines: readonly (Line | string)[],
  perChunk = 1,
  access?: string[][],
): IngestedBriefing {
  let at = 0;
  const paragraphs = lines.map((given, index): Paragraph => {
    const line = typeof given === 'string' ? { text: given } : given;
    const start = at;
    const end = start + codePointLength(line.text);
    at = end + 1;
    return {
      id: `${id}#p${index + 1}`,
      briefing: id,
      number: index + 1,
      kind: line.kind ?? 'body',
      text: line.text,
      headings: line.headings ?? [],
      heading: line.heading ?? null,
      lead: line.lead ?? null,
      page: null,
      start,
      end,
      hash: hex(line.text).slice(0, 16),
      sentences: [{ start: 0, end: end - start }],
    };
  });
  const text = paragraphs.map((paragraph) => paragraph.text).join('\n');
  const chunks: Chunk[] = [];
  const covered = new Set(paragraphs.flatMap(({ kind, heading }) => (kind === 'heading' ? [] : [heading])));
  const found = paragraphs.filter(({ kind, number }) => kind !== 'heading' || !covered.has(number));
  for (let from = 0; from < found.length; from += perChunk) {
    const members = found.slice(from, from + perChunk);
    const [first] = members;
    const body = members.map((paragraph) => paragraph.text).join('\n');
    const part = (paragraph: Paragraph, lead: boolean) => ({
      paragraph: paragraph.number,
      start: 0,
      end: codePointLength(paragraph.text),
      item: paragraph.kind === 'item',
      lead,
    });
    const lead = first!.lead === null ? [] : [paragraphs[first!.lead - 1]!];
    chunks.push({
      id: `${id}#c${chunks.length + 1}`,
      briefing: id,
      kind: first!.kind === 'item' ? 'list' : 'text',
      paragraphs: members.map(({ number }) => number),
      parts: [...lead.map((one) => part(one, true)), ...members.map((one) => part(one, false))],
      headings: first!.headings,
      context: title,
      text: [...lead.map((one) => one.text), body].join('\n'),
      hash: hex(`${title}\n${body}`).slice(0, 32),
      superseded: false,
    });
  }
  const record: Briefing = {
    id,
    title,
    series: id,
    edition: { date: '2024', stated: true, source: 'title' },
    language: 'en',
    publisher: null,
    source: `${id}.txt`,
    sha256: hex(text),
    paragraphs: paragraphs.length,
    length: codePointLength(text),
    newest: true,
    ...(access === undefined ? {} : { access }),
  };
  return { briefing: record, text, sourceMap: [[0, 0, codePointLength(text)]], paragraphs, chunks };
}

/** A vector that depends on the text alone: its letters counted in `dimensions` classes, unit length. All zero without letters. */
export function letterVector(text: string, dimensions: number): Float32Array {
  const counts = new Float32Array(dimensions);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 32) counts[(code * 7 + (at > 0 ? text.charCodeAt(at - 1) : 0)) % dimensions]! += 1;
  }
  const length = Math.hypot(...counts);
  return length > 0 ? counts.map((count) => count / length) : counts;
}

export const vectorsOf = (entry: IngestedBriefing, dimensions: number): Float32Array[] =>
  entry.chunks.map((chunk) => letterVector(`${chunk.context}\n${chunk.text}`, dimensions));

/** Random but reproducible numbers in 0..1. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Made-up words with the frequencies of a language: few are common, many are rare. */
export function synthetic(count: number, paragraphs: number, seed = 1): IngestedBriefing[] {
  const next = random(seed);
  const syllables = ['ba', 'lo', 'ri', 'ten', 'mus', 'ka', 'vor', 'el', 'sin', 'dra', 'pol', 'une'];
  const word = (rank: number): string => {
    let name = '';
    for (let left = rank + 12; left > 0; left = Math.floor(left / 12)) name += syllables[left % 12];
    return name;
  };
  const draw = () => word(Math.floor(30_000 ** next()) - 1);
  const sentence = (length: number) => Array.from({ length }, draw).join(' ');
  return Array.from({ length: count }, (_, index) =>
    briefing(
      `report-${String(index).padStart(4, '0')}`,
      sentence(4),
      Array.from({ length: paragraphs }, () => sentence(20 + Math.floor(next() * 60))),
    ),
  );
}
