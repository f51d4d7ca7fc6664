import { Console } from 'node:console';
import { createPilcrow } from '../../compose.ts';
import type { CommandContext } from '../command.ts';
import { createLog, EXIT } from '../output.ts';

/** Serves one MCP client on standard input and output until it leaves or the process is told to stop. */
export async function run({ config, output, host, signal }: CommandContext): Promise<number> {
  // Standard output belongs to the protocol: whatever a package prints goes beside it.
  globalThis.console = new Console(host.errors);
  const [{ serveMcp }, pilcrow] = await Promise.all([import('../../mcp/index.ts'), createPilcrow(config)]);
  for (const warning of pilcrow.warnings()) output.note(`${output.style.warn('Note:')} ${warning}`);
  const connection = await serveMcp(pilcrow, { ...config, log: createLog(config.log, host.errors) });
  const stop = () => void connection.close();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  await connection.closed;
  await pilcrow.close();
  return EXIT.ok;
}
