// What is wrong with the claims of one NATS JWT, in words: what Decode and Validate of the Go library refuse, and what lets strangers in.
// Neither the signature nor the time is looked at, nor whether the chain of trust holds.
import type { Release } from '../facts/nats-release.ts';
import { grouped } from '../text/group.ts';
import { isObject, type JsonObject, type JsonValue, member } from '../text/json.ts';
import { type ClaimsProblem, type NatsClaimKind, type NatsClaims, newestVersion, readClaims } from './claims.ts';
import { unknownConnectionTypes } from './connection-types.ts';
import { signersOf } from './decode.ts';
import type { IssueSeverity } from './issue.ts';
import { type IssueCode, issueWords } from './issue-words.ts';
import { isPublicNkey, type NkeyRole, readNkey, withArticle } from './nkey.ts';
import { validateClaims } from './validate.ts';

export interface NatsProblem {
  /** `error`: nats-server refuses the token, or does not start with it. */
  readonly severity: 'error' | 'warning';
  /** What is wrong and why it matters; keys and subjects of the token are not quoted. */
  readonly why: string;
  readonly advice: string;
}

/** Whose key a kind is about. */
const subjects: Partial<Record<NatsClaimKind, NkeyRole>> = {
  operator: 'operator',
  account: 'account',
  user: 'user',
  activation: 'account',
};

/** nats-server does not validate an operator; these stop its start all the same. */
const fatalForOperators: ReadonlySet<IssueCode> = new Set(['operator-signing-key', 'system-account', 'server-version']);

const unreadable: Readonly<Record<ClaimsProblem, readonly [why: string, advice: string]>> = {
  shape: [
    'A claim of this NATS JWT has another type than it must have, so nats-server cannot read it',
    'Issue it with nsc or a library of NATS',
  ],
  version: [
    'This JWT has a version that nats-server does not know and refuses',
    `Issue it with a current nsc, which writes version ${newestVersion}`,
  ],
  kind: [
    'This kind of NATS JWT is no longer supported, so nats-server refuses it',
    'Configure the server or cluster by its own keys instead',
  ],
};

/** Every problem of a payload that is a NATS JWT's, for servers of this version. */
export function problemsOf(payload: JsonObject, version: Release): readonly NatsProblem[] {
  const claims = readClaims(payload);
  if (typeof claims === 'string') {
    const [why, advice] = unreadable[claims];
    return [{ severity: 'error', why, advice }];
  }
  return [
    ...identityProblems(claims, payload),
    ...inventedProblems(payload),
    ...bearerProblems(claims),
    ...connectionProblems(claims, version),
    ...claimProblems(claims, version),
  ];
}

/** "account", "authorization request". */
export function kindInWords(kind: NatsClaimKind): string {
  return kind.replaceAll('_', ' ');
}

function* identityProblems({ kind }: NatsClaims, payload: JsonObject): Generator<NatsProblem> {
  const [signers, subject] = [signersOf[kind], subjects[kind]];
  const [iss, sub] = [member(payload, 'iss'), member(payload, 'sub')];
  const words = kindInWords(kind);
  if (isAddress(iss)) {
    yield {
      severity: 'error',
      why: 'The issuer of this NATS JWT is an address, and nats-server takes none: it must be the public key (A…, O…) of who signed it, so the token is refused',
      advice: `Issue it with nsc, signed by ${signers ? signers.map(withArticle).join(' or ') : 'an account'}`,
    };
  } else if (signers && !signers.some(role => isKeyOf(iss, role))) {
    const wanted = signers.map(withArticle).join(' or ');
    yield {
      severity: 'error',
      why: `The issuer of this NATS ${words} JWT is ${keyInWords(iss)}, where the public key of ${wanted} must stand, so nats-server refuses it`,
      advice: `Issue it with nsc, signed by ${wanted}`,
    };
  }
  if (subject && !isKeyOf(sub, subject)) {
    yield {
      severity: 'error',
      why: `The subject of this NATS ${words} JWT is ${keyInWords(sub)}, where the public key of ${withArticle(subject)} must stand, so nats-server refuses it`,
      advice: 'Issue it again for the right key',
    };
  }
}

function isAddress(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && /^[a-z][a-z+.-]*:\/\//i.test(value);
}

/** Claims that articles tell of and NATS never had, with what does their work. */
const inventedClaims: Readonly<Record<string, string>> = {
  ca: '`nats.issuer_account` names the account of a user that a signing key made',
  att: '`nats.pub` and `nats.sub` hold the permissions of a user',
};

/** Claims that stand in a token as if NATS had them, whatever signed it. */
export function* inventedProblems(payload: JsonObject): Generator<NatsProblem> {
  const nats = member(payload, 'nats');
  const found = isObject(nats) ? Object.entries(inventedClaims).filter(([name]) => member(nats, name) !== undefined) : [];
  if (found.length === 0) return;
  const names = found.map(([name]) => `\`nats.${name}\``).join(' or ');
  yield {
    severity: 'warning',
    why: `NATS has no claim ${names}, so nats-server passes over ${found.length === 1 ? 'it' : 'them'} and whatever ${found.length === 1 ? 'it was' : 'they were'} to say does not count`,
    advice: `Issue the token with nsc: ${found.map(([, real]) => real).join(', and ')}`,
  };
}

function isKeyOf(value: JsonValue | undefined, role: NkeyRole): boolean {
  return typeof value === 'string' && isPublicNkey(value, role);
}

function keyInWords(value: JsonValue | undefined): string {
  const key = typeof value === 'string' ? readNkey(value) : undefined;
  if (value === undefined || value === '') return 'missing';
  if (!key) return 'no nkey';
  if (key.kind !== 'public') return 'a SECRET seed';
  return key.role ? `the key of ${withArticle(key.role)}` : 'another key';
}

function* bearerProblems(claims: NatsClaims): Generator<NatsProblem> {
  if (claims.kind !== 'user' || !claims.nats.bearer_token) return;
  yield {
    severity: 'warning',
    why: 'This NATS user is a bearer token, so whoever reads it is that user: nobody asks for the key behind it',
    advice:
      'Issue it without `bearer_token` and keep the seed with the client, unless the client is a browser; then give it an expiry and TLS',
  };
}

function* connectionProblems(claims: NatsClaims, version: Release): Generator<NatsProblem> {
  const unknown = claims.kind === 'user' ? unknownConnectionTypes(claims.nats.allowed_connection_types, version) : 'none';
  if (unknown === 'none') return;
  yield {
    severity: unknown === 'all' ? 'error' : 'warning',
    why: `\`allowed_connection_types\` holds ${unknown === 'all' ? 'nothing that nats-server knows, so it refuses this user' : 'something that nats-server does not know and passes over'}`,
    advice: 'Write STANDARD, WEBSOCKET, LEAFNODE, MQTT or the like',
  };
}

/** What Validate refuses whatever the time: one problem for all places of one kind. */
export function* claimProblems(claims: NatsClaims, version: Release): Generator<NatsProblem> {
  const lasting = validateClaims(claims, 0, version).filter(({ severity }) => severity !== 'time');
  for (const [code, issues] of grouped(lasting, issue => issue.code)) {
    const { what, advice } = issueWords(code);
    const places = [...new Set(issues.map(({ at }) => `\`${at}\``))];
    const shown = places.slice(0, 3).join(', ') + (places.length > 3 ? ` and ${places.length - 3} more` : '');
    const severity = issues.find(issue => issue.severity === 'error')?.severity ?? issues[0]?.severity;
    const isError = severity === 'error' && (claims.kind !== 'operator' || fatalForOperators.has(code));
    yield { severity: isError ? 'error' : 'warning', why: `${what} (${shown})${consequence(claims.kind, code, severity)}`, advice };
  }
}

function consequence(kind: NatsClaimKind, code: IssueCode, severity: IssueSeverity | undefined): string {
  if (severity === 'warning') return '';
  if (severity === 'later') return ', which newer servers refuse';
  if (kind !== 'operator') return `, so nats-server refuses this ${kindInWords(kind)}`;
  return fatalForOperators.has(code)
    ? ', so nats-server does not start with this operator'
    : ', so nsc and other tools refuse this operator';
}
