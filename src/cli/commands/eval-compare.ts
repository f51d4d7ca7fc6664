import { pilcrowError } from '../../core/errors.ts';
import { type Baseline, compareBaselines, MEASURES, percent, points, readBaseline } from '../../eval/index.ts';
import type { CommandContext } from '../command.ts';
import { EXIT } from '../output.ts';
import { oneLine } from '../terminal.ts';

/** Compares two baselines. Exits with 1 when a measure got worse beyond chance. */
export async function run(
  { output, json }: CommandContext,
  _options: Record<string, unknown>,
  before: string,
  after: string,
): Promise<number> {
  const [old, fresh] = [await read(before), await read(after)];
  const comparisons = compareBaselines(fresh, old);
  if (comparisons.length === 0) throw pilcrowError('bad_request', 'The two have no suite in common.');
  const changes = comparisons.flatMap(({ changes: list }) => Object.values(list));
  if (json) output.json({ comparisons: comparisons.map(({ cases: _cases, ...rest }) => rest) });
  else {
    const { line, style } = output;
    for (const { suite, changes: list, added, removed, cases } of comparisons) {
      line(
        `${style.bold(oneLine(suite))} ${style.dim(`· ${fresh.made} beside ${old.made}${added + removed > 0 ? ` · ${added} cases new, ${removed} gone` : ''}`)}`,
      );
      for (const change of Object.values(list)) {
        const range = `[${points(change.interval.low)}, ${points(change.interval.high)}]`;
        const told =
          change.verdict === 'same' ? style.dim('within chance') : change.verdict === 'worse' ? style.bad('worse') : style.accent('better');
        line(
          `  ${MEASURES[change.measure].label.padEnd(26)}${percent(change.before).padStart(7)} → ${percent(change.now).padStart(6)}  ${points(change.change).padStart(6)} ${style.dim(range.padStart(15))}  ${told}`,
        );
      }
      const moved = [...cases].filter(([, one]) => one.now !== one.before);
      for (const [id, one] of moved) line(`  ${one.now > one.before ? style.accent('now right') : style.bad('now wrong')}  ${oneLine(id)}`);
      line();
    }
  }
  return changes.some((change) => change.verdict === 'worse') ? EXIT.failure : EXIT.ok;
}

async function read(file: string): Promise<Baseline> {
  const found = await readBaseline(file);
  if (!found) throw pilcrowError('bad_request', `There is no baseline ${file}.`);
  return found;
}
