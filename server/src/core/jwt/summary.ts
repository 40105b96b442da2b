// What rules over several files may ask about the tokens of one: who issued them for whom, how they are signed. No secrets.
import { type JsonObject, member } from '../text/json.ts';
import type { Span } from '../text/span.ts';
import type { FileKind } from './file-kind.ts';
import type { HmacSigned } from './hmac.ts';
import type { KeySigned } from './key-signature.ts';
import { isNats } from './kind.ts';
import type { JwtModel } from './model.ts';
import { numberClaim, type Token, textClaim } from './parser.ts';
import { permissionClaims } from './permissions.ts';

export interface TokenSummary {
  readonly span: Span;
  readonly headerSpan: Span;
  /** Of the claims; undefined where they cannot be read. */
  readonly claimsSpan: Span | undefined;
  readonly signatureSpan: Span;
  readonly kind: string;
  readonly purpose: string | undefined;
  readonly alg: string | undefined;
  readonly kid: string | undefined;
  readonly iss: string | undefined;
  readonly sub: string | undefined;
  /** `aud` as a list. */
  readonly aud: readonly string[];
  /** Addresses of the user by claim, for comparing them with configurations. */
  readonly emails: Readonly<Partial<Record<string, string>>>;
  /** `azp` or `client_id`. */
  readonly client: string | undefined;
  /** Seconds since the epoch. */
  readonly exp: number | undefined;
  readonly iat: number | undefined;
  readonly permissions: readonly string[];
  /** What an HMAC signature is checked with; undefined for other algorithms. Never shown. */
  readonly hmac: HmacSigned | undefined;
  /** The same for a signature by a key pair. */
  readonly keySigned: KeySigned | undefined;
  readonly isNats: boolean;
  /** The JWT itself where it is that of a NATS account, which is no secret. */
  readonly natsAccount?: string;
  readonly fileKind: FileKind;
  /** Whether the token is meant for use: neither in a fixture nor a published sample. */
  readonly inUse: boolean;
  /** Whether nothing at all is said of the token: a published sample in a text about it, or another language judges it. */
  readonly isSilent: boolean;
}

export function summarizeTokens(model: JwtModel): readonly TokenSummary[] {
  return model.tokens.map((token, i) => {
    const natsAccount = model.natsAccounts[i];
    return {
      ...contentOf(token),
      span: token.span,
      headerSpan: token.header.span,
      claimsSpan: token.claims && token.payload?.span,
      signatureSpan: token.signature.span,
      fileKind: model.fileKind,
      inUse: model.weights[i] === 'full',
      isSilent: model.weights[i] === 'none',
      hmac: model.hmacs[i],
      keySigned: model.keySigned[i],
      ...(natsAccount ? { natsAccount } : {}),
    };
  });
}

/** What a token says wherever it stands. */
type Content = Omit<
  TokenSummary,
  'span' | 'headerSpan' | 'claimsSpan' | 'signatureSpan' | 'fileKind' | 'inUse' | 'isSilent' | 'hmac' | 'keySigned'
>;

/** By the header, which stays the same object when a token moves. */
const contents = new WeakMap<JsonObject, Content>();

function contentOf(token: Token): Content {
  const known = contents.get(token.header.object) ?? readContent(token);
  contents.set(token.header.object, known);
  return known;
}

function readContent(token: Token): Content {
  const aud = member(token.claims, 'aud');
  const kid = member(token.header.object, 'kid');
  return {
    kind: token.kind.id,
    purpose: token.kind.purpose,
    alg: token.alg,
    kid: typeof kid === 'string' ? kid : undefined,
    iss: textClaim(token, 'iss'),
    sub: textClaim(token, 'sub'),
    aud: typeof aud === 'string' ? [aud] : Array.isArray(aud) ? aud.filter(item => typeof item === 'string') : [],
    emails: emailsOf(token),
    client: textClaim(token, 'azp') ?? textClaim(token, 'client_id'),
    exp: numberClaim(token, 'exp'),
    iat: numberClaim(token, 'iat'),
    permissions: permissionClaims(token.claims).flatMap(({ names }) => names),
    isNats: isNats(token.kind),
  };
}

function emailsOf(token: Token): Readonly<Partial<Record<string, string>>> {
  const found = ['email', 'upn', 'preferred_username'].map(name => [name, textClaim(token, name)] as const);
  return Object.fromEntries(found.filter(([, value]) => value?.includes('@') === true));
}
