import type { AskEvent } from '../core/model.ts';
import type { Pilcrow } from '../core/ports.ts';

/** The path a public address ends with, without a trailing slash; empty for most. */
export const basePathOf = (publicUrl: string | null): string => (publicUrl === null ? '' : new URL(publicUrl).pathname.replace(/\/+$/, ''));

/** Where a text names the page of changes. */
const PAGE_ADDRESS = /(^|[\s(:：])(?=\/series\/)/g;

/** A record with the addresses of pages in it, `url`, as they are below a path. */
function placed<T>(value: T, base: string): T {
  if (Array.isArray(value)) return value.map((one) => placed(one, base)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => {
    if (name === 'url' && typeof member === 'string' && member.startsWith('/')) return [name, base + member];
    // The note about what is new names the page of the changes.
    if (name === 'notes' && Array.isArray(member))
      return [name, member.map((note) => ({ ...note, text: String(note.text).replace(PAGE_ADDRESS, `$1${base}`) }))];
    return [name, placed(member, base)];
  });
  return Object.fromEntries(members) as T;
}

/** The same service whose answers, passages and editions name pages below a path of their host. */
export function below<Served extends Pilcrow>(pilcrow: Served, base: string): Served {
  if (base === '') return pilcrow;
  const noted = (event: AskEvent): AskEvent =>
    event.type === 'note' ? { ...event, note: { ...event.note, text: event.note.text.replace(PAGE_ADDRESS, `$1${base}`) } } : event;
  return {
    ...pilcrow,
    ask: async (request, options = {}) => {
      const { onEvent } = options;
      const tell = onEvent && ((event: AskEvent) => onEvent(placed(noted(event), base)));
      return placed(await pilcrow.ask(request, tell ? { ...options, onEvent: tell } : options), base);
    },
    search: async (request, options) => placed(await pilcrow.search(request, options), base),
    editions: {
      ...pilcrow.editions,
      list: async () => placed(await pilcrow.editions.list(), base),
      changes: async (request) => placed(await pilcrow.editions.changes(request), base),
    },
  };
}

/** Markup whose links, forms and files lie below a path. Quotation marks of text are escaped, so that only attributes are met. */
export const pageBelow = (html: string, base: string): string =>
  base === ''
    ? html
    : html.replace(/ (href|src|action)="(\/[^"]*)"/g, (whole, name: string, path: string) =>
        path === base || path.startsWith(`${base}/`) || path.startsWith('//') ? whole : ` ${name}="${base}${path}"`,
      );
