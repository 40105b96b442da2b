// What a NATS JWT says, read as the Go library of nats-server reads it (nats-io/jwt v2.8: claims.go, types.go, decoder_*.go), in
// both versions of the format: version 1 keeps type and tags beside `nats`, version 2 inside.
import { type JsonObject, type JsonValue, member } from '../text/json.ts';
import { anything, flag, integer, list, mapOf, type Read, type Reader, struct, text, texts } from './go-json.ts';

/** Newest version of the format that servers read (`libVersion`). */
export const newestVersion = 2;

const natsKinds = ['operator', 'account', 'user', 'activation', 'authorization_request', 'authorization_response', 'generic'] as const;
export type NatsClaimKind = (typeof natsKinds)[number];

/** `unknown`: the token does not say. */
export type ExchangeType = 'stream' | 'service' | 'unknown';

const exchangeType: Reader<ExchangeType> = value => (value === 'stream' || value === 'service' ? value : undefined);

/** Percent, or 0 for `"headers"`. */
const sampling: Reader<number> = value => (typeof value === 'string' && value.toLowerCase() === 'headers' ? 0 : integer()(value));

/** Networks as a list, or as one text with commas. */
const networks: Reader<readonly string[]> = value => {
  if (typeof value !== 'string') return texts(value);
  const parts = value.split(',').map(part => part.trim().toLowerCase());
  return [...new Set(parts.filter(part => part !== ''))];
};

const permission = struct({ allow: texts, deny: texts });
const permissionFields = { pub: permission, sub: permission, resp: struct({ max: integer(), ttl: integer() }) };
const userLimitFields = { src: networks, times: list(struct({ start: text, end: text }), {}), times_location: text };
const natsLimitFields = { subs: integer(), data: integer(), payload: integer() };
const accountLimitFields = {
  imports: integer(),
  exports: integer(),
  wildcards: flag,
  disallow_bearer: flag,
  conn: integer(),
  leaf: integer(),
};
const jetStreamLimitFields = {
  mem_storage: integer(),
  disk_storage: integer(),
  streams: integer(),
  consumer: integer(),
  max_ack_pending: integer(),
  mem_max_stream_bytes: integer(),
  disk_max_stream_bytes: integer(),
  max_bytes_required: flag,
};
const jetStreamLimits = struct(jetStreamLimitFields);

const userPermissionLimitFields = {
  ...permissionFields,
  ...userLimitFields,
  ...natsLimitFields,
  bearer_token: flag,
  proxy_required: flag,
  allowed_connection_types: texts,
};
const userPermissionLimits = struct(userPermissionLimitFields);
export type Permission = Read<typeof permission>;
export type UserPermissionLimits = Read<typeof userPermissionLimits>;

const revocations = mapOf(integer(), 0);
const infoFields = { description: text, info_url: text };

const exported = struct({
  name: text,
  subject: text,
  type: exchangeType,
  token_req: flag,
  revocations,
  response_type: text,
  response_threshold: integer(),
  service_latency: struct({ sampling, results: text }),
  account_token_position: integer(0),
  advertise: flag,
  allow_trace: flag,
  ...infoFields,
});
export type Export = Read<typeof exported>;

const imported = struct({
  name: text,
  subject: text,
  account: text,
  token: text,
  to: text,
  local_subject: text,
  type: exchangeType,
  share: flag,
  allow_trace: flag,
});
export type Import = Read<typeof imported>;

const userScope = struct({ key: text, role: text, template: userPermissionLimits, description: text });
export type UserScope = Read<typeof userScope>;

/** A key alone, or one with a template for the users that it signs (`null` stands for no template). Anything else is left out by Go. */
const signingKeys: Reader<ReadonlyMap<string, UserScope | null>> = value => {
  if (!Array.isArray(value)) return undefined;
  const keys = new Map<string, UserScope | null>();
  for (const item of value as readonly JsonValue[]) {
    if (typeof item === 'string') keys.set(item, null);
    if (typeof item !== 'object' || item === null || Array.isArray(item)) continue;
    const scope = member(item as JsonObject, 'kind') === 'user_scope' ? userScope(item) : undefined;
    if (!scope) return undefined;
    keys.set(scope.key ?? '', scope);
  }
  return keys;
};

const genericFields = { tags: texts, type: text, version: integer() };
const operator = struct({
  signing_keys: texts,
  account_server_url: text,
  operator_service_urls: texts,
  system_account: text,
  assert_server_version: text,
  strict_signing_key_usage: flag,
  ...genericFields,
});
const account = struct({
  imports: list<Import | null>(imported, null),
  exports: list<Export | null>(exported, null),
  limits: struct({
    ...natsLimitFields,
    ...accountLimitFields,
    ...jetStreamLimitFields,
    tiered_limits: mapOf(jetStreamLimits, {}),
  }),
  signing_keys: signingKeys,
  revocations,
  default_permissions: struct(permissionFields),
  mappings: mapOf(list(struct({ subject: text, weight: integer(0, 255), cluster: text }), {}), []),
  authorization: struct({ auth_users: texts, allowed_accounts: texts, xkey: text }),
  trace: struct({ dest: text, sampling: integer() }),
  cluster_traffic: text,
  ...infoFields,
  ...genericFields,
});
const user = struct({ ...userPermissionLimitFields, issuer_account: text, ...genericFields });
const activation = struct({ subject: text, kind: exchangeType, issuer_account: text, ...genericFields });
const request = struct({ user_nkey: text, ...genericFields });
const response = struct({ jwt: text, error: text, issuer_account: text, ...genericFields });

const operatorV1 = struct({ signing_keys: texts, account_server_url: text, operator_service_urls: texts, system_account: text });
const accountV1 = struct({
  imports: list<Import | null>(imported, null),
  exports: list<Export | null>(exported, null),
  limits: struct({ ...natsLimitFields, ...accountLimitFields }),
  signing_keys: texts,
  revocations,
});
const userV1 = struct({ ...permissionFields, ...userLimitFields, ...natsLimitFields, bearer_token: flag, max: integer() });
const activationV1 = struct({ subject: text, type: exchangeType });

export type Operator = Read<typeof operator>;
export type Account = Read<typeof account>;
export type User = Read<typeof user>;
export type Activation = Read<typeof activation>;

/** What is beside `nats`. Times in seconds since the epoch; a missing number counts as 0, which means "none". */
const standard = struct({
  aud: text,
  exp: integer(),
  jti: text,
  iat: integer(),
  iss: text,
  name: text,
  nbf: integer(),
  sub: text,
});
export type StandardClaims = Read<typeof standard>;

const identity = struct({ type: text, nats: struct(genericFields) });
const old = struct({ tags: texts, type: text, issuer_account: text });

interface Of<Kind extends NatsClaimKind, Nats> {
  readonly kind: Kind;
  readonly version: number;
  readonly standard: StandardClaims;
  readonly nats: Nats;
}
export type OperatorClaims = Of<'operator', Operator>;
export type AccountClaims = Of<'account', Account>;
export type UserClaims = Of<'user', User>;
export type ActivationClaims = Of<'activation', Activation>;
export type NatsClaims =
  | OperatorClaims
  | AccountClaims
  | UserClaims
  | ActivationClaims
  | Of<'authorization_request', Read<typeof request>>
  | Of<'authorization_response', Read<typeof response>>
  | Of<'generic', JsonValue>;

/** `version`: newer than servers know, or none that there is. `kind`: one that servers refuse by name. `shape`: a claim has the wrong type. */
export type ClaimsProblem = 'shape' | 'version' | 'kind';

/** Reads the payload of a NATS JWT. Nothing is verified and nothing validated yet. */
export function readClaims(payload: JsonObject): NatsClaims | ClaimsProblem {
  const id = identity(payload);
  if (!id) return 'shape';
  const version = id.type ? 1 : (id.nats?.version ?? 0);
  if (version > newestVersion) return 'version';
  const kind = id.type || id.nats?.type || '';
  const claims = standard(payload);
  if (kind === 'cluster' || kind === 'server') return 'kind';
  const nats = struct({ nats: anything })(payload)?.nats ?? {};
  const made = <Kind extends NatsClaimKind, Nats>(name: Kind, content: Nats | undefined): Of<Kind, Nats> | 'shape' =>
    claims && content !== undefined ? { kind: name, version, standard: claims, nats: content } : 'shape';
  if (kind === 'authorization_request') return made(kind, request(nats));
  if (kind === 'authorization_response') return made(kind, response(nats));
  if (kind !== 'operator' && kind !== 'account' && kind !== 'user' && kind !== 'activation') {
    return made('generic', typeof nats === 'object' && !Array.isArray(nats) ? nats : undefined);
  }
  if (version !== 1 && version !== newestVersion) return 'version';
  if (version === newestVersion) {
    if (kind === 'operator') return made(kind, operator(nats));
    if (kind === 'account') return made(kind, withoutPlainLimits(account(nats)));
    return kind === 'user' ? made(kind, user(nats)) : made(kind, activation(nats));
  }
  return readVersion1(kind, payload, nats, made);
}

/** With tiers, Go forgets the JetStream limits without a tier when it reads an account. */
function withoutPlainLimits(read: Account | undefined): Account | undefined {
  if (!read?.limits?.tiered_limits?.size) return read;
  const kept = Object.entries(read.limits).filter(([name]) => !(name in jetStreamLimitFields));
  return { ...read, limits: Object.fromEntries(kept) };
}

function readVersion1(
  kind: 'operator' | 'account' | 'user' | 'activation',
  payload: JsonObject,
  nats: JsonValue,
  made: <Kind extends NatsClaimKind, Nats>(name: Kind, content: Nats | undefined) => Of<Kind, Nats> | 'shape',
): NatsClaims | ClaimsProblem {
  const beside = old(payload);
  if (!beside) return 'shape';
  const moved = {
    ...(beside.tags ? { tags: beside.tags } : {}),
    ...(beside.issuer_account ? { issuer_account: beside.issuer_account } : {}),
  };
  if (kind === 'operator') return made(kind, operatorV1(nats));
  if (kind === 'user') {
    const read = userV1(nats);
    if (!read) return 'shape';
    const { max: _, ...kept } = read;
    return made(kind, { subs: -1, data: -1, payload: -1, ...kept, ...moved });
  }
  if (kind === 'activation') {
    const read = activationV1(nats);
    return made(kind, read && { ...(read.subject ? { subject: read.subject } : {}), ...(read.type ? { kind: read.type } : {}), ...moved });
  }
  const read = accountV1(nats);
  if (!read) return 'shape';
  const { signing_keys: keys, ...kept } = read;
  return made(kind, {
    ...kept,
    ...(beside.tags ? { tags: beside.tags } : {}),
    ...(keys ? { signing_keys: new Map(keys.map(key => [key, null])) } : {}),
  });
}
