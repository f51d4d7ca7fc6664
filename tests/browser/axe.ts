import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong, of any impact and with every rule that is on by default, best practices included. The browser has to let it in (`bypassCSP`). */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (
      window as unknown as {
        axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }> };
      }
    ).axe.run();
    return violations.flatMap((one) =>
      one.nodes.map((node) => `${one.id} (${one.impact}): ${node.html.slice(0, 160)} ${node.failureSummary}`),
    );
  });
}
