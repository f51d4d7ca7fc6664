import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Audit, AuditEvent } from '../core/access.ts';

/** Records of refused access within a minute; more are counted and told in one. Whoever knocks on every door is not to fill the disk. */
const REFUSALS_A_MINUTE = 60;

/**
 * One JSON line an event, appended to a file of its own and written at once, so that several processes may write to it. What
 * cannot be written is told to `failed`, once, and stops nothing.
 */
export function createAuditFile(file: string, failed: (error: Error) => void = () => {}, now: () => number = Date.now): Audit {
  let minute = -1;
  let refusals = 0;
  let told = false;
  const append = (event: object): void => {
    try {
      mkdirSync(dirname(file), { recursive: true });
      appendFileSync(file, `${JSON.stringify({ time: new Date(now()).toISOString(), ...event })}\n`, { mode: 0o600 });
    } catch (error) {
      if (!told) failed(error as Error);
      told = true;
    }
  };
  return {
    note(event: AuditEvent) {
      if (event.event === 'access.refused') {
        const current = Math.floor(now() / 60_000);
        if (current !== minute) {
          const unseen = refusals - REFUSALS_A_MINUTE;
          if (unseen > 0) append({ event: 'access.refused', more: unseen });
          minute = current;
          refusals = 0;
        }
        if (++refusals > REFUSALS_A_MINUTE) return;
      }
      append(event);
    },
  };
}
