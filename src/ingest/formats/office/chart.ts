import type { Block } from '../../blocks.ts';
import { normalise } from '../../normalise.ts';
import { literal, tidy } from '../../pieces.ts';
import { tableBlocks } from '../shared/table.ts';
import { attr, child, descendants, textOfNode, type XmlNode } from './xml.ts';

/** A chart of Office as a table of the values it shows, a row a category; its title stands before it. */
export function chartBlocks(root: XmlNode | null, number: number): Block[] {
  const chart = child(root, 'chartSpace', 'chart');
  if (!chart) return [];
  const title = descendants(child(chart, 'title'), 't').map(textOfNode).join('');
  const series = descendants(child(chart, 'plotArea'), 'ser');
  const names = series.map((one) => valuesOf(child(one, 'tx')).get(0) ?? '');
  const values = series.map((one) => valuesOf(child(one, 'val') ?? child(one, 'yVal')));
  const categories = valuesOf(child(series[0], 'cat') ?? child(series[0], 'xVal'));
  const last = Math.max(-1, ...categories.keys(), ...values.flatMap((one) => [...one.keys()]));
  const cell = (text: string) => ({ pieces: [literal(normalise(text).text)] });
  const rows = [['', ...names].map(cell)];
  for (let at = 0; at <= Math.min(last, MOST_POINTS); at++) {
    rows.push([categories.get(at) ?? '', ...values.map((one) => one.get(at) ?? '')].map(cell));
  }
  const pieces = tidy([literal(normalise(title).text)]);
  const heading: Block[] = pieces.length > 0 ? [{ kind: 'body', pieces, level: 0, depth: 0, page: null }] : [];
  return [...heading, ...(last < 0 ? [] : tableBlocks(rows, { headers: 1, number }))];
}

/** Points of one series that are read: a chart of more is a picture of its curve. */
const MOST_POINTS = 500;

function valuesOf(node: XmlNode | null): Map<number, string> {
  const found = new Map<number, string>();
  for (const point of descendants(node, 'pt')) found.set(Number(attr(point, 'idx') ?? 0) || 0, textOfNode(child(point, 'v')));
  if (found.size === 0 && child(node, 'v')) found.set(0, textOfNode(child(node, 'v')));
  return found;
}
