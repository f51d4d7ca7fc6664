import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ar } from '../../src/widget/messages/ar.ts';
import { de } from '../../src/widget/messages/de.ts';
import { en } from '../../src/widget/messages/en.ts';
import { es } from '../../src/widget/messages/es.ts';
import { fr } from '../../src/widget/messages/fr.ts';
import { LOADED, type MessageKey, type Messages, widgetWords as wordsWith } from '../../src/widget/messages/messages.ts';
import { zh } from '../../src/widget/messages/zh.ts';

const catalogues: Record<string, Messages> = { en, fr, es, zh, ar, de };
/** With the texts that the service would send. */
const wordsOf = (language: string, own: Partial<Messages> = {}) => {
  const primary = language.toLowerCase().split(/[-_]/)[0] as string;
  return wordsWith(language, en, own, LOADED.includes(primary) ? (catalogues[primary] ?? null) : null);
};
const forms = (text: string | object): string[] => (typeof text === 'string' ? [text] : Object.values(text));
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

test.each(Object.keys(catalogues))('%s has every text, with every place to fill in, and a form for every count', (language) => {
  const texts = catalogues[language]!;
  expect(Object.keys(texts).sort()).toEqual(Object.keys(en).sort());
  const words = wordsOf(language);
  for (const [key, text] of Object.entries(texts) as [MessageKey, Messages[MessageKey]][]) {
    for (const form of forms(text)) {
      expect(form.trim(), key).not.toBe('');
      const expected = new Set(forms(en[key]).flatMap(places));
      for (const place of places(form)) expect(expected.has(place), `${key}: ${place}`).toBe(true);
    }
    if (typeof text === 'string') expect(places(text), key).toEqual(places(en[key] as string));
    else {
      for (let count = 0; count <= 120; count++) {
        const category = new Intl.PluralRules(language).select(count);
        // French and Spanish say "many" from a million on only.
        if (category !== 'many' || language === 'ar') expect(text, `${key} ${category}`).toHaveProperty(category);
        expect(words.say(key, { count })).not.toMatch(/[{}]/);
      }
    }
  }
});

test('counts take the form their language has for them', () => {
  expect(wordsOf('en').say('sources', { count: 1 })).toBe('1 source');
  expect(wordsOf('en').say('sources', { count: 3 })).toBe('3 sources');
  expect(wordsOf('fr').say('sources', { count: 0 })).toMatch(/^0 source$/);
  expect(wordsOf('ar').say('sources', { count: 2 })).toBe('مصدران');
  expect(wordsOf('ar').say('sources', { count: 3 })).toContain('مصادر');
  expect(wordsOf('zh').say('sources', { count: 1 })).toBe('1 个来源');
});

test('dates are written as the language writes them', () => {
  expect(wordsOf('en').date('2026-07')).toBe('July 2026');
  expect(wordsOf('fr').date('2026-07')).toBe('juillet 2026');
  expect(wordsOf('zh').date('2026-07-05')).toBe('2026年7月5日');
  expect(wordsOf('en').date('2019')).toBe('2019');
  expect(wordsOf('th').date('2019')).toBe('2019');
  expect(wordsOf('en').date('nonsense')).toBe('nonsense');
});

test('a page can bring a language, or other words', () => {
  const words = wordsOf('he', { send: 'שאל' });
  expect(words.direction).toBe('rtl');
  expect(words.say('send')).toBe('שאל');
  expect(words.say('stop')).toBe('Stop');
  expect(wordsOf('en', { launcher: 'Ask the desk' }).say('launcher')).toBe('Ask the desk');
});

test('the script knows which languages the service has', () => {
  expect([...LOADED, 'en'].sort()).toEqual(Object.keys(catalogues).sort());
  for (const language of LOADED)
    expect(JSON.parse(readFileSync(`dist/widget/messages-${language}.json`, 'utf8'))).toEqual(catalogues[language]);
  expect(wordsWith('fr', en)).toMatchObject({ language: 'en' });
});

test('a language nobody brought speaks English, and nonsense does not break it', () => {
  expect(wordsOf('nl')).toMatchObject({ language: 'en', direction: 'ltr' });
  expect(wordsOf('fr-CA').say('stop')).toBe('Arrêter');
  expect(wordsOf('zh_TW').say('stop')).toBe('停止');
  expect(wordsOf('constructor').say('stop')).toBe('Stop');
  expect(wordsOf('!!').say('stop')).toBe('Stop');
  expect(wordsOf('').say('stop')).toBe('Stop');
});
