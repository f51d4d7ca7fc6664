import { sliceCodePoints } from '../../core/text/codepoints.ts';
import { fold } from '../../core/text/tokens.ts';
import { type Choice, type Chosen, carrierOf, carryingPieces, chooseCarriers, type Facts } from './carriers.ts';
import { dateSupport, partialSupport } from './dates.ts';
import { addressesIn, formsOf, type NameMention, nameIsIn, namesIn } from './names.ts';
import { quantityMatch, reckoned } from './quantities.ts';
import { foldQuotation, quotations, standsIn } from './quotations.ts';
import { type Reading, readSource, readText, type SourceReading, sameText } from './reading.ts';
import type { Carrier, Checked, Finding, HardKind, SoftKind, Source, Statement, VerifyOptions } from './records.ts';
import { denialProblem, type Findings, kindProblem, NONE, planDoubt, rateProblem, scopeFindings } from './scope.ts';
import { COMPARES, has, PRESENT, YES_NO } from './words.ts';

export type * from './records.ts';

/** Longer than this is no sentence that some sentences of a paragraph could carry, UTF-16 units. */
const LONGEST = 700;
/** A sentence with more figures and dates is a table. */
const MOST_FACTS = 30;
/** A tag, or a link of Markdown: some client would act on it. */
export const MARKUP = /<[a-z/!]|\]\s?\(/i;

export interface Verifier {
  /** Checks one sentence against the sources; deterministic, no network. Total for any string. */
  check(statement: Statement): Checked;
}

/**
 * Checks sentences against paragraphs by code: figures with their units, dates, names, quotations, scope and denial. It picks the
 * paragraphs that carry a sentence and the part of them that does, whatever its writer named. What follows from what, who did what
 * to whom and other meaning is left to the second reader.
 */
export function createVerifier(sources: readonly Source[], options: VerifyOptions): Verifier {
  const readings = sources.map(readSource);
  const forms = formsOf(options.abbreviations ?? []);
  const vectors = options.wordVectors ?? null;
  const { language } = options;
  const refuse = (reason: Finding<HardKind>, carriers: Carrier[] = []): Checked => ({
    verdict: 'refused',
    reason,
    doubts: [],
    carriers,
    beside: [],
  });

  function check({ text, blocks }: Statement): Checked {
    if (text.length > LONGEST) return refuse({ kind: 'long', value: '' });
    if (MARKUP.test(text)) return refuse({ kind: 'markup', value: '' });
    const word = verbatim(text, readings, blocks.flat());
    if (word) return { verdict: 'quoted', reason: null, doubts: [], carriers: [word], beside: [] };
    const quoted = quotations(text);
    const outside = blank(text, quoted);
    const claim = readText(outside, language, options.today);
    if (claim.quantities.length + claim.dates.full.length + claim.dates.partial.length > MOST_FACTS)
      return refuse({ kind: 'long', value: '' });
    const names = namesIn(outside, language).filter(
      (name) => !claim.quantities.some((one) => name.start < one.end && one.start < name.end),
    );
    const facts: Facts = { reading: claim, names };
    const { chosen, edition } = ofEdition(facts, outside, { blocks, forms, language, vectors });
    const sources = chosen.fits.map((fit) => fit.source);
    // "Yes." has no words of its own.
    if (sources.length === 0) return refuse({ kind: 'unsupported', value: '' });
    const seen = new Set<number>();
    const marked = chosen.fits.map(({ source, facts: own }) => {
      const pieces = carryingPieces(facts, source, vectors, (fact) => own.has(fact) && !seen.has(fact));
      for (const fact of own) seen.add(fact);
      return { source, pieces };
    });
    const carriers = marked
      .filter(({ source }) => !chosen.aside.has(source.source.id))
      .map(({ source, pieces }) => carrierOf(source, pieces));
    const ground = {
      claim,
      text: outside.replace(YES_NO, ''),
      pieces: marked.flatMap(({ pieces }) => pieces),
      sources,
      language,
    };
    const figures = quantityFindings(claim, sources, options.today);
    const dates = dateFindings(claim, sources);
    // Names, scope and denial are compared in one language only.
    const same = sources.every(({ source }) => source.language === language || source.language === 'und');
    const scope = same ? scopeFindings(ground) : NONE;
    const lost = quoted.find(
      (quotation) =>
        !standsIn(
          quotation.text,
          sources.map((one) => one.quotable),
        ),
    );
    const name = same ? nameProblem(outside, names, sources) : null;
    const asked = name?.kind === 'name' && fold(options.question ?? '').includes(fold(name.value));
    const problem =
      (lost ? { kind: 'quotation' as const, value: lost.text } : null) ??
      figures.hard ??
      dates.hard ??
      (asked ? null : name) ??
      edition ??
      presentProblem(outside, sources) ??
      (same ? rateProblem(ground) : null) ??
      scope.hard ??
      (same ? (denialProblem(ground) ?? kindProblem(ground)) : null);
    if (problem) return refuse(problem, carriers);
    const doubts: Finding<SoftKind>[] = [
      ...(chosen.far ? [{ kind: 'unsupported' as const, value: '' }] : []),
      ...figures.doubts,
      ...dates.doubts,
      ...scope.doubts,
      ...(asked ? [{ kind: 'name' as const, value: name.value }] : []),
      ...(same ? planDoubt(ground) : []),
    ];
    return { verdict: 'passed', reason: null, doubts, carriers, beside: [...chosen.aside] };
  }

  function nameProblem(text: string, names: readonly NameMention[], carriers: readonly SourceReading[]): Finding<HardKind> | null {
    for (const name of names) {
      if (carriers.some((one) => nameIsIn(name, one.names, forms, language))) continue;
      return { kind: 'name', value: name.words.join(' ') };
    }
    for (const address of addressesIn(text))
      if (!carriers.some((one) => one.names.folded.includes(fold(address)))) return { kind: 'address', value: address };
    return null;
  }

  /**
   * A sentence that names one edition by its date, and compares none, rests on paragraphs of that edition alone; refused when they lack
   * a fact that others have.
   */
  function ofEdition(facts: Facts, text: string, choice: Choice): { chosen: Chosen; edition: Finding<HardKind> | null } {
    const chosen = chooseCarriers(facts, readings, choice);
    const { full, relative } = facts.reading.dates;
    const [date, ...others] = [...full, ...relative];
    const isOf = (one: SourceReading) => date !== undefined && dateSupport(date, one.dated) === 'edition';
    const outside =
      chosen.fits.every(({ source }) => isOf(source)) ||
      chosen.fits.some(({ source }) => date && dateSupport(date, source.dated) === 'text');
    if (!date || others.length > 0 || outside || !readings.some(isOf) || has(text, COMPARES[language])) return { chosen, edition: null };
    const own = chooseCarriers(facts, readings.filter(isOf), choice);
    const have = new Set(own.fits.flatMap((fit) => [...fit.facts]));
    const lost = chosen.fits.some((fit) => [...fit.facts].some((fact) => !have.has(fact)));
    return lost ? { chosen, edition: { kind: 'edition', value: text.slice(date.start, date.end) } } : { chosen: own, edition: null };
  }

  /** What is said of the present out of older editions alone. */
  function presentProblem(text: string, carriers: readonly SourceReading[]): Finding<HardKind> | null {
    const present = PRESENT[language]?.exec(text);
    const outdated = carriers.every(
      ({ source }) => !source.newest && readings.some((other) => other.source.newest && other.source.series === source.series),
    );
    return present && outdated ? { kind: 'outdated', value: present[0] } : null;
  }

  return { check };
}

/** A sentence that stands in a paragraph as it is, from the start of one sentence to the end of one. */
function verbatim(text: string, readings: readonly SourceReading[], named: readonly string[]): Carrier | null {
  const wanted = text.replace(/^["“„«]|["”“»]$/gu, '');
  const ordered = [...readings].sort((a, b) => Number(named.includes(b.source.id)) - Number(named.includes(a.source.id)));
  for (const reading of ordered) {
    if (!fold(reading.quotable).includes(fold(foldQuotation(wanted)).replace(/[.!?。！？]+$/u, ''))) continue;
    for (let i = 0; i < reading.pieces.length; i++) {
      for (let j = i; j < Math.min(i + 3, reading.pieces.length); j++) {
        const span = {
          start: (reading.pieces[i] as { span: { start: number } }).span.start,
          end: (reading.pieces[j] as { span: { end: number } }).span.end,
        };
        if (sameText(sliceCodePoints(reading.source.text, span.start, span.end), wanted))
          return { paragraph: reading.source.id, spans: [span] };
      }
    }
  }
  return null;
}

/** The text with what stands between quotation marks blanked out: that is checked word for word. */
function blank(text: string, quoted: readonly { start: number; end: number }[]): string {
  let out = text;
  for (const { start, end } of quoted) out = out.slice(0, start) + ' '.repeat(end - start) + out.slice(end);
  return out;
}

/**
 * Quantities that no carrier states, or states with another unit or bound. One in digits refuses; one in words, or said to be about so
 * much, may be a count, a share or a length of time told in another way.
 */
function quantityFindings(claim: Reading, carriers: readonly SourceReading[], today: string): Findings {
  const there = carriers.flatMap((one) => one.quantities);
  const years = [...yearsOf(carriers), Number(today.slice(0, 4))];
  const doubts: Finding<SoftKind>[] = [];
  for (const quantity of claim.quantities) {
    const value = claim.text.slice(quantity.start, quantity.end).trim();
    const digits = /\p{N}/u.test(value);
    // "First" and "third" order what is told.
    if (quantity.ordinal && !digits) continue;
    const matches = there.map((other) => quantityMatch(quantity, other));
    if (matches.includes('same') || (quantity.small && counted(quantity.value, carriers)) || reckoned(quantity, there, years)) continue;
    const kind = matches.includes('bound') ? 'bound' : matches.includes('unit') ? 'unit' : 'figure';
    const stands = kind === 'bound' || (kind === 'unit' && quantity.value / quantity.factor > 2);
    if (stands || (digits && !(quantity.about && quantity.bound === null))) return { hard: { kind, value }, doubts };
    doubts.push({ kind: 'figure', value });
  }
  return { hard: null, doubts };
}

/** The years that sources state, and those of their editions. */
const yearsOf = (sources: readonly SourceReading[]): number[] => [
  ...new Set(
    sources.flatMap(({ dated }) =>
      [...dated.stated.full.flatMap((date) => [date.from, date.to]), ...(dated.edition ? [dated.edition] : [])].map((date) =>
        Number(date.slice(0, 4)),
      ),
    ),
  ),
];

/** A small number in words may count what a sentence, or the sentences of a paragraph, list. */
function counted(value: number, carriers: readonly SourceReading[]): boolean {
  return carriers.some(
    ({ pieces }) =>
      pieces.length >= value ||
      pieces.some(
        ({ reading }) => (reading.text.match(/,|;|\band\b|\bor\b|\bund\b|\boder\b|\bet\b|\bou\b|\by\b/giu) ?? []).length + 1 >= value,
      ),
  );
}

/** Dates that no carrier states as precisely; a weekday raises a doubt. */
function dateFindings(claim: Reading, carriers: readonly SourceReading[]): Findings {
  const { full, partial, relative, weekdays } = claim.dates;
  const doubts: Finding<SoftKind>[] = [];
  const wordsOf = ({ start, end }: { start: number; end: number }) => claim.text.slice(start, end);
  const lost =
    [...full, ...relative].find((date) => !carriers.some((one) => dateSupport(date, one.dated))) ??
    partial.find((date) => !carriers.some((one) => partialSupport(date, one.dated)));
  if (lost) return { hard: { kind: 'date', value: wordsOf(lost) }, doubts };
  for (const weekday of weekdays) {
    // "Weekdays" and "Monday to Friday" have a day without its name.
    if (!carriers.some(({ dated }) => dated.stated.weekdays.some((one) => one.day === weekday.day)))
      doubts.push({ kind: 'date', value: wordsOf(weekday) });
  }
  return { hard: null, doubts };
}
