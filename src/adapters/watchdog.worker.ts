import { readFileSync, writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { BEAT, CHECK_MILLISECONDS, LENGTH, PLACE, type WatchdogData } from './watchdog-memory.ts';

/**
 * The watching thread: counts how often it looked while the other thread's beat stood still. It counts looks, not time on the
 * clock, so that a machine that was suspended ends nothing, and takes off what the other thread waited for a core, so that one
 * with too much to do does not end what is only slow. It writes to standard error itself: what goes through the
 * blocked thread would never be seen.
 */
const { memory, seconds, log } = workerData as WatchdogData;
const numbers = new Int32Array(memory, 0, 2);
const bytes = new Uint8Array(memory, PLACE);
/** From here on a standstill is worth a line. */
const NOTICED_SECONDS = Math.min(2, seconds / 2);

let beat = Atomics.load(numbers, BEAT);
let milliseconds = 0;
let waited = waitedForCore();
let noticed = false;

const stood = () => Math.round(milliseconds / 100) / 10;
function say(level: 'error' | 'warn', message: string, details: object): void {
  if (!log) return;
  try {
    writeSync(2, `${JSON.stringify({ time: new Date().toISOString(), level, message, ...details })}\n`);
  } catch {
    // Nobody reads standard error: there is nobody to tell.
  }
}
const last = () => new TextDecoder().decode(bytes.slice(0, Atomics.load(numbers, LENGTH))) || null;

setInterval(() => {
  const now = Atomics.load(numbers, BEAT);
  if (now !== beat) {
    if (noticed) say('warn', 'the event loop runs again', { seconds: stood(), last: last() });
    beat = now;
    milliseconds = 0;
    waited = waitedForCore();
    noticed = false;
    return;
  }
  const before = waited;
  waited = waitedForCore();
  milliseconds += Math.max(0, CHECK_MILLISECONDS - (waited - before));
  if (!noticed && stood() >= NOTICED_SECONDS) {
    noticed = true;
    say('warn', 'the event loop is blocked', { seconds: stood(), last: last() });
  }
  if (stood() < seconds) return;
  say('error', 'the event loop stays blocked: the process ends so that it can be started anew', { seconds: stood(), last: last() });
  // Nothing gentler reaches a thread that runs nothing.
  process.kill(process.pid, 'SIGKILL');
}, CHECK_MILLISECONDS);

/** Milliseconds the watched thread, the first of the process, has waited for a core; 0 where the system (Linux does) does not say. */
function waitedForCore(): number {
  try {
    // Nanoseconds it ran, nanoseconds it waited to run, how often it ran.
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}
