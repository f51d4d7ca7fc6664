import type { IngestOptions } from '../compose.ts';
import type { Output } from './output.ts';
import { oneLine } from './terminal.ts';

type Update = NonNullable<IngestOptions['onProgress']>;

/** Shows how far an ingest is: a bar on a terminal, a line every two seconds of a longer one elsewhere, nothing for null. */
export async function createProgress(output: Output | null): Promise<{ update: Update; stop(): void }> {
  if (!output) return { update: () => {}, stop: () => {} };
  if (!process.stderr.isTTY) {
    // Short ingests say nothing but what they did.
    let last = performance.now() + 4000;
    return {
      update: (at) => {
        if (performance.now() - last < 2000) return;
        last = performance.now();
        output.note(words(at));
      },
      stop: () => {},
    };
  }
  const { default: progress } = await import('cli-progress');
  const bar = new progress.SingleBar(
    { format: '{bar} {percentage}% {words}', hideCursor: true, clearOnComplete: true, barsize: 24 },
    progress.Presets.shades_classic,
  );
  let started = false;
  return {
    update: (at) => {
      if (!started) bar.start(Math.max(1, at.total), at.done, { words: words(at) });
      started = true;
      bar.setTotal(Math.max(1, at.total));
      bar.update(at.done, { words: words(at) });
    },
    stop: () => {
      if (started) bar.stop();
    },
  };
}

const STAGES = { read: 'Reading file', embed: 'Embedding chunk', write: 'Writing briefing' };

function words(at: Parameters<Update>[0]): string {
  return oneLine(`${STAGES[at.stage]} ${at.done} of ${at.total}`);
}
