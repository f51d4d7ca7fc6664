import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { answerOnThread } from '../compose.ts';

/** A thread that answers; see adapters/pool/pool.ts. A failure ends it, and the pool starts another. */
await answerOnThread(parentPort as MessagePort, workerData);
