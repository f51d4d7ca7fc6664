import { type ErrorCode, isPilcrowError } from '../core/errors.ts';
import type { McpLog } from './index.ts';

/** Codes whose message was written for the caller; of every other failure only the log learns more. */
const SPOKEN = new Set<ErrorCode>([
  'bad_request',
  'not_found',
  'too_large',
  'index_missing',
  'index_damaged',
  'index_locked',
  'model_unavailable',
  'unavailable',
]);

/** What a client is told about a failure: what is wrong and what to do. The particulars of an unforeseen one go to the log. */
export function messageOf(error: unknown, log: McpLog | undefined, what: string): string {
  if (isPilcrowError(error) && SPOKEN.has(error.code)) return error.hint ? `${error.message} ${error.hint}` : error.message;
  log?.('error', 'an MCP call failed', { call: what, error });
  return 'Something went wrong on our side. The log of the service has the particulars; trying again may help.';
}
