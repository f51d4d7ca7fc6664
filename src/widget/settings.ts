/** Address this script came from, without a trailing slash: where questions go unless the page says otherwise. Null in a bundle. */
const script = typeof document === 'undefined' ? null : (document.currentScript as HTMLScriptElement | null);
export const cameFrom: string | null = script?.src ? new URL('.', script.src).href.replace(/\/(?:widget\/)?$/, '') : null;
/** The `data-` attributes of the script tag. */
export const given: Readonly<Record<string, string | undefined>> = { ...script?.dataset };

/** The endpoint in force: http or https, without a trailing slash. */
export function endpointOf(set: string): string {
  for (const candidate of [set, cameFrom, typeof location === 'undefined' ? '' : location.origin]) {
    if (!candidate) continue;
    try {
      const url = new URL(candidate, typeof document === 'undefined' ? undefined : document.baseURI);
      if (url.protocol === 'https:' || url.protocol === 'http:') return (url.origin + url.pathname).replace(/\/$/, '');
    } catch {
      // The next one.
    }
  }
  return '';
}
