import { sha256 } from '../core/hash.ts';

/** URL-safe name: small ASCII letters and digits between single hyphens, at most 80. Names in other scripts become a hash. */
export function slug(name: string): string {
  const ascii = name
    .slice(0, 400)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/['’]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80)
    .replace(/-$/, '');
  // A name that loses its letters of another script would clash with the next one.
  const lost = name.normalize('NFKD').match(/(?![\u0000-\u007f])[\p{L}\p{N}]/gu)?.length ?? 0;
  if (lost === 0 && ascii !== '') return ascii;
  return `${ascii === '' ? 'briefing' : ascii.slice(0, 70)}-${sha256(name).slice(0, 8)}`;
}
