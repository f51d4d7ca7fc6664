/**
 * Cuts a text into pieces of fewer than `size` characters (UTF-16 units), trimmed and in order: at the first of the separators that
 * occurs in it, each piece beginning with its separator; what is still too long at the next ones; neighbours joined again while they
 * fit. The last separator is the empty one, which cuts anywhere. The same pieces as the `RecursiveCharacterTextSplitter` of LangChain
 * gives without overlap and with its separators kept, which is what the tests hold it against: a package of 44 MB is not installed for it.
 */
export function piecesOf(text: string, size: number, separators: readonly string[]): string[] {
  const at = separators.findIndex((separator) => text.includes(separator));
  const [separator = '', rest] = [separators[at], separators.slice(at + 1)];
  const pieces: string[] = [];
  let open = '';
  const close = () => {
    const piece = open.trim();
    if (piece !== '') pieces.push(piece);
    open = '';
  };
  for (const part of partsOf(text, separator)) {
    if (part.length >= size) {
      close();
      pieces.push(...piecesOf(part, size, rest));
      continue;
    }
    if (open.length + part.length > size) close();
    open += part;
  }
  close();
  return pieces;
}

/** The parts of a text that begin at a separator, the first at the start of the text. */
function partsOf(text: string, separator: string): string[] {
  if (separator === '') return text.split('');
  const parts: string[] = [];
  let from = 0;
  for (let next = text.indexOf(separator, 1); next >= 0; next = text.indexOf(separator, next + 1)) {
    parts.push(text.slice(from, next));
    from = next;
  }
  parts.push(text.slice(from));
  return parts;
}
