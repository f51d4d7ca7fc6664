import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createEvaluationProcess } from '../../src/adapters/evaluation-process.ts';
import type { EvaluationState } from '../../src/core/desk.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-evaluation-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const REPORT = JSON.stringify({ suites: [{ suite: 'own', verdict: 'all right' }] });
const writes = (code: number) => (files: { html: string; json: string }) => [
  process.execPath,
  '-e',
  `const { writeFileSync } = require('node:fs'); writeFileSync(process.argv[1], '<p>'); writeFileSync(process.argv[2], ${JSON.stringify(REPORT)}); process.exitCode = ${code};`,
  files.html,
  files.json,
];

/** What is told while a run lasts, asked for again and again, until it says that it is through. */
async function toldUntilThrough(state: () => Promise<EvaluationState>): Promise<EvaluationState[]> {
  const told: EvaluationState[] = [];
  const look = async (): Promise<void> => {
    for (;;) {
      const one = await state();
      told.push(one);
      if (!one.running) return;
    }
  };
  // Many at once, so that some are on their way while it ends.
  await Promise.all(Array.from({ length: 40 }, look));
  return told;
}

test('a run that is said to be through has its report, whenever one asks', async () => {
  for (let round = 0; round < 5; round++) {
    const evaluation = createEvaluationProcess({ folder: join(folder, String(round)), cases: 'cases.yaml', command: writes(0) });
    await evaluation.start();
    const told = await toldUntilThrough(evaluation.state);
    expect(told[0]).toMatchObject({ running: true, report: false });
    for (const one of told.filter(({ running }) => !running))
      expect(one).toMatchObject({ failed: null, report: true, verdicts: ['all right'], ended: expect.any(String) });
  }
});

test('a gate that failed has a report, anything else says what it wrote', async () => {
  const gate = createEvaluationProcess({ folder: join(folder, 'gate'), cases: 'cases.yaml', command: writes(1) });
  await gate.start();
  expect((await toldUntilThrough(gate.state)).at(-1)).toMatchObject({ failed: null, report: true });
  const broken = createEvaluationProcess({
    folder: join(folder, 'broken'),
    cases: 'cases.yaml',
    command: () => [process.execPath, '-e', 'console.error("no such file"); process.exitCode = 2;'],
  });
  await broken.start();
  expect((await toldUntilThrough(broken.state)).at(-1)).toMatchObject({ failed: 'no such file', report: false, verdicts: [] });
});

test('one at a time, and none without cases', async () => {
  const evaluation = createEvaluationProcess({ folder: join(folder, 'two'), cases: 'cases.yaml', command: writes(0) });
  await evaluation.start();
  await expect(evaluation.start()).rejects.toMatchObject({ code: 'conflict' });
  await toldUntilThrough(evaluation.state);
  const none = createEvaluationProcess({ folder: join(folder, 'none'), cases: null, command: writes(0) });
  await expect(none.start()).rejects.toMatchObject({ code: 'bad_request' });
});
