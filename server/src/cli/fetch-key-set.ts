// Fetches a key set, and nothing else, because the person named its address on the command line.
import { UsageError } from './terminal.ts';

/** Milliseconds. */
const patience = 10_000;

/** Bytes; key sets of large providers have a few thousand. */
const largest = 1024 * 1024;

/** Text at an https address (http only on this machine). Redirects are not followed: a key set has one address. */
export async function fetchKeySet(address: string): Promise<string> {
  const url = parseAddress(address);
  const fail = (why: string) => new UsageError(`--verify jwks-url=${url.origin}${url.pathname}: ${why}`);
  let response: Response;
  try {
    response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(patience), headers: { accept: 'application/json' } });
  } catch (error) {
    throw fail(error instanceof Error && error.name === 'TimeoutError' ? 'no answer within 10 seconds' : 'cannot be reached');
  }
  if (response.status >= 300 && response.status < 400) throw fail('sends elsewhere, which is not followed; name the final address');
  if (!response.ok) throw fail(`answers with status ${response.status}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > largest) throw fail('answers with more than 1 MiB, which is no key set');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url) throw new UsageError('--verify jwks-url=URL takes an address such as https://id.example.com/.well-known/jwks.json');
  const local = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local)) {
    throw new UsageError(
      '--verify jwks-url=URL takes an https address, or http on this machine: keys that came over plain http prove nothing',
    );
  }
  return url;
}
