import { sliceCodePoints } from '../../core/text/codepoints.ts';
import { fold } from '../../core/text/tokens.ts';
import { type Choice, type Chosen, carrierOf, carryingPieces, chooseCarriers, type Facts } from './carriers.ts';
import { dateSupport, partialSupport } from './dates.ts';
import { addressesIn, formsOf, type NameMention, nameIsIn, namesIn } from './names.ts';
import { quantityMatch, reckoned } from './quantities.ts';
import { foldQuotation, quotations, standsIn } from './quotations.ts';
import { type Reading, readSource, readText, type SourceReading, sameText } from './reading.ts';
import type { Carrier, Checked, Finding, HardKind, SoftKind, Source, Statement, VerifyOptions } from './records.ts';
import { denialProblem, kindProblem, planDoubt, rateProblem, scopeProblem, withoutYesNo } from './scope.ts';
import { COMPARES, has, OF_WEEK, PRESENT } from './words.ts';

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
  const forms = formsOf(
    options.abbreviations ?? [],
    readings.map((one) => one.whole),
  );
  const vectors = options.wordVectors ?? null;
  const { language } = options;
  const refuse = (reason: Finding<HardKind>, carriers: Carrier[] = []): Checked => ({
    verdict: 'refused',
    reason,
    doubts: [],
    carriers,
    beside: [],
  });

  function check({ text, blocks, before = [] }: Statement): Checked {
    const named = blocks.flat();
    if (text.length > LONGEST) return refuse({ kind: 'long', value: '' });
    if (MARKUP.test(text)) return refuse({ kind: 'markup', value: '' });
    const word = verbatim(text, readings, named);
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
    const choice = { named, blocks, before, forms, language, vectors };
    const { chosen, edition } = ofEdition(facts, outside, choice);
    const carriers = chosen.fits.map((fit) => fit.source);
    if (carriers.length === 0) {
      // "Yes." and what leans on the sentence before have no words of their own.
      return refuse({ kind: 'unsupported', value: '' });
    }
    const seen = new Set<number>();
    const marked = chosen.fits.map(({ source, facts: own }) => {
      const pieces = carryingPieces(facts, source, vectors, (fact) => own.has(fact) && !seen.has(fact));
      for (const fact of own.keys()) seen.add(fact);
      return { source, pieces };
    });
    const found = marked.filter(({ source }) => !chosen.aside.has(source.source.id)).map(({ source, pieces }) => carrierOf(source, pieces));
    const ground = {
      claim,
      text: withoutYesNo(outside),
      pieces: marked.flatMap(({ pieces }) => pieces),
      sources: carriers,
      language,
      coverage: chosen.coverage,
    };
    const sameLanguage = carriers.every(({ source }) => source.language === language || source.language === 'und');
    const doubts: Finding<SoftKind>[] = [];

    for (const quotation of quoted)
      if (
        !standsIn(
          quotation.text,
          carriers.map((one) => one.quotable),
        )
      )
        return refuse({ kind: 'quotation', value: quotation.text }, found);
    const figures = quantityFindings(claim, carriers, options.today);
    const dates = dateFindings(claim, carriers);
    const name = sameLanguage ? nameProblem(outside, names, carriers) : null;
    const fact = figures.hard ?? dates.hard ?? (name && !(name.kind === 'name' && asked(name.value)) ? name : null);
    if (fact) return refuse(fact, found);
    doubts.push(...figures.doubts, ...dates.doubts, ...(name ? [{ kind: 'asked' as const, value: name.value }] : []));
    const problem = edition ?? presentProblem(outside, carriers);
    if (problem) return refuse(problem, found);
    if (sameLanguage) {
      const scope = scopeProblem(ground);
      const problem = rateProblem(ground) ?? scope.hard ?? denialProblem(ground) ?? kindProblem(ground);
      if (problem) return refuse(problem, found);
      for (const doubt of [scope.doubt, planDoubt(ground)]) if (doubt) doubts.push(doubt);
    }
    return { verdict: 'passed', reason: null, doubts, carriers: found, beside: [...chosen.aside] };
  }

  const asked = (name: string) => options.question !== undefined && fold(options.question).includes(fold(name));

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
    const supports = chosen.fits.map(({ source }) => (date ? dateSupport(date, source.dated) : null));
    if (
      !date ||
      others.length > 0 ||
      supports.includes('text') ||
      !supports.includes('edition') ||
      !supports.includes(null) ||
      has(text, COMPARES[language])
    )
      return { chosen, edition: null };
    const own = chooseCarriers(
      facts,
      readings.filter((one) => dateSupport(date, one.dated) === 'edition'),
      choice,
    );
    const have = new Set(own.fits.flatMap((fit) => [...fit.facts.keys()]));
    const lost = chosen.fits.some((fit) => [...fit.facts.keys()].some((fact) => !have.has(fact)));
    return lost
      ? { chosen, edition: { kind: 'edition', value: facts.reading.text.slice(date.start, date.end) } }
      : { chosen: own, edition: null };
  }

  /** What is said of the present out of older editions alone. */
  function presentProblem(text: string, carriers: readonly SourceReading[]): Finding<HardKind> | null {
    const present = PRESENT[language]?.exec(text);
    const outdated = carriers.every(
      ({ source }) => !source.newest && readings.some((other) => other.source.newest && other.source.series === source.series),
    );
    return present && outdated ? { kind: 'edition', value: present[0] } : null;
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

/** What a claim's facts come to: the first that refuses it, and those that only raise a doubt. */
interface Findings {
  hard: Finding<HardKind> | null;
  doubts: Finding<SoftKind>[];
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
    const stands = kind === 'bound' || (kind === 'unit' && quantity.raw > 2);
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

/** Dates that no carrier states as precisely; a year that can be reckoned, and a weekday of a week that is spoken of, raise a doubt. */
function dateFindings(claim: Reading, carriers: readonly SourceReading[]): Findings {
  const { full, partial, relative, weekdays } = claim.dates;
  const doubts: Finding<SoftKind>[] = [];
  const wordsOf = ({ start, end }: { start: number; end: number }) => claim.text.slice(start, end);
  const spans = carriers.flatMap((one) => one.quantities.filter(({ unit }) => unit === 'months').map(({ value }) => value / 12));
  const years = yearsOf(carriers);
  for (const date of [...full, ...relative]) {
    if (carriers.some((one) => dateSupport(date, one.dated))) continue;
    const year = /^\d{4}$/.test(date.from) ? Number(date.from) : null;
    if (year === null || !years.some((other) => spans.some((span) => Math.abs(year - other) === span)))
      return { hard: { kind: 'date', value: wordsOf(date) }, doubts };
    doubts.push({ kind: 'date', value: wordsOf(date) });
  }
  for (const date of partial)
    if (!carriers.some((one) => partialSupport(date, one.dated))) return { hard: { kind: 'date', value: wordsOf(date) }, doubts };
  for (const weekday of weekdays) {
    const days = carriers.flatMap(({ dated }) => dated.stated.weekdays.map((one) => one.day));
    if (days.includes(weekday.day)) continue;
    const ofWeek = new Set(days).size > 1 || carriers.some((one) => has(one.whole, OF_WEEK));
    if (!ofWeek) return { hard: { kind: 'date', value: wordsOf(weekday) }, doubts };
    doubts.push({ kind: 'date', value: wordsOf(weekday) });
  }
  return { hard: null, doubts };
}
