import type { IngestOptions } from '../compose.ts';
import type { Output } from './output.ts';
import { oneLine } from './terminal.ts';

type Update = NonNullable<IngestOptions['onProgress']>;

/** Shows how far an ingest is: a bar on a terminal, a line every two seconds of a longer one elsewhere, nothing for null. */
export async function createProgress(output: Output | null): Promise<{ update: Update; stop(): void }> {
  if (!output) return { update: () => {}, stop: () => {} };
  const words = createWords();
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

/** "Reading file 12 of 40 · brief.pdf · 3.1 a second · 9 s left": how fast this stage goes, once it has gone for a second. */
function createWords(): (at: Parameters<Update>[0]) => string {
  let stage = '';
  let began = 0;
  let first = 0;
  return (at) => {
    const now = performance.now();
    if (at.stage !== stage) {
      stage = at.stage;
      began = now;
      first = at.done;
    }
    const rate = now - began > 1000 ? ((at.done - first) * 1000) / (now - began) : 0;
    const parts = [`${STAGES[at.stage]} ${at.done.toLocaleString('en')} of ${at.total.toLocaleString('en')}`];
    if (at.stage === 'read') parts.push(at.file);
    if (rate > 0) parts.push(`${rate >= 10 ? Math.round(rate).toLocaleString('en') : rate.toFixed(1)} a second`);
    if (rate > 0 && at.done < at.total) parts.push(`${Math.ceil((at.total - at.done) / rate).toLocaleString('en')} s left`);
    return oneLine(parts.join(' · '));
  };
}
