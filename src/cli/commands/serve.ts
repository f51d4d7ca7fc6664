import {
  forgetting,
  keepQuestions,
  openAudit,
  openBriefingFiles,
  openDesk,
  openFeedback,
  openIngestProcess,
  openKeys,
  openMetrics,
  openOriginals,
  openSeal,
  openService,
  openSignIn,
  openSiteTokens,
  type RunningPilcrow,
  restricted,
  watchEventLoop,
  whoMayAsk,
} from '../../compose.ts';
import { type Asking, createAsking } from '../../core/asking.ts';
import type { CommandContext } from '../command.ts';
import { createLog, EXIT } from '../output.ts';
import { oneLine } from '../terminal.ts';

/** Longest time a briefing may take to arrive. */
const UPLOAD_SECONDS = 600;

/** Serves until it is told to stop; then `/readyz` says so, a pause lets clients notice, and running requests have some seconds to end. */
export async function run(context: CommandContext): Promise<number> {
  const { config, host } = context;
  const log = createLog(config.log, host.errors);
  const metrics = openMetrics();
  const asking = createAsking();
  const keys = openKeys(config);
  const allowed = whoMayAsk(config, keys);
  const running = await openService(config, {
    log,
    onModelCall: metrics.modelCall,
    asker: asking.current,
    onOverBudget: metrics.overBudget,
    next: true,
  });
  try {
    return await serve(context, { log, metrics, asking, keys, allowed, running });
  } finally {
    // Threads that answer keep the process alive: they end however this ends.
    await running.close();
  }
}

interface Opened {
  log: ReturnType<typeof createLog>;
  metrics: ReturnType<typeof openMetrics>;
  asking: Asking;
  keys: ReturnType<typeof openKeys>;
  allowed: ReturnType<typeof whoMayAsk>;
  running: RunningPilcrow;
}

async function serve({ config, host, output, signal, json }: CommandContext, opened: Opened): Promise<number> {
  const { log, metrics, asking, keys, running } = opened;
  const { required, warnings, rates } = opened.allowed;
  const audit = openAudit(config, (error) => log('error', 'the audit file cannot be written', { error }));
  const [{ addressList, createApp, createDeskSessions, createSessions, createWho, listen }, { createMcpHandler }] = await Promise.all([
    import('../../http/index.ts'),
    import('../../mcp/index.ts'),
  ]);
  let told = new Set<string>();
  const ingester = openIngestProcess(config, {
    log,
    onTaken: ({ problems, snapshot, briefings, added, changed, removed, renamed }) => {
      audit.note({ event: 'ingest.published', snapshot, briefings, added, changed, removed, renamed });
      log('info', 'changes of the folder were taken up', { snapshot, briefings, added, changed, removed, renamed });
      // What was said the last time and is still so is not said again.
      const before = told;
      told = new Set(problems.map(({ file, message }) => `${file}\n${message}`));
      for (const { file, message, hint } of problems)
        if (!before.has(`${file}\n${message}`)) log('warn', 'a briefing needs attention', { file, what: message, hint });
    },
  });
  const watched = metrics.watch({ ...running, warnings: () => [...running.warnings(), ...ingester.warnings()] });
  const { pilcrow, settled } = keepQuestions(config, watched, asking, (error) => log('error', 'questions cannot be kept', { error }));
  const { keep } = config;
  const kept = { questions: keep.questionDays === null ? null : { days: keep.questionDays }, feedback: { days: keep.feedbackDays } };
  const retention = forgetting(config, (error) => log('error', 'what is too old cannot be removed', { error }));
  const tokens = openSiteTokens(config);
  // Read now: a damaged file shows at once, not with the first page that asks.
  tokens.all();
  // Opened now rather than with the first question: a damaged index or a missing model shows at once.
  const ready = await pilcrow.index().then(
    (reader) => reader.info,
    (error: Error) => error,
  );
  // Made before the first page is opened; whoever comes earlier sees the page without them.
  if (!(ready instanceof Error)) void pilcrow.suggestions({ milliseconds: 0 }).catch(() => {});
  const watchdog = watchEventLoop(config);
  const onRequest = (what: string) => watchdog?.at(what);
  const openedSignIn = await openSignIn(config, running);
  const sealed = await openSeal(config);
  const signIn = openedSignIn && {
    provider: openedSignIn.provider,
    sessions: createSessions({ ...sealed, ...openedSignIn.session }),
  };
  const desk = { desk: openDesk(config, ingester, running), sessions: createDeskSessions({ ...sealed, keys }), keys };
  const who = createWho({
    ...signIn,
    keys,
    required,
    desk: desk.sessions,
    adminGroups: config.adminGroups,
    proxy: { ...config.proxies, has: addressList(config.proxies.addresses) },
  });
  const app = createApp({
    pilcrow,
    config,
    tokens,
    who,
    signIn,
    warnings,
    rates,
    metrics,
    audit,
    isStopping: () => signal.aborted,
    feedback: openFeedback(config),
    originals: openOriginals(config),
    files: await openBriefingFiles(config, ingester, running),
    desk,
    kept,
    asking,
    mcp: (seen) => createMcpHandler(seen, { ...config, log }),
    log,
    onRequest,
  });
  // A briefing of 200 MB takes a while on a slow line.
  const server = await listen(app, {
    ...config,
    connections: config.rates.connections,
    bodySeconds: config.uploadBytes > 0 ? UPLOAD_SECONDS : undefined,
  });
  if (json)
    output.json({ url: server.url, snapshot: ready instanceof Error ? null : ready, warnings: [...warnings, ...pilcrow.warnings()] });
  else {
    if (ready instanceof Error) output.note(`${output.style.warn('Nothing to answer from yet:')} ${ready.message}`);
    for (const warning of [...warnings, ...pilcrow.warnings()]) output.note(`${output.style.warn('Note:')} ${warning}`);
    const some = await restricted(running).catch(() => null);
    if (some && some.briefings > 0)
      output.line(
        `${some.briefings} of ${some.of} briefings are for some groups only: ${oneLine(some.groups.join(', ')) || 'nobody is in any'}.`,
      );
    output.line(`Pilcrow answers at ${output.style.bold(config.publicUrl ?? server.url)}`);
    if (host.output.isTTY) output.line(output.style.dim('Ctrl+C stops it.'));
  }
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  log('info', 'stopping');
  // Whoever waits for the model gets the quoted answer while running requests may still end.
  pilcrow.quiesce();
  await server.close(config.stop.graceMilliseconds, config.stop.pauseMilliseconds);
  desk.desk.close();
  await ingester.close();
  retention.stop();
  await settled();
  await watchdog?.close();
  return EXIT.ok;
}
