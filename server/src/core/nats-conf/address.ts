// Addresses as Go's standard library reads them, since that decides what nats-server takes.

/** `host:port` in its two halves; undefined where Go's SplitHostPort fails: no port, or colons of an IPv6 address without brackets. */
export function splitHostPort(text: string): { host: string; port: string } | undefined {
  const colon = text.lastIndexOf(':');
  if (colon < 0) return undefined;
  let host = text.slice(0, colon);
  let tail = text;
  if (text.startsWith('[')) {
    const end = text.indexOf(']');
    if (end < 0 || end + 1 !== colon) return undefined;
    host = text.slice(1, end);
    if (text.slice(1).includes('[')) return undefined;
    tail = text.slice(end + 1);
  } else if (host.includes(':') || text.includes('[')) return undefined;
  if (tail.includes(']')) return undefined;
  return { host, port: text.slice(colon + 1) };
}

/** A decimal integer as Go's Atoi reads it; undefined for anything else. */
export function parseInteger(text: string): number | undefined {
  return /^[-+]?\d+$/.test(text) ? Number(text) : undefined;
}

export type ListenProblem = 'address' | 'port';

/** What is wrong with the text of a `listen` option; undefined when nothing is. */
export function listenProblem(text: string): ListenProblem | undefined {
  const parts = splitHostPort(text);
  if (!parts) return 'address';
  return parseInteger(parts.port) === undefined ? 'port' : undefined;
}
