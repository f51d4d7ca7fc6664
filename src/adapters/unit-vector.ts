import { pilcrowError } from '../core/errors.ts';

/**
 * A vector of a service, scaled to unit length (all zero stays so). Throws `bad_vector` for anything but finite numbers, as
 * many as expected.
 */
export function checkedVector(value: unknown, length: number | undefined, name: string, hint: string, dimensions = 'dimensions'): number[] {
  const bad = (what: string, more = hint) => pilcrowError('bad_vector', `${name} gave ${what}.`, { hint: more });
  if (!Array.isArray(value) || value.length === 0) throw bad('something else than a vector');
  if (length !== undefined && value.length !== length) {
    throw bad(`a vector of ${value.length} values, not of ${length}`, `Set ${dimensions} to what the model gives, or leave it out.`);
  }
  let squares = 0;
  for (const one of value) {
    if (typeof one !== 'number' || !Number.isFinite(one)) throw bad('a vector with a value that is no finite number');
    squares += one * one;
  }
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  if (!Number.isFinite(squares) || !Number.isFinite(scale)) throw bad('a vector too long or too short to be one');
  return value.map((one: number) => one * scale);
}
