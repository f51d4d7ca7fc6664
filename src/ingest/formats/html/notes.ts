import type { DefaultTreeAdapterMap } from 'parse5';
import { attribute, elementsOf, isHidden, isSide, type Node, textContent } from './parts.ts';

type Element = DefaultTreeAdapterMap['element'];

/** The notes of a page: what stands at each mark, and the elements whose words are said there. */
export interface Notes {
  at: ReadonlyMap<Element, string>;
  said: ReadonlySet<Node>;
}

/** How far up an element is looked for: what is nested deeper is no page people wrote. */
const DEEPEST = 400;
/** Longest text of a note that is put into a sentence, UTF-16 units; a longer one stays where it stands. */
const LONGEST_NOTE = 500;
const MARK = /^\s*[[(]?(?:\d{1,3}|[a-z]|[*†‡§]{1,3})[\])]?\s*$/iu;
const BACK = /^\s*(?:[↩↑^⏎⮌↵]\ufe0e?|back|zurück|retour)?\s*$/iu;
const WHOLE = new Set(['li', 'p', 'dd', 'div', 'aside', 'td']);

/** Marks of footnotes that lead to their note on the same page, outside of what is left out: each note once, at its first mark. */
export function notesOf(roots: readonly Node[], body: Element): Notes {
  const at = new Map<Element, string>();
  const said = new Set<Node>();
  const links = roots.flatMap((root) => elementsOf(root, 'a')).filter(isMark);
  if (links.length === 0) return { at, said };
  const byId = new Map<string, Element>();
  for (const name of ['li', 'p', 'dd', 'div', 'aside', 'td', 'a', 'span', 'sup']) {
    for (const element of elementsOf(body, name)) {
      const id = attribute(element, 'id') ?? attribute(element, 'name');
      if (id !== null && !byId.has(id)) byId.set(id, element);
    }
  }
  for (const link of links) {
    const target = byId.get((attribute(link, 'href') ?? '').slice(1));
    const note = target && whole(target);
    if (!note || said.has(note) || above(link).some((one) => one === note || isHidden(one) || isSide(one))) continue;
    const words = wordsOf(note);
    if (!/\p{L}{2}/u.test(words) || words.length > LONGEST_NOTE) continue;
    at.set(link, words);
    said.add(note);
  }
  return { at, said };
}

/** A raised link of a figure or sign to a place of the page. */
function isMark(link: Element): boolean {
  if (!/^#./.test(attribute(link, 'href') ?? '') || !MARK.test(textContent(link))) return false;
  const raised =
    elementsOf(link, 'sup').length > 0 || (link.parentNode !== null && 'tagName' in link.parentNode && link.parentNode.tagName === 'sup');
  return raised || attribute(link, 'role') === 'doc-noteref' || /footnote|noteref/i.test((attribute(link, 'class') ?? '').slice(0, 200));
}

/** The paragraph or item that an anchor of a note stands in. */
function whole(target: Element): Element | null {
  return above(target).find((one) => WHOLE.has(one.tagName)) ?? null;
}

/** An element and those it stands in, the innermost first. */
function above(element: Element): Element[] {
  const found: Element[] = [];
  for (let at: Node | null = element; at && 'tagName' in at && found.length < DEEPEST; at = at.parentNode) found.push(at);
  return found;
}

/** The words of a note without its own mark and the way back. */
function wordsOf(note: Element): string {
  const skipped = new Set<Node>(
    elementsOf(note, 'a').filter((link) => {
      const text = textContent(link);
      return (
        attribute(link, 'role') === 'doc-backlink' ||
        ((attribute(link, 'href') ?? '#').startsWith('#') && (BACK.test(text) || MARK.test(text)))
      );
    }),
  );
  const parts: string[] = [];
  const left: Node[] = [note];
  for (let next = left.pop(); next; next = left.pop()) {
    if (skipped.has(next)) continue;
    if ('value' in next) parts.push(next.value);
    if (!('childNodes' in next) || ('tagName' in next && (/^(?:script|style|template)$/.test(next.tagName) || isHidden(next)))) continue;
    for (let at = next.childNodes.length - 1; at >= 0; at--) left.push(next.childNodes[at] as Node);
  }
  return parts
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[[(]?\d{1,3}[\])]?\.?\s+(?=\p{Lu})/u, '');
}
