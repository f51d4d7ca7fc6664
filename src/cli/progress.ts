import type { IngestOptions } from '../compose.ts';
import type { Written } from './host.ts';
import type { Output } from './output.ts';
import { oneLine } from './terminal.ts';

type Update = NonNullable<IngestOptions['onProgress']>;

/** How often an event tells how far an ingest is. */
const EVENT_MILLISECONDS = 200;

/**
 * Shows how far an ingest is: with `events` one JSON line each on standard output, else a bar on a terminal and a line every two
 * seconds of a longer one elsewhere; nothing for null.
 */
export async function createProgress(output: Output | null, errors: Written, events = false): Promise<{ update: Update; stop(): void }> {
  if (!output) return { update: () => {}, stop: () => {} };
  if (events) {
    let told = Number.NEGATIVE_INFINITY;
    return {
      update: (at) => {
        const now = performance.now();
        // Every stage says that it is through.
        if (at.done < at.total && now - told < EVENT_MILLISECONDS) return;
        told = now;
        output.event({ event: 'progress', ...at });
      },
      stop: () => {},
    };
  }
  const words = createWords();
  if (!errors.isTTY) {
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
    { stream: errors, format: '{bar} {percentage}% {words}', hideCursor: true, clearOnComplete: true, barsize: 24 },
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

/**
 * "Reading file 12 of 40 · brief.pdf · 31 pages a second · 9 s left": how fast this stage goes, once it has gone for a second.
 * Files are told by their pages, or by their paragraphs where none has pages.
 */
export function createWords(clock: () => number = () => performance.now()): (at: Parameters<Update>[0]) => string {
  let began = 0;
  let first: Parameters<Update>[0] | null = null;
  return (at) => {
    const now = clock();
    if (first?.stage !== at.stage) {
      began = now;
      first = at;
    }
    const seconds = (now - began) / 1000;
    const rate = (of: number, from: number): number => (seconds > 1 ? (of - from) / seconds : 0);
    const parts = [`${STAGES[at.stage]} ${at.done.toLocaleString('en')} of ${at.total.toLocaleString('en')}`];
    const perSecond = (speed: number, what: string) => {
      if (speed > 0) parts.push(`${speed >= 10 ? Math.round(speed).toLocaleString('en') : speed.toFixed(1)} ${what} a second`);
    };
    const done = rate(at.done, first.done);
    if (at.stage === 'read' && first.stage === 'read') {
      parts.push(at.file);
      const pages = rate(at.pages, first.pages);
      if (pages > 0) perSecond(pages, 'pages');
      else perSecond(rate(at.paragraphs, first.paragraphs), 'paragraphs');
    } else perSecond(done, at.stage === 'embed' ? 'chunks' : 'briefings');
    if (done > 0 && at.done < at.total) parts.push(`${Math.ceil((at.total - at.done) / done).toLocaleString('en')} s left`);
    return oneLine(parts.join(' · '));
  };
}
