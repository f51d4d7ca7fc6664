/** Where a room says what happened that is no result. `details` are data for programs; an `error` in them is told by its message. */
export type Log = (level: 'error' | 'warn' | 'info' | 'debug', message: string, details?: Record<string, unknown>) => void;
