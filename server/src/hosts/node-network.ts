// One request to one address, as node makes it: the name is resolved once, and what it stands for is looked at before anything is sent,
// so that a public name cannot lead into a private network.
import { type LookupAddress, lookup } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIPv6, type LookupFunction } from 'node:net';
import { Readable } from 'node:stream';

const privateAddresses = new BlockList();
for (const [address, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  privateAddresses.addSubnet(address, bits, 'ipv4');
}
for (const [address, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  privateAddresses.addSubnet(address, bits, 'ipv6');
}

/** Whether an IP address is this machine's, a private network's, or nobody's. */
export function isPrivateAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address)?.[1];
  return privateAddresses.check(mapped ?? address, mapped === undefined && isIPv6(address) ? 'ipv6' : 'ipv4');
}

const publicOnly: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
    const first = found?.[0];
    if (error || !first) return done(error ?? new Error('no address'), '', 4);
    if (found.some(({ address }) => isPrivateAddress(address))) {
      return done(Object.assign(new Error('a private address'), { code: 'PRIVATE_ADDRESS' }), '', 4);
    }
    if (options.all) done(null, found);
    else done(null, first.address, first.family);
  });
};

/** Neither cookies nor credentials are sent, and no redirect is followed. Rejects where nobody answers. */
export function askFromNode(
  url: URL,
  { signal, mayBePrivate }: { readonly signal: AbortSignal; readonly mayBePrivate: boolean },
): Promise<Response> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const options = { signal, headers: { accept: 'application/json' }, ...(mayBePrivate ? {} : { lookup: publicOnly }) };
    request(url, options, answer => resolve(toResponse(answer)))
      .on('error', reject)
      .end();
  });
}

function toResponse(answer: IncomingMessage): Response {
  const { statusCode: status = 500, headers } = answer;
  const hasBody = ![101, 204, 205, 304].includes(status);
  const kept = Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as [string, string]] : []));
  // An answer whose status the standard does not know counts as one that went wrong.
  return new Response(hasBody ? (Readable.toWeb(answer) as ReadableStream<Uint8Array>) : null, {
    status: status >= 200 && status <= 599 ? status : 500,
    headers: kept,
  });
}
