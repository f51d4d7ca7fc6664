import { setPriority } from 'node:os';
import { checkBriefing, type IngestOrder, type IngestReply, ingestCorpus, liesIn, transferred } from '../compose.ts';
import { type Config, environment, readConfig } from '../config.ts';
import { pilcrowError } from '../core/errors.ts';
import type { IngestOutcome } from '../core/updates.ts';
import { watchFolder } from './watch.ts';

// The process of a service that ingests: what it is told to, and what changes in the folder, one after the other.

/** How often at most it is told how far it is. */
const PROGRESS_MILLISECONDS = 200;

// Whoever asks goes before whoever brings in.
try {
  setPriority(5);
} catch {}

const send = (reply: IngestReply): void => void process.send?.(reply);
let config: Config | null = null;
let last: Promise<unknown> = Promise.resolve();
const inTurn = <T>(work: (config: Config) => Promise<T>): Promise<T> => {
  const mine = last.then(() => {
    if (!config) throw pilcrowError('internal', 'The settings did not arrive.');
    return work(config);
  });
  last = mine.catch(() => undefined);
  return mine;
};

/** Everything but what only a person at a command line reads. */
function outcomeOf(summary: Awaited<ReturnType<typeof ingestCorpus>>): IngestOutcome {
  const { snapshot, unchanged, briefings, added, changed, removed, renamed, newEditions, editions, problems, notes } = summary;
  return { snapshot, unchanged, briefings, added, changed, removed, renamed, newEditions, editions, problems, notes };
}

const ingest = (id: number, allowEmpty: boolean) =>
  inTurn(async (settings) => {
    let told = 0;
    const summary = await ingestCorpus(settings, {
      allowEmpty,
      onProgress: ({ stage, done, total, ...more }) => {
        if (done < total && performance.now() - told < PROGRESS_MILLISECONDS) return;
        told = performance.now();
        send({ id, progress: { stage, done, total, ...more } });
      },
    });
    return outcomeOf(summary);
  });

async function watch(): Promise<void> {
  const { corpus } = config as Config;
  let known = false;
  await watchFolder(corpus, new AbortController().signal, async () => {
    try {
      send({
        taken: await inTurn(async (settings) => {
          if (!known) await liesIn(settings);
          known = true;
          return outcomeOf(await ingestCorpus(settings));
        }),
      });
      return 'done';
    } catch (error) {
      const missed = transferred(error);
      send({ missed });
      return missed.retryable ? 'again' : 'done';
    }
  });
}

process.on('message', (order: IngestOrder) => {
  if (order.order === 'settings') {
    try {
      config = readConfig(environment(), order.settings);
      if (order.watch) void watch();
    } catch (error) {
      send({ missed: transferred(error) });
    }
    return;
  }
  const { id } = order;
  const work =
    order.order === 'check'
      ? inTurn((settings) => checkBriefing(settings, order.name, order.path)).then(() => null)
      : ingest(id, order.allowEmpty);
  work.then(
    (done) => send({ id, done }),
    (error) => send({ id, failed: transferred(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
// Ctrl+C reaches the whole group of a terminal: the service decides when this ends.
process.on('SIGINT', () => {});
