import type { Limits } from '../config.ts';
import type { Log } from '../core/log.ts';

export interface McpOptions {
  /** What one call may ask for; default: what the settings of the service default to. */
  limits?: Pick<Limits, 'questionCharacters' | 'historyTurns' | 'turnCharacters'>;
  /** Where the pages of the service are reached, without a trailing slash. Over HTTP the default is the address that was called. */
  publicUrl?: string | null;
  /** Told of failures nobody foresaw; the client only learns that there was one. */
  log?: Log;
}
