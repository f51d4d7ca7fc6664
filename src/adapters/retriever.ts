import { type DocumentInterface, Document as LangChainDocument } from '@langchain/core/documents';
import { BaseRetriever, type BaseRetrieverInput } from '@langchain/core/retrievers';
import { ensureConfig, type RunnableConfig, raceWithSignal } from '@langchain/core/runnables';
import { pilcrowError } from '../core/errors.ts';
import type { SearchRequest, SearchResult } from '../core/model.ts';
import type { Pilcrow } from '../core/ports.ts';

/** What a document brings besides its text: enough to cite it. */
export interface PilcrowMetadata {
  /** Paragraph id, `slug#p12`. */
  id: string;
  /** Id of the briefing. */
  briefing: string;
  title: string;
  /** Date of the edition, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; null when nothing dates it. */
  edition: string | null;
  newest: boolean;
  /** Titles above the paragraph, outermost first. */
  headings: string[];
  /** Page of the paragraph: absolute when the address of the service is known, else a path. */
  url: string;
  score: number;
}

export interface PilcrowRetrieverInput extends BaseRetrieverInput {
  /** A Pilcrow in this process, or the address of one that runs, e.g. `http://127.0.0.1:8787`. */
  pilcrow: Pick<Pilcrow, 'search'> | string | URL;
  /** How many documents, 1..20; default 10. */
  limit?: number;
  /** `latest` (default), `all`, or an edition date. */
  edition?: string;
  /** Only these briefings, by id. */
  briefings?: string[];
  /** Where the pages are reached, for `metadata.url` of a Pilcrow in this process. */
  publicUrl?: string;
  /** Longest wait for a service at an address, in milliseconds. */
  timeoutMilliseconds?: number;
}

type Search = (request: SearchRequest, signal: AbortSignal | undefined) => Promise<SearchResult>;

/**
 * Pilcrow's search as a LangChain retriever: one document a paragraph, best first, for chains of your own. Unlike
 * LangChain's own retrievers it does not start tracing because an environment variable says so; callbacks that are given, or
 * that come from a chain around it, are called as usual.
 */
export class PilcrowRetriever extends BaseRetriever<PilcrowMetadata> {
  static override lc_name(): string {
    return 'PilcrowRetriever';
  }
  override lc_namespace = ['pilcrow', 'retrievers'];
  readonly #search: Search;
  readonly #request: Omit<SearchRequest, 'query'>;
  readonly #base: string | null;

  constructor(input: PilcrowRetrieverInput) {
    const { pilcrow, limit, edition, briefings, publicUrl, timeoutMilliseconds = 30_000, ...rest } = input;
    super(rest);
    this.#request = {
      ...(limit === undefined ? {} : { limit }),
      ...(edition === undefined ? {} : { edition }),
      ...(briefings === undefined ? {} : { briefings }),
    };
    if (typeof pilcrow === 'string' || pilcrow instanceof URL) {
      const address = serviceAddress(pilcrow);
      this.#search = searchOver(address, timeoutMilliseconds);
      this.#base = publicUrl ?? address;
    } else {
      this.#search = (request, signal) => pilcrow.search(request, signal ? { signal } : {});
      this.#base = publicUrl ?? null;
    }
  }

  override async invoke(query: string, options?: RunnableConfig): Promise<DocumentInterface<PilcrowMetadata>[]> {
    const { callbacks, signal } = ensureConfig(options);
    // LangChain's own way looks at the environment and may begin to report to a service: only when somebody listens.
    if (!callbacks && !this.callbacks && !this.verbose) return this.#documents(query, signal);
    return raceWithSignal(super.invoke(query, options), signal);
  }

  override _getRelevantDocuments(query: string): Promise<DocumentInterface<PilcrowMetadata>[]> {
    return this.#documents(query, undefined);
  }

  async #documents(query: string, signal: AbortSignal | undefined): Promise<DocumentInterface<PilcrowMetadata>[]> {
    signal?.throwIfAborted();
    const { passages } = await this.#search({ query, ...this.#request }, signal);
    return passages.map(
      ({ paragraph, briefing, headings, text, url, score }) =>
        new LangChainDocument<PilcrowMetadata>({
          id: paragraph,
          pageContent: text,
          metadata: {
            id: paragraph,
            briefing: briefing.id,
            title: briefing.title,
            edition: briefing.edition.date,
            newest: briefing.newest,
            headings,
            url: this.#base === null ? url : new URL(url.replace(/^\//, ''), withSlash(this.#base)).href,
            score,
          },
        }),
    );
  }
}

const withSlash = (address: string): string => (address.endsWith('/') ? address : `${address}/`);

function serviceAddress(given: string | URL): string {
  const url = URL.canParse(String(given)) ? new URL(given) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw pilcrowError('bad_config', `"${given}" is not the address of a service.`, { hint: 'Pass e.g. http://127.0.0.1:8787.' });
  }
  return url.href;
}

/** `POST /v1/search` of a running service. Rejects with what it says is wrong, or `unavailable` when it cannot be reached. */
function searchOver(address: string, timeoutMilliseconds: number): Search {
  const url = new URL('v1/search', withSlash(address));
  return async (request, signal) => {
    const late = AbortSignal.timeout(timeoutMilliseconds);
    let response: Response;
    let reply: unknown;
    try {
      response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
        signal: signal ? AbortSignal.any([signal, late]) : late,
      });
      reply = await response.json();
    } catch (cause) {
      signal?.throwIfAborted();
      throw pilcrowError(
        'unavailable',
        `Pilcrow at ${url.origin} ${late.aborted ? `did not answer in ${timeoutMilliseconds} ms` : 'gave no answer'}.`,
        {
          hint: 'Check that `pilcrow serve` runs there.',
          retryable: true,
          cause,
        },
      );
    }
    if (response.ok && isResult(reply)) return reply;
    const problem = (reply ?? {}) as { detail?: unknown; hint?: unknown };
    throw pilcrowError(
      response.status >= 400 && response.status < 500 ? 'bad_request' : 'unavailable',
      String(problem.detail ?? `Pilcrow answered with status ${response.status}.`),
      {
        retryable: response.status === 429 || response.status >= 500,
        ...(typeof problem.hint === 'string' ? { hint: problem.hint } : {}),
      },
    );
  };
}

const isResult = (reply: unknown): reply is SearchResult => Array.isArray((reply as SearchResult | null)?.passages);
