import { describe, expect, it, test } from 'vitest';
import { deskTexts } from '../../src/http/words/desk/index.ts';
import { en } from '../../src/http/words/en.ts';
import { printedTexts } from '../../src/http/words/printed.ts';
import { referenceTexts } from '../../src/http/words/reference.ts';
import { catalogues, wordsIn } from '../../src/http/words/words.ts';
import { tinyApp } from './helper.ts';

const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe.each(Object.keys(catalogues))('%s', (language) => {
  const texts = catalogues[language] as typeof en;

  it('has every text, with the same places to fill in', () => {
    expect(Object.keys(texts)).toEqual(Object.keys(en));
    for (const [key, text] of Object.entries(texts)) {
      if (typeof text !== 'string') continue;
      expect(text.trim(), key).not.toBe('');
      expect(places(text), key).toEqual(places(en[key as keyof typeof en] as string));
      if (language !== 'en' && text.length > 14) expect(text, key).not.toBe(en[key as keyof typeof en]);
    }
  });

  it('has a form for every count', () => {
    const { paragraphs } = texts as unknown as { paragraphs: Record<string, string> };
    for (let count = 0; count <= 120; count++) {
      const category = new Intl.PluralRules(language).select(count);
      expect(paragraphs, `${count} is ${category}`).toHaveProperty(category);
      expect(wordsIn(language).paragraphs(count)).not.toMatch(/[{}]/);
    }
  });

  it('is what pages say whose reader asks for it', async () => {
    const { call } = tinyApp();
    for (const path of ['/', '/briefings/harbours-2019', '/series/harbours/changes', '/nothing']) {
      const response = await call('GET', path, undefined, { accept: 'text/html', 'accept-language': `xx, ${language};q=0.8, en;q=0.1` });
      const text = await response.text();
      expect(text, path).toContain(`<html lang="${language}"${language === 'ar' ? ' dir="rtl"' : ''}>`);
      expect(response.headers.get('vary')).toContain('Accept-Language');
      if (language === 'en') continue;
      // Whatever stands between tags and says the same in English was left out.
      const left = Object.entries(en).filter(([, own]) => typeof own === 'string' && own.length > 9 && text.includes(`>${own}<`));
      expect(left, path).toEqual([]);
    }
    const home = await (await call('GET', `/?lang=${language}`, undefined, { accept: 'text/html', 'accept-language': 'fr' })).text();
    expect(home).toContain(`<html lang="${language}"`);
  });
});

test.each([
  ['de-CH, fr;q=0.9', 'de'],
  ['fr;q=0.3, es;q=0.9', 'es'],
  ['pt, nl', 'en'],
  ['de;q=0', 'en'],
  ['', 'en'],
  [`${'zz,'.repeat(3000)}de`, 'en'],
  ['constructor, __proto__', 'en'],
])('of %s the page is in %s', async (header, language) => {
  const response = await tinyApp().call('GET', '/', undefined, { accept: 'text/html', 'accept-language': header });
  expect(await response.text()).toContain(`<html lang="${language}"`);
});

test('a long list of briefings is narrowed by words', async () => {
  const { call, pilcrow } = tinyApp();
  const reader = await pilcrow.index();
  const [first] = await reader.briefings();
  const many = Array.from({ length: 20 }, (_, at) => ({
    ...first!,
    id: `b${at}`,
    series: `s${at}`,
    title: `Report ${at} on ${at % 2 ? 'boats' : 'trains'}`,
  }));
  reader.briefings = async () => many;
  const titles = async (path: string) =>
    [...(await (await call('GET', path, undefined, { accept: 'text/html' })).text()).matchAll(/class="title"[^>]*>([^<]+)</g)].map(
      (match) => match[1],
    );
  expect(await titles('/')).toHaveLength(20);
  expect(await titles('/?find=BOATS+report')).toHaveLength(10);
  expect(await titles('/?find=%3Cscript%3E')).toEqual([]);
});

test('a language that the address names is kept by every link and form of the pages', async () => {
  const { call, pilcrow } = tinyApp();
  const reader = await pilcrow.index();
  const [first] = await reader.briefings();
  const many = Array.from({ length: 14 }, (_, at) => ({ ...first!, id: `b${at}`, series: `s${at}`, title: `Report ${at}` }));
  const all = await reader.briefings();
  reader.briefings = async () => [...all, ...many];
  for (const path of ['/', '/briefings/harbours-2019', '/series/harbours/changes?show=added', '/nothing', '/reference']) {
    const page = await (await call('GET', `${path}${path.includes('?') ? '&' : '?'}lang=ar`, undefined, { accept: 'text/html' })).text();
    const links = [...page.matchAll(/<a [^>]*href="(\/[^"]*)"/g)]
      .map((match) => match[1]!)
      .filter((link) => link !== '/openapi.json' && !link.startsWith('/v1/'));
    expect(links.length, path).toBeGreaterThan(6);
    for (const link of links) expect(link, path).toMatch(/[?;]lang=[a-z]{2}(?:$|#|&)/);
    for (const [form] of page.matchAll(/<form[^>]*method="get"[^>]*>.*?<\/form>/gs)) expect(form, path).toContain('name="lang" value="ar"');
    // The page in another language is the same page.
    const german = links.find((link) => link.endsWith('lang=de'))!;
    const again = await (await call('GET', german.replaceAll('&amp;', '&'), undefined, { accept: 'text/html' })).text();
    expect(again, path).toContain('<html lang="de"');
    expect(new URL(german.replaceAll('&amp;', '&'), 'http://x').pathname).toBe(path.split('?')[0]);
    if (path.includes('show=')) expect(german).toContain('show=added');
    // What is no page is asked for as it is.
    expect(page).toContain('href="/assets/style.css"');
  }
  const plain = await (await call('GET', '/', undefined, { accept: 'text/html' })).text();
  expect([...plain.matchAll(/href="(\/[^"]*lang=[^"]*)"/g)]).toHaveLength(6);
});

describe.each(Object.keys(catalogues))('desk, reference and printed pages in %s', (language) => {
  type Texts = Record<string, string | Record<string, string>>;
  const codes = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1]).sort();
  it.each([
    ['desk', deskTexts as Record<string, Texts>],
    ['reference', referenceTexts as unknown as Record<string, Texts>],
    ['printed page', printedTexts as Record<string, Texts>],
  ])('%s: every text, with the same places and the same code', (_, all) => {
    const [texts, english] = [all[language] as Texts, all.en as Texts];
    expect(Object.keys(texts)).toEqual(Object.keys(english));
    for (const [key, own] of Object.entries(texts)) {
      const forms = typeof own === 'string' ? [own] : Object.values(own);
      const given = english[key] as string | Record<string, string>;
      for (const form of forms) {
        expect(places(form), key).toEqual(places(typeof given === 'string' ? given : (given.other as string)));
        expect(codes(form), key).toEqual(codes(typeof given === 'string' ? given : (given.other as string)));
        if (language !== 'en' && form.length > 14) expect(form, key).not.toBe(given);
      }
    }
  });
});
