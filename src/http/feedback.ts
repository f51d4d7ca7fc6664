import { pilcrowError } from '../core/errors.ts';
import type { FeedbackRecord } from '../core/site.ts';
import { readJson } from './body.ts';
import { httpFailure } from './problem.ts';
import { json } from './reply.ts';
import type { HttpService, Route } from './routes.ts';
import { check, feedbackSchema } from './schemas.ts';

/** Records a minute, all readers together: more is not people, and each waits for the disk. */
const RECORDS_A_MINUTE = 120;

/** `POST /v1/feedback`: what a reader thought of an answer. 201 means that it is on the disk. */
export function feedbackRoutes({ feedback, limits }: HttpService, counted: (verdict: string) => void): Route[] {
  const schema = feedbackSchema(limits);
  let minute = 0;
  let count = 0;
  return [
    {
      method: 'POST',
      path: '/v1/feedback',
      needs: 'ask',
      public: true,
      handle: async (call, site) => {
        if (!feedback) throw pilcrowError('unavailable', 'Feedback is not kept here.');
        const given = check(schema, await readJson(call, limits.bodyBytes));
        const now = Math.floor(Date.now() / 60_000);
        if (now !== minute) {
          minute = now;
          count = 0;
        }
        if (++count > RECORDS_A_MINUTE)
          throw httpFailure(429, 'rate_limited', 'Too much feedback just now.', { headers: { 'retry-after': '60' } });
        const record: FeedbackRecord = {
          id: given.id,
          time: new Date().toISOString(),
          verdict: given.verdict,
          comment: given.comment?.trim() || null,
          question: given.question,
          answer: given.answer,
          status: given.status,
          mode: given.mode,
          snapshot: given.snapshot,
          citations: given.citations,
          site: site?.label ?? site?.token.slice(0, 9) ?? null,
        };
        await feedback.add(record);
        counted(record.verdict);
        return json(call, { id: record.id }, 201);
      },
    },
  ];
}
