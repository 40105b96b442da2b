// What a key set that came from an address is good for, as Markdown for a person: where it is from, every key, what is wrong with it.
import type { JWK } from 'jose';
import { algorithmNamed } from '../core/facts/jwt-algorithms.ts';
import { decodeBase64Url } from '../core/text/base64url.ts';
import { prose } from '../core/text/prose.ts';
import { type CandidateKey, keysIn } from './key-material.ts';
import type { RemoteKeys } from './remote-keys.ts';
import type { VerifierAnswer } from './token-report.ts';

const heading = '## Keys of an issuer';

/** `answer` is what these keys say to the token that the person looked at. */
export function renderKeySet({ address, text, discovery }: RemoteKeys, answer: VerifierAnswer | undefined): string {
  const { keys, problems } = keysIn(text);
  const blocks = [heading, `From ${prose(address)}.`];
  if (discovery)
    blocks.push(
      `Named by the discovery document at ${prose(discovery.address)}${discovery.issuer === undefined ? '' : `, whose issuer is "${prose(discovery.issuer)}"`}.`,
    );
  const wrong = [...(discovery?.problems ?? []), ...problems, ...keySetProblems(keys)];
  blocks.push(wrong.length > 0 ? wrong.map(why => `- ✗ ${prose(why)}`).join('\n') : '✓ Nothing is wrong with the set.');
  if (keys.length > 0)
    blocks.push(['| Key (`kid`) | Kind | Algorithm | Use |', '|---|---|---|---|', ...keys.map(({ jwk }) => row(jwk))].join('\n'));
  if (answer) {
    const said = answer.accepts === null ? '? cannot be known' : answer.accepts ? '✓ these keys accept it' : '✗ these keys refuse it';
    blocks.push(['### The token at hand', '', `${said}`, '', ...answer.why.map(why => `- ${prose(why)}`)].join('\n'));
  }
  return `${blocks.join('\n\n')}\n`;
}

/** The same page where there are no keys. */
export function renderKeyProblem({ address, why }: { readonly address: string; readonly why: string }): string {
  return `${heading}\n\n✗ ${prose(`${address} ${why}.`)}\n`;
}

function row({ kid, kty, crv, alg, use, n }: JWK): string {
  const kind = [kty, crv, n === undefined ? undefined : `${bitsOf(n)} bits`].filter(part => part !== undefined).join(', ');
  return `| ${[kid ?? '', kind, alg ?? '', use ?? ''].map(cell => prose(String(cell))).join(' | ')} |`;
}

/** Bits of an RSA modulus. */
function bitsOf(n: string): number {
  return decodeBase64Url(n).bytes.length * 8;
}

const leastRsaBits = algorithmNamed('RS256')?.rsaBits ?? 2048;

/** What is wrong with a published set; sentences without a key. What `keysIn` says is not said again. */
function keySetProblems(keys: readonly CandidateKey[]): readonly string[] {
  const problems: string[] = [];
  const kids = keys.map(({ jwk }) => jwk.kid);
  if (keys.some(({ jwk }) => jwk.kty === 'oct'))
    problems.push('The set publishes a shared secret (`oct`): whoever reads it can sign tokens. Take it out, and replace that secret.');
  if (keys.length > 1 && kids.some(kid => kid === undefined))
    problems.push('Some keys have no name (`kid`), so verifiers cannot tell which one a token asks for.');
  const twice = kids.find((kid, i) => kid !== undefined && kids.indexOf(kid) !== i);
  if (twice !== undefined) problems.push(`Two keys are called "${twice}", so verifiers take one of them, and perhaps the wrong one.`);
  for (const { jwk, name } of keys) {
    if (jwk.use === 'enc') problems.push(`${capital(name)} is for encryption (\`use\`), and checks no signatures.`);
    if (jwk.kty === 'RSA' && jwk.n !== undefined && bitsOf(jwk.n) < leastRsaBits)
      problems.push(`${capital(name)} has ${bitsOf(jwk.n)} bits, and RS256 needs ${leastRsaBits} at least (RFC 7518 §3.3).`);
  }
  return problems;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
