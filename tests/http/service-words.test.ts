import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from '@typescript/typescript6';
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
    .map((file) => readFileSync(join('src', file), 'utf8').replaceAll("\\'", "'").replaceAll('\\`', '`').replaceAll('\\ufffd', '\ufffd'));
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

/** What people read at the desk, in the pages or beside a file; what only programs are told is left out. */
const SPOKEN =
  /^(?:ingest\/.*|desk\/.*|editions\/overrides|compose\/corpus|http\/(?:desk\/routes|who|originals)|adapters\/(?:briefing-files|ingest-process|evaluation-process|lock|hnsw-writer))\.ts$/;
const TOLD_TO_PROGRAMS = new Set([
  'GET /v1/briefings lists them; `source` is the name of the file.',
  'Send it without If-Match to bring it in.',
  'Send it without If-None-Match to replace it.',
  'This index writer was already committed or discarded.',
  'A PDF is read by readAnyDocument.',
  'The file has 7 bytes.',
]);

/** The sentences in a file's code, with 7 for whatever is filled in. */
function sentencesIn(file: string): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(file, readFileSync(join('src', file), 'utf8'), ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    let text = '';
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) text = node.text;
    else if (ts.isTemplateExpression(node)) text = node.head.text + node.templateSpans.map(({ literal }) => `7${literal.text}`).join('');
    if (/^[A-Z"`7].*[a-z].*\.$/s.test(text) && text.includes(' ')) found.push(text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const spoken = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => SPOKEN.test(file))
  .flatMap(sentencesIn)
  .filter((sentence) => !TOLD_TO_PROGRAMS.has(sentence));

test('the sentences people read are found in the code', () => {
  expect(spoken.length).toBeGreaterThan(130);
  expect(spoken).toContain('7 is damaged: it cannot be unpacked.');
});

test.each(Object.entries(serviceTexts))('every sentence people read is said in %s', (_language, texts) => {
  expect(spoken.filter((sentence) => translated(sentence, texts) === null)).toEqual([]);
});

test.each([
  [
    'The new index was not published: The index folder /i cannot be written to: the disk is full.',
    'Der neue Index wurde nicht veröffentlicht: In den Ordner des Index, /i, lässt sich nicht schreiben: der Datenträger ist voll.',
  ],
  ['Put your briefings there as .md, .txt or .pdf files.', 'Legen Sie Ihre Briefings dort ab, als .md, .txt oder .pdf.'],
  ['a.txt is not a text file: it is a PDF.', 'a.txt ist keine Textdatei: sie ist ein PDF.'],
  ['No text was found on pages 1, 2 and more.', 'Ohne Text: Seiten 1, 2 und weitere.'],
  ['a/access.yaml cannot be used: rule 2 names no group.', 'a/access.yaml ist nicht zu gebrauchen: Regel 2 nennt keine Gruppe.'],
  // What the service does not know stays as it was said.
  ['Page 3 cannot be read: bad XRef entry.', 'Seite 3 lässt sich nicht lesen: bad XRef entry.'],
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
