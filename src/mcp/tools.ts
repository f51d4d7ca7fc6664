import type { CallToolResult, McpServer, ServerContext } from '@modelcontextprotocol/server';
import { pilcrowError } from '../core/errors.ts';
import { goneOf } from '../core/gone.ts';
import type { Log } from '../core/log.ts';
import type { Series } from '../core/model.ts';
import type { Pilcrow } from '../core/ports.ts';
import { messageOf } from './failure.ts';
import { answerRecord, changesRecord, type Links, paragraphRecord, searchRecord } from './records.ts';
import type { Outputs, Schemas } from './schemas.ts';
import { answerForModel, changesText, paragraphText, searchText } from './text.ts';

/** Every tool only reads, gives the same for the same index, and knows nothing beyond it. */
const READS = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

/** The four tools. Names and descriptions are fixed: nothing a document says can change them. */
export function registerTools(server: McpServer, pilcrow: Pilcrow, schemas: Schemas, links: Links, log: Log | undefined): void {
  /** Text for a model and the same as a record; a failure becomes a result the model can act on. */
  const result = async <Tool extends keyof Outputs>(
    tool: Tool,
    { mcpReq }: ServerContext,
    text: (record: Outputs[Tool]) => string,
    work: () => Promise<Outputs[Tool]>,
  ): Promise<CallToolResult> => {
    try {
      const record = await work();
      return { content: [{ type: 'text', text: text(record) }], structuredContent: record };
    } catch (error) {
      // Nobody is there to read it, and it is no failure of ours.
      const message = mcpReq.signal.aborted ? 'The call was given up.' : messageOf(error, log, tool);
      return { content: [{ type: 'text', text: message }], isError: true };
    }
  };

  server.registerTool(
    'ask',
    {
      title: 'Ask the briefings',
      description:
        'Answers a question from the briefings. Every sentence was checked against the paragraph it cites; keep its [n] and say which edition it is from. ' +
        'When the briefings do not say, the result says so: then do not answer from elsewhere as if they did.',
      inputSchema: schemas.input.ask,
      outputSchema: schemas.output.ask,
      annotations: { title: 'Ask the briefings', ...READS },
    },
    (given, context) =>
      result('ask', context, answerForModel, async () => {
        const progress = progressOf(context);
        const answer = await pilcrow.ask(defined(given), {
          signal: context.mcpReq.signal,
          onEvent: (event) => {
            if (event.type === 'passages') progress('Passages found.');
            if (event.type === 'sentence') progress('A sentence was checked.');
          },
        });
        return answerRecord(answer, links);
      }),
  );
  server.registerTool(
    'search',
    {
      title: 'Search the briefings',
      description:
        'Finds the paragraphs of the briefings that match best, with their editions. They are quoted, not checked against a question.',
      inputSchema: schemas.input.search,
      outputSchema: schemas.output.search,
      annotations: { title: 'Search the briefings', ...READS },
    },
    (given, context) =>
      result('search', context, searchText, async () =>
        searchRecord(await pilcrow.search(defined(given), { signal: context.mcpReq.signal }), links),
      ),
  );
  server.registerTool(
    'get_paragraph',
    {
      title: 'Read a paragraph',
      description: 'Gives one paragraph of a briefing by its id, whole, with its edition and on request with those around it.',
      inputSchema: schemas.input.get_paragraph,
      outputSchema: schemas.output.get_paragraph,
      annotations: { title: 'Read a paragraph', ...READS },
    },
    ({ id, neighbours = 0 }, context) =>
      result('get_paragraph', context, paragraphText, async () => {
        const reader = await pilcrow.index();
        const named = paragraphNamed(id);
        const briefing = named && (await reader.briefing(named.briefing));
        const gone = named && (await goneOf(reader, named.briefing)).find(({ id: one }) => one === `${named.briefing}#p${named.number}`);
        if (gone) {
          throw pilcrowError('not_found', `${gone.id} is no longer there since ${gone.since}.`, {
            hint: gone.now === null ? 'Nothing has taken its place.' : `What took its place is ${gone.now}.`,
          });
        }
        if (!named || !briefing) {
          throw pilcrowError('not_found', named ? 'There is no such briefing.' : 'That is no id of a paragraph.', {
            hint: 'Ids look like "some-briefing#p12"; `ask` and `search` give them, and the resources list the briefings.',
          });
        }
        const paragraph = await reader.paragraph(`${briefing.id}#p${named.number}`);
        if (!paragraph) {
          throw pilcrowError('not_found', `${briefing.id} has no paragraph ${named.number}.`, {
            hint: `It has ${briefing.paragraphs} paragraphs; \`ask\` and \`search\` give their ids.`,
          });
        }
        const all = await reader.paragraphsOf(briefing.id);
        const place = all.findIndex((one) => one.id === paragraph.id);
        const others = all.slice(Math.max(0, place - neighbours), place + neighbours + 1).filter((one) => one.id !== paragraph.id);
        return paragraphRecord(briefing, paragraph, others, reader.info.id, links);
      }),
  );
  server.registerTool(
    'compare_editions',
    {
      title: 'Compare two editions',
      description:
        'Tells what changed from one edition of a series to another: values that differ, paragraphs added, removed and reworded. ' +
        'Default: the newest edition and the one before it.',
      inputSchema: schemas.input.compare_editions,
      outputSchema: schemas.output.compare_editions,
      annotations: { title: 'Compare two editions', ...READS },
    },
    ({ series, limit = 20, from, to }, context) =>
      result('compare_editions', context, changesText, async () => {
        const named = series ?? onlyOne(await pilcrow.editions.list());
        return changesRecord(await pilcrow.editions.changes({ series: named, ...defined({ from, to }) }), limit, links);
      }),
  );
}

/** A record without its undefined members. */
function defined<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;
}

/** Tells a client that asked for it that work goes on: clients that wait reset their clocks with it. */
function progressOf({ mcpReq }: ServerContext): (message: string) => void {
  const progressToken = mcpReq._meta?.progressToken;
  let progress = 0;
  return (message) => {
    if (progressToken === undefined) return;
    progress += 1;
    void mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, message } }).catch(() => {});
  };
}

/** `slug#p12`, also as the end of a page's or a resource's address. */
function paragraphNamed(id: string): { briefing: string; number: number } | null {
  const match = /(?:^|\/)([\w.-]{1,200})(?:#p|\/paragraphs\/)([1-9]\d{0,8})$/.exec(id.trim());
  return match ? { briefing: match[1] as string, number: Number(match[2]) } : null;
}

function onlyOne(list: Series[]): string {
  const comparable = list.filter((series) => series.editions.length > 1);
  if (comparable.length === 1) return (comparable[0] as Series).id;
  throw comparable.length === 0
    ? pilcrowError('bad_request', 'No series has two editions to compare.', { hint: 'Each briefing is the only edition of its series.' })
    : pilcrowError('bad_request', 'More than one series has several editions.', {
        hint: `Call again with \`series\` as one of: ${comparable
          .slice(0, 50)
          .map((series) => series.id)
          .join(', ')}.`,
      });
}
