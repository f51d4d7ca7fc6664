import type { DefaultTreeAdapterMap } from 'parse5';

/** UTF-16 units that are looked at of the style, the classes and the id of an element. */
const STYLE_UNITS = 2000;
const CLASS_UNITS = 500;
const ID_UNITS = 200;

export type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

export const attribute = (element: Element, name: string): string | null => element.attrs.find((one) => one.name === name)?.value ?? null;

/** Elements of a name below a node, in reading order. */
export function elementsOf(node: Node, name: string): Element[] {
  const found: Element[] = [];
  visit(node, (element) => {
    if (element.tagName === name) found.push(element);
    return true;
  });
  return found;
}

/** Calls `see` for every element below a node, in reading order; where it returns false, not for those inside. Without recursion. */
function visit(node: Node, see: (element: Element) => boolean): void {
  const left: Node[] = 'childNodes' in node ? [...node.childNodes].reverse() : [];
  for (let next = left.pop(); next; next = left.pop()) {
    if ('tagName' in next && !see(next)) continue;
    if ('childNodes' in next) for (let at = next.childNodes.length - 1; at >= 0; at--) left.push(next.childNodes[at] as Node);
  }
}

/** The words below a node, hidden ones and scripts not. */
export function textContent(node: Node): string {
  const parts: string[] = [];
  const left: Node[] = [node];
  for (let next = left.pop(); next; next = left.pop()) {
    if ('value' in next) parts.push(next.value);
    if (!('childNodes' in next)) continue;
    if ('tagName' in next && (/^(?:script|style|template|noscript)$/.test(next.tagName) || isHidden(next))) continue;
    for (let at = next.childNodes.length - 1; at >= 0; at--) left.push(next.childNodes[at] as Node);
  }
  return parts.join('');
}

const HIDING = /(?:^|;)\s{0,9}(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)/i;

/** Whether a reader of the page cannot see it, as far as its own attributes tell. */
export function isHidden(element: Element): boolean {
  for (const { name, value } of element.attrs) {
    if (name === 'hidden' || (name === 'aria-hidden' && value === 'true')) return true;
    if (name === 'style' && HIDING.test(value.slice(0, STYLE_UNITS))) return true;
  }
  return false;
}

const SIDE_ROLES = new Set('navigation search banner contentinfo complementary dialog alertdialog menu menubar'.split(' '));
/** Names that sites give to what stands beside the text. */
const SIDE_NAMES =
  /(?:^|[\s_-])(?:nav|navbar|navigation|breadcrumbs?|cookies?|cookie-?(?:banner|notice|consent|bar|law)|consent|gdpr|skip-?(?:link|nav|to-content)|site-?(?:header|footer)|social-?(?:links|share)|share-?buttons?|pagination)(?:$|[\s_-])/i;

/** Whether an element stands beside the text: navigation, heads and feet of the page, cookie notices. */
export function isSide(element: Element): boolean {
  const { tagName } = element;
  if (tagName === 'nav' || tagName === 'aside') return true;
  if (tagName === 'header' || tagName === 'footer') return !isInside(element);
  const role = attribute(element, 'role');
  if (role !== null && SIDE_ROLES.has(role)) return true;
  if (!/^(?:div|section|ul|ol|p|form)$/.test(tagName)) return false;
  return (
    SIDE_NAMES.test((attribute(element, 'class') ?? '').slice(0, CLASS_UNITS)) ||
    SIDE_NAMES.test((attribute(element, 'id') ?? '').slice(0, ID_UNITS))
  );
}

/** A head or foot of an article belongs to it. */
function isInside(element: Element): boolean {
  for (let at = element.parentNode; at && 'tagName' in at; at = at.parentNode as typeof at) {
    if (at.tagName === 'main' || at.tagName === 'article' || at.tagName === 'section' || at.tagName === 'blockquote') return true;
  }
  return false;
}

/** The parts of a page that hold its text: what it calls its main part, where that holds most of it, else the whole body. */
export function mainOf(body: Element): Element[] {
  const mains: Element[] = [];
  visit(body, (element) => {
    if (element.tagName !== 'main' && attribute(element, 'role') !== 'main') return true;
    if (!isHidden(element)) mains.push(element);
    return false;
  });
  const size = (node: Node) => textContent(node).replace(/\s+/g, '').length;
  const inside = mains.reduce((sum, element) => sum + size(element), 0);
  return inside * 3 > size(body) ? mains : [body];
}
