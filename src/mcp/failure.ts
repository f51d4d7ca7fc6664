import { isSpoken } from '../core/errors.ts';
import type { Log } from '../core/log.ts';

/** What a client is told about a failure: what is wrong and what to do. The particulars of an unforeseen one go to the log. */
export function messageOf(error: unknown, log: Log | undefined, what: string): string {
  if (isSpoken(error)) return error.hint ? `${error.message} ${error.hint}` : error.message;
  log?.('error', 'an MCP call failed', { call: what, error });
  return 'Something went wrong on our side. The log of the service has the particulars; trying again may help.';
}
