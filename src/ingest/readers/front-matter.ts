import { parse } from 'yaml';
import type { Reading } from '../blocks.ts';

/** Longest front matter read, UTF-16 units: a page of metadata is under 4,000. */
const LONGEST = 64_000;

/**
 * YAML between `---` lines at the very start: its flat members as text, where the rest begins (UTF-16), and what is wrong
 * with it. The failsafe schema makes text of everything, so that `edition: 2026-07` stays as written; aliases are refused.
 */
export function frontMatter(text: string): { meta: Record<string, string>; end: number; problems: Reading['problems'] } {
  const none = { meta: {}, end: 0, problems: [] };
  const open = /^\s{0,100}---[ \t]{0,20}\n/.exec(text.slice(0, 200));
  if (!open) return none;
  const close = /^(?:---|\.\.\.)[ \t]*$/gm;
  close.lastIndex = open[0].length;
  const found = close.exec(text.slice(0, LONGEST));
  const inside = found ? text.slice(open[0].length, found.index) : '';
  if (!found && /^[ \t]*[\w"'-]+[ \t]*:/.test(text.slice(open[0].length, open[0].length + 200))) {
    const hint = 'Put a line of --- below its last "name: value" line.';
    return { ...none, problems: [{ message: 'The front matter is never closed and was read as text.', hint }] };
  }
  // A rule at the start of a text without metadata is not front matter.
  if (!found || (inside.trim() !== '' && !/^[ \t]*[\w"'-]+[ \t]*:/m.test(inside))) return none;
  const end = found.index + found[0].length;
  const hint = 'Front matter is YAML, one "name: value" a line, e.g. edition: "2026-07".';
  try {
    const value: unknown = parse(inside, { schema: 'failsafe', maxAliasCount: 0, prettyErrors: false });
    if (value === null || value === '') return { meta: {}, end, problems: [] };
    if (typeof value !== 'object' || Array.isArray(value)) throw new Error('it is not a list of names and values');
    const meta: Record<string, string> = {};
    for (const [key, member] of Object.entries(value))
      if (typeof member === 'string') meta[key.toLowerCase()] = member.trim().slice(0, 1000);
    return { meta, end, problems: [] };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { meta: {}, end, problems: [{ message: `The front matter could not be read and is ignored: ${reason}`, hint }] };
  }
}
