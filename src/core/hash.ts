import { createHash } from 'node:crypto';

/** SHA-256 in hex. */
export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** FNV-1a over UTF-16 units, 32 bits with a sign: quick, and no secret to whoever chooses the text. */
export function fnv1a(text: string): number {
  let value = 0x811c9dc5 | 0;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value;
}
