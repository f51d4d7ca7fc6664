import { isPilcrowError, type PilcrowError, type PilcrowErrorOptions, pilcrowError } from '../../core/errors.ts';

/** SQLSTATE and Node codes of a connection that broke or was not made: the server may be there again in a moment. */
const BROKEN = /^(?:08...|57P0[1-5]|ECONN.*|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
/** The server does not let us in: a name, a password, a database, a right. */
const REFUSED = /^(?:28...|3D000|42501|3F000)$/;
const LACKING = /^(?:53...|55P03|40001|40P01)$/;
/** OpenSSL's and Node's names for a certificate that proves nothing to us. */
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '');

/** Whether the connection is the trouble and not the statement. */
export function isBroken(error: unknown): boolean {
  if (BROKEN.test(codeOf(error))) return true;
  return /^(?:Connection terminated|Client (?:has encountered a connection error|was closed)|timeout e?x?)/i.test(messageOf(error));
}

/** What a refusal is about, and what whoever runs the service can do. */
function hintForRefusal(code: string, message: string): string {
  if (/no encryption|SSL off/.test(message)) {
    return 'The server wants TLS: add ?sslmode=verify-full to DATABASE_URL, and &sslrootcert=<file> where its certificate is of an authority of your own.';
  }
  if (code === '28P01')
    return 'Check user and password in DATABASE_URL; characters such as @, : and / in a password are written as %40, %3A and %2F.';
  if (code === '3D000') return 'Create the database, or correct its name in DATABASE_URL.';
  if (/extension "vector"/.test(message)) return 'Have an administrator run CREATE EXTENSION vector in this database once.';
  if (/for database/.test(message)) {
    return 'Have an administrator run CREATE SCHEMA <PILCROW_DATABASE_SCHEMA> AUTHORIZATION <user> once, or grant CREATE on the database.';
  }
  if (code === '42501') {
    return 'Answering needs USAGE on the schema and SELECT on its tables; ingest needs the user who owns them (docs/postgres.md).';
  }
  return 'Check user, password and database in DATABASE_URL, and what this user may do (docs/postgres.md).';
}

type Said = [code: 'unavailable' | 'bad_config' | 'internal', message: string, options: PilcrowErrorOptions];

function said(error: unknown): Said {
  const code = codeOf(error);
  const message = messageOf(error);
  const told = `${code}: ${message}`;
  if (isBroken(error)) {
    return [
      'unavailable',
      'The database cannot be reached just now.',
      {
        hint: 'Try again in a moment; if it stays like this, look whether the server that DATABASE_URL names is running.',
        retryable: true,
      },
    ];
  }
  if (code === '57014') {
    return [
      'unavailable',
      'The database took longer than it may.',
      {
        hint: 'Try again; if it stays like this, the database is too busy or too small for this index (docs/postgres.md).',
        retryable: true,
      },
    ];
  }
  if (code === '53300') {
    return [
      'unavailable',
      `The database has no connection left for this service (${told}).`,
      {
        hint: 'A service takes PILCROW_DATABASE_CONNECTIONS, one more to listen and one more while it writes: allow the user and the server so many, or lower the setting.',
        retryable: true,
      },
    ];
  }
  if (REFUSED.test(code)) return ['bad_config', `The database refused (${told}).`, { hint: hintForRefusal(code, message) }];
  // What `pg` says where a password is asked for and there is none.
  if (/password must be a/.test(message)) {
    return [
      'bad_config',
      'The database asks for a password.',
      { hint: 'Write it in DATABASE_URL: postgres://user:password@host:5432/name.' },
    ];
  }
  if (UNTRUSTED.test(code)) {
    return [
      'bad_config',
      `The certificate of the database proves nothing (${told}).`,
      {
        hint: 'Add &sslrootcert=<file of the authority that signed it> to DATABASE_URL, and use the name the certificate is for as the host.',
      },
    ];
  }
  if (code === 'ENOENT' || code === 'EACCES') {
    return [
      'bad_config',
      `A certificate file that DATABASE_URL names cannot be read (${code}).`,
      { hint: 'Check sslrootcert, sslcert and sslkey in it.' },
    ];
  }
  if (/does not support SSL/.test(message)) {
    return [
      'bad_config',
      'DATABASE_URL asks for TLS, which the database does not have.',
      { hint: 'Turn it on at the server (ssl = on), or leave sslmode out where the connection is safe without.' },
    ];
  }
  if (code === '25006') {
    return [
      'bad_config',
      `The database can only be read (${told}).`,
      { hint: 'Ingest needs the primary server: a standby takes nothing in.' },
    ];
  }
  if (LACKING.test(code)) {
    return [
      'unavailable',
      `The database is short of something (${told}).`,
      { hint: 'Free space, memory or connections of the database server.', retryable: true },
    ];
  }
  if (/extension "vector"|type "(?:vector|halfvec)"/.test(message)) {
    return [
      'bad_config',
      'The database has no pgvector 0.8 or later.',
      { hint: 'Install the extension on the server and have an administrator run CREATE EXTENSION vector (docs/postgres.md).' },
    ];
  }
  return ['internal', `The database could not do what it was asked${code ? ` (${code})` : ''}: ${message}.`, {}];
}

/** Says in words what a database did not do. Nothing of the address, the statement or its values is in the message. */
export function databaseError(error: unknown): PilcrowError {
  if (isPilcrowError(error)) return error;
  const [code, message, options] = said(error);
  return pilcrowError(code, message, { ...options, cause: error });
}
