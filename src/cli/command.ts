import type { Config } from '../config.ts';
import type { Host } from './host.ts';
import type { Output } from './output.ts';

/** What each command is given: settings that were checked, a place to write to, and how it is told to stop. */
export interface CommandContext {
  config: Config;
  output: Output;
  host: Host;
  /** The host's. */
  signal: AbortSignal;
  json: boolean;
}

/** A command: its context, its options, its arguments; resolves with the exit code. */
type CommandRun = (context: CommandContext, options: Record<string, unknown>, ...rest: string[]) => Promise<number>;

/** What the command line calls for a command, made of how the command is loaded. */
export type CommandAction = (load: () => Promise<{ run: CommandRun }>) => (...given: unknown[]) => Promise<void>;
