/** Whether a host, with its port if any, is this machine's own name. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * Tells the host names a request may be addressed to. A service that listens on this machine only answers to this
 * machine's names and to its public address: otherwise any web page could reach it by letting its own name resolve to
 * 127.0.0.1 (DNS rebinding). One that listens to the network answers to every name.
 */
export function allowedHosts(config: { host: string; publicUrl: string | null }): (host: string | undefined) => boolean {
  const own = config.host.includes(':') ? `[${config.host}]` : config.host;
  if (!LOOPBACK.test(own)) return () => true;
  const known = config.publicUrl ? new URL(config.publicUrl).host.toLowerCase() : null;
  return (host) => host === undefined || LOOPBACK.test(host) || host.toLowerCase() === known;
}
