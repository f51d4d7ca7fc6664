import { createHash } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pilcrowError } from '../core/errors.ts';
import type { EvalCase } from './case.ts';
import type { Observation } from './observation.ts';

/** A file of observations, one a line, that an interrupted run goes on from. */
export interface ResultsFile {
  /** Observations of an earlier run, failed ones left out so that they are tried again. */
  done: Observation[];
  append(observation: Observation): Promise<void>;
  close(): Promise<void>;
}

interface Header {
  kind: 'pilcrow-eval-results';
  version: 1;
  target: string;
  /** SHA-256 over what is asked: other questions are another run. */
  questions: string;
}

/**
 * Opens or begins a results file. A last line cut short by a crash is dropped. Rejects with `bad_request` when the file is of
 * another target or other questions, unless `restart`, which begins it anew.
 */
export async function openResults(file: string, target: string, cases: readonly EvalCase[], restart = false): Promise<ResultsFile> {
  const asked = cases.map(({ id, question, paraphrases, history, edition, briefings }) => [
    id,
    question,
    paraphrases,
    history,
    edition,
    briefings,
  ]);
  const header: Header = {
    kind: 'pilcrow-eval-results',
    version: 1,
    target,
    questions: createHash('sha256').update(JSON.stringify(asked)).digest('hex'),
  };
  const before = restart ? null : await readFile(file, 'utf8').catch(() => null);
  const [first, ...lines] = (before ?? '').split('\n');
  if (first) {
    const found = parse<Header>(first);
    if (found?.kind !== header.kind || found.version !== 1) {
      throw pilcrowError('bad_request', `${file} is not a results file.`, { hint: 'Name another file, or begin anew with --restart.' });
    }
    if (found.target !== target || found.questions !== header.questions) {
      throw pilcrowError(
        'bad_request',
        `${file} holds results of ${found.target === target ? 'other questions' : `another target, ${found.target}`}.`,
        {
          hint: 'Name another file, or begin anew with --restart.',
        },
      );
    }
  }
  const done = lines.flatMap((line) => {
    const observation = line === '' ? null : parse<Observation>(line);
    return observation?.answer ? [observation] : [];
  });
  await mkdir(dirname(file), { recursive: true });
  // Written anew: drops a line cut short and failures that will be tried again.
  const handle = await open(file, 'w');
  await handle.write([header, ...done].map((line) => `${JSON.stringify(line)}\n`).join(''));
  return {
    done,
    append: async (observation) => {
      await handle.write(`${JSON.stringify(observation)}\n`);
    },
    close: () => handle.close(),
  };
}

/** Observations of a results file, for exports. Lines that are none are left out. */
export function readObservations(text: string): Observation[] {
  return text.split('\n').flatMap((line) => {
    const one = line === '' ? null : parse<Observation>(line);
    return one && typeof one.id === 'string' && 'answer' in one ? [one] : [];
  });
}

function parse<T>(line: string): T | null {
  try {
    return JSON.parse(line) as T;
  } catch {
    return null;
  }
}
