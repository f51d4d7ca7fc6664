import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOpenAIChat } from '../../src/adapters/openai/chat.ts';
import { wrongInTranslation } from '../../src/ask/write/translate.ts';
import type { Answer } from '../../src/core/model.ts';
import { serviceOf } from '../ask/service.ts';
import { type ModelRequest, type ModelServer, startModelServer } from '../fixtures/model-server.ts';
import { norland, numberOf } from '../fixtures/norland.ts';

let server: ModelServer;
let service: Awaited<ReturnType<typeof serviceOf>>;
beforeAll(async () => {
  server = await startModelServer();
  const chat = createOpenAIChat({ baseUrl: server.url, model: 'scripted' });
  service = await serviceOf(norland, {}, { chat, check: chat });
});
afterAll(() => server.close());

const FRENCH = 'Combien de ports la Norlande exploite-t-elle en hiver et en été ?';
const shown = (answer: Answer) => answer.sentences.map((one) => one.text).join(' ');
/** A model that understands, writes, translates and reads again as it is told here. */
const model = (search: string, write: (request: ModelRequest) => string, translation: string, reading = '1 yes\n2 yes') =>
  server.script({
    chat: (request) => {
      const system = request.messages[0]?.content ?? '';
      if (system.includes('"standalone"')) return JSON.stringify({ standalone: FRENCH, search });
      if (system.startsWith('You translate')) return translation;
      return system.startsWith('You check sentences') ? reading : write(request);
    },
  });
const writes = ({ messages }: ModelRequest) => `Norland runs 14 harbours [${numberOf(messages, '14 harbours')}].`;

describe('a question in French over English briefings, with a model', () => {
  it('is searched for in English and answered in French, with the quotation as the briefing has it', async () => {
    model('How many harbours does Norland run?', writes, '1: La Norlande exploite 14 ports.');
    const answer = await service.ask({ question: FRENCH });
    expect(answer).toMatchObject({ status: 'answered', mode: 'generative', question: { language: 'fr', standalone: FRENCH } });
    expect(shown(answer)).toBe('La Norlande exploite 14 ports.');
    expect(answer.citations[0]?.quote.exact).toBe('Norland runs 14 harbours, of which 3 freeze in winter.');
    expect(answer.notes[0]?.text).toMatch(/édition de mars 2024/);
  });

  it.each([
    ['another figure', '1: La Norlande exploite 41 ports.'],
    ['a denial', "1: La Norlande n'exploite pas 14 ports."],
    ['another country', '1: La Chine exploite les 14 ports de la Norlande.'],
    ['no translation', '1: Norland runs 14 harbours, as the briefing says.'],
    ['nothing', ''],
  ])('keeps the checked sentence when the translation brings %s', async (_, translation) => {
    // Of a denial in another language only the second reader knows.
    model(
      'How many harbours does Norland run?',
      writes,
      translation,
      translation.includes("n'exploite pas") ? '1 yes\n2 no' : '1 yes\n2 yes',
    );
    const answer = await service.ask({ question: FRENCH });
    expect(shown(answer)).toBe('Norland runs 14 harbours.');
    expect(answer.notes.map((note) => note.kind)).toContain('language');
  });

  it('says in French that nothing answers', async () => {
    model('How many airports does Zambia have?', () => 'NOT_IN_BRIEFINGS', '');
    const answer = await service.ask({ question: 'Combien d’aéroports la Zambie possède-t-elle ?' });
    expect(answer.status).toBe('not_found');
    expect(answer.answer).toMatch(/briefings?|documents|notes/i);
    expect(answer.answer).not.toMatch(/do not answer/);
  });
});

describe('what a translation may not change', () => {
  it.each([
    ['fr', 'China has ratified 28 Conventions.', 'La Chine a ratifié 28 conventions.', null],
    ['es', 'China has ratified 28 Conventions.', 'China ha ratificado veintiocho convenios.', null],
    ['zh', 'China has ratified 28 Conventions.', '中国批准了28项公约。', null],
    ['de', 'The ILO paid US$ 1.2 million in May 2018.', 'Die IAO zahlte im Mai 2018 1,2 Millionen US-Dollar.', null],
    ['fr', 'The office said that “work is no commodity”.', 'Le bureau a dit que « work is no commodity ».', null],
    ['fr', 'China has ratified 28 Conventions.', 'La Chine a ratifié 26 conventions.', 'figure'],
    ['fr', 'China has ratified 28 Conventions.', 'La Chine a ratifié des conventions en nombre.', 'figure'],
    ['zh', 'The project ended in May 2018.', '该项目于2019年5月结束。', 'date'],
    ['de', 'The ILO paid for it.', 'Die UNESCO bezahlte das und noch mehr.', 'name'],
    ['fr', 'The office said that “work is no commodity”.', 'Le bureau a dit que « le travail est tout ».', 'quotation'],
    ['fr', 'Minister Ada Berg cut the ribbon.', 'La ministre Ada Berg a coupé le ruban.', null],
    ['fr', 'The Ministry of Labour signed it in Geneva.', 'Le ministère du Travail l’a signé à Genève.', null],
    ['pt', 'Norland runs 14 harbours.', 'A Norlândia opera 14 portos.', null],
    ['fr', 'Norland runs 14 harbours.', 'La Norlande exploite 14 ports, voir https://norland.example.', 'address'],
    ['fr', 'Norland runs 14 harbours.', 'La Norlande exploite <i>14</i> ports.', 'markup'],
    ['fr', 'Norland runs 14 harbours by the sea.', 'Norland explota 14 puertos junto al mar y nada más.', 'language'],
    ['fr', 'China helps its neighbours to do it.', 'Le Cambodge aide ses voisins à le faire.', 'name'],
  ])('%s: %s → %s', (language, original, translation, problem) => {
    const found = wrongInTranslation(original, 'en', translation, language);
    if (problem === null) expect(found).toBeNull();
    else expect(found).toContain(problem);
  });
});
