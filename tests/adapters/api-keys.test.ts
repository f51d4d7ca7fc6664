import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createApiKeys } from '../../src/adapters/api-keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilcrow-keys-'));
const file = (name: string) => join(folder, name, 'keys.json');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('keys', () => {
  it('are found by their text alone, and their text is kept nowhere', async () => {
    const keys = createApiKeys(file('a'));
    const { key, record } = await keys.create({ name: 'search page', scope: 'ask' });
    await keys.create({ name: 'other', scope: 'read' });
    expect(keys.find(key)).toEqual(record);
    expect(record).toMatchObject({ name: 'search page', scope: 'ask', expires: null });
    const kept = readFileSync(file('a'), 'utf8');
    expect(kept).not.toContain(key.slice(-43));
    expect(keys.list().map(({ name }) => name)).toEqual(['search page', 'other']);
    expect(JSON.stringify(keys.list())).not.toContain('digest');
    if (process.platform !== 'win32') expect(statSync(file('a')).mode & 0o077).toBe(0);
  });

  it('are not found when anything about them is wrong', async () => {
    const keys = createApiKeys(file('b'));
    const { key, record } = await keys.create({ name: 'one', scope: 'ask' });
    const last = key.endsWith('A') ? 'B' : 'A';
    const wrong = ['', 'pil_', key.slice(0, -1) + last, key.slice(0, -1), `${key}A`, ` ${key}`, key.toUpperCase(), record.id];
    for (const text of [...wrong, key.replace(record.id, '000000000000'), `pil_${record.id}_`, '\u0000'.repeat(60)])
      expect(keys.find(text)).toBeNull();
  });

  it('end with their day, and at once when they are taken back, in every process', async () => {
    let now = Date.parse('2026-05-01T00:00:00Z');
    const keys = createApiKeys(file('c'), () => now);
    const running = createApiKeys(file('c'), () => now);
    const dated = await keys.create({ name: 'dated', scope: 'read', expires: '2026-06-01' });
    const other = await keys.create({ name: 'lasting', scope: 'read' });
    expect(running.find(dated.key)?.name).toBe('dated');
    now = Date.parse('2026-06-01T00:00:00Z');
    expect(running.find(dated.key)).toBeNull();
    expect(running.find(other.key)?.name).toBe('lasting');
    expect((await keys.revoke('lasting'))?.id).toBe(other.record.id);
    expect(running.find(other.key)).toBeNull();
    expect(await keys.revoke('lasting')).toBeNull();
  });

  it('need a name, a scope and a day to come', async () => {
    const keys = createApiKeys(file('d'));
    await expect(keys.create({ name: '  ', scope: 'ask' })).rejects.toMatchObject({ code: 'bad_request' });
    await expect(keys.create({ name: 'x\u001b[2J', scope: 'ask' })).rejects.toThrow('name');
    await expect(keys.create({ name: 'x', scope: 'all' as 'ask' })).rejects.toThrow('no scope');
    for (const expires of ['2001-01-01', 'soon'])
      await expect(keys.create({ name: 'x', scope: 'ask', expires })).rejects.toThrow('no date to come');
    await keys.create({ name: 'same', scope: 'ask' });
    await keys.create({ name: 'same', scope: 'ask' });
    await expect(keys.revoke('same')).rejects.toThrow('2 keys have that name');
  });

  it('in a damaged file are told at the start; later the ones read before stay in force', async () => {
    const running = createApiKeys(file('e'));
    const { key } = await running.create({ name: 'one', scope: 'ask' });
    for (const damaged of ['', '{', '[]', readFileSync(file('e'), 'utf8').replace('"ask"', '"all"')]) {
      writeFileSync(file('e'), damaged);
      expect(() => createApiKeys(file('e')).list()).toThrow('cannot be read');
    }
    expect(running.find(key)?.name).toBe('one');
  });
});
