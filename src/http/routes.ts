import type { Limits, SiteConfig } from '../config.ts';
import type { Asker } from '../core/access.ts';
import type { Log } from '../core/log.ts';
import type { Originals } from '../core/originals.ts';
import type { Pilcrow } from '../core/ports.ts';
import type { FeedbackStore, SiteToken } from '../core/site.ts';
import type { Call } from './reply.ts';
import type { Need } from './who.ts';

/** One method of one path. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS';
  path: string;
  /** What whoever calls it has to be allowed; said for every route, so that none is open by oversight. */
  needs: Need;
  /** Whether pages of other origins may use it with their site token. */
  public?: boolean;
  /** `site`: the token a public route was called with. `asker`: who calls. */
  handle(call: Call, site: SiteToken | null, asker: Asker): Response | Promise<Response>;
}

/** What the resources work with. */
export interface HttpService {
  pilcrow: Pilcrow & { warnings?(): string[] };
  limits: Limits;
  site: SiteConfig;
  feedback: Pick<FeedbackStore, 'add' | 'list'> | null;
  /** The files briefings were read from; null: nobody may have them. */
  originals: Originals | null;
  /** Who may show `/embed` in a frame, for a token. */
  framers(token: string | undefined): string;
  log: Log;
  /** Silence after which a stream sends a comment, so that proxies keep it open. */
  heartbeatMilliseconds: number;
}
