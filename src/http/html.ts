/** Markup that is safe to send: made by `html` only. */
export interface Html {
  readonly markup: string;
}

type Part = string | number | Html | null | undefined | false | readonly Part[];

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand in an element or a quoted attribute. */
function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] as string);
}

/** Template tag: what is put in is escaped unless `html` made it; lists are joined; null, undefined and false vanish. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  let markup = strings[0] as string;
  for (let at = 0; at < parts.length; at++) markup += shown(parts[at]) + strings[at + 1];
  return { markup };
}

function shown(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'string') return escapeText(part);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(shown).join('');
}
