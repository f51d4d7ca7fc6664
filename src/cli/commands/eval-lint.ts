import { readFile } from 'node:fs/promises';
import { pilcrowError } from '../../core/errors.ts';
import { type CaseProblem, lint, parseCases, showProblem } from '../../eval/index.ts';
import type { CommandContext } from '../command.ts';
import { EXIT } from '../output.ts';
import { sanitise } from '../terminal.ts';
import { engineTarget, openIndex } from './eval-target.ts';

/** Checks case files, against a corpus when one is named. Exits with 1 when something is wrong; warnings are no failure. */
export async function run(context: CommandContext, options: Record<string, unknown>, ...rest: unknown[]): Promise<number> {
  const files = rest[0] as string[];
  const errors: CaseProblem[] = [];
  const warnings: CaseProblem[] = [];
  let cases = 0;
  const lookUp = typeof options.corpus === 'string' || typeof options.index === 'string';
  const opened = lookUp ? await openIndex(context, options) : null;
  try {
    const engine = opened ? await engineTarget(opened.config, 'full') : null;
    try {
      for (const file of files) {
        const text = await readFile(file, 'utf8').catch((error: Error) => {
          throw pilcrowError('bad_request', `The case file ${file} cannot be read.`, { hint: error.message });
        });
        const { dataset, problems } = parseCases(text, file);
        const found = await lint(dataset, { index: engine?.reader ?? null, otherWording: options.otherWording === true });
        errors.push(...problems, ...found.errors);
        warnings.push(...found.warnings);
        cases += dataset.cases.length;
      }
    } finally {
      await engine?.close();
    }
  } finally {
    await opened?.close();
  }
  const { output, json } = context;
  if (json) output.json({ passed: errors.length === 0, cases, quotesLookedUp: lookUp, errors, warnings });
  else {
    for (const problem of errors) output.line(`${output.style.bad('error')} ${sanitise(showProblem(problem))}`);
    for (const problem of warnings) output.line(`${output.style.warn('note ')} ${sanitise(showProblem(problem))}`);
    const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;
    output.line(
      `${count(cases, 'case')}, ${count(errors.length, 'error')}, ${count(warnings.length, 'note')}${lookUp ? '' : '; quotes were not looked up (name a --corpus)'}`,
    );
  }
  return errors.length === 0 ? EXIT.ok : EXIT.failure;
}
