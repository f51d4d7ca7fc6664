import { createHash } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import picomatch from 'picomatch';
import { parse } from 'yaml';
import { ACCESS_FILE, EVERYONE, groupsNamed } from '../core/access.ts';
import { pilcrowError } from '../core/errors.ts';
import type { Briefing } from '../core/model.ts';

/** Enough for some 10,000 rules. */
const LARGEST_FILE_BYTES = 1_000_000;

/** Which groups may read which files, as whoever keeps the corpus decided. */
export interface AccessRules {
  /** Another one when the rules are others. */
  version: string;
  /** Groups that may read a file, by its path in the corpus; null: everybody who may ask. */
  of(file: string): string[] | null;
  /** Patterns that none of these files fits: most are slips of the pen, which would leave something open. */
  unused(files: readonly string[]): string[];
}

const noRules: AccessRules = { version: 'none', of: () => null, unused: () => [] };

interface Rule {
  patterns: { written: string; fits: (file: string) => boolean }[];
  groups: string[] | null;
}

/**
 * Reads the rules of a corpus; none when there is no such file. The last rule a file fits holds for it, `default` for those that
 * fit none. Rejects with `bad_request` for what it cannot be sure to have understood: nothing becomes readable by a slip.
 */
export async function readAccessRules(corpus: string): Promise<AccessRules> {
  const names = await fs.readdir(corpus).catch(() => [] as string[]);
  const meant = names.filter((name) => /^access\.ya?ml$/i.test(name));
  const file = join(corpus, ACCESS_FILE);
  const other = meant.find((name) => name !== ACCESS_FILE);
  if (other !== undefined) throw wrong(join(corpus, other), `it is not called ${ACCESS_FILE}`);
  if (meant.length === 0) return noRules;
  let text: string;
  try {
    if ((await fs.stat(file)).size > LARGEST_FILE_BYTES) throw new Error('it is larger than 1 MB');
    text = await fs.readFile(file, 'utf8');
  } catch (error) {
    throw wrong(file, (error as Error).message, error);
  }
  let value: unknown;
  try {
    value = parse(text, { schema: 'failsafe', maxAliasCount: 0, prettyErrors: false });
  } catch (error) {
    throw wrong(file, (error as Error).message.split('\n')[0] as string, error);
  }
  if (!isRecord(value)) throw wrong(file, 'it is no list of names and values');
  onlyNames(file, value, ['rules', 'default'], 'it');
  const rules = value.rules === undefined || value.rules === '' ? [] : value.rules;
  if (!Array.isArray(rules)) throw wrong(file, '"rules" is no list');
  return accessRules(
    rules.map((rule, at) => ruleOf(file, rule, at + 1)),
    value.default === undefined ? null : groupsIn(file, value.default, '"default"'),
    text,
  );
}

function accessRules(rules: readonly Rule[], rest: string[] | null, text: string): AccessRules {
  const fitting = (given: string): Rule | undefined => {
    const file = given.normalize('NFC');
    return rules.findLast(({ patterns }) => patterns.some(({ fits }) => fits(file)));
  };
  return {
    version: createHash('sha256').update(text).digest('hex'),
    of(file) {
      const rule = fitting(file);
      return rule ? rule.groups : rest;
    },
    unused: (files) => {
      const composed = files.map((file) => file.normalize('NFC'));
      return rules.flatMap(({ patterns }) => patterns.filter(({ fits }) => !composed.some(fits)).map(({ written }) => written));
    },
  };
}

function ruleOf(file: string, rule: unknown, number: number): Rule {
  const which = `rule ${number}`;
  if (!isRecord(rule)) throw wrong(file, `${which} has no names and values`);
  onlyNames(file, rule, ['files', 'groups'], which);
  const files = textsIn(rule.files);
  if (!files || files.length === 0) throw wrong(file, `${which} does not say which files it is for`);
  if (rule.groups === undefined) throw wrong(file, `${which} does not say which groups it is for`);
  return {
    patterns: files.map((written) => ({ written, fits: patternOf(file, written) })),
    groups: groupsIn(file, rule.groups, which),
  };
}

/** A file, a folder with all below it, or a pattern: `*` within a name, `**` across folders. */
function patternOf(file: string, written: string): (name: string) => boolean {
  const pattern = written
    .normalize('NFC')
    .replace(/^\.?\//, '')
    .replace(/\/$/, '');
  if (pattern === '' || pattern.length > 1000 || /\\|^!|(?:^|\/)\.\.(?:\/|$)/.test(pattern)) {
    throw wrong(file, `"${written.slice(0, 100)}" is no path in the corpus`);
  }
  const fits = picomatch(pattern, { dot: true, nonegate: true, noextglob: true });
  return (name) => name === pattern || name.startsWith(`${pattern}/`) || fits(name);
}

function groupsIn(file: string, value: unknown, which: string): string[] | null {
  const names = textsIn(value);
  const groups = names && groupsNamed(names);
  if (names === null || groups?.length === 0) throw wrong(file, `${which} names no group`);
  return groups;
}

/** One text, or a list of texts; null for anything else. A text with commas is several. */
function textsIn(value: unknown): string[] | null {
  if (typeof value === 'string') return value.split(',').flatMap((one) => one.trim() || []);
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : null;
}

function onlyNames(file: string, value: Record<string, unknown>, known: readonly string[], which: string): void {
  const other = Object.keys(value).find((name) => !known.includes(name));
  if (other !== undefined) throw wrong(file, `${which} has "${other.slice(0, 100)}", which is none of ${known.join(', ')}`);
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const wrong = (file: string, what: string, cause?: unknown) =>
  pilcrowError('bad_request', `${file} cannot be used: ${what}.`, {
    hint: `Mend it; nothing is published until then. Each of its rules has files and groups, e.g. "- files: hr/**" and "  groups: [hr, board]"; ${EVERYONE} is all who may ask.`,
    cause,
  });

/** Who may read a document: whoever its own front matter lets and the rules as well. */
export function accessOf(own: readonly string[] | null, ruled: readonly string[] | null): Briefing['access'] {
  const lists = [own, ruled].filter((list) => list !== null).map((list) => [...list]);
  const each = new Map(lists.map((list) => [JSON.stringify(list), list]));
  return each.size === 0 ? undefined : [...each].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, list]) => list);
}
