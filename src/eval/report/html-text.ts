/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

type Part = string | number | null | undefined | false | Html | readonly Html[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  // Controls that reorder text could make a quote read as another.
  return text
    .replace(/[&<>"']/g, (character) => ENTITIES[character] as string)
    .replace(/[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

/** A template whose values are escaped unless they are Html; null, undefined and false leave nothing. */
export function html(strings: TemplateStringsArray, ...values: Part[]): Html {
  const filled = strings.map((string, index) => string + (index < values.length ? partOf(values[index]) : ''));
  return { html: filled.join('') };
}

function partOf(value: Part): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return 'html' in value ? value.html : value.map((one) => one.html).join('');
}
