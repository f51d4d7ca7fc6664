import { attr, child, childrenOf, type XmlNode } from './xml.ts';

interface Level {
  format: string;
  text: string;
  start: number;
  legal: boolean;
}

/** The number or mark of a paragraph as Word shows it. */
interface Label {
  text: string;
  bullet: boolean;
}

export interface Numbering {
  /** Counts one paragraph of a list and level on; null when the list has no such level. */
  next(list: string, level: number): Label | null;
  has(list: string): boolean;
}

/** Numbering of a Word document (`numbering.xml`): every call of `next` counts on, as the paragraphs of the document do. */
export function createNumbering(root: XmlNode | null): Numbering {
  const numbering = child(root, 'numbering');
  const abstract = new Map<string, Level[]>();
  for (const node of childrenOf(numbering, 'abstractNum'))
    abstract.set(attr(node, 'abstractNumId') ?? '', childrenOf(node, 'lvl').map(readLevel));
  const lists = new Map<string, { base: string; levels: Level[]; starts: Map<number, number> }>();
  for (const node of childrenOf(numbering, 'num')) {
    const base = attr(child(node, 'abstractNumId'), 'val') ?? '';
    const levels = [...(abstract.get(base) ?? [])];
    const starts = new Map<number, number>();
    for (const override of childrenOf(node, 'lvlOverride')) {
      const level = Number(attr(override, 'ilvl') ?? 0);
      const own = child(override, 'lvl');
      if (own) levels[level] = readLevel(own);
      const start = attr(child(override, 'startOverride'), 'val');
      if (start !== null) starts.set(level, Number(start) || 0);
    }
    lists.set(attr(node, 'numId') ?? '', { base, levels, starts });
  }
  /** Lists of one abstract numbering count together, until one starts anew. */
  const counters = new Map<string, number[]>();
  const begun = new Set<string>();
  return {
    has: (list) => list !== '0' && lists.has(list),
    next(list, level) {
      const found = lists.get(list);
      const own = found?.levels[level];
      if (!found || !own) return null;
      const counts = counters.get(found.base) ?? [];
      counters.set(found.base, counts);
      const restart = `${list} ${level}`;
      const start = found.starts.get(level);
      if (start !== undefined && !begun.has(restart)) counts[level] = start;
      else counts[level] = counts[level] === undefined ? own.start : (counts[level] as number) + 1;
      begun.add(restart);
      counts.length = level + 1;
      for (let at = 0; at < level; at++) counts[at] ??= found.levels[at]?.start ?? 1;
      if (own.format === 'bullet' || own.format === 'none')
        return { text: own.format === 'none' ? literalOf(own.text) : '', bullet: own.format === 'bullet' };
      const text = own.text.replace(/%([1-9])/g, (_, digit: string) => {
        const at = Number(digit) - 1;
        return spell(counts[at] ?? 1, own.legal ? 'decimal' : (found.levels[at]?.format ?? 'decimal'));
      });
      return { text: text.trim(), bullet: false };
    },
  };
}

const literalOf = (text: string) => text.replace(/%\d/g, '').trim();

function readLevel(node: XmlNode): Level {
  return {
    format: attr(child(node, 'numFmt'), 'val') ?? 'decimal',
    text: attr(child(node, 'lvlText'), 'val') ?? '',
    start: Number(attr(child(node, 'start'), 'val') ?? 1) || 0,
    legal: child(node, 'isLgl') !== null,
  };
}

const ROMAN: [number, string][] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

function spell(value: number, format: string): string {
  if (/letter$/i.test(format)) {
    const letter = String.fromCharCode(97 + ((value - 1 + 26 * 1000) % 26)).repeat(Math.min(10, Math.max(1, Math.ceil(value / 26))));
    return format.startsWith('upper') ? letter.toUpperCase() : letter;
  }
  if (/roman$/i.test(format)) {
    let left = Math.min(value, 10_000);
    let out = '';
    for (const [size, sign] of ROMAN) for (; left >= size; left -= size) out += sign;
    return format.startsWith('upper') ? out.toUpperCase() : out;
  }
  return format === 'decimalZero' && value < 10 ? `0${value}` : String(value);
}
