// What nats-server refuses in a NATS JWT that is otherwise well-formed: the rules of Decode and Validate in nats-io/jwt v2.8, as far as
// one token alone shows them. Whether the chain of trust holds is another question.
import { isPublicNkey, type NkeyRole, readNkey } from '../nats-auth/nkey.ts';
import { isObject, type JsonObject, type JsonValue, member } from '../text/json.ts';
import type { NatsKind } from './kind.ts';

export interface NatsProblem {
  /** `error`: the server refuses the token. */
  readonly severity: 'error' | 'warning';
  /** What is wrong and why it matters; keys and subjects of the token are not quoted. */
  readonly why: string;
  readonly advice: string;
}

/** Newest version of the claims that servers read (nats-io/jwt v2/claims.go, `libVersion`). */
const newestVersion = 2;

/** Who may sign a kind, and whom it is about (`ExpectedPrefixes` and `Encode` of each kind). */
const roles: Partial<Record<NatsKind, { readonly issuers: readonly NkeyRole[]; readonly subject?: NkeyRole }>> = {
  'nats-operator': { issuers: ['operator'], subject: 'operator' },
  'nats-account': { issuers: ['operator', 'account'], subject: 'account' },
  'nats-user': { issuers: ['account'], subject: 'user' },
  'nats-activation': { issuers: ['account', 'operator'], subject: 'account' },
  'nats-authorization-request': { issuers: ['server'] },
  'nats-authorization-response': { issuers: ['account'], subject: 'user' },
};

const error = (why: string, advice: string): NatsProblem => ({ severity: 'error', why, advice });

export function natsProblems(kind: NatsKind, claims: JsonObject): readonly NatsProblem[] {
  const nats = objectAt(claims, 'nats');
  const version = member(nats, 'version');
  if (typeof version === 'number' && version > newestVersion) {
    return [
      error(
        `This JWT has version ${version}, which nats-server does not know and refuses`,
        `Issue it with a current nsc, which writes version ${newestVersion}`,
      ),
    ];
  }
  const found = [...identityProblems(kind, claims)];
  if (kind === 'nats-user') found.push(...userProblems(nats));
  if (kind === 'nats-account') found.push(...accountProblems(nats));
  if (kind === 'nats-operator') found.push(...operatorProblems(nats));
  return found;
}

function* identityProblems(kind: NatsKind, claims: JsonObject): Generator<NatsProblem> {
  const expected = roles[kind];
  if (!expected) return;
  const iss = member(claims, 'iss');
  const sub = member(claims, 'sub');
  const words = kind.slice('nats-'.length).replaceAll('-', ' ');
  if (typeof iss !== 'string' || !expected.issuers.some(role => isPublicNkey(iss, role))) {
    const is = keyWords(iss);
    yield error(
      `The issuer of this NATS ${words} JWT is ${is}, where the public key of ${expected.issuers.map(article).join(' or ')} must stand, so nats-server refuses it`,
      `Issue it with nsc, signed by ${expected.issuers.map(article).join(' or ')}`,
    );
  }
  if (expected.subject && (typeof sub !== 'string' || !isPublicNkey(sub, expected.subject))) {
    yield error(
      `The subject of this NATS ${words} JWT is ${keyWords(sub)}, where the public key of ${article(expected.subject)} must stand, so nats-server refuses it`,
      'Issue it again for the right key',
    );
  }
}

function article(role: NkeyRole): string {
  return `${/^[aeio]/.test(role) ? 'an' : 'a'} ${role}`;
}

function keyWords(value: JsonValue | undefined): string {
  const key = typeof value === 'string' ? readNkey(value) : undefined;
  if (value === undefined || value === '') return 'missing';
  if (!key) return 'no nkey';
  if (key.kind !== 'public') return 'a SECRET seed';
  return key.role ? `the key of ${article(key.role)}` : 'another key';
}

function* userProblems(nats: JsonObject | undefined): Generator<NatsProblem> {
  if (member(nats, 'bearer_token') === true) {
    yield {
      severity: 'warning',
      why: 'This NATS user is a bearer token, so whoever reads it is that user: nobody asks for the key behind it',
      advice:
        'Issue it without `bearer_token` and keep the seed with the client, unless the client is a browser; then give it an expiry and TLS',
    };
  }
  const account = member(nats, 'issuer_account');
  if (account !== undefined && account !== '' && (typeof account !== 'string' || !isPublicNkey(account, 'account'))) {
    yield error(
      '`issuer_account` is not the public key of an account, so nats-server refuses this user',
      'Issue the user again with nsc, which fills it in',
    );
  }
  yield* permissionProblems(nats, 'this user');
  yield* limitProblems(nats);
}

function* permissionProblems(parent: JsonObject | undefined, whom: string): Generator<NatsProblem> {
  for (const [side, verb] of [
    ['pub', 'publishing'],
    ['sub', 'subscribing'],
  ] as const) {
    const permission = objectAt(parent, side);
    const subjects = ['allow', 'deny'].flatMap(list => texts(member(permission, list)));
    const bad = subjects.map(subject => subjectFault(subject, side === 'sub')).find(fault => fault !== undefined);
    if (!bad) continue;
    yield error(
      `A subject in the permissions for ${verb} ${bad}, so nats-server refuses ${whom}`,
      'Correct the subject and issue the JWT again',
    );
  }
}

/** `Subject.Validate` and `checkPermission`: a queue name may follow a subject of a subscription. */
function subjectFault(text: string, queue: boolean): string | undefined {
  const [subject = '', name, ...more] = text.split(' ');
  if (name !== undefined && !queue) return 'has a space';
  if (more.length > 0) return 'has too many spaces';
  if (subject === '' || name === '') return 'is empty';
  if (subject.startsWith('.') || subject.endsWith('.')) return 'begins or ends with a dot';
  return subject.includes('..') ? 'has two dots in a row' : undefined;
}

function* limitProblems(nats: JsonObject | undefined): Generator<NatsProblem> {
  const src = member(nats, 'src');
  const networks =
    typeof src === 'string'
      ? src
          .split(',')
          .map(part => part.trim())
          .filter(Boolean)
      : texts(src);
  if (networks.some(network => !isNetwork(network))) {
    yield error(
      '`src` holds something that is no network such as `10.1.0.0/16`, so nats-server refuses this user',
      'Write address and prefix length',
    );
  }
  const times = member(nats, 'times');
  if (
    Array.isArray(times) &&
    times.some(range => !['start', 'end'].every(end => isClockTime(isObject(range) ? member(range, end) : undefined)))
  ) {
    yield error('A time range is not written as `HH:MM:SS`, so nats-server refuses this user', 'Write `start` and `end` as in `08:30:00`');
  }
}

/** Address and prefix length; the address is looked at as far as a typing error shows. */
function isNetwork(text: string): boolean {
  const [, address = '', length = ''] = /^([0-9a-fA-F:.]+)\/(\d{1,3})$/.exec(text) ?? [];
  if (address.includes(':')) return Number(length) <= 128 && /^[0-9a-fA-F:.]{2,45}$/.test(address);
  const bytes = address.split('.');
  return bytes.length === 4 && bytes.every(byte => /^\d{1,3}$/.test(byte) && Number(byte) <= 255) && Number(length) <= 32;
}

function isClockTime(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && /^([01]?\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(value);
}

function* accountProblems(nats: JsonObject | undefined): Generator<NatsProblem> {
  const limits = objectAt(nats, 'limits');
  const tiers = objectAt(limits, 'tiered_limits');
  const plain = ['mem_storage', 'disk_storage', 'streams', 'consumer', 'max_ack_pending', 'mem_max_stream_bytes', 'disk_max_stream_bytes'];
  if (tiers && Object.keys(tiers).length > 0 && plain.some(name => (member(limits, name) ?? 0) !== 0)) {
    yield error(
      'This account has JetStream limits with tiers and without, so nats-server refuses it',
      'Keep one kind, for instance by `nsc edit account`',
    );
  }
  yield* signingKeyProblems(nats, 'account');
  yield* permissionProblems(objectAt(nats, 'default_permissions'), 'this account');
}

function* operatorProblems(nats: JsonObject | undefined): Generator<NatsProblem> {
  yield* signingKeyProblems(nats, 'operator');
  const system = member(nats, 'system_account');
  if (system !== undefined && system !== '' && (typeof system !== 'string' || !isPublicNkey(system, 'account'))) {
    yield error(
      '`system_account` is not the public key of an account, so nats-server refuses this operator',
      'Set it by `nsc edit operator --system-account`',
    );
  }
  const services = texts(member(nats, 'operator_service_urls')).filter(url => url !== '');
  if (services.some(url => !/^(nats|tls|wss?):\/\/[^/@]+$/i.test(url))) {
    yield error(
      'A service URL of this operator is not of the form `nats://host:port`, so nats-server refuses it',
      'Leave out paths and credentials',
    );
  }
}

function* signingKeyProblems(nats: JsonObject | undefined, role: 'operator' | 'account'): Generator<NatsProblem> {
  const list = member(nats, 'signing_keys');
  const keys = Array.isArray(list) ? list.map(key => (isObject(key) ? member(key, 'key') : key)) : [];
  if (keys.every(key => typeof key === 'string' && isPublicNkey(key, role))) return;
  yield error(
    `A signing key is not the public key of ${article(role)}, so nats-server refuses this ${role}`,
    `Generate it by \`nsc generate nkey --${role}\` and add its public half`,
  );
}

function objectAt(parent: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = member(parent, name);
  return isObject(value) ? value : undefined;
}

function texts(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
