// Writes evals/case.schema.json, the published JSON Schema of case files, from src/eval/case.ts.
//   npx tsx evals/write-schema.ts
import { writeFileSync } from 'node:fs';
import { caseFileJsonSchema } from '../src/eval/case.ts';

writeFileSync(new URL('case.schema.json', import.meta.url), `${JSON.stringify(caseFileJsonSchema(), null, 2)}\n`);
