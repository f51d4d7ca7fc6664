import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type Manifest, recordIn } from './snapshot.ts';

/** Contents of files that threads share, by name; can be posted to one. */
export type SharedFiles = Map<string, SharedArrayBuffer>;

export const sharedFiles = (): SharedFiles => new Map();

/** Read at a time, bytes: summing them up takes a millisecond or two. */
const BLOCK = 1 << 20;

/** The bytes of a file that was kept, or null. */
export function sharedBytes(files: SharedFiles, name: string): Buffer | null {
  const memory = files.get(name);
  return memory ? Buffer.from(memory) : null;
}

/** Keeps bytes where every thread sees them. */
export function keepShared(files: SharedFiles, name: string, bytes: Uint8Array): void {
  const memory = new SharedArrayBuffer(bytes.length);
  Buffer.from(memory).set(bytes);
  files.set(name, memory);
}

/** As `readVerified`, straight into memory that threads share: no file is held twice, not for a moment. */
export async function readShared(folder: string, manifest: Manifest, name: string, files: SharedFiles): Promise<Buffer | null> {
  const record = recordIn(manifest, name);
  const file = record && (await open(join(folder, name), 'r').catch(() => null));
  if (!record || !file) return null;
  try {
    if ((await file.stat()).size !== record.length) return null;
    const memory = new SharedArrayBuffer(record.length);
    const bytes = Buffer.from(memory);
    const digest = createHash('sha256');
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, at, Math.min(BLOCK, bytes.length - at), at);
      if (bytesRead === 0) return null;
      digest.update(bytes.subarray(at, at + bytesRead));
      at += bytesRead;
    }
    if (digest.digest('hex') !== record.sha256) return null;
    files.set(name, memory);
    return bytes;
  } catch {
    return null;
  } finally {
    await file.close();
  }
}
