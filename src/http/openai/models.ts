import type { Pilcrow } from '../../core/ports.ts';
import { isDate } from '../../core/time/dates.ts';
import { httpFailure } from '../problem.ts';

/** The model that answers when none is named. */
const DEFAULT_MODEL = 'pilcrow';
/** Most editions listed as models, newest first; older ones can still be named. */
const EDITIONS_LISTED = 50;

/** A model as `/v1/models` lists it. */
export interface Model {
  id: string;
  object: 'model';
  /** Seconds since 1970: when the snapshot was made. */
  created: number;
  owned_by: 'pilcrow';
}

/** What a model id chooses; no edition: the newest that knows, unless the question names another. */
export interface ModelChoice {
  model: string;
  edition?: string;
}

/** `pilcrow`, `pilcrow-all`, and one for each date of an edition, newest first. Rejects with `index_missing`. */
export async function models(pilcrow: Pilcrow): Promise<Model[]> {
  const { created, dates } = await library(pilcrow);
  return ['', '-all', ...dates.slice(0, EDITIONS_LISTED).map((date) => `-${date}`)].map((ending) =>
    modelOf(`${DEFAULT_MODEL}${ending}`, created),
  );
}

/** One model, whether listed or named by a date of lower precision. Rejects with 404 for one there is not. */
export async function model(pilcrow: Pilcrow, id: string): Promise<Model> {
  await chosen(pilcrow, id);
  return modelOf(id, (await library(pilcrow)).created);
}

/** What a model id stands for. Rejects with 404 `model_not_found` when there is no such model. */
export async function chosen(pilcrow: Pilcrow, id: string | null | undefined): Promise<ModelChoice> {
  if (id === null || id === undefined || id === DEFAULT_MODEL) return { model: DEFAULT_MODEL };
  const edition = id.startsWith(`${DEFAULT_MODEL}-`) ? id.slice(DEFAULT_MODEL.length + 1) : '';
  if (edition === 'all') return { model: id, edition };
  if (isDate(edition)) {
    const { dates } = await library(pilcrow);
    if (dates.some((date) => date === edition || date.startsWith(`${edition}-`))) return { model: id, edition };
  }
  throw httpFailure(404, 'model_not_found', `There is no model "${id}".`, { hint: `Use "${DEFAULT_MODEL}"; GET /v1/models lists all.` });
}

const modelOf = (id: string, created: number): Model => ({ id, object: 'model', created, owned_by: 'pilcrow' });

async function library(pilcrow: Pilcrow): Promise<{ created: number; dates: string[] }> {
  const reader = await pilcrow.index();
  const dates = new Set((await reader.briefings()).flatMap((briefing) => briefing.edition.date ?? []));
  return { created: Math.floor(Date.parse(reader.info.created) / 1000), dates: [...dates].sort().reverse() };
}
