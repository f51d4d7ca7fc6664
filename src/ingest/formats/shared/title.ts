import type { Block } from '../../blocks.ts';
import { textOf } from '../../pieces.ts';
import { dateOfLine } from '../../shapes.ts';

/** The first heading, when nothing stands before it, is the title; a line of the first page may do nothing but date it. */
export function takeTitle(blocks: readonly Block[]): { title: string | null; dateLine: string | null; rest: Block[] } {
  const rest = [...blocks];
  let dateLine: string | null = null;
  const dated = rest
    .slice(0, 3)
    .findIndex((block) => (block.kind === 'body' || block.kind === 'heading') && dateOfLine(textOf(block.pieces)) !== null);
  if (dated >= 0 && rest.slice(0, dated).every((block) => block.kind === 'heading')) {
    dateLine = textOf((rest[dated] as Block).pieces);
    rest.splice(dated, 1);
  }
  const first = rest[0];
  if (first?.kind !== 'heading' || rest.length === 1) return { title: null, dateLine, rest };
  rest[0] = { ...first, level: 0 };
  return { title: textOf(first.pieces), dateLine, rest };
}
