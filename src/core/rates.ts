/** What one asker, and all together, may take. Null: no limit. */
export interface Rates {
  /** Requests one asker may send within a minute, of any kind. */
  requestsPerMinute: number | null;
  /** Questions of one asker that may run or wait at once. */
  questionsAtOnce: number | null;
  /** Questions that may run at once, of everybody. */
  questionsRunning: number;
  /** Questions that may wait for one of them to end; above it 503. */
  questionsWaiting: number;
}
