/**
 * What is left of an index when ingest is killed or its disk fails, with every format of document:
 *   npm run build && npx tsx bench/documents/crash.ts [KILLS]
 * KILLS (default 200) times `kill -9`: half of them after a random time, half before or after a named moment; then every named moment
 * with a full disk, an error of the disk, and half a write. After each the index must be the one before or the one after, whole and
 * true to its checksums; after each tenth an ingest that nothing disturbs must leave nothing behind.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectedContents, FAILPOINTS, type Fault, ingestWith, leftoversOf, versionOf } from '../../tests/fixtures/crash.ts';
import { type Version, writeVersion } from '../../tests/fixtures/crash-files.ts';

const kills = Number(process.argv[2] ?? 200);
const home = mkdtempSync(join(tmpdir(), 'pilcrow-crash-'));
const [folder, index] = [join(home, 'corpus'), join(home, 'i')];
const other = (version: Version): Version => (version === 'a' ? 'b' : 'a');
const bad: string[] = [];

/** One undisturbed ingest of a version; its milliseconds. */
async function whole(version: Version): Promise<number> {
  writeVersion(folder, version);
  const began = performance.now();
  const { code, output } = await ingestWith(home, folder, index, {});
  if (code !== 0) throw new Error(output);
  const left = leftoversOf(index);
  if (left.length > 0) bad.push(`left behind: ${left.join(', ')}`);
  if ((await versionOf(index, expected)) !== version) bad.push(`an undisturbed ingest does not give ${version}`);
  return performance.now() - began;
}

/** One disturbed ingest on top of what is live; what is live then. */
async function disturbed(before: Version, fault: Fault, what: string, killAfter?: number) {
  writeVersion(folder, other(before));
  const ran = await ingestWith(home, folder, index, fault, killAfter);
  let now: Version | null = null;
  try {
    now = await versionOf(index, expected);
  } catch (error) {
    bad.push(`${what}: ${(error as Error).message}`);
  }
  return { ...ran, now: now ?? before };
}

const expected = await expectedContents(folder);
try {
  await whole('a');
  await whole('b');
  let usual = await whole('a');
  let live: Version = 'a';
  const counts = { killed: 0, ended: 0, old: 0, fresh: 0 };
  for (let run = 0; run < kills; run++) {
    const moment = FAILPOINTS[(run >> 2) % FAILPOINTS.length] as string;
    const random = usual * (0.1 + Math.random());
    const how = run % 4 < 2 ? { fault: {}, at: random, what: `after ${Math.round(random)} ms` } : null;
    const kill = run % 4 === 2 ? 'kill' : 'killed';
    const { signal, now }: { signal: string | null; now: Version } = how
      ? await disturbed(live, how.fault, how.what, how.at)
      : await disturbed(live, { at: moment, do: kill }, `${kill} at ${moment}`);
    if (signal === 'SIGKILL') counts.killed++;
    else counts.ended++;
    if (now === live) counts.old++;
    else counts.fresh++;
    live = now;
    if (run % 10 === 9) {
      live = other(live);
      // As long as one takes now: whatever else the machine does, every moment of an ingest is met.
      usual = await whole(live);
      console.error(`${run + 1}: ${counts.killed} killed, ${counts.old} old, ${counts.fresh} new; ${bad.length} bad`);
    }
  }
  console.log(
    `${kills} ingests: ${counts.killed} killed, ${counts.ended} ended before; ${counts.old} left the old index, ${counts.fresh} the new one.`,
  );
  const told: string[] = [];
  for (const moment of FAILPOINTS) {
    for (const how of ['ENOSPC', 'EIO', ...(moment.startsWith('write') ? ['part', 'short'] : [])]) {
      const { code, signal, output, now } = await disturbed(live, { at: moment, do: how }, `${how} at ${moment}`);
      if (signal !== null) bad.push(`${how} at ${moment}: ended by ${signal}`);
      // What was not published must have been said to have failed, and why.
      if (now === live && code === 0) bad.push(`${how} at ${moment}: nothing was published, and nothing said of it`);
      if (code !== 0 && !/the disk is full|the disk reported an error|bytes were kept/.test(output))
        bad.push(`${how} at ${moment}: ${output}`);
      told.push(
        `${how} at ${moment}: ${
          code === 0
            ? 'went on'
            : (output
                .trim()
                .split('\n')
                .find((line) => /:/.test(line)) ?? output)
        }`,
      );
      live = now;
    }
    live = other(live);
    await whole(live);
  }
  console.log(`${told.length} failures of the disk at ${FAILPOINTS.length} moments.`);
  if (process.env.SHOW) console.log(told.join('\n'));
} finally {
  rmSync(home, { recursive: true, force: true });
}
console.log(bad.length === 0 ? 'Always the one before or the one after; nothing was left behind.' : bad.join('\n'));
process.exitCode = bad.length === 0 ? 0 : 1;
