import type { Call } from '../reply.ts';

/**
 * Where the caller reaches the service, without a trailing slash: its public address when one is set, else the host it
 * was called by. What is no host name gives relative addresses.
 */
export function baseOf(call: Call, publicUrl: string | null): string {
  if (publicUrl !== null) return publicUrl;
  const host = call.req.header('host') ?? '';
  return /^(?:[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i.test(host) ? `http://${host}` : '';
}
