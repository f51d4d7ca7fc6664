import { attr, child, childrenOf, type XmlNode } from './xml.ts';

/** What a paragraph style says about its paragraphs. */
export interface Style {
  /** Level of a heading from 1, or null. */
  level: number | null;
  /** List and depth in it. */
  list: string | null;
  depth: number | null;
  quote: boolean;
  code: boolean;
  /** A line of the table of contents. */
  contents: boolean;
}

/** Paragraph styles by their id; the default one also under ''. */
export function readStyles(root: XmlNode | null): Map<string, Style> {
  const raw = new Map<string, XmlNode>();
  let standard: string | null = null;
  for (const node of childrenOf(child(root, 'styles'), 'style')) {
    if ((attr(node, 'type') ?? 'paragraph') !== 'paragraph') continue;
    const id = attr(node, 'styleId') ?? '';
    raw.set(id, node);
    if (attr(node, 'default') === '1' || attr(node, 'default') === 'true') standard = id;
  }
  const styles = new Map<string, Style>();
  const resolve = (id: string, trail: readonly string[]): Style => {
    const done = styles.get(id);
    const node = raw.get(id);
    if (done || !node || trail.includes(id))
      return done ?? { level: null, list: null, depth: null, quote: false, code: false, contents: false };
    const base = attr(child(node, 'basedOn'), 'val');
    const inherited = base === null ? null : resolve(base, [...trail, id]);
    const name = (attr(child(node, 'name'), 'val') ?? id).toLowerCase();
    const properties = child(node, 'pPr');
    const outline = attr(child(properties, 'outlineLvl'), 'val');
    const named = /^(?:heading|überschrift|titre|título|titolo)\s?([1-9])$/.exec(name)?.[1];
    const style: Style = {
      level:
        outline !== null
          ? Number(outline) < 9
            ? Number(outline) + 1
            : null
          : named !== undefined
            ? Number(named)
            : name === 'title'
              ? 1
              : (inherited?.level ?? null),
      list: attr(child(properties, 'numPr', 'numId'), 'val') ?? inherited?.list ?? null,
      depth: Number(attr(child(properties, 'numPr', 'ilvl'), 'val') ?? inherited?.depth ?? 0) || 0,
      quote: /quote|zitat|citation/.test(name) || (inherited?.quote ?? false),
      code: /\bcode\b|source ?code|html preformatted|plain text|preformatted/.test(name) || (inherited?.code ?? false),
      contents: /^(?:toc|contents) ?\d|^toc heading$|^table of figures$/.test(name) || (inherited?.contents ?? false),
    };
    styles.set(id, style);
    return style;
  };
  for (const id of raw.keys()) resolve(id, []);
  if (standard !== null) styles.set('', styles.get(standard) as Style);
  return styles;
}
