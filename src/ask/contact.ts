import type { Paragraph, Passage } from '../core/model.ts';
import type { IndexReader } from '../core/ports.ts';
import { analyseParagraph, termsOfLine } from '../core/text/analysis.ts';
import type { Candidate } from './features.ts';
import type { Question } from './question.ts';
import type { Ranked } from './rank.ts';
import type { Expansion, Unit } from './units.ts';

/** Words that name the kind of contact or the wish for it, and so cannot tell one contact from another. Stems. */
const GENERIC = new Set(
  'contact phone telephon tel number mobil fax e-mail email mail e address web websit site url page link homepag postal street write call reach get use find look team peopl line open ilo'.split(
    ' ',
  ),
);
const ROLE = /\b(?:director|head|chief|manager|minister|secretary|officer|coordinator|spokesperson|president|assistant)\b/i;
const NEIGHBOURS = 4;
const MAX_BRIEFINGS = 8;

const PATTERNS: Record<Exclude<Question['contact'], null>, RegExp> = {
  email: /[^\s@]{1,64}@[^\s@]{1,255}\.[^\s@]{2,}/,
  telephone: /(?:^|[^\d@])\+?\d[\d\s()/-]{6,30}\d/,
  fax: /fax[^\d+]{0,20}\+?\d[\d\s()/-]{6,30}\d/i,
  url: /https?:\/\/|\bwww\.|\b[a-z0-9-]{2,63}\.(?:org|net|com|int|gov|edu|info)\b(?!@)/i,
  address: /\d.*\p{Lu}|\p{Lu}.*\d/u,
};
/** A number after one of these is what a telephone number is not. */
const NOT_TELEPHONE = /^(?:CH-|fax\b)/i;

function fits(kind: Exclude<Question['contact'], null>, text: string): boolean {
  if (kind === 'telephone') return PATTERNS.telephone.test(text) && !NOT_TELEPHONE.test(text.trim());
  if (kind === 'url') return PATTERNS.url.test(text.replace(/\S+@\S+/g, ' '));
  return PATTERNS[kind].test(text);
}

/**
 * Contact details are lists of short lines without verbs, which the ranker was not trained on. A line that has the form
 * asked for is scored by the question's telling words in the line, its paragraph, its headings, and, less with distance,
 * the neighbouring lines of the same block. Best first; probabilities are 1 for a line with all words near, else their share.
 */
export async function rankContacts(
  question: Question,
  expansion: Expansion,
  passages: readonly Passage[],
  reader: IndexReader,
): Promise<Ranked[]> {
  const kind = question.contact;
  if (!kind) return [];
  const units = expansion.units.filter(
    (unit) =>
      !unit.words.every((word) => GENERIC.has(word)) && !unit.alternatives.every((terms) => terms.every((term) => GENERIC.has(term))),
  );
  const telling = units.filter((unit) => unit.known);
  // "How do I reset my e-mail password?" asks for no address.
  if (kind !== 'address' && units.filter((unit) => !unit.known && !unit.light).length > telling.length) return [];
  if (units.some((unit) => unit.name && !unit.known)) return [];
  const ranked: Ranked[] = [];
  const ids = [...new Set(passages.map((passage) => passage.briefing.id))].slice(0, MAX_BRIEFINGS);
  for (const id of ids) {
    const passage = passages.find((other) => other.briefing.id === id) as Passage;
    const block = (await reader.paragraphsOf(id)).filter((paragraph) => isContact(paragraph, kind));
    block.forEach((paragraph, at) => {
      const analysis = analyseParagraph(paragraph);
      if (ROLE.test(question.text) && !ROLE.test([paragraph.text, ...paragraph.headings].join(' '))) return;
      const context = [passage.briefing.title, ...paragraph.headings];
      analysis.sentences.forEach((sentence, index) => {
        if (!fits(kind, sentence.text)) return;
        const near = (unit: Unit) => nearness(unit, block, at, sentence.terms, sentence.text, context);
        const sum = telling.reduce((total, unit) => total + near(unit), 0);
        const candidate: Candidate = { passage: { ...passage, paragraph }, analysis, sentence, index, context };
        const share = telling.length === 0 ? 1 : telling.filter((unit) => near(unit) > 0).length / telling.length;
        ranked.push({ candidate, score: sum - index * 1e-3, probability: share, row: new Float32Array() });
      });
    });
  }
  return ranked.sort((a, b) => b.score - a.score);
}

function isContact(paragraph: Paragraph, kind: Exclude<Question['contact'], null>): boolean {
  if (paragraph.kind === 'heading') return false;
  if (paragraph.kind === 'contact' || paragraph.headings.some((heading) => /\bcontacts?\b/i.test(heading))) return true;
  if (kind === 'telephone') return /(?:\btel|phone|mobile|\bcall\b|\bT:)[^\d+]{0,40}\+?\d[\d\s()/-]{6,30}\d/i.test(paragraph.text);
  return kind !== 'address' && fits(kind, paragraph.text);
}

/** 1 in the line itself, then less in the paragraph or above it, then less for each block further away; 0 when nowhere near. */
function nearness(
  unit: Unit,
  block: readonly Paragraph[],
  at: number,
  own: ReadonlyMap<string, unknown>,
  line: string,
  context: readonly string[],
): number {
  const whole = (has: (term: string) => boolean) => unit.alternatives.some((terms) => terms.every(has));
  if (whole((term) => own.has(term))) return 1;
  const folded = line.toLowerCase();
  // "southsouthpoint.net": names in addresses run together.
  if (unit.words.every((word) => word.length >= 4 && folded.includes(word))) return 1;
  if (whole((term) => analyseParagraph(block[at] as Paragraph).terms.has(term))) return 0.95;
  if (whole((term) => context.some((title) => termsOfLine(title).has(term)))) return 0.8;
  for (let distance = 1; distance <= NEIGHBOURS; distance++) {
    for (const other of [block[at - distance], block[at + distance]]) {
      if (other && other.briefing === block[at]?.briefing && whole((term) => analyseParagraph(other).terms.has(term)))
        return 0.4 / distance;
    }
  }
  return 0;
}
