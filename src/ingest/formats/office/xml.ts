import { SaxesParser } from 'saxes';
import { pilcrowError } from '../../../core/errors.ts';
import { type Archive, type Relation, relationsPath, resolvePart } from './archive.ts';

/** An element without its prefix; text stands in `text` of nodes named ''. */
export interface XmlNode {
  name: string;
  attributes: Record<string, string>;
  children: XmlNode[];
  text: string;
}

const DEEPEST = 500;
/** Most elements of one part: the 872-page handbook has 0.5 million. */
const MOST_ELEMENTS = 6_000_000;

const local = (name: string) => name.slice(name.indexOf(':') + 1);

/** Parses XML into a tree. No entity but the five of XML is expanded. Throws `bad_document` for what is not well formed. */
function parseXml(source: string, part: string): XmlNode {
  const root: XmlNode = { name: '#root', attributes: {}, children: [], text: '' };
  const stack = [root];
  let count = 0;
  const parser = new SaxesParser({ xmlns: false });
  const fail = (why: string) =>
    pilcrowError('bad_document', `Its part ${part} is damaged: ${why}.`, { hint: 'Open it in its program and save it again.' });
  parser.on('error', (error) => {
    throw fail(error.message.split('\n')[0]?.replace(/\.$/, '') ?? 'it is not well formed');
  });
  parser.on('opentag', (tag) => {
    if (++count > MOST_ELEMENTS || stack.length > DEEPEST) throw fail('it holds more, or deeper nested, than any document needs');
    const node: XmlNode = { name: local(tag.name), attributes: tag.attributes as Record<string, string>, children: [], text: '' };
    (stack.at(-1) as XmlNode).children.push(node);
    stack.push(node);
  });
  parser.on('closetag', () => {
    stack.pop();
  });
  const text = (value: string) => {
    const parent = stack.at(-1) as XmlNode;
    // White space between elements is layout, but for elements that hold text.
    if (value.trim() !== '' || TEXTUAL.has(parent.name)) parent.children.push({ name: '', attributes: {}, children: [], text: value });
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.write(source.replace(/^\ufeff/, '')).close();
  return root;
}

const TEXTUAL = new Set(['t', 'delText', 'instrText']);

/** An attribute by its name without prefix, or null. */
export function attr(node: XmlNode | null | undefined, name: string): string | null {
  if (!node) return null;
  for (const key in node.attributes) if (local(key) === name) return node.attributes[key] as string;
  return null;
}

/** The first child of a name along a path, or null. */
export function child(node: XmlNode | null | undefined, ...path: string[]): XmlNode | null {
  let at: XmlNode | null = node ?? null;
  for (const name of path) at = at?.children.find((one) => one.name === name) ?? null;
  return at;
}

export const childrenOf = (node: XmlNode | null | undefined, name: string): XmlNode[] =>
  node?.children.filter((one) => one.name === name) ?? [];

/** Elements of a name anywhere below, in reading order. */
export function descendants(node: XmlNode | null, name: string): XmlNode[] {
  const found: XmlNode[] = [];
  const left: XmlNode[] = node ? [node] : [];
  for (let next = left.pop(); next; next = left.pop()) {
    if (next.name === name) found.push(next);
    for (let at = next.children.length - 1; at >= 0; at--) left.push(next.children[at] as XmlNode);
  }
  return found;
}

/** Text of all text nodes below. */
export function textOfNode(node: XmlNode | null): string {
  if (!node) return '';
  return node.name === '' ? node.text : node.children.map(textOfNode).join('');
}

/** Whether a switch such as `<w:b w:val="0"/>` is on; absent is off. */
export function isOn(node: XmlNode | null): boolean {
  if (!node) return false;
  const value = attr(node, 'val');
  return value === null || !/^(?:0|false|off|none)$/.test(value);
}

/** A part of an archive as a tree, or null when there is none. */
export function xmlPart(archive: Archive, path: string): XmlNode | null {
  const source = archive.part(path);
  return source === null ? null : parseXml(source, path);
}

/** What a part is related to. */
export function relationsOf(archive: Archive, part: string): Map<string, Relation> {
  const found = new Map<string, Relation>();
  for (const node of descendants(xmlPart(archive, relationsPath(part)), 'Relationship')) {
    const id = attr(node, 'Id') ?? '';
    const outside = attr(node, 'TargetMode') === 'External';
    const kind = (attr(node, 'Type') ?? '').split('/').at(-1) as string;
    found.set(id, { id, kind, target: outside ? '' : resolvePart(part, attr(node, 'Target') ?? '') });
  }
  return found;
}

/** Path of the main part of an Office document. */
export function mainPart(archive: Archive, fallback: string): string {
  for (const relation of relationsOf(archive, '').values()) if (relation.kind === 'officeDocument') return relation.target;
  return fallback;
}
