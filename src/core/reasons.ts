const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission was denied',
  EPERM: 'permission was denied',
  EROFS: 'it can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EIO: 'the disk reported an error',
  ESTALE: 'the network drive lost it',
  ETIMEDOUT: 'the drive did not answer in time',
  EBUSY: 'another program holds it',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EFBIG: 'it would be larger than the file system allows',
  ENOTDIR: 'it is, or lies below, a file',
  EISDIR: 'it is a folder',
  EEXIST: 'it is a file',
};

/** Why the file system refused, in words that stand behind a colon. */
export function reasonOf(cause: unknown): string {
  const code = (cause as { code?: unknown } | null)?.code;
  const known = typeof code === 'string' && Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  return known ?? (cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause));
}

const PASSING: ReadonlySet<unknown> = new Set(['EIO', 'ESTALE', 'ETIMEDOUT', 'EBUSY', 'EMFILE', 'ENFILE', 'EAGAIN']);

/** Whether the drive failed, which says nothing about the file: it may be there and whole the next time. */
export const isPassing = (cause: unknown): boolean => PASSING.has((cause as { code?: unknown } | null)?.code);
