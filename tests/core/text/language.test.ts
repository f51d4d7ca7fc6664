import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../../src/core/text/language.ts';

describe('detectLanguage', () => {
  it.each([
    ['How many harbour codes has Lindara adopted?', 'en'],
    ['When did the office open?', 'en'],
    ['What changed?', 'en'],
    ['Combien de codes le Lindara a-t-il adoptés ?', 'fr'],
    ['Où est le bureau de l’Alliance ?', 'fr'],
    ['¿Cuántos convenios ha ratificado el país?', 'es'],
    ['Wie viele Übereinkommen hat das Land ratifiziert?', 'de'],
    ['Wann wurde das Büro eröffnet?', 'de'],
    ['Quante convenzioni sono state ratificate dal paese?', 'it'],
    ['Quantas convenções foram ratificadas pelo país?', 'pt'],
    ['Hoeveel verdragen zijn er geratificeerd?', 'nl'],
    ['该国批准了多少项ILO公约？', 'zh'],
    ['この国はいくつの条約を批准しましたか', 'ja'],
    ['Сколько конвенций ратифицировано?', 'ru'],
    ['كم عدد الاتفاقيات؟', 'ar'],
    ['Combien de conventions ?', 'fr'],
    ['nombre de conventions ratifiées', 'fr'],
    ['¿Cuántos convenios?', 'es'],
    ['Proyectos en Camboya', 'es'],
    ['Wie viele?', 'de'],
    ['Adresse des Büros', 'de'],
    ['Chi ha firmato?', 'it'],
    ['Quem assinou?', 'pt'],
    ['Wie heeft getekend?', 'nl'],
    ['多少公约？', 'zh'],
    ['国際労働機関', 'ja'],
    ['협약은 몇 개?', 'ko'],
    ['Was the war over before 1950?', 'en'],
    ['When was Otto von Bismarck born?', 'en'],
    ['Quel est le rôle du programme SCORE et du Belt and Road SCORE Center ?', 'fr'],
    ['ILO是什么时候在北京设立办事处的', 'zh'],
    ['GDI?', 'und'],
    ['Lindara', 'und'],
    ['', 'und'],
    ['12 🗼', 'und'],
  ])('%j is %s', (text, language) => {
    expect(detectLanguage(text)).toBe(language);
  });

  it('is not led astray by a foreign name in an English text', () => {
    expect(detectLanguage('The Ministry met António Müller and 中国 delegates in the port of Málaga, and they agreed on the plan.')).toBe(
      'en',
    );
  });

  it('answers for any text, of any length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(detectLanguage(text)).toMatch(/^[a-z]{2,3}$/);
      }),
    );
    expect(detectLanguage('a'.repeat(2_000_000))).toMatch(/^[a-z]{2,3}$/);
  });
});
