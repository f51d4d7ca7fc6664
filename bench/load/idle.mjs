// Does nothing, and says every five seconds the p99 of how late its event loop was, in milliseconds, measured as `/metrics` does.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
setInterval(() => {
  console.log(delay.percentile(99) / 1e6);
  delay.reset();
}, 5000);
// Ends with whoever started it.
process.stdin.on('end', () => process.exit()).resume();
