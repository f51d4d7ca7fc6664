import { pilcrowError } from '../core/errors.ts';
import type { Briefing } from '../core/model.ts';
import type { IndexReader } from '../core/ports.ts';
import { goneFailure, goneRecords } from './gone.ts';
import { type Call, json } from './reply.ts';
import type { HttpService, Route } from './routes.ts';

/** `GET /v1/briefings`, one briefing, one paragraph. */
export function briefingRoutes({ pilcrow }: HttpService): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/briefings',
      needs: 'read',
      handle: async (call) => {
        const reader = await pilcrow.index();
        return json(call, { snapshot: reader.info.id, briefings: await reader.briefings() });
      },
    },
    {
      method: 'GET',
      path: '/v1/briefings/:id',
      needs: 'read',
      handle: async (call) => {
        const reader = await pilcrow.index();
        const briefing = await briefingOf(call, reader);
        const [text, paragraphs, gone] = await Promise.all([
          reader.text(briefing.id),
          reader.paragraphsOf(briefing.id),
          goneRecords(reader, briefing.id),
        ]);
        return json(call, { snapshot: reader.info.id, briefing, text: text ?? '', paragraphs, gone });
      },
    },
    {
      method: 'GET',
      path: '/v1/briefings/:id/paragraphs/:number',
      needs: 'read',
      handle: async (call) => {
        const reader = await pilcrow.index();
        const briefing = await briefingOf(call, reader);
        const number = call.req.param('number') ?? '';
        const paragraph = /^[1-9]\d{0,8}$/.test(number) ? await reader.paragraph(`${briefing.id}#p${number}`) : null;
        if (!paragraph) {
          const gone = (await goneRecords(reader, briefing.id)).filter((one) => one.paragraph === `${briefing.id}#p${number}`);
          if (gone.length > 0) throw goneFailure('This paragraph is no longer in its briefing.', gone);
          throw pilcrowError('not_found', 'This briefing has no such paragraph.', { hint: `It has ${briefing.paragraphs} of them.` });
        }
        return json(call, { snapshot: reader.info.id, briefing, paragraph });
      },
    },
  ];
}

/** The briefing a path names. Rejects with `not_found`, or with 410 when it was removed. */
export async function briefingOf(call: Call, reader: IndexReader): Promise<Briefing> {
  const id = call.req.param('id') ?? '';
  const briefing = await reader.briefing(id);
  const gone = briefing ? [] : await goneRecords(reader, id);
  if (gone.length > 0) throw goneFailure('This briefing was removed.', gone);
  if (!briefing) throw pilcrowError('not_found', 'There is no such briefing.', { hint: 'GET /v1/briefings lists them.' });
  return briefing;
}
