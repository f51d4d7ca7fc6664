import { type ChildProcess, fork } from 'node:child_process';
import { isPilcrowError, pilcrowError } from '../core/errors.ts';
import type { Document } from './document.ts';
import { READING_MEGABYTES, READING_MILLISECONDS } from './settings.ts';

/** Reads documents. `close` ends what it started. */
export interface DocumentReader {
  read(name: string, bytes: Uint8Array, options: { now: Date }): Promise<Document>;
  close(): Promise<void>;
}

/** What is sent to the child, and what comes back. */
export interface ReadOrder {
  id: number;
  name: string;
  bytes: Uint8Array;
  now: number;
}
export type ReadReply = { id: number; document: Document } | { id: number; error: { code: string; message: string; hint: string | null } };

export interface IsolationOptions {
  /** File of the child process: `read.child.js` of the build. */
  module: string;
  /** Longest time one file may take. Default: `READING_MILLISECONDS`. */
  milliseconds?: number;
  /** Memory of the child for what it makes of a file. Default: `READING_MEGABYTES`. */
  megabytes?: number;
}

/** Reads in this process: for documents that are trusted. The readers of the formats are loaded with the first. */
export const localReader: DocumentReader = {
  read: async (name, bytes, options) => (await import('./document.ts')).readAnyDocument(name, bytes, options),
  close: async () => {},
};

/**
 * Reads in one child process that many files share: without the variables of this one, without code made from strings, with bounds
 * of memory and time. A file that breaks it is `bad_document`, and the next one gets a new process.
 */
export function isolatedReader({
  module,
  milliseconds = READING_MILLISECONDS,
  megabytes = READING_MEGABYTES,
}: IsolationOptions): DocumentReader {
  let child: ChildProcess | null = null;
  let next = 0;

  function start(): ChildProcess {
    const made = fork(module, [], {
      execArgv: [`--max-old-space-size=${megabytes}`, '--disallow-code-generation-from-strings', '--no-warnings'],
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    made.unref();
    made.channel?.unref();
    return made;
  }

  function stop(one: ChildProcess): void {
    if (child === one) child = null;
    one.kill('SIGKILL');
  }

  return {
    read(name, bytes, { now }) {
      child ??= start();
      const used = child;
      const id = ++next;
      return new Promise<Document>((resolve, reject) => {
        const broken = (message: string, hint: string) => {
          finish();
          stop(used);
          reject(pilcrowError('bad_document', message, { hint }));
        };
        const timer = setTimeout(
          () =>
            broken(
              `${name} takes more than ${Math.round(milliseconds / 1000)} seconds to read.`,
              'Split it, or save it again in another format.',
            ),
          milliseconds,
        );
        const onMessage = (reply: ReadReply) => {
          if (reply.id !== id) return;
          finish();
          if ('document' in reply) return resolve(reply.document);
          const { code, message, hint } = reply.error;
          const known = code === 'too_large' || code === 'bad_document' ? code : 'bad_document';
          reject(pilcrowError(known, message, { hint: hint ?? undefined }));
        };
        const onExit = () =>
          broken(`${name} needs more than ${megabytes} MB to read, or breaks the reader.`, 'Split it, or save it again in another format.');
        const onError = () => broken(`${name} could not be handed to the reader.`, 'Run ingest again.');
        const finish = () => {
          clearTimeout(timer);
          used.off('message', onMessage);
          used.off('exit', onExit);
          used.off('error', onError);
          used.unref();
          used.channel?.unref();
        };
        used.ref();
        used.channel?.ref();
        used.on('message', onMessage);
        used.on('exit', onExit);
        used.on('error', onError);
        used.send({ id, name, bytes, now: now.getTime() } satisfies ReadOrder, (error) => {
          if (error) onError();
        });
      });
    },
    async close() {
      if (child) stop(child);
    },
  };
}

/** An error as it is sent from one process to the other. */
export function errorReply(id: number, error: unknown): ReadReply {
  if (isPilcrowError(error)) return { id, error: { code: error.code, message: error.message, hint: error.hint } };
  const why = error instanceof Error ? error.message.split('\n')[0]?.replace(/\.$/, '') : String(error);
  return { id, error: { code: 'bad_document', message: `It cannot be read: ${why}.`, hint: 'Open it in its program and save it again.' } };
}
