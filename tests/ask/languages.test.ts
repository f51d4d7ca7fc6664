import { beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../src/core/model.ts';
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
const text = (answer: Answer) => [...answer.sentences.map((one) => one.text), ...answer.nearest.map((one) => one.text)].join(' ');

describe('a question in another language than the briefings, without a model', () => {
  // Names, figures and words both languages share lead to the passage; whether it answers may be left to the reader.
  it.each([
    ['Combien de conventions la Chine a-t-elle ratifiées ?', '14'],
    ['Quand le bureau de Phnom Penh a-t-il été créé ?', '1998'],
    ['¿En qué año se estableció la oficina de Phnom Penh?', '1998'],
    ['Wann wurde das Büro in Phnom Penh gegründet?', '1998'],
  ])('shows the passage that answers: %s', async (question, expected) => {
    const answer = await service.ask({ question });
    expect(text(answer)).toContain(expected);
    // Quoted as it stands: nothing is translated without a model.
    for (const { text: said, citations } of answer.sentences)
      expect(answer.citations.find(({ number }) => number === citations[0])?.text).toContain(said);
  });

  it.each([
    ['Wie backt man einen Apfelkuchen?', 'de', 'Die Briefings'],
    ['Quale ministero ha vietato la pesca nel 2022?', 'it', 'Nessun passaggio'],
    ['¿Cuántos vacunados hubo en Noruega?', 'es', 'Los informes'],
    ['这里的晚餐几点开始？', 'zh', '简报'],
  ])('declines in the language asked in, and says why: %s', async (question, language, words) => {
    const answer = await service.ask({ question });
    expect(answer.status).toBe('not_found');
    expect(answer.question.language).toBe(language);
    expect(answer.answer).toContain(words);
    expect(answer.notes.some((note) => note.kind === 'language')).toBe(true);
  });
});

describe('briefings in other languages than English', () => {
  it.each([
    ['de', 'Wie viele Häfen betreibt Nordland?', 'Nordland betreibt 14 Häfen, von denen drei im Winter zufrieren.', '14'],
    ['fr', 'Combien de ports la Norlande exploite-t-elle ?', 'La Norlande exploite 14 ports, dont trois gèlent en hiver.', '14'],
    ['es', '¿Cuántos puertos tiene Norlandia?', 'Norlandia tiene 14 puertos, de los que tres se hielan en invierno.', '14'],
  ])('are asked and quoted in theirs: %s', async (language, question, fact, expected) => {
    const { ask } = await serviceOf({ 'a.md': `---\ntitle: A\nlanguage: ${language}\n---\n# A\n\n${fact}\n` });
    const answer = await ask({ question });
    expect(answer.question.language).toBe(language);
    expect(text(answer)).toContain(expected);
  });
});
