// Key sets behind addresses: asked because a person ran the command for it, and only of hosts that they agreed to.
import type { CancellationToken } from 'vscode-languageserver';
import type { CheckKeySetParams, CheckKeySetResult, KeySetAddressesResult } from '../../protocol.ts';
import type { ServerContext } from '../server.ts';

export async function keySetAddresses({ session }: ServerContext): Promise<KeySetAddressesResult> {
  const { keyAddresses } = await import('../../checks/key-addresses.ts');
  const addresses: KeySetAddressesResult['addresses'][number][] = [];
  for (const { scope } of session.subjects()) {
    await scope.loaded();
    addresses.push(...keyAddresses(scope.analyzer));
  }
  return { addresses };
}

export async function checkKeySet(
  { platform }: ServerContext,
  { address, hosts, token }: CheckKeySetParams,
  cancellation: CancellationToken,
): Promise<CheckKeySetResult> {
  const { ask } = platform;
  if (!ask) throw new Error('This platform has no network.');
  const [remote, checks, render] = await Promise.all([
    import('../../checks/remote-keys.ts'),
    import('../../checks/token-report.ts'),
    import('../../checks/key-set-report.ts'),
  ]);
  const stop = new AbortController();
  const listener = cancellation.onCancellationRequested(() => stop.abort());
  const found = await remote.remoteKeys(address, { ask, mayAsk: host => hosts.includes(host), signal: stop.signal });
  listener.dispose();
  if (found.kind === 'refused') return { kind: 'ask', host: found.host };
  if (found.kind === 'problem') return { kind: 'report', markdown: render.renderKeyProblem(found) };
  const verifier = { ...remote.remoteVerifier(found), asked: true };
  const report = token === undefined ? undefined : await checks.checkToken(token, { now: platform.clock(), verifiers: [verifier] });
  return { kind: 'report', markdown: render.renderKeySet(found, report?.verifiers[0]) };
}
