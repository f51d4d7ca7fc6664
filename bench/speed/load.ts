import { type ChildProcess, spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import { quantile } from '../../src/eval/metrics/statistics.ts';

export interface Timing {
  /** Milliseconds. */
  p50: number;
  p95: number;
  mean: number;
  /** Calls a second. */
  rate: number;
}

/** Times calls, `concurrency` of them at a time, each item once. */
export async function time<T>(items: readonly T[], concurrency: number, call: (item: T) => unknown): Promise<Timing> {
  const times: number[] = [];
  let next = 0;
  const began = performance.now();
  const worker = async () => {
    while (next < items.length) {
      const item = items[next++] as T;
      const start = performance.now();
      await call(item);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const wall = performance.now() - began;
  return {
    p50: quantile(times, 0.5) ?? 0,
    p95: quantile(times, 0.95) ?? 0,
    mean: times.reduce((sum, value) => sum + value, 0) / times.length,
    rate: (1000 * items.length) / wall,
  };
}

/** Posts JSON over connections that are kept open, and reads the whole reply. */
export function poster(url: string, connections: number): { post(body: unknown): Promise<string>; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    post: (body) =>
      new Promise((resolve, reject) => {
        const payload = JSON.stringify(body);
        const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) };
        const sent = request(url, { method: 'POST', agent, headers }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            if (response.statusCode === 200) resolve(text);
            else reject(new Error(`${response.statusCode} ${text.slice(0, 300)}`));
          });
        });
        sent.on('error', reject);
        sent.end(payload);
      }),
    close: () => agent.destroy(),
  };
}

/** Starts a Node process that prints one JSON line with its `url` once it listens. */
export function startServer(
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ url: string; pid: number; stop(): Promise<void> }> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = spawn(process.execPath, [...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    const ended = new Promise<void>((done) => child.once('exit', () => done()));
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it listened: ${text}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const url = /"url":\s*"([^"]+)"/.exec(text)?.[1];
      if (!url) return;
      resolve({
        url,
        pid: child.pid as number,
        stop: async () => {
          child.kill('SIGTERM');
          await ended;
        },
      });
    });
  });
}
