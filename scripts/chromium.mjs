#!/usr/bin/env node
// Finds the Chromium the browser tests drive; on Debian and Ubuntu installs it when this account may. Prints its path.
// PILCROW_CHROMIUM names another one. Exits 0 either way: the browser tests themselves fail, and say why, without one.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
export const MISSING =
  'The browser tests need Chromium or Chrome and found none. Install it (Debian, Ubuntu: apt-get install chromium; macOS: brew install --cask chromium), ' +
  'or set PILCROW_CHROMIUM to its path.';

/** Path of a Chromium, or null. A path set in PILCROW_CHROMIUM is the only one tried. */
export function findChromium(environment = process.env) {
  if (environment.PILCROW_CHROMIUM) return runnable(environment.PILCROW_CHROMIUM) ? environment.PILCROW_CHROMIUM : null;
  const onPath = (environment.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...PLACES, ...onPath].find(runnable) ?? null;
}

function runnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function install() {
  if (process.env.PILCROW_CHROMIUM || process.getuid?.() !== 0 || !runnable('/usr/bin/apt-get')) return;
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 300_000 };
  const get = () => spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options).status === 0;
  if (!get() && spawnSync('apt-get', ['update'], options).status === 0) get();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!findChromium()) install();
  const found = findChromium();
  if (found) console.log(found);
  else console.error(MISSING);
}
