import { type Clause, clausesOf } from '../../src/ask/claims/clauses.ts';
import { type Item, type Reading, read } from '../../src/ask/claims/reading.ts';
import { synonymous } from '../../src/ask/claims/thesaurus.ts';
import { baseForm } from '../../src/ask/claims/verbs.ts';
import { tokens } from '../../src/core/text/tokens.ts';
import type { TrueClaim } from './data.ts';

interface Halves {
  claim: TrueClaim;
  reading: Reading;
  clause: Clause;
  subject: string;
  predicate: string;
}

/** Verbs that are true of too much. */
const WEAK =
  /^(?:includ|support|provid|receiv|help|want|allow|improv|strengthen|expand|dat|exchang|call|conclud|reach|need|us|serv|follow|cover|explor)ed$/;
const known = new Map<TrueClaim, Halves | null>();

/** A sentence cut before its first verb; null when something stands before its subject, or nothing tells the two apart. */
function halves(claim: TrueClaim): Halves | null {
  let found = known.get(claim);
  if (found !== undefined) return found;
  const reading = read(claim.text);
  const clause = clausesOf(reading)[0];
  const subject = clause ? claim.text.slice(0, clause.start).trim() : '';
  found =
    clause &&
    !clause.open &&
    !clause.reduced &&
    subject !== '' &&
    !/[,:“"]|^(?:In|At|By|On|From|Of|Under|After|Before|For|To|With|Since|As|None|No|Some|Not)\b|\d/.test(subject)
      ? { claim, reading, clause, subject, predicate: claim.text.slice(clause.start) }
      : null;
  known.set(claim, found);
  return found;
}

/** Sentences that speak of what the one before names. */
const GOES_ON = /^(?:It|They|This|The|These|Both|She|He|Its|Their|Her|His|Under|Called|Together)\b/;
const PLURAL = /^(?:are|were|have)\b/;
const PLURAL_NOUN = /(?:[^s]s|people|women|children)$|\band\b/;
const SINGULAR = /^(?:is|was|has)\b/;

const termSet = (text: string) => new Set(tokens(text).map((token) => token.term));

/** Whether two subjects may be one under other words. */
function alike(a: Halves, b: Halves): boolean {
  const items = (half: Halves) => half.clause.subject.map((i) => half.reading.items[i] as Item);
  return items(a).some((one) => items(b).some((two) => synonymous(one.term, two.term)));
}

/** Whether two subjects can stand before the same verb. */
function fits(subject: Halves, predicate: Halves): boolean {
  if (PLURAL.test(predicate.predicate)) return PLURAL.test(subject.predicate);
  if (SINGULAR.test(predicate.predicate)) return !PLURAL.test(subject.predicate);
  const first = predicate.predicate.split(' ')[0] as string;
  const many = baseForm(first)?.form === 'base';
  return many === PLURAL_NOUN.test(subject.subject) || !(many || baseForm(first)?.form === 'third');
}

/**
 * The subject of one sentence with what another one over the same paragraphs says of its own. Left out when it may be true: the
 * subjects share a word or an alias, or a sentence of the paragraphs holds the subject and most of the predicate.
 */
export function recombined(
  from: TrueClaim,
  claim: Reading,
  all: readonly TrueClaim[],
  aliases: (name: string) => readonly string[],
): string[] {
  const one = halves(from);
  if (!one) return [];
  const out: string[] = [];
  const ids = new Set(from.sources.map((source) => source.paragraph.id));
  const termsOf = (half: Halves) => {
    const terms = new Set(half.clause.subject.map((i) => (half.reading.items[i] as Item).term));
    for (const name of half.reading.names)
      if (name.start < half.clause.start) for (const alias of aliases(name.text)) for (const token of tokens(alias)) terms.add(token.term);
    return terms;
  };
  const mine = termsOf(one);
  // What the whole document is about goes with everything.
  const above = termSet(from.sources.flatMap(({ title, paragraph }) => [title, ...paragraph.headings]).join(' '));
  const parts = from.sources.flatMap(({ paragraph, lead }) => {
    const list = paragraph.text.split(/(?<=[.;])\s+/);
    // With a sentence that goes on stands the one before it.
    return list.map((text, i) =>
      termSet(GOES_ON.test(text) ? `${list[i - 1] ?? `${paragraph.headings.join(' ')} ${lead ?? ''}`} ${text}` : text),
    );
  });
  if ([...mine].some((term) => above.has(term))) return [];
  for (const other of all) {
    if (out.length >= 2) break;
    if (
      other === from ||
      other.heldOut !== from.heldOut ||
      other.sources.length !== ids.size ||
      !other.sources.every((source) => ids.has(source.paragraph.id))
    )
      continue;
    const two = halves(other);
    if (!two || !fits(one, two)) continue;
    const theirs = termsOf(two);
    if ([...mine].some((term) => theirs.has(term))) continue;
    if (alike(one, two)) continue;
    const told = two.reading.items
      .filter((item) => item.start >= two.clause.start && !item.light)
      .flatMap((item) => tokens(item.word).map((token) => token.term));
    // What the predicate itself names cannot be its subject.
    if (told.some((term) => mine.has(term))) continue;
    const together = parts.some(
      (terms) => [...mine].some((term) => terms.has(term)) && told.filter((term) => terms.has(term)).length * 3 >= told.length,
    );
    if (together || two.predicate.split(' ').length < 4) continue;
    out.push(`${one.subject} ${two.predicate}`);
  }
  // Another verb of the paragraph in place of the sentence's own.
  const verb = claim.items[one.clause.verb];
  if (verb && /ed$/.test(verb.word) && one.clause.voice === 'active') {
    const own = new Set(claim.items.map((item) => item.term));
    const verbs = from.sources.flatMap(({ paragraph }) => {
      const there = read(paragraph.text);
      return clausesOf(there).flatMap((clause) => {
        const item = there.items[clause.verb];
        return item &&
          clause.voice === 'active' &&
          clause.object.length > 0 &&
          /ed$/.test(item.word) &&
          !own.has(item.term) &&
          !synonymous(item.term, verb.term) &&
          !WEAK.test(item.word)
          ? [item.word]
          : [];
      });
    });
    const fresh = verbs.at(-1);
    if (fresh) out.push(claim.text.slice(0, verb.start) + fresh + claim.text.slice(verb.end));
  }
  return out;
}
