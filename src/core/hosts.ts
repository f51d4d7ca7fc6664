import { isIP } from 'node:net';

/** Whether a host, with its port if any, is this machine's own name. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/** Where a service listens and how it is reached. */
export interface Reach {
  host: string;
  publicUrl: string | null;
  /** Further names it is called by, e.g. of a service within a cluster; lower case, without port. */
  hostNames?: readonly string[];
}

const listensHere = (host: string): boolean => isLoopback(host.includes(':') ? `[${host}]` : host);

/** Whether others than this machine reach the service: it listens to the network, or is given an address beyond this machine. */
export function isReachedByOthers({ host, publicUrl }: Reach): boolean {
  return !listensHere(host) || (publicUrl !== null && !isLoopback(new URL(publicUrl).host));
}

/**
 * Tells the host names a request may be addressed to: this machine's, the public address, and names that are listed.
 * Without a public address a service that listens to the network also answers to its IP addresses and to the name it
 * listens on. Any other name is refused: it is how a web page whose name resolves to this service would look (DNS rebinding).
 */
export function allowedHosts({ host: listening, publicUrl, hostNames = [] }: Reach): (host: string | undefined) => boolean {
  const known = publicUrl ? new URL(publicUrl).host.toLowerCase() : null;
  const names = new Set(hostNames);
  if (known === null && !listensHere(listening)) names.add(listening.toLowerCase());
  const byAddress = known === null && !listensHere(listening);
  return (given) => {
    if (given === undefined || LOOPBACK.test(given)) return true;
    const host = given.toLowerCase();
    if (host === known) return true;
    const name = host.replace(/:\d{1,5}$/, '');
    return names.has(name) || (byAddress && isIP(name.replace(/^\[|\]$/g, '')) !== 0);
  };
}
