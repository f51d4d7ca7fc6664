import { Worker } from 'node:worker_threads';
import { readAnyDocument } from './document.ts';
import { errorReply, type ReadOrder, type ReadReply } from './isolated.ts';

/** Most text handed back, UTF-16 units: beyond it a document is made to burst. */
const MOST_TEXT = 100_000_000;

const send = (reply: ReadReply) => process.send?.(reply);

process.on('message', async ({ id, name, bytes, now }: ReadOrder) => {
  try {
    const document = await readAnyDocument(name, bytes, { now: new Date(now) });
    if (document.text.length > MOST_TEXT) {
      send({ id, error: { code: 'too_large', message: `${name} holds more text than any document needs.`, hint: 'Split it.' } });
    } else send({ id, document });
  } catch (error) {
    send(errorReply(id, error));
  }
});
process.on('disconnect', () => process.exit(0));
new Worker(new URL('./orphan.worker.js', import.meta.url), {
  workerData: process.ppid,
  resourceLimits: { maxOldGenerationSizeMb: 16 },
}).unref();
