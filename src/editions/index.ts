/** What changed between two editions, and what people decided about which briefing is one of which. */
export { alignBriefings, createEditions, LEAST_WEIGHT } from './changes.ts';
export { isContact } from './contact.ts';
export { type ChangedValue, changedValues, type Idf, worthComparing } from './facts.ts';
export { type EditionOverride, OVERRIDES_FILE, readOverrides, setOverride } from './overrides.ts';
