import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';

/** A regular expression of the source: written out, or made by `RegExp(…)`. */
export interface Found {
  /** `folder/file.ts:line`. */
  place: string;
  /** Null when it is made of other text. */
  written: { source: string; flags: string } | null;
}

interface Node {
  type: string;
  start: number;
  regex?: { pattern: string; flags: string };
  callee?: { type: string; name?: string };
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** Every regular expression of a text of TypeScript, by its syntax tree. */
export function expressionsOf(file: string, text: string): Found[] {
  const found: Found[] = [];
  const placeOf = (node: Node) => `${file}:${text.slice(0, node.start).split('\n').length}`;
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    if (!isNode(value)) return;
    if (value.regex) found.push({ place: placeOf(value), written: { source: value.regex.pattern, flags: value.regex.flags } });
    if ((value.type === 'NewExpression' || value.type === 'CallExpression') && value.callee?.name === 'RegExp')
      found.push({ place: placeOf(value), written: null });
    for (const child of Object.values(value)) if (typeof child === 'object') visit(child);
  };
  visit(parseAst(text, { lang: 'ts' }));
  return found;
}

/** Every regular expression below a folder. */
export function expressionsUnder(folder: string): Found[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => expressionsOf(file, readFileSync(join(folder, file), 'utf8')));
}

/** Where `RegExp(…)` was called, and what came of it. */
export type Made = Map<string, { source: string; flags: string }[]>;

/** Watches what `RegExp(…)` makes below a folder until `stop`. Literals do not pass through it. */
export function watchRegExp(folder: string): { made: Made; stop(): void } {
  const made: Made = new Map();
  const Original = RegExp;
  const note = (regex: RegExp): RegExp => {
    const line = (new Error().stack ?? '').split('\n').find((one) => one.includes(`/${folder}/`));
    const at = new Original(`/${folder}/([^:?]+\\.ts)[^:]*:(\\d+):`).exec(line ?? '');
    if (at) {
      const place = `${at[1]}:${at[2]}`;
      made.set(place, [...(made.get(place) ?? []), { source: regex.source, flags: regex.flags }]);
    }
    return regex;
  };
  globalThis.RegExp = new Proxy(Original, {
    construct: (target, given) => note(new target(...(given as [string, string?]))),
    apply: (target, _, given) => note(target(...(given as [string, string?]))),
  });
  const stop = () => {
    globalThis.RegExp = Original;
  };
  return { made, stop };
}
