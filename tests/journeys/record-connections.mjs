// Preloaded with --import: writes a line for every attempt to reach beyond this machine, names looked up included.
// File named in PILCROW_TEST_CONNECTIONS. What it records it also refuses, so that nothing really leaves.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const file = process.env.PILCROW_TEST_CONNECTIONS;
const isLocal = (host) => host === undefined || host === null || /^(?:localhost|127\.|::1$|0\.0\.0\.0$|::$)/.test(String(host));
const record = (what, host) => {
  appendFileSync(file, `${what} ${host}\n`);
  throw new Error(`${what} ${host}: not in this test`);
};

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
  const [first] = Array.isArray(given[0]) ? given[0] : given;
  const host =
    typeof first === 'object' && first !== null
      ? first.path
        ? 'localhost'
        : first.host
      : typeof first === 'string'
        ? 'localhost'
        : given[1];
  if (!isLocal(typeof host === 'function' ? undefined : host)) record('connect', host);
  return connect.apply(this, given);
};
for (const from of [dns, dns.promises]) {
  for (const name of Object.keys(from).filter((key) => /^(?:lookup|resolve|reverse)/.test(key) && typeof from[key] === 'function')) {
    const original = from[name];
    from[name] = (host, ...rest) => {
      if (!isLocal(host)) record(`dns.${name}`, host);
      return original.call(from, host, ...rest);
    };
  }
}
const send = dgram.Socket.prototype.send;
dgram.Socket.prototype.send = function (...given) {
  const host = given.find((one, at) => at > 0 && typeof one === 'string');
  if (!isLocal(host)) record('udp', host);
  return send.apply(this, given);
};
syncBuiltinESMExports();
