/** Markup that is safe to send: made by a template tag of `htmlTag` only, so that the compiler tells it from text. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a template. */
export type HtmlPart = string | number | Html | null | undefined | false | readonly HtmlPart[];

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * A template tag: what is put in is escaped for an element or a quoted attribute unless a tag made it; lists are joined; null,
 * undefined and false vanish. `clean` sees every text before it is escaped.
 */
export function htmlTag(clean: (text: string) => string = (text) => text) {
  const shown = (part: HtmlPart): string => {
    if (part === null || part === undefined || part === false) return '';
    if (typeof part === 'number') return String(part);
    if (typeof part === 'string') return clean(part).replace(/[&<>"']/g, (character) => ESCAPES[character] as string);
    return 'markup' in part ? part.markup : part.map(shown).join('');
  };
  return (strings: TemplateStringsArray, ...parts: HtmlPart[]): Html => ({
    markup: strings.map((string, at) => string + (at < parts.length ? shown(parts[at]) : '')).join(''),
  });
}

export const html = htmlTag();
