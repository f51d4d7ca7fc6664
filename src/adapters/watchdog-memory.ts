/** What the watched thread and the watching one share: the beat, the length of a text, the text. */
export const BEAT = 0;
export const LENGTH = 1;
/** Where the text begins, bytes. */
export const PLACE = 8;
export const PLACE_BYTES = 400;
/** How often the watching thread looks, milliseconds; the beat is twice as quick. */
export const CHECK_MILLISECONDS = 200;

export interface WatchdogData {
  memory: SharedArrayBuffer;
  /** Standstill after which the process ends. */
  seconds: number;
  /** Whether it may write to standard error. */
  log: boolean;
}
