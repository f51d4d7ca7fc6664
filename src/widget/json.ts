type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

/**
 * JSON of plain data that no page can change: old libraries give arrays a `toJSON` of their own, and JSON.stringify calls
 * it. Only strings and numbers reach JSON.stringify here.
 */
export function encode(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  if (Array.isArray(value)) {
    let text = '';
    for (let at = 0; at < value.length; at++) text += (at > 0 ? ',' : '') + encode(value[at]);
    return `[${text}]`;
  }
  let text = '';
  for (const key of Object.keys(value)) {
    const member = (value as Record<string, Json>)[key];
    if (member !== undefined) text += `${text ? ',' : ''}${JSON.stringify(key)}:${encode(member)}`;
  }
  return `{${text}}`;
}
