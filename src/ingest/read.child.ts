import { Worker } from 'node:worker_threads';
import { readAnyDocument } from './document.ts';
import { errorReply, type ReadOrder, type ReadReply } from './isolated.ts';
import { MOST_TEXT_UNITS, ORPHAN_WATCH_MEGABYTES } from './settings.ts';

const send = (reply: ReadReply) => process.send?.(reply);

process.on('message', async ({ id, name, bytes, now }: ReadOrder) => {
  try {
    const document = await readAnyDocument(name, bytes, { now: new Date(now) });
    if (document.text.length > MOST_TEXT_UNITS) {
      send({ id, error: { code: 'too_large', message: `${name} holds more text than any document needs.`, hint: 'Split it.' } });
    } else send({ id, document });
  } catch (error) {
    send(errorReply(id, error));
  }
});
process.on('disconnect', () => process.exit(0));
new Worker(new URL('./orphan.worker.js', import.meta.url), {
  workerData: process.ppid,
  resourceLimits: { maxOldGenerationSizeMb: ORPHAN_WATCH_MEGABYTES },
}).unref();
