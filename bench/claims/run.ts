/**
 * Measures the checks of claims and writes the tables into docs/verification.md.
 *
 *     npx tsx bench/claims/run.ts            both sets, and the sweep of the support floor
 *     npx tsx bench/claims/run.ts --show     also what the tuning set gets wrong
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkClaim } from '../../src/ask/claims/check.ts';
import { LIMITS } from '../../src/ask/claims/limits.ts';
import { wording } from '../../src/ask/wording.ts';
import { type ClaimData, claimData } from './data.ts';
import { type Count, measure, share, type Table } from './measure.ts';
import { mutants } from './mutate.ts';

const PAGE = fileURLToPath(new URL('../../docs/verification.md', import.meta.url));
const FLOORS = [0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
const GAPS = [0.8, 1.1, 1.4, 1.7, 2.5, 99];

async function main(): Promise<void> {
  const data = await claimData();
  const all = mutants(data);
  const tune = measure(data, all, 'tune');
  const held = measure(data, all, 'held-out');
  const kinds = [...new Set([...tune.kinds.keys(), ...held.kinds.keys()])];
  const none = { right: 0, all: 0 };
  const cell = (count: { right: number; all: number } | undefined) => (count ? `${count.right} of ${count.all}` : '–');
  const total = ({ withheld, recombined }: Table) => ({ right: withheld.right + recombined.right, all: withheld.all + recombined.all });
  const lines = [
    `${data.claims.length} true sentences, ${all.length - data.recombined.length} false ones made of them, ${data.recombined.length} false ones by hand.`,
    '',
    '| | tuning set | held-out set |',
    '|---|---:|---:|',
    `| **true, passed** | **${cell(tune.passed)} (${share(tune.passed)})** | **${cell(held.passed)} (${share(held.passed)})** |`,
    `| true, withheld | ${tune.passed.all - tune.passed.right} | ${held.passed.all - held.passed.right} |`,
    `| **false, withheld** | **${cell(tune.withheld)} (${share(tune.withheld)})** | **${cell(held.withheld)} (${share(held.withheld)})** |`,
    `| recombined, withheld | ${cell(tune.recombined)} (${share(tune.recombined)}) | ${cell(held.recombined)} (${share(held.recombined)}) |`,
    `| false and recombined together, withheld | ${cell(total(tune))} (${share(total(tune))}) | ${cell(total(held))} (${share(total(held))}) |`,
    `| false, passed | ${tune.withheld.all - tune.withheld.right} | ${held.withheld.all - held.withheld.right} |`,
    '',
    ...longer(data),
    'False sentences withheld, by how they were made:',
    '',
    '| what was changed | tuning set | held-out set |',
    '|---|---:|---:|',
    ...kinds.map((kind) => `| ${kind} | ${cell(tune.kinds.get(kind) ?? none)} | ${cell(held.kinds.get(kind) ?? none)} |`),
    '',
    'Least share of the words that must be carried (tuning set; the others as they are):',
    '',
    '| floor | true, passed | false, withheld | cited elsewhere, withheld |',
    '|---:|---:|---:|---:|',
    ...FLOORS.map((floor) => {
      const table = measure(data, all, 'tune', { ...LIMITS, floor });
      const mark = floor === LIMITS.floor ? ' (used)' : '';
      return `| ${floor}${mark} | ${share(table.passed)} | ${share(table.withheld)} | ${share(table.kinds.get('cited elsewhere') ?? none)} |`;
    }),
    '',
    'Longest run of words that nothing carries, in words rare in the corpus (tuning set):',
    '',
    '| run | true, passed | false, withheld | clause made up, withheld |',
    '|---:|---:|---:|---:|',
    ...GAPS.map((gap) => {
      const table = measure(data, all, 'tune', { ...LIMITS, gap });
      const mark = gap === LIMITS.gap ? ' (used)' : '';
      return `| ${gap === 99 ? 'any' : gap}${mark} | ${share(table.passed)} | ${share(table.withheld)} | ${share(table.kinds.get('clause made up') ?? none)} |`;
    }),
  ];
  console.log(lines.join('\n'));
  const page = readFileSync(PAGE, 'utf8');
  const block = `<!-- begin: bench/claims/run.ts -->\n\n${lines.join('\n')}\n\n<!-- end -->`;
  writeFileSync(
    PAGE,
    page.replace(/<!-- begin: bench\/claims\/run\.ts -->[\s\S]*?<!-- end -->/, () => block),
  );
  if (!process.argv.includes('--show')) return;
  const fluent = { ...data, ...data.fluent };
  for (const mutant of [...all, ...mutants(fluent, (claim) => !claim.heldOut)]) {
    if (!mutant.from.heldOut && checkClaim(mutant.text, mutant.sources, data.options).supported)
      console.log(`passed [${mutant.kind}] ${mutant.text}\n    from: ${mutant.from.text}`);
  }
  for (const claim of [...data.claims, ...fluent.claims]) {
    if (claim.heldOut) continue;
    const check = checkClaim(claim.text, claim.sources, data.options);
    if (!check.supported)
      console.log(`withheld [${check.problem} ${check.score.toFixed(2)}] ${claim.text}\n    ${wording('en').withheld(check.reason)}`);
  }
}

/** The table of the longer sentences. */
function longer(all: ClaimData): string[] {
  const data = { ...all, ...all.fluent };
  const made = mutants(data);
  const [tune, aside] = [measure(data, made, 'tune'), measure(data, made, 'held-out')];
  const cell = (count: Count | undefined) => (count && count.all > 0 ? `${count.right} of ${count.all} (${share(count)})` : '–');
  const byHand = [...new Set(data.recombined.map((one) => one.wrong as string))];
  return [
    `Longer sentences (\`fluent.yaml\`): ${data.claims.length} true ones, ${made.length - data.recombined.length} false ones made of them, ${data.recombined.length} by hand.`,
    '',
    '| | for tuning | kept aside |',
    '|---|---:|---:|',
    `| **true, passed** | **${cell(tune.passed)}** | **${cell(aside.passed)}** |`,
    `| false, withheld | ${cell(tune.withheld)} | ${cell(aside.withheld)} |`,
    `| recombined or false by hand, withheld | ${cell(tune.recombined)} | ${cell(aside.recombined)} |`,
    ...byHand.map((kind) => `| – ${kind} | ${cell(tune.kinds.get(kind))} | ${cell(aside.kinds.get(kind))} |`),
    '',
  ];
}

await main();
