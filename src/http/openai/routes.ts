import type { Admission } from '../access.ts';
import { json } from '../reply.ts';
import type { HttpService, Route } from '../routes.ts';
import { chatRoutes } from './chat.ts';
import { model, models } from './models.ts';
import { responsesRoutes } from './responses.ts';

/**
 * What OpenAI's clients call: chat completions, responses, models. Programs may ask; pages of other origins get 403, with a
 * site token too. `publicUrl`: for the addresses of citations.
 */
export function openaiRoutes(service: HttpService, access: Admission, publicUrl: string | null): Route[] {
  const { pilcrow } = service;
  const forPrograms = (route: Route): Route => ({
    ...route,
    handle: (call, ...who) => {
      access.admitProgram(call);
      return route.handle(call, ...who);
    },
  });
  return [
    ...[...chatRoutes(service, publicUrl), ...responsesRoutes(service, publicUrl)].map(forPrograms),
    {
      method: 'GET',
      path: '/v1/models',
      needs: 'read',
      handle: async (call) => json(call, { object: 'list', data: await models(pilcrow) }),
    },
    {
      method: 'GET',
      path: '/v1/models/:id',
      needs: 'read',
      handle: async (call) => json(call, await model(pilcrow, call.req.param('id') ?? '')),
    },
  ];
}
