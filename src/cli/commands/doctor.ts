import { inspect } from '../checks.ts';
import type { CommandContext } from '../command.ts';
import { EXIT } from '../output.ts';
import { oneLine, terminalWidth, wrap } from '../terminal.ts';

/** What is configured, what is missing and what to do about it; exits with 1 when questions cannot be answered. */
export async function run({ config, output, json, signal }: CommandContext, { online }: Record<string, unknown> = {}): Promise<number> {
  const checks = await inspect(config, { online: online === true, signal });
  const failed = checks.some((check) => check.state === 'bad');
  if (json) output.json({ healthy: !failed, checks });
  else {
    const { style } = output;
    const sign = { good: style.accent('ok  '), poor: style.warn('note'), bad: style.bad('FAIL') };
    const width = terminalWidth();
    for (const { name, state, found, hint } of checks) {
      output.line(`${sign[state]}  ${style.bold(name.padEnd(14))} ${wrap(oneLine(found), width, ' '.repeat(21))}`);
      if (hint) output.line(`${' '.repeat(21)}${style.dim(wrap(oneLine(hint), width, ' '.repeat(21)))}`);
    }
  }
  return failed ? EXIT.failure : EXIT.ok;
}
