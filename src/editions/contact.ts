import type { Paragraph } from '../core/model.ts';
import { codePointLength, fromUtf16 } from '../core/text/codepoints.ts';
import { fold } from '../core/text/tokens.ts';
import { CONTACT_TEXT, FAX_WINDOW, LONGEST_CONTACT_HEADING } from './settings.ts';

export interface ContactPlace {
  text: string;
  /** Code points within the paragraph's text. */
  start: number;
  end: number;
}

/** One way to reach somebody, as a contact block gives it. */
export interface Contact {
  kind: 'email' | 'telephone' | 'fax' | 'web';
  /** For comparison: digits of a number, an address in lower case without scheme and `www.`. */
  value: string;
  /** What must agree for one to stand for the other: country code, domain or host. */
  group: string;
  /** Whose it is, as far as label and title say: names, folded, in order; empty when they name nobody. */
  office: string;
  paragraph: Paragraph;
  place: ContactPlace;
}

const HEADING = /\b(?:contacts?|contact details|how to reach|reach us|get in touch|in touch|address(?:es)?|kontakt|contacto|联系)\b/i;
const EMAIL = /(?<![\p{L}\p{N}._%+@-])[\p{L}\p{N}_%+-][\p{L}\p{N}._%+-]{0,63}@(?:[\p{L}\p{N}-]{1,63}\.){1,5}\p{L}{2,24}(?![\p{L}\p{N}@])/gu;
const TELEPHONE = /(?<![\p{L}\p{N}+])\+\d[\d ().-]{5,22}\d(?!\d)/gu;
/** A label right before a number, on its line: the nearest one holds. */
const FAX = /\b(?:tele)?(?:fax|f)\b[^\n/|]{0,24}$/iu;
const NOT_FAX = /\b(?:tel|telephone|phone|mobile|call|t|m)\b[^\n/|]{0,24}$/iu;
const WEB =
  /(?<![\p{L}\p{N}@._-])(?:https?:\/\/|www\.)?(?:[a-z0-9-]{1,63}\.){1,4}(?:[a-z]{2,15})(?:\/[^\s<>()"”]{0,200})?(?![\p{L}\p{N}@])/giu;

/** A title under which addresses stand: a few words about reaching somebody. */
export function isContactHeading(title: string): boolean {
  return title.length <= LONGEST_CONTACT_HEADING && HEADING.test(title);
}

/** Whether a paragraph belongs to a block of contact details. */
export function isContact(paragraph: Paragraph): boolean {
  if (paragraph.kind === 'contact') return true;
  return paragraph.kind !== 'heading' && paragraph.headings.some(isContactHeading);
}

const cache = new WeakMap<Paragraph, Contact[]>();

/** Every address of a contact paragraph, in order; empty for other paragraphs. */
export function contactsOf(paragraph: Paragraph): Contact[] {
  if (!isContact(paragraph)) return [];
  let found = cache.get(paragraph);
  if (!found) {
    found = readContacts(paragraph);
    cache.set(paragraph, found);
  }
  return found;
}

function readContacts(paragraph: Paragraph): Contact[] {
  // Contact blocks are short; a page of prose under "Contact" is not searched to its end.
  const text = paragraph.text.slice(0, CONTACT_TEXT);
  const found: Contact[] = [];
  const put = (kind: Contact['kind'], raw: string, utf16: number, value: string, group: string) => {
    const start = fromUtf16(text, utf16);
    const office = officeOf(text.slice(0, utf16), paragraph.headings.at(-1) ?? '');
    found.push({ kind, value, group, office, paragraph, place: { text: raw, start, end: start + codePointLength(raw) } });
  };
  let rest = text;
  for (const match of text.matchAll(EMAIL)) {
    const value = fold(match[0]);
    put('email', match[0], match.index, value, value.slice(value.indexOf('@') + 1));
    rest = rest.slice(0, match.index) + ' '.repeat(match[0].length) + rest.slice(match.index + match[0].length);
  }
  for (const match of rest.matchAll(TELEPHONE)) {
    const [raw] = match;
    const before = rest.slice(Math.max(0, match.index - FAX_WINDOW), match.index);
    const fax = (FAX.exec(before)?.index ?? -1) > (NOT_FAX.exec(before)?.index ?? -1);
    put(fax ? 'fax' : 'telephone', raw, match.index, raw.replace(/\D/g, ''), countryCode(raw));
  }
  for (const match of rest.matchAll(WEB)) {
    const raw = match[0].replace(/[.,;:]+$/, '');
    const bare = fold(raw)
      .replace(/^https?:\/\//, '')
      .replace(/^www\./, '')
      .replace(/\/$/, '');
    if (!/\.[a-z]{2,}/.test(bare)) continue;
    put('web', raw, match.index, bare, bare.split('/')[0] as string);
  }
  return found.sort((a, b) => a.place.start - b.place.start);
}

/** Longest label before an address, words: what is longer is a sentence. */
const LABEL_WORDS = 6;
/** What labels call addresses. */
const LABELS = new Set(
  'tel telephone telephones telefon teléfono téléphone phone mobile mobil fax telefax call e-mail email e-mails mail courriel correo web website site internet portal www http https'.split(
    ' ',
  ),
);

/** Names in the label before an address, on its line, and in a title that says more than that addresses follow. */
function officeOf(before: string, title: string): string {
  const label = before.slice(before.lastIndexOf('\n') + 1).match(/[\p{L}\p{N}@.-]+/gu) ?? [];
  const names = label.filter((word, at) => /^\p{Lu}\p{L}+/u.test(word) && !word.includes('@') && (at > 0 || label.length <= LABEL_WORDS));
  if (!isContactHeading(title)) names.push(...(title.match(/[\p{L}\p{N}]+/gu) ?? []));
  return names
    .map(fold)
    .filter((word) => !LABELS.has(word.replace(/\.$/, '')))
    .join(' ');
}

/** "+41 22 …" -> 41: what stands before the first gap, three digits at most. */
const countryCode = (number: string) => /^\+(\d{1,3})(?!\d)/.exec(number)?.[1] ?? number.slice(1, 3);

export interface ContactChange {
  from: Contact;
  to: Contact;
}

/**
 * Addresses that one edition gives in place of another. Those that both give are set aside; of what is left a kind must
 * have exactly one on each side in the same country (telephone, fax) or domain (e-mail, web): with two or more, which
 * stands for which would be a guess, and so it is where label or title name an office on one side, or another one. A web page must be the only one left on both sides altogether, since a block may
 * point at any number of different pages.
 */
export function contactChanges(from: readonly Paragraph[], to: readonly Paragraph[]): ContactChange[] {
  const [old, fresh] = [from.flatMap(contactsOf), to.flatMap(contactsOf)];
  const [oldValues, freshValues] = [new Set(old.map(keyOf)), new Set(fresh.map(keyOf))];
  const gone = old.filter((contact) => !freshValues.has(keyOf(contact)));
  const come = fresh.filter((contact) => !oldValues.has(keyOf(contact)));
  const changes: ContactChange[] = [];
  for (const kind of ['email', 'telephone', 'fax', 'web'] as const) {
    const [before, after] = [gone.filter((contact) => contact.kind === kind), come.filter((contact) => contact.kind === kind)];
    for (const group of new Set(before.map((contact) => contact.group))) {
      const [one, ...others] = once(kind === 'web' ? before : before.filter((contact) => contact.group === group));
      const [two, ...more] = once(kind === 'web' ? after : after.filter((contact) => contact.group === group));
      if (one && two && others.length === 0 && more.length === 0 && two.group === group && one.office === two.office)
        changes.push({ from: one, to: two });
    }
  }
  return changes;
}

/** An address given twice counts once. */
const once = (contacts: readonly Contact[]) => [...new Map(contacts.map((contact) => [contact.value, contact])).values()];
const keyOf = ({ kind, value }: Contact) => `${kind === 'fax' ? 'telephone' : kind} ${value}`;
