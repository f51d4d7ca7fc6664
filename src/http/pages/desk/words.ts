import { html, type TemplateResult } from 'lit';
import { type ServiceTexts, translated } from '../../../core/text/reports.ts';
import type { DeskTexts } from '../../words/desk/index.ts';

/** Where the desk is drawn; the page brings the texts of its language along. */
export const place = document.getElementById('desk') as HTMLElement;
const texts = JSON.parse(place.dataset.words ?? '{}') as DeskTexts;
const reports = JSON.parse(place.dataset.reports ?? '{}') as ServiceTexts;
const language = document.documentElement.lang || 'en';

const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', calendar: 'gregory' });
const month = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', timeZone: 'UTC', calendar: 'gregory' });
const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC', calendar: 'gregory' });
const plural = new Intl.PluralRules(language);

type Values = Record<string, string | number>;
type TextKey = { [Key in keyof DeskTexts]: DeskTexts[Key] extends string ? Key : never }[keyof DeskTexts];
type CountKey = Exclude<keyof DeskTexts, TextKey>;

export const number = (value: number): string => value.toLocaleString(language);
const filled = (text: string, values: Values): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === 'number' ? number(value) : value;
  });

export const say = (key: TextKey, values: Values = {}): string => filled(texts[key], values);
/** A text in the form its number asks for. */
export const count = (key: CountKey, of: number): string => filled(texts[key][plural.select(of)] ?? texts[key].other, { count: of });
const rich = (text: string, values: Values = {}): TemplateResult =>
  html`${text.split('`').map((part, at) => (at % 2 === 1 ? html`<code>${filled(part, values)}</code>` : filled(part, values)))}`;
/** A text with what stands between backticks as code. */
export const sayRich = (key: TextKey, values: Values = {}): TemplateResult => rich(texts[key], values);

/** What the service reports, in the language of the desk where it is known there. */
export const reportedText = (sentence: string): string => translated(sentence, reports) ?? sentence;
/** The same with code as such, and marked as English where it is. */
export function reported(sentence: string): TemplateResult {
  const own = translated(sentence, reports);
  return own === null ? html`<span lang="en" dir="ltr">${rich(sentence)}</span>` : rich(own);
}

/** A moment as people here write it. */
export const when = (iso: string): string => moment.format(new Date(iso));

/** An edition date of any precision. */
export function editionDate(date: string | null): string {
  if (date === null) return say('undated');
  const at = new Date(`${date.length === 7 ? `${date}-01` : date}T00:00:00Z`);
  // A year alone is written as it is.
  if (date.length === 4 || Number.isNaN(at.getTime())) return date;
  return date.length === 7 ? month.format(at) : day.format(at);
}

/** How an edition's date is known. */
export const KNOWN_FROM: Record<string, TextKey> = {
  set: 'fromSet',
  'front-matter': 'fromFrontMatter',
  title: 'fromTitle',
  'first-page': 'fromFirstPage',
  'file-name': 'fromFileName',
  text: 'fromText',
  none: 'fromNone',
};
