import { createPilcrow, openFeedback, openSiteTokens, watchEventLoop } from '../../compose.ts';
import type { CommandContext } from '../main.ts';
import { createLog, EXIT } from '../output.ts';

/** Serves until it is told to stop; then running requests have five seconds to end. */
export async function run({ config, output, signal, json }: CommandContext): Promise<number> {
  const [{ createApp, listen }, { createMcpHandler }, pilcrow] = await Promise.all([
    import('../../http/index.ts'),
    import('../../mcp/index.ts'),
    createPilcrow(config),
  ]);
  const log = createLog(config.log);
  const tokens = openSiteTokens(config);
  // Read now: a damaged file shows at once, not with the first page that asks.
  tokens.all();
  // Opened now rather than with the first question: a damaged index or a missing model shows at once.
  const ready = await pilcrow.index().then(
    (reader) => reader.info,
    (error: Error) => error,
  );
  const mcp = createMcpHandler(pilcrow, { ...config, log });
  const watchdog = watchEventLoop(config);
  const onRequest = (what: string) => watchdog?.at(what);
  const server = await listen(createApp({ pilcrow, config, tokens, feedback: openFeedback(config), mcp, log, onRequest }), config);
  if (json) output.json({ url: server.url, snapshot: ready instanceof Error ? null : ready, warnings: pilcrow.warnings() });
  else {
    if (ready instanceof Error) output.note(`${output.style.warn('Nothing to answer from yet:')} ${ready.message}`);
    for (const warning of pilcrow.warnings()) output.note(`${output.style.warn('Note:')} ${warning}`);
    output.line(`Pilcrow answers at ${output.style.bold(config.publicUrl ?? server.url)}`);
    if (process.stdout.isTTY) output.line(output.style.dim('Ctrl+C stops it.'));
  }
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  log('info', 'stopping');
  // Whoever waits for the model gets the quoted answer within the five seconds.
  pilcrow.quiesce();
  await server.close(5000);
  await pilcrow.close();
  await watchdog?.close();
  return EXIT.ok;
}
