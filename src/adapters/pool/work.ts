import { AsyncLocalStorage } from 'node:async_hooks';
import type { Groups } from '../../core/access.ts';
import type { AskEvent, Trace } from '../../core/model.ts';
import type { WorkKind } from './messages.ts';

export interface Ordered {
  groups: Groups;
  /** A snapshot that was live when its reader was taken; default: the live one. */
  snapshot?: string;
  signal?: AbortSignal;
  onEvent?: (event: AskEvent) => void;
  /** Is given the steps and how long they took, without what they found. */
  trace?: Trace;
}

/** One thing to be done, from its order to its end. */
export interface Running {
  readonly id: number;
  readonly kind: WorkKind;
  readonly given: unknown;
  readonly how: Ordered;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
  /** Called when it is over. */
  over: () => void;
  /** Does something as whoever asked: who that is decides about budgets. */
  readonly as: <T>(work: () => T) => T;
  /** Computing time so far and the most allowed, milliseconds. */
  used: number;
  readonly most: number;
  /** Calls of models that are under way: with any, it computes nothing. */
  waits: number;
  snapshot: string;
  /** What was told of it already. */
  passages: boolean;
  told: boolean;
  /** To have a worker for itself: the last one ended, and this one may be why. */
  alone: boolean;
  tries: number;
  /** Whoever asked is gone. */
  left: boolean;
}

/** Whether it keeps its worker busy. */
export const computes = ({ waits }: Running): boolean => waits === 0;

/** What a piece of work begins as. `most`: computing time it may take, milliseconds. Whoever orders it is who it is done for. */
export function newWork(
  id: number,
  { kind, given, how, most }: Pick<Running, 'kind' | 'given' | 'how' | 'most'>,
  settle: Pick<Running, 'resolve' | 'reject'>,
): Running {
  const work: Running = {
    id,
    kind,
    given,
    how,
    resolve(value) {
      work.over();
      settle.resolve(value);
    },
    reject(error) {
      work.over();
      settle.reject(error);
    },
    over() {},
    as: AsyncLocalStorage.snapshot() as Running['as'],
    used: 0,
    most,
    waits: 0,
    snapshot: '',
    passages: false,
    told: false,
    alone: false,
    tries: 0,
    left: false,
  };
  return work;
}
