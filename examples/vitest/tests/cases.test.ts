import { defineEvalSuite } from 'pilcrow/vitest';
import { openPilcrow } from './pilcrow.ts';

const pilcrow = await openPilcrow();
const index = await pilcrow.index();

// One test a case, then one for each floor of the gate.
await defineEvalSuite(new URL('../cases.yaml', import.meta.url), {
  ask: pilcrow.ask,
  search: pilcrow.search,
  text: (briefing) => index.text(briefing),
  gate: { right: 0.9, citation_validity: 1, number_fidelity: 1, over_refusal: 0.2 },
});
