import { describe, expect, it } from 'vitest';
import { isLight, tellingOf } from '../../../src/ask/understand/telling.ts';

describe('how much a word of a question tells', () => {
  it('counts words of the document’s own fully', () => {
    for (const word of ['slipway', 'carding', '1987', '']) {
      expect(tellingOf(word)).toBe(1);
      expect(isLight(word)).toBe(false);
    }
  });

  it('counts what shapes a question for little, as its words are stemmed', () => {
    for (const word of ['someon', 'happen', 'thing']) expect(isLight(word), word).toBe(true);
    expect(tellingOf('someon')).toBeLessThan(tellingOf('year'));
  });

  it('has no share beyond what a rarity is multiplied by', () => {
    for (const word of ['someon', 'happen', 'get', 'year', 'slipway']) {
      expect(tellingOf(word)).toBeGreaterThan(0);
      expect(tellingOf(word)).toBeLessThanOrEqual(1);
    }
  });
});
