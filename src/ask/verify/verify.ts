import { sliceCodePoints } from '../../core/text/codepoints.ts';
import { detectLanguage } from '../../core/text/language.ts';
import { fold } from '../../core/text/tokens.ts';
import { type Choice, type ChosenCarriers, carrierOf, carryingPieces, chooseCarriers, type Facts } from './carriers.ts';
import { dateSupport } from './dates.ts';
import { dateFindings, figureFindings, nameFindings, presentFindings, quotationFindings } from './facts.ts';
import { formsOf, namesIn } from './names.ts';
import { quotations } from './quotations.ts';
import { type Ground, readSource, readWords, type SourceReading, sameText } from './reading.ts';
import type { Carrier, Checked, Finding, FindingKind, Source, Statement, VerifyOptions } from './records.ts';
import { COPIED, denialFindings, kindFindings, planFindings, rateFindings, scopeFindings } from './scope.ts';
import { COMPARES, has, YES_NO } from './words.ts';

export type * from './records.ts';

/** Longer than this is no sentence that some sentences of a paragraph could carry, UTF-16 units. */
const LONGEST_SENTENCE = 700;
/** Sentences of a paragraph that one of an answer may quote together. */
const LONGEST_QUOTE = 3;
/** A sentence with more figures and dates is a table. */
const MOST_FACTS = 30;
/** A tag, or a link of Markdown: some client would act on it. */
export const MARKUP = /<[a-z/!]|\]\s?\(/i;
/** Checks that compare words: they need one language on both sides. */
const WORD_CHECKS = [nameFindings, rateFindings, scopeFindings, denialFindings, kindFindings, planFindings];

/** What refuses whatever the words around it. */
const CERTAIN: ReadonlySet<FindingKind> = new Set(['unsupported', 'quotation', 'address', 'edition']);
/** The others refuse what is copied and then changed. Told in other words it may be reckoned, or an example of a rule: these raise a doubt. */
const DOUBTED: ReadonlySet<FindingKind> = new Set(['figure', 'unit', 'date', 'name', 'language']);
/** What a question may bring in: "Zedland is not covered". */
const ASKED: ReadonlySet<FindingKind> = new Set(['figure', 'date', 'name']);

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
  const asked = fold(options.question ?? '');
  const nothing = { refusals: [], doubts: [], carriers: [], beside: [] };
  const refuse = (kind: FindingKind): Checked => ({ ...nothing, verdict: 'refused', refusals: [{ kind, value: '' }] });

  function check({ text, blocks }: Statement): Checked {
    if (text.length > LONGEST_SENTENCE) return refuse('long');
    if (MARKUP.test(text)) return refuse('markup');
    const word = verbatim(text, readings, blocks.flat());
    if (word) return { ...nothing, verdict: 'quoted', carriers: [word] };
    const quoted = quotations(text);
    const outside = blank(text, quoted);
    const found = detectLanguage(outside);
    const language = found === 'und' ? options.language : found;
    const claim = readWords(outside, language, options.today);
    if (claim.quantities.length + claim.dates.full.length + claim.dates.partial.length > MOST_FACTS) return refuse('long');
    const names = namesIn(outside, language).filter(
      (name) => !claim.quantities.some((one) => name.start < one.end && one.start < name.end),
    );
    const facts: Facts = { reading: claim, names };
    const { chosen, edition } = ofEdition(facts, outside, { blocks, forms, language, vectors });
    const cited = chosen.fits.map((fit) => fit.source);
    // "Yes." has no words of its own.
    if (cited.length === 0) return refuse('unsupported');
    const seen = new Set<number>();
    const marked = chosen.fits.map(({ source, facts: own }) => {
      const pieces = carryingPieces(facts, source, vectors, (fact) => own.has(fact) && !seen.has(fact));
      for (const fact of own) seen.add(fact);
      return { source, pieces };
    });
    const pieces = marked.flatMap((one) => one.pieces);
    const ground: Ground = { claim, text: outside.replace(YES_NO, ''), names, pieces, sources: cited, language, forms };
    const same = cited.every(({ source }) => source.language === language || source.language === 'und');
    const met = chosen.fits.some((fit) => fit.facts.size > 0 || fit.words.some((word) => word > 0));
    const findings: Finding[] = [
      ...(met || !same ? [] : [{ kind: 'unsupported' as const, value: '' }]),
      ...quotationFindings(quoted, cited),
      ...edition,
      ...figureFindings(ground),
      ...dateFindings(ground),
      ...presentFindings(ground, readings),
      ...(same ? WORD_CHECKS.flatMap((one) => one(ground)) : [{ kind: 'language' as const, value: '' }]),
    ];
    const copied = isCopied(ground, findings);
    const isAsked = ({ kind, value }: Finding) => ASKED.has(kind) && asked.includes(fold(value));
    const refuses = (finding: Finding) => CERTAIN.has(finding.kind) || (copied && finding.kind !== 'language' && !isAsked(finding));
    const refusals = findings.filter(refuses);
    return {
      verdict: refusals.length > 0 ? 'refused' : 'passed',
      refusals,
      doubts: findings.filter((finding) => !refuses(finding) && DOUBTED.has(finding.kind)),
      carriers: marked.filter(({ source }) => !chosen.aside.has(source.source.id)).map(({ source, pieces: own }) => carrierOf(source, own)),
      beside: [...chosen.aside],
    };
  }

  /**
   * A sentence that names one edition by its date, and compares none, rests on paragraphs of that edition alone; refused when they lack
   * a fact that others have.
   */
  function ofEdition(facts: Facts, text: string, choice: Choice): { chosen: ChosenCarriers; edition: Finding[] } {
    const chosen = chooseCarriers(facts, readings, choice);
    const [date, ...others] = facts.reading.dates.full;
    const isOf = (one: SourceReading) => date !== undefined && dateSupport(date, one.dated) === 'edition';
    const outside =
      chosen.fits.every(({ source }) => isOf(source)) ||
      chosen.fits.some(({ source }) => date && dateSupport(date, source.dated) === 'text');
    if (!date || others.length > 0 || outside || !readings.some(isOf) || has(text, COMPARES[choice.language]))
      return { chosen, edition: [] };
    const own = chooseCarriers(facts, readings.filter(isOf), choice);
    const have = new Set(own.fits.flatMap((fit) => [...fit.facts]));
    const lost = chosen.fits.some((fit) => [...fit.facts].some((fact) => !have.has(fact)));
    return lost ? { chosen, edition: [{ kind: 'edition', value: text.slice(date.start, date.end) }] } : { chosen: own, edition: [] };
  }

  return { check };
}

/** Whether a sentence keeps the words of what carries it, those aside that something was found about. */
function isCopied({ claim, pieces }: Ground, findings: readonly Finding[]): boolean {
  const there = new Set(pieces.flatMap(({ reading }) => [...reading.terms]));
  const about = fold(findings.map(({ value }) => value).join(' '));
  const words = claim.words.filter(({ word }) => !about.includes(word));
  return words.filter(({ term }) => there.has(term)).length >= COPIED * words.length;
}

/** A sentence that stands in a paragraph as it is, from the start of one sentence to the end of one. */
function verbatim(text: string, readings: readonly SourceReading[], named: readonly string[]): Carrier | null {
  const wanted = text.replace(/^["“„«]|["”“»]$/gu, '');
  const ordered = [...readings].sort((a, b) => Number(named.includes(b.source.id)) - Number(named.includes(a.source.id)));
  for (const { source, pieces } of ordered) {
    const spans = pieces.map(({ span }) => span);
    for (const [from, { start }] of spans.entries())
      for (const { end } of spans.slice(from, from + LONGEST_QUOTE))
        if (sameText(sliceCodePoints(source.text, start, end), wanted)) return { paragraph: source.id, span: { start, end } };
  }
  return null;
}

/** The text with what stands between quotation marks blanked out: that is checked word for word. */
function blank(text: string, quoted: readonly { start: number; end: number }[]): string {
  let out = text;
  for (const { start, end } of quoted) out = out.slice(0, start) + ' '.repeat(end - start) + out.slice(end);
  return out;
}
