const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const month = new Intl.DateTimeFormat('en', { year: 'numeric', month: 'long', timeZone: 'UTC' });
const day = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });

/** A moment as people here write it. */
export const when = (iso: string): string => moment.format(new Date(iso));

/** An edition date of any precision. */
export function editionDate(date: string | null): string {
  if (date === null) return 'Undated';
  const at = new Date(`${date.length === 7 ? `${date}-01` : date}T00:00:00Z`);
  // A year alone is written as it is.
  if (date.length === 4 || Number.isNaN(at.getTime())) return date;
  return date.length === 7 ? month.format(at) : day.format(at);
}

export const KNOWN_FROM: Record<string, string> = {
  set: 'set here',
  'front-matter': 'stated in the file',
  title: 'from the title',
  'first-page': 'from the first page',
  'file-name': 'inferred from the file name',
  text: 'inferred from the text',
  none: 'no date found',
};

export const count = (number: number, one: string, many: string): string => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
