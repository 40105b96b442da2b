// `--verify KIND=WHERE`: the key that a token is checked with.
import { resolve } from 'node:path';
import { keyFileVerifier } from '../checks/key-files.ts';
import { remoteKeys, remoteVerifier } from '../checks/remote-keys.ts';
import type { Verifier } from '../checks/token-report.ts';
import { secretOfFile } from '../core/jwt/key-text.ts';
import type { Settings } from '../core/lint/settings.ts';
import { readText } from '../hosts/node-files.ts';
import { choice } from './check-options.ts';
import { type Terminal, UsageError } from './terminal.ts';
import { composeVerifier, natsVerifier } from './workspace-verifiers.ts';

const verifyKinds = ['jwks-url', 'jwks-file', 'jwk-file', 'pem-file', 'secret-env', 'secret-file', 'compose', 'nats'] as const;

/** The verifier that the person asks for. Its name says where the key is from, never what it is. */
export async function readVerifier(words: string, settings: Settings, now: number, terminal: Terminal): Promise<Verifier> {
  const at = words.indexOf('=');
  if (at < 0) throw new UsageError(`--verify takes KIND=WHERE, where KIND is ${verifyKinds.join(', ')}`);
  const kind = choice('--verify KIND=WHERE', words.slice(0, at), verifyKinds);
  const where = words.slice(at + 1);
  const file = async () => {
    const content = readText(resolve(terminal.cwd, where));
    if (typeof content === 'string') throw new UsageError(`--verify ${kind}=${where}: cannot be read`);
    return content.text;
  };
  switch (kind) {
    case 'jwks-url': {
      const { askFromNode } = await import('../hosts/node-network.ts');
      // Who names an address on the command line agrees to it, and to where its discovery document leads.
      const found = await remoteKeys(where, { ask: askFromNode, mayAsk: () => true });
      if (found.kind === 'keys') return { ...remoteVerifier(found), asked: true };
      throw new UsageError(`--verify jwks-url: ${found.kind === 'problem' ? `${found.address} ${found.why}` : 'not asked'}`);
    }
    case 'jwks-file':
      return { ...keyFileVerifier('jwks', where, await file()), asked: true };
    case 'jwk-file':
      return { ...keyFileVerifier('jwk', where, await file()), asked: true };
    case 'pem-file':
      return { ...keyFileVerifier('pem', where, await file()), asked: true };
    case 'secret-file':
      return { name: `secret in ${where}`, path: where, key: { kind: 'secret', text: secretOfFile(await file()) }, asked: true };
    case 'compose':
      return composeVerifier(where, settings, now, terminal);
    case 'nats':
      return natsVerifier(where, settings, now, terminal);
    case 'secret-env': {
      const text = terminal.env[where];
      if (text === undefined) throw new UsageError(`--verify secret-env=${where}: the environment has no such variable`);
      return { name: `secret in $${where}`, key: { kind: 'secret', text }, asked: true };
    }
  }
}
