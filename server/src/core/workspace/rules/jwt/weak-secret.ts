// Who knows the secret of a token makes tokens of their own: secrets that everybody knows, and weak ones that the workspace holds.
import { describeWeakness } from '../../../compose/secrets.ts';
import { leastBytes, weaknessOf } from '../../../environment/secret-quality.ts';
import { type GuessedSecret, guessSecret } from '../../../jwt/guess-secret.ts';
import { type HmacSigned, isSignedWith } from '../../../jwt/hmac.ts';
import type { TokenSummary } from '../../../jwt/index.ts';
import type { Related } from '../../../lint/finding.ts';
import { defineRule } from '../../../lint/rule.ts';
import { remember } from '../../../text/remember.ts';
import { type TakerKey, type TokenTaker, tokenTakers } from '../../token-takers.ts';
import { hasSigned } from '../../token-uses.ts';
import { summariesOf, type WorkspaceView } from '../../view.ts';

/** Tokens of one issuer whose secret is guessed: it signs all of them with the same. Of those that name none there may be several. */
const [mostOfIssuer, mostOfNone] = [3, 12];

/** Tokens of a workspace whose secret is guessed. */
const mostGuessed = 100;

const generate =
  'Have the issuer sign with a generated one, for instance from `openssl rand -base64 48`, and trust no token of the old one.';

interface Weakness {
  /** Words that follow "the secret is". */
  readonly why: string;
  readonly advice: string;
  readonly related: readonly Related[];
}

export default defineRule<WorkspaceView>({
  id: 'jwt/weak-secret',
  severity: 'error',
  since: '0.1.0',
  *check(view) {
    const guesser = new Guesser();
    const held = new Map<number, readonly WeakKey[]>();
    for (const { file, summary } of summariesOf<readonly TokenSummary[]>(view, 'jwt')) {
      for (const token of summary) {
        if (!token.hmac || token.isSilent) continue;
        const guessed = guesser.guess(token, token.hmac);
        const weak: Weakness | undefined = guessed
          ? { why: words(guessed), advice: generate, related: [] }
          : weakKeysFor(view, leastBytes(token.alg), held).find(({ taker }) => hasSigned(taker, token));
        if (!weak) continue;
        yield {
          file,
          span: token.signatureSpan,
          message: `The secret that signs this token is ${weak.why}, so others can sign tokens as any user. ${weak.advice}`,
          related: weak.related,
          ...(token.inUse ? {} : { severity: 'information' as const }),
        };
      }
    }
  },
});

/** Guesses for the first tokens of each issuer, and holds what was guessed against the others. */
class Guesser {
  #left = mostGuessed;
  readonly #issuers = new Map<string, { left: number; readonly found: Set<GuessedSecret> }>();

  guess({ iss }: TokenSummary, signed: HmacSigned): GuessedSecret | undefined {
    const key = `${signed.alg} ${iss ?? ''}`;
    const issuer = this.#issuers.get(key) ?? { left: iss === undefined ? mostOfNone : mostOfIssuer, found: new Set() };
    this.#issuers.set(key, issuer);
    for (const guessed of issuer.found) if (isSignedWith(signed, guessed.secret)) return guessed;
    if (issuer.left === 0 || this.#left === 0) return undefined;
    issuer.left--;
    this.#left--;
    const guessed = guessSecret(signed);
    if (guessed) issuer.found.add(guessed);
    return guessed;
  }
}

function words({ how }: GuessedSecret): string {
  return how.kind === 'empty' ? 'empty' : describeWeakness(how);
}

interface WeakKey extends Weakness {
  /** It alone as the key of who takes tokens with it. */
  readonly taker: TokenTaker;
}

/** Weak secrets that somebody here takes tokens with. They are judged once for each demand, `least` bytes, and not for every token. */
function weakKeysFor(view: WorkspaceView, least: number, held: Map<number, readonly WeakKey[]>): readonly WeakKey[] {
  const known = held.get(least);
  if (known) return known;
  const weak = tokenTakers(view).flatMap(taker => weakKeysOf(taker, least));
  held.set(least, weak);
  return weak;
}

const judged = remember((_taker: TokenTaker) => new Map<number, readonly WeakKey[]>());

function weakKeysOf(taker: TokenTaker, least: number): readonly WeakKey[] {
  const known = judged(taker).get(least);
  if (known) return known;
  const weak = taker.keys.flatMap(key => [weakKey(taker, key, least) ?? [], publicKeysAsSecrets(taker, key)].flat());
  judged(taker).set(least, weak);
  return weak;
}

function weakKey(taker: TokenTaker, key: TakerKey, least: number): WeakKey | undefined {
  const weakness = key.secret === undefined ? undefined : weaknessOf(key.secret, { least });
  return (
    weakness && {
      taker: { ...taker, keys: [key] },
      why: `that of ${taker.name}, which is ${describeWeakness(weakness)}`,
      advice: generate,
      related: [{ ...key.at, message: `The secret of ${taker.name} is set here.` }],
    }
  );
}

/** Key confusion (RFC 8725 §2.1): a verifier that lets the token choose takes the text of its public key for a secret. */
function publicKeysAsSecrets(taker: TokenTaker, key: TakerKey): readonly WeakKey[] {
  const text = key.publicText?.trim();
  // With the line break that files end with, and without.
  const secrets = text === undefined ? [] : [text, `${text}\n`];
  return secrets.map(secret => ({
    taker: { ...taker, keys: [{ ...key, kind: 'secret', secret }] },
    why: `the public key of ${taker.name}, which is no secret (key confusion)`,
    advice: 'Trust no such token, and have every verifier take the algorithms that it expects, and no others.',
    related: [{ ...key.at, message: `The key of ${taker.name} is set here.` }],
  }));
}
