import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { connectPostgres } from '../../../src/adapters/postgres/connect.ts';
import { databaseError, isBroken } from '../../../src/adapters/postgres/failure.ts';
import { isPilcrowError, type PilcrowError } from '../../../src/core/errors.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A port at which connections meet with `greet`. */
function listening(greet: (socket: Socket) => void): Promise<number> {
  const server = createServer(greet);
  servers.push(server);
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)));
}

const failureOf = async (promise: Promise<unknown>): Promise<PilcrowError> => {
  const error = await promise.then(
    () => null,
    (reason) => reason,
  );
  expect(isPilcrowError(error)).toBe(true);
  return error;
};
const at = (port: number) =>
  connectPostgres({ url: `postgres://pilcrow:hunter2@127.0.0.1:${port}/briefings`, connections: 2, statementMilliseconds: 1000 });

describe('a server that is not there', () => {
  it('is told as such, to be tried again, without its address or password', async () => {
    const port = await listening(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const database = at(port);
    for (const error of [await failureOf(database.query('select 1')), await failureOf(database.session())]) {
      expect(error).toMatchObject({ code: 'unavailable', retryable: true });
      expect(`${error.message} ${error.hint}`).not.toMatch(/hunter2|127\.0\.0\.1/);
    }
    await database.close();
  });

  it('is told apart from one that has no TLS where it was asked for', async () => {
    // What a server without TLS says to the request for it.
    const port = await listening((socket) => socket.once('data', () => socket.write('N')));
    const url = `postgres://pilcrow:hunter2@127.0.0.1:${port}/briefings?sslmode=verify-full`;
    const database = connectPostgres({ url, connections: 1, statementMilliseconds: 1000 });
    const error = await failureOf(database.query('select 1'));
    expect(error).toMatchObject({ code: 'bad_config', retryable: false });
    expect(error.hint).toContain('ssl = on');
    await database.close();
  });

  it('says that a certificate file cannot be read', async () => {
    const url = 'postgres://pilcrow@127.0.0.1:1/briefings?sslmode=verify-full&sslrootcert=/nowhere/root.crt';
    const database = connectPostgres({ url, connections: 1, statementMilliseconds: 1000 });
    for (const asked of [database.query('select 1'), database.session()]) {
      expect(await failureOf(asked)).toMatchObject({ code: 'bad_config', hint: expect.stringContaining('sslrootcert') });
    }
    await database.close();
  });

  it('is tried once more for reading, and no more than that', async () => {
    let connections = 0;
    const port = await listening((socket) => {
      connections++;
      socket.destroy();
    });
    const database = at(port);
    expect(await failureOf(database.query('select 1'))).toMatchObject({ code: 'unavailable', retryable: true });
    expect(connections).toBe(2);
    await database.close();
  });
});

describe('failures of a server', () => {
  const failure = (code: string, message = 'as it says') => Object.assign(new Error(message), { code });

  it.each([
    ['57P01', 'unavailable', true],
    ['57P03', 'unavailable', true],
    ['08006', 'unavailable', true],
    ['ECONNRESET', 'unavailable', true],
    ['57014', 'unavailable', true],
    ['53300', 'unavailable', true],
    ['53100', 'unavailable', true],
    ['28P01', 'bad_config', false],
    ['3D000', 'bad_config', false],
    ['42501', 'bad_config', false],
    ['25006', 'bad_config', false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'bad_config', false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'bad_config', false],
    ['CERT_HAS_EXPIRED', 'bad_config', false],
    ['42601', 'internal', false],
  ])('%s is %s', (code, expected, retryable) => {
    expect(databaseError(failure(code))).toMatchObject({ code: expected, retryable });
  });

  it('knows a connection that broke from a statement that failed', () => {
    expect(isBroken(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isBroken(failure('57P01'))).toBe(true);
    expect(isBroken(failure('57014'))).toBe(false);
    expect(isBroken(failure('42P01'))).toBe(false);
  });

  it.each([
    ['28000', 'no pg_hba.conf entry for host "10.0.0.7", user "p", database "d", no encryption', 'sslmode=verify-full'],
    ['28P01', 'password authentication failed for user "p"', 'password'],
    ['3D000', 'database "d" does not exist', 'Create the database'],
    ['42501', 'permission denied for table chunk', 'SELECT'],
    ['42501', 'permission denied for database d', 'CREATE SCHEMA'],
    ['42501', 'permission denied to create extension "vector"', 'CREATE EXTENSION'],
    ['53300', 'too many connections for role "p"', 'PILCROW_DATABASE_CONNECTIONS'],
    ['', 'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', 'user:password@'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate', 'sslrootcert'],
  ])('says what to do about %s: %s', (code, message, hint) => {
    expect(databaseError(failure(code, message)).hint).toContain(hint);
  });

  it('says what is missing where there is no pgvector', () => {
    expect(databaseError(failure('0A000', 'extension "vector" is not available'))).toMatchObject({ code: 'bad_config' });
    expect(databaseError(failure('0A000', 'extension "vector" is not available')).hint).toContain('CREATE EXTENSION');
  });
});
