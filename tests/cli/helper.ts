import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { closeAfterFile } from '../fixtures/closing.ts';

const MAIN = resolve('dist/cli/main.js');

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Started {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** Resolves to the first match in standard output; rejects when the process ends without one. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
}

/** One thread answers, and who stops a service waits for nothing: to start more, and to wait, is most of what a test would do. */
const THRIFTY = { PILCROW_WORKERS: '1', PILCROW_STOP_PAUSE_SECONDS: '0' };

/** The built command in a process of its own. Settings of the machine do not reach it. */
export function start(args: string[], options: { cwd: string; env?: Record<string, string>; input?: string; node?: string[] }): Started {
  const child = spawn(process.execPath, [...(options.node ?? []), MAIN, ...args], {
    cwd: options.cwd,
    env: { PATH: process.env.PATH, HOME: options.cwd, ...THRIFTY, ...options.env },
  });
  closeAfterFile(() => child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (part) => {
    stdout += part;
    for (const watch of watchers) watch();
  });
  child.stderr.setEncoding('utf8').on('data', (part) => (stderr += part));
  child.stdin.end(options.input ?? '');
  const ended = new Promise<Ended>((resolveEnded) => {
    child.on('close', (code) => resolveEnded({ code, stdout, stderr }));
  });
  const printed = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((found, reject) => {
      const watch = () => {
        const match = pattern.exec(stdout);
        if (match) found(match);
      };
      watchers.add(watch);
      watch();
      void ended.then((end) => reject(new Error(`ended without ${pattern}: ${end.stdout}${end.stderr}`)));
    });
  return { child, ended, printed };
}

/** What a command complains of: on a busy machine an ingest also says how far it is. */
export const complaints = (stderr: string): string => stderr.replace(/^(?:Reading|Embedding|Writing) .*\n/gm, '');

export const run = (args: string[], options: Parameters<typeof start>[1]): Promise<Ended> => start(args, options).ended;
