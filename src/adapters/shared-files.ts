/** Contents of files that threads share, by name; can be posted to one. */
export type SharedFiles = Map<string, SharedArrayBuffer>;

export const sharedFiles = (): SharedFiles => new Map();

/** The bytes of a file that was kept, or null. */
export function sharedBytes(files: SharedFiles, name: string): Buffer | null {
  const memory = files.get(name);
  return memory ? Buffer.from(memory) : null;
}

/** Keeps bytes where every thread sees them, and returns them as they lie there. */
export function keepShared(files: SharedFiles, name: string, bytes: Uint8Array): Buffer {
  const memory = new SharedArrayBuffer(bytes.length);
  const kept = Buffer.from(memory);
  kept.set(bytes);
  files.set(name, memory);
  return kept;
}
