import type { Briefing } from '../../core/model.ts';
import type { ChatFailure } from '../../core/ports.ts';
import type { Reason, ReasonKind } from '../reasons.ts';

/** What is said of an edition: its date and how it is known, and the title for one without a date. */
export type NamedEdition = Pick<Briefing, 'title' | 'edition'>;

/** Every reason for withholding a sentence in one language; `{0}` and `{1}` stand for its values. */
export type Reasons = Readonly<Record<ReasonKind, string>>;

/** Paragraphs of an edition that differ from the edition before. */
interface ChangeCounts {
  changed: number;
  reworded: number;
  added: number;
  removed: number;
}

/** Every sentence Pilcrow writes itself into an answer, in one language. Quotations stay as the briefings have them. */
export interface Wording {
  /** BCP 47 primary tag. */
  language: string;
  /** The answer when nothing answers. */
  notFound: string;
  /** The answer when nothing answers for certain, above the closest passages. */
  closest: string;
  /** The same where one of them is likely enough to answer. */
  likely: string;
  /** Why a question in another language than the briefings' may have found nothing: names of both languages are spelled by `languageName`. */
  otherLanguage(briefings: readonly string[]): string;
  /** An ISO date of any precision. */
  date(date: string): string;
  /** An edition as a noun phrase within a sentence, with a remark when its date was inferred: "the July 2026 edition". */
  edition(edition: NamedEdition): string;
  /** Said by one older edition; `silent` is the newest, which does not say it. */
  onlyEdition(said: NamedEdition, silent: NamedEdition | null): string;
  /** Put before a sentence that an older edition carries, colon and space included. */
  accordingTo(edition: NamedEdition): string;
  /** Misspelt words and what they were read as. */
  spelling(corrections: readonly { from: string; to: string }[]): string;
  noVectors: string;
  /** The newest snapshot is damaged and the one before it answered. */
  damaged: string;
  /** Another paragraph of the same edition states another value. */
  conflict(value: string, other: string): string;
  /** A value became another from one edition to a later one. */
  became(before: string, older: NamedEdition, after: string, newer: NamedEdition): string;
  /** What an older (`past`) or newer edition states instead. */
  otherEdition(edition: NamedEdition, value: string, past: boolean): string;
  /** How much differs between two editions; `page` shows it. */
  overview(older: NamedEdition, newer: NamedEdition, counts: ChangeCounts, page: string): string;
  /** Why an answer is quoted, or broken off, or not there, though a model should have written it; null: nothing passed the checks. */
  fallback(failure: ChatFailure | null, shown: 'quotations' | 'part' | 'nothing'): string;
  /** A part of the question that the briefings do not answer. */
  unanswered(question: string): string;
  /** No second reader has read the answer. */
  checkedOnly: string;
  /** Why a sentence was withheld, as a clause without a full stop. */
  withheld(reason: Reason): string;
  /** A part of the answer could only be given in the briefings' language. */
  partlyOtherLanguage: string;
}

/** Spells an ISO date of any precision in a language, by the runtime's CLDR data. */
export function spell(date: string, language: string): string {
  const [year, month, day] = date.split('-') as [string, string?, string?];
  if (!month) return year;
  // Days beyond a month's end stand in no calendar: they are shown as they are.
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  if (Number.isNaN(at.getTime()) || at.getUTCMonth() !== Number(month) - 1) return date;
  return new Intl.DateTimeFormat(`${language}-u-nu-latn-ca-gregory`, {
    year: 'numeric',
    month: 'long',
    ...(day ? { day: 'numeric' } : {}),
    timeZone: 'UTC',
  }).format(at);
}

/** Names of languages, in a language: "English and French"; a tag the runtime does not know is shown as it is. */
export function languageNames(tags: readonly string[], language: string): string {
  const display = new Intl.DisplayNames([language], { type: 'language', fallback: 'code' });
  const names = tags.map((tag) => {
    try {
      return display.of(tag) ?? tag;
    } catch {
      return tag;
    }
  });
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}

export const capitalise = (text: string): string => (text[0] ?? '').toUpperCase() + text.slice(1);
