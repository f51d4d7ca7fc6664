import { workerData } from 'node:worker_threads';

/**
 * The thread beside a reader: a file may hold the reader's own thread for good, and whoever would end it after a minute may have been
 * killed. Then the process belongs to another one.
 */
const parent = workerData as number;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, 1000);
