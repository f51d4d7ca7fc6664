import { type McpServer, ProtocolError, ProtocolErrorCode, ResourceNotFoundError, ResourceTemplate } from '@modelcontextprotocol/server';
import { isPilcrowError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Briefing } from '../core/model.ts';
import type { IndexReader, Pilcrow } from '../core/ports.ts';
import { sliceCodePoints } from '../core/text/codepoints.ts';
import { spellDate } from '../core/time/dates.ts';
import { messageOf } from './failure.ts';
import { briefingUri } from './records.ts';
import { briefingMarkdown, visible } from './text.ts';

const MARKDOWN = 'text/markdown';
/** Most completions a result may hold, by the protocol. */
const MOST_COMPLETIONS = 100;

/** Briefings and their paragraphs, to be read whole. Titles in the list are the documents' own. */
export function registerResources(server: McpServer, pilcrow: Pilcrow, log: Log | undefined): void {
  const reading = async <T>(what: string, work: (reader: IndexReader) => Promise<T>): Promise<T> => {
    try {
      return await work(await pilcrow.index());
    } catch (error) {
      if (error instanceof ProtocolError) throw error;
      throw new ProtocolError(
        ProtocolErrorCode.InternalError,
        messageOf(error, log, what),
        isPilcrowError(error) ? { code: error.code } : undefined,
      );
    }
  };
  const ids = (begun: string) =>
    reading('completion', async (reader) =>
      (await reader.briefings())
        .map((briefing) => briefing.id)
        .filter((id) => id.startsWith(begun))
        .slice(0, MOST_COMPLETIONS),
    );

  server.registerResource(
    'briefing',
    new ResourceTemplate('pilcrow://briefings/{id}', {
      list: () => reading('resources/list', async (reader) => ({ resources: (await reader.briefings()).map(listed) })),
      complete: { id: ids },
    }),
    { title: 'A briefing', description: 'The text of a briefing, each paragraph with its number.', mimeType: MARKDOWN },
    (uri, { id }) =>
      reading('resources/read', async (reader) => {
        const briefing = await briefingOf(reader, id, uri);
        const text = briefingMarkdown(briefing, await reader.paragraphsOf(briefing.id));
        return { contents: [{ uri: uri.href, mimeType: MARKDOWN, text }] };
      }),
  );
  server.registerResource(
    'paragraph',
    new ResourceTemplate('pilcrow://briefings/{id}/paragraphs/{n}', { list: undefined, complete: { id: ids } }),
    { title: 'A paragraph', description: 'One paragraph of a briefing, with title and edition.', mimeType: MARKDOWN },
    (uri, { id, n }) =>
      reading('resources/read', async (reader) => {
        const briefing = await briefingOf(reader, id, uri);
        const paragraph = typeof n === 'string' && /^[1-9]\d{0,8}$/.test(n) ? await reader.paragraph(`${briefing.id}#p${n}`) : null;
        if (!paragraph) throw new ResourceNotFoundError(uri.href, `${briefing.id} has no such paragraph; it has ${briefing.paragraphs}.`);
        return { contents: [{ uri: uri.href, mimeType: MARKDOWN, text: briefingMarkdown(briefing, [paragraph]) }] };
      }),
  );
}

function listed(briefing: Briefing) {
  const { date, stated } = briefing.edition;
  const edition = date === null ? 'Undated' : `${spellDate(date)} edition${stated ? '' : ', date inferred from the text'}`;
  return {
    uri: briefingUri(briefing.id),
    name: briefing.id,
    title: sliceCodePoints(visible(briefing.title), 0, 200),
    description: `${edition}${briefing.newest ? '' : ', replaced by a newer one'}; ${briefing.paragraphs} paragraphs.`,
    mimeType: MARKDOWN,
  };
}

async function briefingOf(reader: IndexReader, id: unknown, uri: URL): Promise<Briefing> {
  let name = '';
  try {
    name = decodeURIComponent(String(id));
  } catch {
    // Not a name then.
  }
  const briefing = await reader.briefing(name);
  if (!briefing) throw new ResourceNotFoundError(uri.href, 'There is no such briefing; resources/list names those there are.');
  return briefing;
}
