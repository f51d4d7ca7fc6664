import { parse as parseToml } from 'smol-toml';
import { parse } from 'yaml';
import type { Told } from '../../blocks.ts';
import { endsSentence } from '../../shapes.ts';

/** Longest front matter read, UTF-16 units: a page of metadata is under 4,000. */
const LONGEST_FRONT_MATTER = 64_000;
/** Names that make a block of "name: value" lines metadata whatever its values look like. */
const KNOWN = new Set(
  (
    'title subtitle edition date series lang language publisher author authors tags tag categories category keywords description summary ' +
    'access draft layout slug id uid aliases alias weight permalink url created updated modified published lastmod version status type source'
  ).split(' '),
);

const NAMES = /^[ \t]{0,20}["']?(\w{1,40})["']?[ \t]{0,20}[:=]/gm;

/**
 * YAML between `---` lines or TOML between `+++` lines at the very start: its flat members as text, where the rest begins
 * (UTF-16), and what is wrong with it. YAML is read by the failsafe schema, which makes text of everything, so that
 * `edition: 2026-07` stays as written; aliases are refused. Prose between two rules is no front matter. `access` is a list of
 * names in JSON; an empty one where something is said about access that cannot be read, so that nothing is open by a slip.
 */
export function frontMatter(text: string): { meta: Record<string, string>; end: number; problems: Told[] } {
  const none = { meta: {}, end: 0, problems: [] };
  const open = /^\s{0,100}(---|\+\+\+)[ \t]{0,20}\n/.exec(text.slice(0, 200));
  if (!open) return none;
  const toml = open[1] === '+++';
  const close = toml ? /^\+\+\+[ \t]*$/gm : /^(?:---|\.\.\.)[ \t]*$/gm;
  close.lastIndex = open[0].length;
  const found = close.exec(text.slice(0, LONGEST_FRONT_MATTER));
  const inside = found ? text.slice(open[0].length, found.index) : '';
  const member = toml ? /^[ \t]*[\w".'-]+[ \t]*=/m : /^[ \t]*[\w"'-]+[ \t]*:/m;
  if (!found && new RegExp(member.source).test(text.slice(open[0].length, open[0].length + 200).split('\n')[0] as string)) {
    const hint = `Put a line of ${open[1]} below its last "${toml ? 'name = value' : 'name: value'}" line.`;
    const head = text.slice(open[0].length, LONGEST_FRONT_MATTER).split(/\n[ \t]*\n/)[0] as string;
    return { ...none, meta: unreadable(head), problems: [{ message: 'The front matter is never closed and was read as text.', hint }] };
  }
  // A rule at the start of a text without metadata is not front matter.
  if (!found || (inside.trim() !== '' && !member.test(inside))) return none;
  const end = found.index + found[0].length;
  const hint = toml
    ? 'Front matter between +++ lines is TOML, one name = value a line, e.g. edition = "2026-07".'
    : 'Front matter is YAML, one "name: value" a line, e.g. edition: "2026-07".';
  try {
    const value: unknown = toml ? parseToml(inside) : parse(inside, { schema: 'failsafe', maxAliasCount: 0, prettyErrors: false });
    if (value === null || value === '') return { meta: {}, end, problems: [] };
    if (typeof value !== 'object' || Array.isArray(value)) throw new Error('it is not a list of names and values');
    const members = Object.entries(value);
    const known = members.some(([key]) => KNOWN.has(key.toLowerCase()));
    if (!known && members.some(([, one]) => typeof one === 'string' && endsSentence(one))) return none;
    const meta: Record<string, string> = {};
    for (const [key, one] of members) {
      if (key.toLowerCase() === 'access') {
        meta.access = JSON.stringify(namesIn(one));
        continue;
      }
      const written = asText(one);
      if (written !== null) meta[key.toLowerCase()] = written.trim().slice(0, 1000);
    }
    const names = members.map(([key]) => `"${key}"`).join(', ');
    const message = `The block at its start was taken for metadata, though none of its names is known: ${names.slice(0, 200)}.`;
    return { meta, end, problems: known || members.length === 0 ? [] : [{ message, hint: 'Put a blank line before it if it is text.' }] };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    // Where nothing in it is a name of metadata it is text: nothing of it is lost.
    if (![...inside.matchAll(NAMES)].some(([, name]) => KNOWN.has((name as string).toLowerCase())))
      return {
        ...none,
        meta: unreadable(inside),
        problems: [{ message: `The front matter could not be read and was read as text: ${reason}`, hint }],
      };
    return { meta: unreadable(inside), end, problems: [{ message: `The front matter could not be read and is ignored: ${reason}`, hint }] };
  }
}

/** A date of TOML is a date of its own kind; numbers stay as they are written in decimal. */
function asText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value instanceof Date) return /^\d{4}-\d{2}-\d{2}/.exec(value.toISOString())?.[0] ?? null;
  return null;
}

/** Names of groups: a list, or one text with commas between. Empty for anything else. */
function namesIn(value: unknown): string[] {
  if (!Array.isArray(value)) return (asText(value) ?? '').split(',').flatMap((name) => name.trim() || []);
  const names = value.map(asText);
  return names.every((name) => name !== null) ? names : [];
}

/** What is left of front matter nobody can read: that it said something about access. */
const unreadable = (text: string): Record<string, string> =>
  /^[ \t]{0,20}["']?access["']?[ \t]{0,20}[:=]/im.test(text) ? { access: '[]' } : {};
