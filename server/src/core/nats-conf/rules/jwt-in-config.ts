// nats-server takes an operator's and a preloaded account's JWT as soon as it can read it. Whether it counts turns out when clients log in.
import { relativeTime, utcTime } from '../../jwt/times.ts';
import { defineRule, type Report, type RuleContext } from '../../lint/rule.ts';
import type { AccountClaims, NatsClaims, OperatorClaims } from '../../nats-auth/claims.ts';
import { decodeNatsJwt } from '../../nats-auth/decode.ts';
import { claimProblems } from '../../nats-auth/problem.ts';
import { judgeAccount, judgeUser } from '../../nats-auth/trust.ts';
import { settingOf } from '../blocks.ts';
import type { NatsConf } from '../model.ts';
import type { OperatorMode } from '../operator-mode.ts';
import type { EvaluatedString } from '../values.ts';

/** Claims in bytes above which the audit of the NATS tools calls an account's JWT excessive (OPT_ACCT_002). */
const largeJwt = 64 * 1024;

export default defineRule<NatsConf>({
  id: 'nats/jwt-in-config',
  severity: 'warning',
  since: '0.1.0',
  *check(conf, context) {
    const mode = conf.operatorMode;
    if (!mode) return;
    for (const { value, isInline, claims } of mode.operators) if (isInline && claims) yield* judgeOperator(value, claims, context);
    for (const { key, value } of mode.preload) {
      const decoded = decodeNatsJwt(value.value);
      if ('claims' in decoded && decoded.claims.kind === 'account') yield* judgePreload(mode, key, value, decoded.claims, context);
    }
    yield* judgeSentinel(conf, mode, context);
  },
});

function* judgeOperator(value: EvaluatedString, claims: OperatorClaims, context: RuleContext): Generator<Report> {
  const time = timeFault(claims, context);
  if (time) {
    yield {
      ...value.at,
      message: `This operator JWT ${time}, which nsc and other tools refuse, while nats-server goes on trusting it. Issue it again with \`nsc edit operator\` and put it here.`,
    };
  }
  for (const { severity, why, advice } of claimProblems(claims, context.settings.natsServer)) {
    yield { ...value.at, message: `${why}. ${advice}.`, ...(severity === 'error' ? { severity, stage: 'start' } : {}) };
  }
}

function* judgePreload(
  mode: OperatorMode,
  key: string,
  value: EvaluatedString,
  claims: AccountClaims,
  context: RuleContext,
): Generator<Report> {
  // The system account is looked up when the server starts; another one when its first user logs in.
  const isSystem = key === mode.systemAccount && mode.trust?.isOpen === false;
  const result = isSystem ? 'it is the system account, so nats-server does not start' : 'no user of this account can log in';
  const weight = isSystem ? ({ severity: 'error', stage: 'start' } as const) : {};
  const time = timeFault(claims, context);
  if (time)
    yield {
      ...value.at,
      ...weight,
      message: `This account JWT ${time}: ${result}. Issue it again with \`nsc edit account\` and put it here.`,
    };
  const untrusted = mode.trust && judgeAccount(claims, mode.trust, context.now).find(({ kind }) => kind === 'untrusted');
  if (untrusted) {
    const self = claims.standard.iss === claims.standard.sub;
    yield {
      ...value.at,
      ...weight,
      message: `This account JWT is signed by ${self ? 'the account itself' : 'a key that no operator of this server has'}: ${result}. Put the JWT here that the operator signed, or the operator JWT with that signing key.`,
    };
  }
  for (const { severity, why, advice } of claimProblems(claims, context.settings.natsServer)) {
    // An account that signed itself and is refused for that needs no word about its limits.
    if (severity === 'error' || !untrusted) yield { ...value.at, ...(severity === 'error' ? weight : {}), message: `${why}. ${advice}.` };
  }
  if (value.value.length > largeJwt) {
    yield {
      ...value.at,
      message: `This account JWT has ${Math.round(value.value.length / 1024)} KiB, and every server and resolver passes all of it on with each change. Split the account, or drop old revocations by \`nsc revocations\`.`,
    };
  }
}

/** The user that everybody is who brings none. */
function* judgeSentinel(conf: NatsConf, mode: OperatorMode, context: RuleContext): Generator<Report> {
  const value = settingOf(conf.root, 'default_sentinel')?.value;
  if (value?.kind !== 'string') return;
  const decoded = decodeNatsJwt(value.value);
  if (!('claims' in decoded) || decoded.claims.kind !== 'user') return;
  const time = timeFault(decoded.claims, context);
  if (time) yield { ...value.at, message: `This user JWT ${time}, so nobody can log in by it. Issue it again.` };
  const broken = mode.trust ? judgeUser(decoded.claims, mode.trust, context.now).broken : [];
  for (const { kind, why, advice } of broken) {
    if (kind !== 'expired' && kind !== 'not-yet-valid') yield { ...value.at, message: `${why}, so nobody can log in by it. ${advice}.` };
  }
}

/** "expired 2 days ago (…)"; asks to be judged again when that changes. */
function timeFault({ standard: { exp = 0, nbf = 0 } }: NatsClaims, { now, recheckAt }: RuleContext): string | undefined {
  for (const time of [exp, nbf]) if (time > 0) recheckAt((time + 1) * 1000);
  const words = (time: number) => `${relativeTime(time, now)} (${utcTime(time) ?? 'at an impossible time'})`;
  if (exp > 0 && exp < Math.floor(now / 1000)) return `expired ${words(exp)}`;
  return nbf > Math.floor(now / 1000) ? `becomes valid only ${words(nbf)}` : undefined;
}
