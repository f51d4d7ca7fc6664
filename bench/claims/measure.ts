import { checkClaim } from '../../src/ask/claims/check.ts';
import { LIMITS, type Limits } from '../../src/ask/claims/limits.ts';
import type { ClaimData } from './data.ts';
import type { Mutant } from './mutate.ts';

export interface Count {
  right: number;
  all: number;
}

/** What became of the sentences of one set. */
export interface Table {
  /** False sentences withheld, by how they were made. */
  kinds: Map<string, Count>;
  withheld: Count;
  /** The same of `recombined` sentences, which are counted apart. */
  recombined: Count;
  /** True sentences passed. */
  passed: Count;
}

/** Share in per cent with one decimal. */
export const share = ({ right, all }: Count) => `${((100 * right) / Math.max(1, all)).toFixed(1)} %`;

/** Checks every sentence of one set. `only` restricts to kinds of mutants. */
export function measure(data: ClaimData, mutants: readonly Mutant[], half: 'tune' | 'held-out', limits: Limits = LIMITS): Table {
  const mine = (claim: { heldOut: boolean }) => claim.heldOut === (half === 'held-out');
  const options = { ...data.options, limits };
  const table: Table = { kinds: new Map(), withheld: { right: 0, all: 0 }, recombined: { right: 0, all: 0 }, passed: { right: 0, all: 0 } };
  for (const mutant of mutants) {
    if (!mine(mutant.from)) continue;
    const count = table.kinds.get(mutant.kind) ?? { right: 0, all: 0 };
    table.kinds.set(mutant.kind, count);
    const right = checkClaim(mutant.text, mutant.sources, options).supported ? 0 : 1;
    for (const one of [count, mutant.kind.startsWith('recombined') || mutant.from.wrong ? table.recombined : table.withheld]) {
      one.all++;
      one.right += right;
    }
  }
  for (const claim of data.claims) {
    if (!mine(claim)) continue;
    table.passed.all++;
    if (checkClaim(claim.text, claim.sources, options).supported) table.passed.right++;
  }
  return table;
}
