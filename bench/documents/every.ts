/**
 * What becomes of every file of some folders, read as ingest reads it, in a process of its own:
 *   npm run build && npx tsx bench/documents/every.ts FOLDER…
 * Prints the table of docs/documents.md: how many headings, paragraphs, items, rows and notes came out, or why a file was refused; its
 * time, and the most memory the reading process had held by then.
 */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { ReadOrder, ReadReply } from '../../src/ingest/isolated.ts';
import { readFolder } from '../../src/ingest/read.ts';

const MODULE = resolve('dist/ingest/read.child.js');
const MINUTES = 3;

/** Reads one file in a new process; the reply, its milliseconds, and the most memory the process held, in MB. */
function readAlone(name: string, bytes: Uint8Array): Promise<{ reply: ReadReply | null; milliseconds: number; megabytes: number }> {
  return new Promise((done) => {
    const child = fork(MODULE, [], { env: {}, serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const began = performance.now();
    const finish = (reply: ReadReply | null) => {
      const milliseconds = performance.now() - began;
      clearTimeout(timer);
      let megabytes = 0;
      try {
        megabytes = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
      } catch {}
      child.removeAllListeners();
      child.kill('SIGKILL');
      done({ reply, milliseconds, megabytes });
    };
    const timer = setTimeout(() => finish(null), MINUTES * 60_000);
    child.on('message', (reply) => finish(reply as ReadReply));
    child.on('exit', () => finish(null));
    child.send({ id: 1, name, bytes, now: Date.parse('2026-11-30') } satisfies ReadOrder);
  });
}

console.log('| file | KB | what came out | s | MB |\n|---|---|---|---|---|');
for (const folder of process.argv.slice(2)) {
  const { files, problems } = await readFolder(folder);
  for (const { name, path } of files) {
    const bytes = readFileSync(path);
    const { reply, milliseconds, megabytes } = await readAlone(name, bytes);
    let told = 'broke the reading process';
    if (reply && 'error' in reply) told = `refused: ${reply.error.message}`;
    else if (reply) {
      const { paragraphs, problems: own, briefing } = reply.document;
      const count = (what: string, list: readonly unknown[]) => (list.length > 0 ? [`${list.length} ${what}`] : []);
      const parts = [
        ...count(
          'headings',
          paragraphs.filter(({ kind }) => kind === 'heading'),
        ),
        ...count(
          'paragraphs',
          paragraphs.filter(({ kind, role }) => kind !== 'heading' && kind !== 'item' && !role),
        ),
        ...count(
          'items',
          paragraphs.filter(({ kind }) => kind === 'item'),
        ),
        ...count(
          'rows',
          paragraphs.filter(({ role }) => role === 'row'),
        ),
        ...count(
          'notes and code',
          paragraphs.filter(({ role }) => role === 'note' || role === 'code'),
        ),
      ];
      const also = own.map(({ message }) => message.slice(0, 160)).join(' ');
      told = `${parts.join(', ') || 'nothing'} (${briefing.language})${also ? `. ${also}` : ''}`;
    }
    console.log(
      `| ${basename(folder)}/${name} | ${Math.ceil(bytes.length / 1024)} | ${told.replace(/\|/g, '/').replace(/\s+/g, ' ')} | ${(milliseconds / 1000).toFixed(1)} | ${Math.round(megabytes)} |`,
    );
  }
  for (const { file, message, hint } of problems) console.log(`| ${basename(folder)}/${file} | | refused: ${message} ${hint} | | |`);
}
