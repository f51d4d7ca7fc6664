import { isPilcrowError, type PilcrowError, pilcrowError } from '../../core/errors.ts';

/** SQLSTATE and Node codes of a connection that broke or was not made: the server may be there again in a moment. */
const BROKEN = /^(?:08...|57P0[1-5]|ECONN.*|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
/** The server does not let us in: a name, a password, a database, a right. */
const REFUSED = /^(?:28...|3D000|42501|3F000)$/;
const LACKING = /^(?:53...|55P03|40001|40P01)$/;

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};

/** Whether the connection is the trouble and not the statement. */
export function isBroken(error: unknown): boolean {
  if (BROKEN.test(codeOf(error))) return true;
  const message = error instanceof Error ? error.message : '';
  return /^(?:Connection terminated|Client (?:has encountered a connection error|was closed)|timeout e?x?)/i.test(message);
}

/** Says in words what a database did not do. Nothing of the address, the statement or its values is in the message. */
export function databaseError(error: unknown): PilcrowError {
  if (isPilcrowError(error)) return error;
  const code = codeOf(error);
  if (isBroken(error)) {
    return pilcrowError('unavailable', 'The database cannot be reached just now.', {
      hint: 'Try again in a moment; if it stays like this, look whether the server that DATABASE_URL names is running.',
      retryable: true,
      cause: error,
    });
  }
  if (code === '57014') {
    return pilcrowError('unavailable', 'The database took longer than it may.', {
      hint: 'Try again; if it stays like this, the database is too busy or too small for this index (docs/postgres.md).',
      retryable: true,
      cause: error,
    });
  }
  if (REFUSED.test(code)) {
    return pilcrowError('bad_config', `The database refused (${code}: ${(error as Error).message}).`, {
      hint: 'Check user, password and database in DATABASE_URL, and what this user may do (docs/postgres.md).',
      cause: error,
    });
  }
  if (LACKING.test(code)) {
    return pilcrowError('unavailable', `The database is short of something (${code}: ${(error as Error).message}).`, {
      hint: 'Free space, memory or connections of the database server.',
      retryable: true,
      cause: error,
    });
  }
  if (/extension "vector"|type "(?:vector|halfvec)"/.test((error as Error)?.message ?? '')) {
    return pilcrowError('bad_config', 'The database has no pgvector 0.8 or later.', {
      hint: 'Install the extension on the server and have an administrator run CREATE EXTENSION vector (docs/postgres.md).',
      cause: error,
    });
  }
  return pilcrowError('internal', `The database could not do what it was asked${code ? ` (${code})` : ''}: ${(error as Error)?.message}.`, {
    cause: error,
  });
}
