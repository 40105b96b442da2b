// What rules over several files may ask about the tokens of one: who issued them for whom, how they are signed. No secrets.
import { type JsonObject, member } from '../text/json.ts';
import { remember } from '../text/remember.ts';
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
    const summary = summarize(token, i, model);
    const natsAccount = model.natsAccounts[i];
    return natsAccount ? { ...summary, natsAccount } : summary;
  });
}

/** One object of one shape: a log holds thousands of tokens, and putting each together from parts takes twice as long as reading it. */
function summarize(token: Token, i: number, model: JwtModel): TokenSummary {
  const { header, claims } = token;
  const aud = member(claims, 'aud');
  const kid = member(header.object, 'kid');
  return {
    span: token.span,
    headerSpan: header.span,
    claimsSpan: claims && token.payload?.span,
    signatureSpan: token.signature.span,
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
    permissions: claims ? permissionsIn(claims) : [],
    hmac: model.hmacs[i],
    keySigned: model.keySigned[i],
    isNats: isNats(token.kind),
    fileKind: model.fileKind,
    inUse: model.weights[i] === 'full',
    isSilent: model.weights[i] === 'none',
  };
}

const permissionsIn = remember((claims: JsonObject) => permissionClaims(claims).flatMap(({ names }) => names));

const noEmails: TokenSummary['emails'] = {};

function emailsOf(token: Token): TokenSummary['emails'] {
  const found = ['email', 'upn', 'preferred_username'].flatMap(name => {
    const value = textClaim(token, name);
    return value?.includes('@') ? [[name, value] as const] : [];
  });
  return found.length > 0 ? Object.fromEntries(found) : noEmails;
}
