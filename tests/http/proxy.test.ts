import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { noRates } from '../../src/http/limits.ts';
import { addressList, createWho } from '../../src/http/who.ts';
import { createTiny } from '../fixtures/tiny.ts';
import { limits } from './helper.ts';

const proxy = { has: addressList(['10.0.0.5', '192.168.0.0/24', 'fd00::/8']), userHeader: 'x-user', groupsHeader: 'x-groups' };
const refused: string[] = [];
const app = createApp({
  pilcrow: createTiny(),
  config: { host: '127.0.0.1', publicUrl: null, limits },
  who: createWho({ keys: null, required: true, proxy }),
  audit: { note: (event) => void (event.event === 'access.refused' && refused.push(event.address)) },
  rates: { ...noRates, requestsPerMinute: 2 },
});
/** A request over a connection from an address. */
const from = async (remoteAddress: string, headers: Record<string, string>, path = '/v1/briefings') =>
  (await app.request(path, { headers }, { incoming: { socket: { remoteAddress } } } as never)).status;

describe('a proxy that is believed', () => {
  it("says who asks; from any other address its headers are nobody's word", async () => {
    expect(await from('10.0.0.5', { 'x-user': 'ann' })).toBe(200);
    expect(await from('::ffff:192.168.0.77', { 'x-user': 'bob' })).toBe(200);
    expect(await from('fd00::1', { 'x-user': 'cid' })).toBe(200);
    for (const address of ['10.0.0.6', '192.168.1.1', '127.0.0.1', '::1', '', 'fe00::1'])
      expect(await from(address, { 'x-user': 'ann' })).toBe(401);
    for (const user of ['', ' ', 'x'.repeat(201)]) expect(await from('10.0.0.5', { 'x-user': user })).toBe(401);
    expect(await from('10.0.0.5', {})).toBe(401);
  });

  it('counts people each for themselves', async () => {
    const statuses: number[] = [];
    for (let at = 0; at < 3; at++) statuses.push(await from('10.0.0.5', { 'x-user': 'dan' }));
    expect(statuses).toEqual([200, 200, 429]);
    expect(await from('10.0.0.5', { 'x-user': 'eve' })).toBe(200);
  });

  it('says where a request comes from: the last address that is not its own', async () => {
    refused.length = 0;
    await from('10.0.0.5', { 'x-forwarded-for': '8.8.8.8, 203.0.113.9, 192.168.0.3' });
    await from('10.0.0.5', { 'x-forwarded-for': 'nonsense' });
    await from('203.0.113.1', { 'x-forwarded-for': '8.8.8.8' });
    expect(refused).toEqual(['203.0.113.9', '10.0.0.5', '203.0.113.1']);
  });
});
