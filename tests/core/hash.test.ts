import { expect, test } from 'vitest';
import { fnv1a } from '../../src/core/hash.ts';

// From the test vectors published with the algorithm.
test.each([
  ['', 0x811c9dc5],
  ['a', 0xe40c292c],
  ['foobar', 0xbf9cf968],
])('FNV-1a of %j', (text, hash) => {
  expect(fnv1a(text) >>> 0).toBe(hash);
});
