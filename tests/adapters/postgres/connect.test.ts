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

  it('says what is missing where there is no pgvector', () => {
    expect(databaseError(failure('0A000', 'extension "vector" is not available'))).toMatchObject({ code: 'bad_config' });
    expect(databaseError(failure('0A000', 'extension "vector" is not available')).hint).toContain('CREATE EXTENSION');
  });
});
