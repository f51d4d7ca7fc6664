import type { Span } from '../../core/model.ts';
import { analyseParagraph, type SentenceAnalysis } from '../../core/text/analysis.ts';
import type { Figure } from '../../core/text/figures.ts';
import { abbreviationsAcross, countriesIn, datesIn, figuresIn } from '../../core/text/localised.ts';
import { isAcronym, names } from '../../core/text/names.ts';
import { fold } from '../../core/text/tokens.ts';
import type { DateMention } from '../../core/time/dates.ts';
import type { Accepted } from './check.ts';
import type { Evidence } from './prompt.ts';

/**
 * A sentence in one language against paragraphs in another. Words cannot be compared, so what can be decides: every figure,
 * date, country, abbreviation and quotation must stand in the sentences it is held to rest on, affirmed or denied alike, and
 * enough of such anchors must be there to tell those sentences from their neighbours.
 */

/** Letters two words of different languages must begin with alike to be taken for one ("convention", "convenio" are not). */
const COGNATE = 6;
/** Anchors a sentence needs; one figure or date with one more, or four cognates. Found over bench/claims/across.yaml by bench/claims/across.ts. */
const ENOUGH = 2;
const WEIGHT = { value: 1, country: 0.5, abbreviation: 1, quotation: 2, cognate: 0.5 };
/** Sentences of one paragraph that one sentence may sum up. */
const MOST_SENTENCES = 3;

const NEGATED: Record<string, RegExp> = {
  en: /\b(?:not|never|no|none|without|neither|nor|cannot)\b|n['’]t\b/iu,
  fr: /\b(?:ne|n['’])\s?\p{L}+(?:\s\p{L}+){0,2}\s(?:pas|plus|jamais|aucun|rien)\b|\b(?:aucune?|sans|ni)\b|\bn['’]\p{L}+ (?:pas|plus|jamais)\b/iu,
  es: /\b(?:no|nunca|jamás|ningun[ao]?|ningún|sin|tampoco|ni)\b/iu,
  de: /\b(?:nicht|nie|niemals|kein\p{L}{0,2}|ohne|weder|noch nie)\b/iu,
  it: /\b(?:non|mai|nessun[oa]?|senza|né)\b/iu,
  pt: /\b(?:não|nunca|jamais|nenhum[a]?|sem|nem)\b/iu,
  nl: /\b(?:niet|nooit|geen|zonder|noch)\b/iu,
  zh: /没有|沒有|未|不(?!仅|僅|断|斷|同|少|久|超)|无(?!偿)|從未|从未/u,
  ja: /ない|ません|なかった|ず、/u,
  ru: /(?<!\p{L})(?:не|нет|никогда|без|ни)(?!\p{L})/iu,
};
const QUOTED = /[“"«„「『]([^”"»“」』]{2,400})[”"»“」』]/gu;
const plain = (text: string) =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

interface Read {
  figures: Figure[];
  dates: DateMention[];
  countries: string[];
  abbreviations: string[];
  quotations: string[];
  /** First letters of longer words. */
  stems: Set<string>;
  negated: boolean;
}

function read(text: string, language: string): Read {
  const dates = datesIn(text, language);
  const figures = figuresIn(text, language).filter((figure) => !dates.some((date) => figure.start < date.end && date.start < figure.end));
  return {
    figures,
    dates,
    countries: countriesIn(text, language),
    abbreviations: names(text)
      .flatMap((name) => name.text.split(/\s+/))
      .filter((word) => isAcronym(word)),
    quotations: [...text.matchAll(QUOTED)].map((match) => match[1] as string),
    stems: stemsOf(text),
    negated: (NEGATED[language] ?? (NEGATED.en as RegExp)).test(text),
  };
}

const stemsOf = (text: string): Set<string> => new Set((fold(text).match(/\p{L}{6,}/gu) ?? []).map((word) => word.slice(0, COGNATE)));

const sameFigure = (a: Figure, b: Figure) => a.value === b.value && (a.unit === null || b.unit === null || a.unit === b.unit);
const sameDate = (a: DateMention, b: DateMention) =>
  (a.from.startsWith(b.from) || b.from.startsWith(a.from)) && (a.to.startsWith(b.to) || b.to.startsWith(a.to));

/** What carries a sentence in `language` among paragraphs in others, or the reason why nothing does. */
export function checkAcross(
  text: string,
  language: string,
  among: readonly number[],
  evidence: readonly Evidence[],
): Accepted['uses'] | string {
  const claim = read(text, language);
  let reason = 'no paragraph supports it';
  let best: { uses: Accepted['uses']; score: number } | null = null;
  for (const index of among) {
    const result = against(claim, evidence[index] as Evidence);
    if ('reason' in result) reason = result.reason;
    else if (!best || result.score > best.score) best = { uses: [{ evidence: index, span: result.span }], score: result.score };
  }
  return best ? best.uses : reason;
}

function against(claim: Read, { paragraph, briefing, lead }: Evidence): { span: Span; score: number } | { reason: string } {
  const { sentences } = analyseParagraph(paragraph);
  const above = [briefing.title, ...paragraph.headings, lead ?? ''].join('. ');
  let reason = 'no paragraph supports it';
  let found: { span: Span; score: number } | null = null;
  for (let from = 0; from < sentences.length; from++) {
    for (let to = from; to < Math.min(sentences.length, from + MOST_SENTENCES); to++) {
      const part = sentences.slice(from, to + 1);
      const result = inSentences(claim, part, above, briefing.language);
      if (typeof result === 'string') {
        if (reason === 'no paragraph supports it') reason = result;
        continue;
      }
      // The shorter of two passages that say as much is the better proof.
      if (!found || result > found.score + 0.01) {
        found = {
          span: { start: (part[0] as SentenceAnalysis).span.start, end: (part.at(-1) as SentenceAnalysis).span.end },
          score: result,
        };
      }
    }
  }
  return found ?? { reason };
}

/** Weight of the anchors a claim shares with some sentences, or what is missing. */
function inSentences(claim: Read, part: readonly SentenceAnalysis[], above: string, language: string): number | string {
  const own = part.map((sentence) => sentence.text).join(' ');
  const text = `${own} ${above}`;
  const source = read(own, language);
  const around = read(above, language);
  let score = 0;
  for (const figure of claim.figures) {
    if (![...source.figures, ...around.figures].some((other) => sameFigure(figure, other))) return 'a figure is not in the cited paragraph';
    score += WEIGHT.value;
  }
  for (const date of claim.dates) {
    if (![...source.dates, ...around.dates].some((other) => sameDate(date, other))) return 'a date is not in the cited paragraph';
    score += WEIGHT.value;
  }
  const countries = new Set([...source.countries, ...around.countries]);
  for (const country of claim.countries) {
    if (!countries.has(country)) return 'a country is not in the cited paragraph';
    score += WEIGHT.country;
  }
  const words = new Set(text.match(/[\p{L}\p{N}-]+/gu) ?? []);
  for (const short of claim.abbreviations) {
    if (![short, ...abbreviationsAcross(short)].some((one) => words.has(one))) return `“${short}” is not in the cited paragraph`;
    score += WEIGHT.abbreviation;
  }
  const searched = plain(text);
  for (const quotation of claim.quotations) {
    if (!searched.includes(plain(quotation))) return 'a quotation is not in the cited paragraph';
    score += WEIGHT.quotation;
  }
  if (claim.negated !== source.negated) return 'the cited paragraph affirms what it denies, or the other way round';
  const stems = stemsOf(own);
  for (const stem of claim.stems) if (stems.has(stem)) score += WEIGHT.cognate;
  return score >= ENOUGH ? score : 'too little of it can be compared with the cited paragraph, which is in another language';
}
