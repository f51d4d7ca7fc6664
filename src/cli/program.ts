import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { type Environment, environment, logLevelOf, readConfig, type VariableName } from '../config.ts';
import { isPilcrowError } from '../core/errors.ts';
import type { CommandAction } from './command.ts';
import { declareEval } from './commands/eval.ts';
import type { Host } from './host.ts';
import { createOutput, describe, EXIT } from './output.ts';

/** Options that stand for a variable. */
const SETTINGS: Record<string, VariableName> = {
  index: 'PILCROW_INDEX',
  corpus: 'PILCROW_CORPUS',
  host: 'PILCROW_HOST',
  port: 'PILCROW_PORT',
};

const port = (text: string): string => {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65535) return text;
  throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
};
const limit = (text: string): number => {
  if (/^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= 20) return Number(text);
  throw new InvalidArgumentError('It is a whole number from 1 to 20.');
};
const days = (text: string): number => {
  if (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 3650) return Number(text);
  throw new InvalidArgumentError('It is a whole number of days from 1 to 3650.');
};
const count = (text: string): number => {
  if (/^\d{1,6}$/.test(text) && Number(text) >= 1) return Number(text);
  throw new InvalidArgumentError('It is a whole number from 1.');
};
const several = (text: string, before: string[] = []): string[] => [...before, text];
const verdict = (text: string): string => {
  if (text === 'up' || text === 'down') return text;
  throw new InvalidArgumentError('It is up or down.');
};
const INDEX = ['--index <folder>', 'folder of the index (PILCROW_INDEX)'] as const;
const EDITION = ['--edition <which>', 'latest (default), all, or a date such as 2019 or 2026-07'] as const;
const BRIEFING = ['--briefing <name>', 'only this one: its id, its file name, or a series; may be repeated', several] as const;
const JSON_FLAG = ['--json', 'write JSON for programs'] as const;

// This file is two folders below the package, in src and in dist alike.
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };

/**
 * The command line: `args` without the program's name. Resolves with the exit code; what goes wrong is said on the host's `errors`, in one
 * line and what to do. Relative paths and `.env` are looked for in the process's working folder.
 */
export async function runCommandLine(args: readonly string[], host: Host): Promise<number> {
  let code: number = EXIT.ok;
  const variables = environment(process.cwd(), host.variables);
  const program = declare(
    runner(host, variables, (given) => {
      code = given;
    }),
    host,
  );
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  return code;
}

/** Reads the settings, runs a command, and turns its failure into one line and an exit code. */
function runner(host: Host, variables: Environment, ended: (code: number) => void): CommandAction {
  const { signal, errors } = host;
  return (load) =>
    async (...given) => {
      const command = given.at(-1) as Command;
      // A subcommand's options may be its parent's as well.
      const options = command.optsWithGlobals() as Record<string, unknown>;
      const rest = given.slice(0, -2) as string[];
      const overrides: Partial<Record<VariableName, string>> = {};
      for (const [option, variable] of Object.entries(SETTINGS))
        if (typeof options[option] === 'string') overrides[variable] = options[option];
      try {
        const config = readConfig(variables, overrides);
        const { run: work } = await load();
        ended(await work({ config, host, output: createOutput(host, variables), signal, json: options.json === true }, options, ...rest));
      } catch (error) {
        const stopped = signal.aborted && !isPilcrowError(error);
        errors.write(stopped ? 'pilcrow: stopped\n' : `${describe(error, logLevelOf(variables))}\n`);
        ended(isPilcrowError(error) && (error.code === 'bad_request' || error.code === 'bad_config') ? EXIT.usage : EXIT.failure);
      }
    };
}

/** The commands with their options; each is loaded only when it runs. Subcommands take over where the program writes. */
function declare(run: CommandAction, { output, errors }: Host): Command {
  const program = new Command('pilcrow')
    .configureOutput({
      writeOut: (text) => void output.write(text),
      writeErr: (text) => void errors.write(text),
    })
    .version(version)
    .description("Answers questions about an organisation's briefings and shows the paragraph that carries each sentence.")
    .showHelpAfterError('(pilcrow --help shows how)')
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  pilcrow start                                  index the corpus folder, then serve it
  pilcrow ask "How many Conventions has China ratified?"
  pilcrow ask "How many Conventions?" --edition 2019 --json
  pilcrow chat
  pilcrow ingest ./briefings --index ./index
  pilcrow changes
  pilcrow doctor

Settings come from the environment and from .env; .env.example lists them.
Exit codes: 0 done, 1 failed, 2 wrong usage or settings. "Not in the briefings" is an answer, so ask exits with 0 for it; with --strict
it exits with 3 for whatever is not answered.`,
    );

  program
    .command('start')
    .description('bring the index up to date with the corpus folder, then serve')
    .option('--corpus <folder>', 'folder with the briefings (PILCROW_CORPUS)')
    .option(...INDEX)
    .option('--host <address>', 'address to listen on (PILCROW_HOST)')
    .option('--port <number>', 'port to listen on (PILCROW_PORT)', port)
    .option(...JSON_FLAG)
    .action(run(() => import('./commands/start.ts')));

  program
    .command('serve')
    .description('serve the index as it is; a newer one is taken up when it is published')
    .option(...INDEX)
    .option('--host <address>', 'address to listen on (PILCROW_HOST)')
    .option('--port <number>', 'port to listen on (PILCROW_PORT)', port)
    .option(...JSON_FLAG)
    .action(run(() => import('./commands/serve.ts')));

  program
    .command('mcp')
    .description('serve the index to one MCP client on standard input and output; `serve` has it at /mcp')
    .option(...INDEX)
    .addHelpText(
      'after',
      '\nExample of a client\'s settings:\n  {"mcpServers": {"pilcrow": {"command": "pilcrow", "args": ["mcp", "--index", "/path/to/index"]}}}',
    )
    .action(run(() => import('./commands/mcp.ts')));

  program
    .command('ingest')
    .description('read the briefings and publish a new index; the old one serves until the new one is complete')
    .argument('[folder]', 'folder with the briefings (PILCROW_CORPUS)')
    .option(...INDEX)
    .option('--json', 'write events for programs, one JSON line each; the last one sums up')
    .option('--dry-run', 'say what would change, and write nothing')
    .option('--watch', 'take up changes of the folder until stopped')
    .option('--force', 'read every file again, also one of the size and time it had before')
    .option('--allow-empty', 'an empty folder is meant: no briefing answers any more')
    .addHelpText('after', '\nExamples:\n  pilcrow ingest ./briefings --index ./index --json\n  pilcrow ingest ./briefings --dry-run')
    .action(run(() => import('./commands/ingest.ts')));

  program
    .command('ask')
    .description('ask one question and show the answer with its footnotes')
    .argument('<question...>', 'the question, or - to read it from standard input')
    .option(...EDITION)
    .option(...BRIEFING)
    .option('--limit <number>', 'how many passages to consider, 1 to 20', limit)
    .option('--strict', 'exit with 3 unless the briefings answer it fully, from an edition in force or the one asked for')
    .option('--explain', 'show every step from question to answer')
    .option(...INDEX)
    .option(...JSON_FLAG)
    .addHelpText(
      'after',
      '\nExamples:\n  pilcrow ask "How many Conventions has China ratified?"\n  echo "What changed?" | pilcrow ask - --explain\n\nExits with 0 whenever there is a reply, "not in the briefings" included; --json has the status, --strict makes it an exit code.',
    )
    .action(run(() => import('./commands/ask.ts')));

  program
    .command('chat')
    .description('a conversation in the terminal; on a pipe every line is a question')
    .option(...EDITION)
    .option(...BRIEFING)
    .option(...INDEX)
    .option('--json', 'write one line of JSON for each answer')
    .addHelpText(
      'after',
      "\n/help lists what can be said besides questions.\n\nExamples:\n  pilcrow chat --briefing china-ilo-cooperation\n  printf 'How many Conventions has China ratified?\\nand in 2019?\\n' | pilcrow chat",
    )
    .action(run(() => import('./commands/chat.ts')));

  program
    .command('changes')
    .description('what changed from one edition of a series to another')
    .argument('[series]', 'id of the series; may be left out when only one has several editions')
    .option('--from <edition>', 'date of an edition, or id of its briefing (the one before --to)')
    .option('--to <edition>', 'date of an edition, or id of its briefing (the newest)')
    .option('--all', 'show what is unchanged as well')
    .option(...INDEX)
    .option(...JSON_FLAG)
    .addHelpText('after', '\nExample:\n  pilcrow changes china-ilo-cooperation --from 2019 --to 2026-07')
    .action(run(() => import('./commands/changes.ts')));

  const editions = program
    .command('editions')
    .description('list series and editions, where each date came from, and which is in force')
    .option(...INDEX)
    .option(...JSON_FLAG)
    .action(run(() => import('./commands/editions.ts')));
  editions
    .command('set')
    .description('say which edition or series a briefing is; noted in the corpus folder, so that every later ingest keeps it')
    .argument('<briefing>', 'id or file name of the briefing')
    .option('--edition <date>', 'YYYY, YYYY-MM or YYYY-MM-DD')
    .option('--series <name>', 'name of the series')
    .option('--clear', 'withdraw what was set')
    .option('--no-ingest', 'note it only; it holds from the next ingest on')
    .option('--corpus <folder>', 'folder with the briefings (PILCROW_CORPUS)')
    .addHelpText('after', '\nExample:\n  pilcrow editions set china-ilo-cooperation-2019 --edition 2019-06')
    .action(run(async () => ({ run: (await import('./commands/editions.ts')).set })));

  program
    .command('doctor')
    .description('check settings, model, native module, corpus and index')
    .option(...INDEX)
    .option('--corpus <folder>', 'folder with the briefings (PILCROW_CORPUS)')
    .option('--online', 'also ask the configured model servers whether they answer')
    .option(...JSON_FLAG)
    .action(run(() => import('./commands/doctor.ts')));

  program
    .command('verify')
    .description('recompute every hash, offset and quotation of the index, and that nothing removed can be found in it')
    .option(...INDEX)
    .option(...JSON_FLAG)
    .action(run(() => import('./commands/verify.ts')));

  program
    .command('copy')
    .description('copy the index between a folder and the database of DATABASE_URL, and prove that the copy is the same')
    .requiredOption('--from <place>', 'database, or a folder')
    .requiredOption('--to <place>', 'database, or a folder')
    .option(...JSON_FLAG)
    .action(run(() => import('./commands/copy.ts')));

  declareEval(program, run);

  const token = program.command('token').description('say which other sites may ask, with a public token each');
  token
    .command('create')
    .description('make a token for the pages of one or more origins and show the tag to paste')
    .requiredOption('--origin <origin>', 'scheme and host of the site, e.g. https://intranet.example.org; may be repeated', several)
    .option('--label <text>', 'name to know it by')
    .option('--rate <number>', 'most questions a minute, all visitors together', Number)
    .option(...JSON_FLAG)
    .action(run(() => import('./commands/token.ts').then((module) => ({ run: module.createToken }))));
  token
    .command('list')
    .description('list the tokens in force')
    .option(...JSON_FLAG)
    .action(run(() => import('./commands/token.ts').then((module) => ({ run: module.listTokens }))));
  token
    .command('revoke')
    .description('take a token back; a service that runs refuses it within a second')
    .argument('<token>', 'the token or its label')
    .option(...JSON_FLAG)
    .action(run(() => import('./commands/token.ts').then((module) => ({ run: module.revokeToken }))));

  const key = program.command('key').description('keys of programs and people: who may read and ask');
  key
    .command('create')
    .description('make a key and show it this once')
    .requiredOption('--name <text>', 'name to know it by')
    .requiredOption('--scope <scope>', 'read (briefings, search), ask (and ask), ingest (and bring briefings in) or admin (everything)')
    .option('--expires <date>', 'day from which it is refused, e.g. 2030-01-31')
    .option('--groups <names>', 'groups whose briefings it reads besides those for everybody, with commas between; admin reads all')
    .option(...JSON_FLAG)
    .action(run(() => import('./commands/key.ts').then((module) => ({ run: module.createKey }))));
  key
    .command('list')
    .description('list the keys, without what is secret')
    .option(...JSON_FLAG)
    .action(run(() => import('./commands/key.ts').then((module) => ({ run: module.listKeys }))));
  key
    .command('revoke')
    .description('take a key back; a service that runs refuses it from the next request on')
    .argument('<key>', 'its id or name')
    .option(...JSON_FLAG)
    .action(run(() => import('./commands/key.ts').then((module) => ({ run: module.revokeKey }))));

  const kept = program.command('log').description('questions that were kept, where PILCROW_QUESTION_LOG_DAYS says so');
  kept
    .command('list')
    .description('show them, newest first')
    .option('--limit <number>', 'how many (50)', count)
    .option(...JSON_FLAG)
    .action(run(() => import('./commands/log.ts').then((module) => ({ run: module.listQuestions }))));
  kept
    .command('export')
    .description('write them as lines of JSON, oldest first')
    .argument('[file]', 'a file that is not there yet, or - for standard output', '-')
    .action(run(() => import('./commands/log.ts').then((module) => ({ run: module.exportAll }))));
  kept
    .command('purge')
    .description('remove them')
    .option('--keep-days <days>', 'all but those of the latest days, today among them', days)
    .option('--all', 'every one')
    .option(...JSON_FLAG)
    .action(run(() => import('./commands/log.ts').then((module) => ({ run: module.purge }))));

  const feedback = program
    .command('feedback')
    .description('show what readers thought of answers')
    .option('--verdict <which>', 'only up or only down', verdict)
    .option('--export <file>', 'write candidate evaluation cases to a YAML file, or - for standard output')
    .option(...JSON_FLAG)
    .action(run(() => import('./commands/feedback.ts')));
  feedback
    .command('purge')
    .description('remove feedback')
    .option('--keep-days <days>', 'all but that of the latest days, today among them', days)
    .option('--all', 'all of it')
    .action(run(() => import('./commands/log.ts').then((module) => ({ run: module.purgeFeedback }))));
  for (const command of program.commands) command.exitOverride();
  return program;
}
