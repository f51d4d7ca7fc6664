import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { runCommandLine } from '../../src/cli/program.ts';
import { closeAfterFile } from '../fixtures/closing.ts';

const MAIN = resolve('dist/cli/main.js');
const HOME = process.cwd();

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Started {
  /** Tells it to stop, as a signal would. */
  stop(): void;
  ended: Promise<Ended>;
  /** Resolves to the first match in standard output; rejects when the command ends without one. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
}

export interface StartedProcess extends Started {
  kill(signal: NodeJS.Signals): void;
  /** What ended it, if a signal did. */
  endedBy(): NodeJS.Signals | null;
}

interface Given {
  cwd: string;
  env?: Record<string, string>;
  input?: string;
}

/** Who stops a service waits for nothing: to wait is most of what a test would do. */
const IMPATIENT = { PILCROW_STOP_PAUSE_SECONDS: '0' };

/**
 * The command in this process, with streams of its own: loading it takes longer than what most tests have it do. Settings of the machine do
 * not reach it. What a process is for (signals, exit codes, threads, ends of all kinds) is tested with `startProcess`.
 */
export function start(args: string[], { cwd, env, input = '' }: Given): Started {
  const leave = enter(cwd);
  const told = listener();
  const errors = collector();
  const stop = new AbortController();
  const output = collector(told.more);
  const ended = runCommandLine(args, {
    input: Readable.from(input === '' ? [] : [Buffer.from(input)]),
    output: output.stream,
    errors: errors.stream,
    variables: { HOME: cwd, PILCROW_WORKERS: '0', PILCROW_WATCHDOG_SECONDS: '0', ...IMPATIENT, ...env },
    signal: stop.signal,
  })
    .then((code) => ({ code, stdout: output.text(), stderr: errors.text() }))
    .finally(leave);
  closeAfterFile(() => {
    stop.abort();
    return ended.catch(() => {});
  });
  return {
    stop: () => stop.abort(),
    ended,
    printed: async (pattern) => {
      const match = await told.printed(output.text, ended)(pattern);
      leave();
      return match;
    },
  };
}

export const run = (args: string[], given: Given): Promise<Ended> => start(args, given).ended;

/** The built command in a process of its own. Settings of the machine do not reach it. */
export function startProcess(args: string[], { cwd, env, input = '', node = [] }: Given & { node?: string[] }): StartedProcess {
  const child = spawn(process.execPath, [...node, MAIN, ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, PILCROW_WORKERS: '1', ...IMPATIENT, ...env },
  });
  closeAfterFile(() => child.kill('SIGKILL'));
  const told = listener();
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (part) => {
    stdout += part;
    told.more();
  });
  child.stderr.setEncoding('utf8').on('data', (part) => {
    stderr += part;
  });
  child.stdin.end(input);
  const ended = new Promise<Ended>((resolveEnded) => {
    child.on('close', (code) => resolveEnded({ code, stdout, stderr }));
  });
  return {
    stop: () => void child.kill('SIGTERM'),
    kill: (signal) => void child.kill(signal),
    endedBy: () => child.signalCode,
    ended,
    printed: told.printed(() => stdout, ended),
  };
}

export const runProcess = (args: string[], given: Parameters<typeof startProcess>[1]): Promise<Ended> => startProcess(args, given).ended;

/** What a command complains of: on a busy machine an ingest also says how far it is. */
export const complaints = (stderr: string): string => stderr.replace(/^(?:Reading|Embedding|Writing) .*\n/gm, '');

/** How many commands of this process need the working folder it is in. */
let inside = 0;

/** Makes a folder the working folder of this process until all who entered it left; a service leaves once it has said where it answers. */
function enter(folder: string): () => void {
  if (inside > 0 && process.cwd() !== folder) throw new Error(`A command runs in ${process.cwd()}: one in ${folder} has to wait for it.`);
  process.chdir(folder);
  inside++;
  let left = false;
  return () => {
    if (left) return;
    left = true;
    inside--;
    if (inside === 0) process.chdir(HOME);
  };
}

/** Tells whoever waits for a text that there is more of it. */
function listener() {
  const watchers = new Set<() => void>();
  return {
    more: () => {
      for (const watch of watchers) watch();
    },
    printed: (text: () => string, ended: Promise<Ended>) => (pattern: RegExp) =>
      new Promise<RegExpExecArray>((found, reject) => {
        const watch = () => {
          const match = pattern.exec(text());
          if (match) found(match);
        };
        watchers.add(watch);
        watch();
        void ended.then((end) => reject(new Error(`ended without ${pattern}: ${end.stdout}${end.stderr}`)), reject);
      }),
  };
}

/** A stream that keeps what is written to it. */
function collector(more = () => {}) {
  let text = '';
  const stream = new Writable({
    decodeStrings: false,
    write(part: string | Buffer, _encoding, done) {
      text += part.toString();
      more();
      done();
    },
  });
  return { stream, text: () => text };
}
