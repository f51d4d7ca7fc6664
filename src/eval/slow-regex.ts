import { createContext, Script } from 'node:vm';
import { ambiguityOf } from './ambiguity.ts';

/**
 * Longest a regular expression may take on one hostile text, milliseconds. At 2,000 characters quadratic time, which
 * nearly every unanchored repetition takes, is 3 to 15 ms, and 100 ms where a class of letters of all scripts meets a text
 * that is not Latin-1 (measured on an idle machine); cubic time takes some seconds, exponential time never ends.
 */
const STEPS_A_CHARACTER = 500;
/** Share of the limit that has to be computing: the rest goes into starting and ending. */
const NEARLY = 0.8;
/** Lengths of hostile texts, code points: the longest question, and one at which exponential time shows already. */
const LENGTHS = [48, 2000];
/** Texts tried that come from the letters of a pattern alone. */
const MOST_GUESSES = 24;

interface RegexReport {
  /** Why it must not be used; null when nothing was found. */
  problem: string | null;
  /** What of it the analysis could not look at; null when it saw all. */
  unread: string | null;
}

export type Examine = (source: string, flags: string) => RegexReport;

/**
 * Looks for texts on which an expression takes exponential or steep polynomial time. Suspicions come from the ambiguity of
 * its automaton and from its own letters; each is run with a time limit, which counts when
 * most of it was computing, so that a busy machine accuses nobody. An examiner serves for any number of expressions.
 */
export function createExaminer(): Examine {
  const context = createContext({ source: '', flags: '', text: '' });
  // The engine compiles an expression when it is used again, once for texts of one byte a character and once for others;
  // until then it takes many times as long.
  const begin = new Script("regex = new RegExp(source, flags); for (const short of ['a', '1 ', 'a.', 'Б', 'Б ', 'Б1']) regex.test(short)");
  const match = new Script('regex.lastIndex = 0; regex.test(text)');
  const ends = (timeout: number): boolean => {
    try {
      match.runInContext(context, { timeout });
      return true;
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      return false;
    }
  };
  const tooSlow = (text: string): boolean => {
    context.text = text;
    // A busy machine gives less computing than time: then it is waited for longer.
    for (let wait = STEPS_A_CHARACTER; ; wait *= 2) {
      const before = process.cpuUsage();
      if (ends(wait)) return false;
      const { user, system } = process.cpuUsage(before);
      if ((user + system) / 1000 >= NEARLY * STEPS_A_CHARACTER) return true;
    }
  };
  return (source, flags) => {
    let suspects: { before: string; pump: string }[] = [];
    let unread: string | null = null;
    try {
      const ambiguity = ambiguityOf(source, flags);
      suspects = ambiguity.pumps;
      unread = ambiguity.unread;
    } catch (error) {
      try {
        new RegExp(source, flags);
      } catch {
        return { problem: (error as Error).message, unread: null };
      }
      unread = (error as Error).message;
    }
    Object.assign(context, { source, flags });
    begin.runInContext(context);
    for (const { before, pump } of [...suspects, ...guesses(source).map((pump) => ({ before: '', pump }))]) {
      for (const length of LENGTHS) {
        // The last character makes the whole match fail, after every way to reach it was tried.
        const text = `${before}${pump.repeat(Math.ceil(length / [...pump].length))}\u0000`;
        if (tooSlow(text))
          return {
            problem: `/${source}/ is slow: ${length} characters of “${pump}”${before === '' ? '' : ` after “${before}”`} take it more than ${STEPS_A_CHARACTER} ms`,
            unread,
          };
      }
    }
    return { problem: null, unread };
  };
}

/** Pieces to repeat: the literal runs of a pattern, their characters, and one character of each class it names. */
function guesses(source: string): string[] {
  const found = new Set<string>();
  const literal = source.replace(/\\[dDwWsSbBpPkuxcn](?:\{[^}]*\}|<[^>]*>)?/g, '\u0001').replace(/\\(.)/gu, '$1');
  for (const run of literal.match(/[\p{L}\p{N} ,;:/'"-]+/gu) ?? []) {
    if (run.length <= 20) found.add(run);
    for (const character of [...run].slice(0, 8)) found.add(character);
  }
  if (/\\d|\\p\{N/.test(source)) found.add('1');
  if (/\\w|\\p\{L|\[\^|\.|\\S|\\D/.test(source)) for (const character of ['a', 'A1 ']) found.add(character);
  if (/\\s|\\W|\[\^|\./.test(source)) found.add(' ');
  for (const [, from] of source.matchAll(/\[\^?([^\]\\])/gu)) if (from) found.add(from);
  return [...found].slice(0, MOST_GUESSES);
}
