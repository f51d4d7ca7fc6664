import { createContext, Script } from 'node:vm';

/** Longest a regular expression may take on one hostile text, milliseconds. An innocent one takes well under 1. */
const LIMIT = 40;
/**
 * Lengths of hostile texts, code points. 32 shows exponential time; at 600 cubic time takes some 200 ms, while quadratic
 * time, which nearly every unanchored repetition takes, stays at 2 ms.
 */
const LENGTHS = [32, 600];
/** Hostile texts tried, so that a long pattern does not keep lint busy. */
const MOST_PUMPS = 24;

/** Why a regular expression must not be used, or null. It is run, with a time limit, on texts made from its own parts. */
export function regexProblem(source: string): string | null {
  try {
    new RegExp(source, 'iu');
  } catch (error) {
    return (error as Error).message;
  }
  const context = createContext({ source, text: '' });
  const script = new Script("new RegExp(source, 'iu').test(text)");
  for (const pump of pumps(source)) {
    for (const length of LENGTHS) {
      // The last character makes the whole match fail, after every way to reach it was tried.
      context.text = `${pump.repeat(Math.ceil(length / [...pump].length))}\u0000`;
      try {
        script.runInContext(context, { timeout: LIMIT });
      } catch (error) {
        if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
        return `/${source}/ is slow: ${length} characters of “${pump}” take it more than ${LIMIT} ms`;
      }
    }
  }
  return null;
}

/** Pieces to repeat: the literal runs of a pattern, their characters, and one character of each class it names. */
function pumps(source: string): string[] {
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
  return [...found].slice(0, MOST_PUMPS);
}
