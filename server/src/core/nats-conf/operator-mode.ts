// A configuration under operators: whose keys count, which accounts it holds, and what comes from elsewhere.
import type { BuildContext } from '../language.ts';
import { jwtOfFile } from '../nats-auth/armour.ts';
import type { OperatorClaims } from '../nats-auth/claims.ts';
import { decodeNatsJwt, looksLikeJwt } from '../nats-auth/decode.ts';
import { type NatsTrust, operatorKeys } from '../nats-auth/trust.ts';
import { mayHold, settingOf, stringOf } from './blocks.ts';
import type { NatsConf } from './model.ts';
import { stringsIn } from './strings.ts';
import type { EvaluatedString } from './values.ts';

export interface OperatorOfConf {
  readonly value: EvaluatedString;
  /** Whether the JWT stands in the configuration itself. */
  readonly isInline: boolean;
  readonly token: string;
  /** Undefined where nats-server could not read the token. */
  readonly claims: OperatorClaims | undefined;
}

export interface OperatorMode {
  /** Those whose JWT is at hand. */
  readonly operators: readonly OperatorOfConf[];
  readonly preload: readonly { readonly key: string; readonly value: EvaluatedString }[];
  /** Public key of the system account, if the configuration or an operator names it. */
  readonly systemAccount: string | undefined;
  /** Undefined where a part of it is not at hand. */
  readonly trust: NatsTrust | undefined;
  /** Folder in which the resolver keeps account JWTs, as it is written. */
  readonly folder: string | undefined;
}

/** Undefined for a server that keeps its users itself. */
export function operatorModeOf(conf: Omit<NatsConf, 'operatorMode'>, read: BuildContext['read']): OperatorMode | undefined {
  const { root } = conf;
  const [operator, trusted, resolver, preloaded] = ['operator', 'trusted_keys', 'resolver', 'resolver_preload'].map(key =>
    settingOf(root, key),
  );
  if (!operator && !trusted && !preloaded) return undefined;
  const strings = operator ? [...stringsIn(operator.value)] : [];
  const operators = strings.flatMap(value => {
    const target = conf.namedFiles.find(file => file.value === value)?.target;
    const file = target === undefined ? undefined : read(target);
    const isInline = looksLikeJwt(value.value);
    if (!isInline && typeof file !== 'object') return [];
    const token = isInline ? value.value : jwtOfFile((file as { text: string }).text);
    const decoded = decodeNatsJwt(token);
    return [{ value, isInline, token, claims: 'claims' in decoded && decoded.claims.kind === 'operator' ? decoded.claims : undefined }];
  });
  const preload =
    preloaded?.value.kind === 'map'
      ? [...preloaded.value.entries].flatMap(([key, { value }]) => (value.kind === 'string' ? [{ key, value }] : []))
      : [];
  const claims = operators.flatMap(each => each.claims ?? []);
  const keys = operatorKeys(claims, trusted ? [...stringsIn(trusted.value)].map(({ value }) => value) : []);
  const isWhole =
    !mayHold(root) &&
    strings.length === claims.length &&
    keys.keys.length > 0 &&
    operator?.value.kind !== 'unknown' &&
    trusted?.value.kind !== 'unknown';
  const inMemory =
    resolver?.value.kind === 'string' &&
    /mem/i.test(resolver.value.value) &&
    !(preloaded?.value.kind === 'map' && preloaded.value.incomplete);
  const pinned = settingOf(root, 'resolver_pinned_accounts');
  const system = settingOf(root, 'system_account')?.value;
  const systemAccount = system?.kind === 'string' ? system.value : claims[0]?.nats.system_account;
  return {
    operators,
    preload,
    systemAccount,
    trust: isWhole
      ? {
          ...keys,
          accounts: Object.fromEntries(preload.map(({ key, value }) => [key, value.value])),
          isOpen: !inMemory,
          version: conf.version,
          ...(pinned
            ? { pinned: [...[...stringsIn(pinned.value)].map(({ value }) => value), ...(systemAccount ? [systemAccount] : [])] }
            : {}),
        }
      : undefined,
    folder: stringOf(resolver?.blocks[0], 'dir')?.value,
  };
}
