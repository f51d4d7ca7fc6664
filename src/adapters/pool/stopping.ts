import { pilcrowError } from '../../core/errors.ts';

/** What whoever still waits is told when the pool is closed. */
export const stopping = () => pilcrowError('unavailable', 'The service is shutting down.', { retryable: true });
