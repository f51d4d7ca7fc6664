import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { cognates } from '../../src/ask/cognates.ts';
import { gloss } from '../../src/ask/gloss.ts';
import { embedder, serviceOf } from './service.ts';

let service: Awaited<ReturnType<typeof serviceOf>>;

beforeAll(async () => {
  expect(embedder.dimensions).toBeGreaterThan(0);
  service = await serviceOf({
    'ports-2019.md': `---
title: Ports of the region
series: ports
edition: "2019"
language: en
---

# Ports of the region

China has ratified 12 port Conventions.
`,
    'ports-2026.md': `---
title: Ports of the region
series: ports
edition: "2026-07"
language: en
---

# Ports of the region

China has ratified 14 port Conventions. The International Labour Organization (ILO) has followed their implementation since 2011.

The office in Phnom Penh was established in 1998. It covers the ports of Cambodia and of Viet Nam.

In 2024 the Government of Cambodia signed an agreement with the ILO on the safety of dock workers. Germany contributed US$ 3 million to it.

Minister Sok Dara gave a speech at the conference in Geneva in May 2025.

The training programme has reached over 4,500 dock workers in Cambodia.
`,
  });
});

describe('a question in another language than the briefings, without a model', () => {
  it.each([
    ['Combien de conventions la Chine a-t-elle ratifiées ?', '14'],
    ['¿Cuántos convenios ha ratificado China?', '14'],
    ['Wie viele Übereinkommen hat China ratifiziert?', '14'],
    ['中国批准了多少项公约？', '14'],
    ['Quand le bureau de Phnom Penh a-t-il été créé ?', '1998'],
    ['¿En qué año se estableció la oficina de Phnom Penh?', '1998'],
    ['Wann wurde das Büro in Phnom Penh gegründet?', '1998'],
    ['Wie viel Geld hat Deutschland beigetragen?', 'US$ 3 million'],
    ['¿Quién pronunció un discurso en la conferencia de Ginebra?', 'Sok Dara'],
    ['柬埔寨政府和国际劳工组织什么时候签署了协议？', '2024'],
    ['Combien de travailleurs le programme de formation a-t-il touchés au Cambodge ?', '4,500'],
  ])('%s', async (question, expected) => {
    const answer = await service.ask({ question });
    expect(answer.status).toBe('answered');
    expect(answer.answer).toContain(expected);
    // Quoted as it stands: nothing is translated without a model.
    expect(answer.citations[0]?.text).toContain(answer.sentences[0]?.text);
  });

  it.each([
    ['Combien de conventions l’Allemagne a-t-elle ratifiées ?', 'fr', 'Les notes d’information'],
    ['¿Cuántos vacunados hubo en Camboya?', 'es', 'Los informes'],
    ['Wie backt man einen Apfelkuchen?', 'de', 'Die Briefings'],
    ['德国批准了多少项公约？', 'zh', '简报'],
    ['Quale ministero ha vietato la pesca nel 2022?', 'it', 'Le note informative'],
  ])('declines in the language asked in, and says why: %s', async (question, language, words) => {
    const answer = await service.ask({ question });
    expect(answer.status).toBe('not_found');
    expect(answer.question.language).toBe(language);
    expect(answer.answer).toContain(words);
    expect(answer.notes.some((note) => note.kind === 'language')).toBe(true);
  });

  it('words its notes in the language asked in', async () => {
    const answer = await service.ask({ question: 'Combien de conventions la Chine a-t-elle ratifiées ?' });
    expect(answer.notes.map((note) => note.text)).toContain('L’édition de 2019 indiquait 12.');
  });

  it.each([
    'Combien de conventions la Chine a-t-elle ratifiées ?',
    'Bonjour, combien de conventions la Chine a-t-elle ratifiées ? Merci !',
  ])('understands a follow-up of “%s”', async (before) => {
    const answer = await service.ask({
      question: 'Et en 2019 ?',
      history: [
        { role: 'user', content: before },
        { role: 'assistant', content: 'China has ratified 14 port Conventions.' },
      ],
    });
    expect(answer.answer).toContain('12');
  });

  it('leaves questions in English as they are', async () => {
    expect(await gloss('How many Conventions?', 'en', service.reader)).toBeNull();
    expect(await gloss('いくつの条約', 'ja', service.reader)).toBeNull();
  });
});

describe('gloss', () => {
  it.each([
    ['fr', 'Depuis quand le BIT a-t-il un bureau à Pékin ?', ['Since when', 'ILO', 'office', 'Beijing']],
    ['es', '¿Hasta cuándo se prorrogó el programa?', ['Until when', 'extended', 'programme']],
    ['de', 'In welchen Ländern gibt es Arbeitsmarktinformationen?', ['which countries', 'labour market information']],
    ['zh', '全球发展倡议是谁提出的？', ['Who', 'GDI', 'proposed']],
    ['fr', 'Que s’est-il passé en juillet 2026 ?', ['July 2026']],
    ['de', 'achtundzwanzig Länder, 2,5 Millionen US-Dollar', ['28', 'US$ 2,500,000']],
  ])('%s: %s', async (language, question, expected) => {
    const found = await gloss(question, language, null);
    for (const words of expected) expect(found?.text).toMatch(new RegExp(words.replace('$', '\\$'), 'i'));
  });

  it('counts what it does not understand', async () => {
    expect(await gloss('Wie backt man einen Apfelkuchen?', 'de', null)).toMatchObject({
      understood: 0,
      content: 2,
      unknown: ['backt', 'Apfelkuchen'],
    });
  });

  it('finds a word of the corpus by likeness', async () => {
    const found = await gloss('Quelle est l’implémentation ?', 'fr', service.reader);
    expect(found?.text).toContain('implementation');
    expect(found?.unknown).toEqual([]);
  });

  it('takes any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.constantFrom('fr', 'es', 'de', 'zh'), async (text, language) => {
        const found = await gloss(text, language, null);
        expect(found?.understood).toBeLessThanOrEqual(found?.content ?? 0);
      }),
      { numRuns: 150 },
    );
    for (const unit of ['combien ', 'qu’', '多少', 'arbeitsmarkt']) {
      const started = performance.now();
      await gloss(unit.repeat(100_000), unit === '多少' ? 'zh' : 'fr', null);
      expect(performance.now() - started).toBeLessThan(5000);
    }
  });
});

describe('cognates', () => {
  it.each([
    ['ratification', 'fr', null],
    ['securite', 'fr', 'security'],
    ['politique', 'fr', 'politic'],
    ['cooperacion', 'es', 'cooperation'],
    ['seguridad', 'es', 'segurity'],
    ['konvention', 'de', 'convention'],
    ['universitat', 'de', 'university'],
  ])('%s (%s)', (word, language, expected) => {
    const found = cognates(word, language);
    if (expected) expect(found).toContain(expected);
    expect(found.length).toBeLessThanOrEqual(12);
    expect(found).not.toContain(word);
  });
});
