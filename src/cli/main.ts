#!/usr/bin/env node
import { EXIT } from './output.ts';
import { runCommandLine } from './program.ts';

// The command line in a process of its own: its streams, its signals, its exit code.

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader such as `head` that has seen enough is no failure.
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
  process.stderr.write(`pilcrow: the output cannot be written: ${error.message}\n`);
  process.exit(EXIT.failure);
});

const stop = new AbortController();
const onSignal = () => {
  if (stop.signal.aborted) process.exit(130);
  stop.abort();
};
process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);
try {
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
    signal: stop.signal,
  });
} finally {
  process.off('SIGINT', onSignal);
  process.off('SIGTERM', onSignal);
}
