// A resolver says where account JWTs come from. nats-server knows three ways to write one, and which options go with which.
import { behaves } from '../../facts/nats-behaviors.ts';
import { defineRule, type Report } from '../../lint/rule.ts';
import { isPublicNkey } from '../../nats-auth/nkey.ts';
import { type Block, isGiven, mayHold, type Setting, settingOf, stringOf } from '../blocks.ts';
import { parseDuration } from '../duration.ts';
import type { NatsConf } from '../model.ts';
import { type NatsJwtProblem, natsJwtProblem } from '../nats-jwt.ts';
import { quoted, removePair } from '../source-edits.ts';
import { isWhole, operatorSetting } from '../startup.ts';
import { stringsIn } from '../strings.ts';
import { systemAccountSetting } from '../system-account.ts';
import type { EvaluatedString } from '../values.ts';

export default defineRule<NatsConf>({
  id: 'nats/resolver-invalid',
  severity: 'error',
  stage: 'parse',
  since: '0.1.0',
  *check(conf) {
    for (const setting of conf.root.settings) {
      if (setting.option.key === 'resolver') {
        if (setting.value.kind === 'string') yield* judgeText(setting, setting.value);
        for (const block of setting.blocks) yield* judgeMap(conf, block);
      }
      if (setting.option.key === 'resolver_preload' && setting.value.kind === 'map') {
        for (const { value } of setting.value.entries.values()) {
          const problem = value.kind === 'string' ? natsJwtProblem(value.value, 'account') : undefined;
          if (problem)
            yield {
              ...value.at,
              message: `${preload[problem]}, so nats-server refuses the configuration. Paste the whole account JWT, as \`nsc describe account --raw\` prints it.`,
            };
        }
      }
    }
    yield* judgeStart(conf);
  },
});

/** An operator, its resolver and the system account must find each other when the server starts. */
function* judgeStart(conf: NatsConf): Generator<Report> {
  const operator = operatorSetting(conf);
  const resolver = settingOf(conf.root, 'resolver');
  const type = stringOf(resolver?.blocks[0], 'type')?.value ?? '';
  const inFolder = /^(full|cache)$/i.test(type);
  if (!isWhole(conf)) return;
  if (!operator) {
    if (!resolver || !inFolder) return;
    yield {
      ...resolver.entry.keyAt,
      stage: 'start',
      message:
        'This resolver checks accounts with the key of an operator, and there is none, so nats-server does not start. Add `operator` with the JWT of yours, or remove the resolver.',
    };
    return;
  }
  yield* judgePinned(conf);
  const claims = conf.operatorMode?.operators[0]?.claims;
  if (!resolver) {
    if (!claims || claims.nats.account_server_url) return;
    yield {
      ...operator.entry.keyAt,
      stage: 'start',
      message:
        'Under an operator every account is a JWT, and nothing says where to get them, so nats-server does not start. Add a `resolver`, for instance `{ type: full, dir: "./jwt" }`.',
    };
    return;
  }
  const system = systemAccountSetting(conf.root);
  if (!isGiven(system) && inFolder && claims && !claims.nats.system_account) {
    yield {
      ...resolver.entry.keyAt,
      stage: 'start',
      message:
        'This resolver fetches accounts over the system account, and neither the configuration nor the operator names one, so nats-server does not start. Add `system_account` with the public key of that account.',
    };
  }
  const preload = settingOf(conf.root, 'resolver_preload');
  const inMemory = (resolver.value.kind === 'string' && /mem/i.test(resolver.value.value)) || /^mem(ory)?$/i.test(type);
  const name = system && isGiven(system) ? (system.value.kind === 'string' ? system.value.value : undefined) : claims?.nats.system_account;
  if (!inMemory || !name) return;
  if (preload && (preload.value.kind !== 'map' || preload.value.incomplete || preload.value.entries.has(name))) return;
  yield {
    ...(isGiven(system) ? system.value.at : resolver.entry.keyAt),
    stage: 'start',
    message:
      'A resolver in memory knows only the JWTs of `resolver_preload`, and that of the system account is not among them, so nats-server does not start. Add it there.',
  };
}

/** Only accounts on this list are served, so each must be a key that an account can have. */
function* judgePinned({ root }: NatsConf): Generator<Report> {
  const pinned = settingOf(root, 'resolver_pinned_accounts');
  if (!pinned?.available) return;
  for (const item of stringsIn(pinned.value)) {
    if (isPublicNkey(item.value, 'account')) continue;
    yield {
      ...item.at,
      stage: 'start',
      message:
        'A pinned account is given by its public key (A…), and this is none, so nats-server does not start. Copy it from `nsc describe account`.',
    };
  }
}

const preload: Readonly<Record<NatsJwtProblem, string>> = {
  malformed: 'This is no complete JWT',
  unreadable: 'The claims of this JWT are in a form that does not exist',
  foreign: 'This JWT does not come from NATS',
  kind: 'This is a JWT of NATS, but not of an account',
  issuer: 'This account JWT is signed by neither an operator nor the account',
  signature: 'The signature of this JWT is wrong, as after a change or a slip in copying',
};

/** Any text with `mem` in it is the memory resolver, and any other with `url` in it a URL resolver. */
function* judgeText({ entry }: Setting, value: EvaluatedString): Generator<Report> {
  const text = value.value;
  if (/mem|url/i.test(text)) return;
  const { file, span } = value.origin;
  const url = /^https?:\/\/\S+$/i.test(text) ? `URL(${text})` : undefined;
  const type = /^(full|cache)$/i.exec(text)?.[0];
  yield {
    ...value.at,
    message: `nats-server does not know this \`${entry.key}\` and refuses the configuration. ${
      url
        ? `Write ${url}.`
        : type
          ? `Write \`{ type: ${type.toLowerCase()}, dir: FOLDER }\`.`
          : 'Write MEMORY, URL("https://…"), or `{ type: full, dir: FOLDER }`.'
    }`,
    ...(url
      ? {
          fix: {
            title: 'Write URL(…) around it',
            safety: 'safe',
            edits: () => [{ file, span, newText: /[,;\]}'\s]/.test(url) ? quoted(url) : url }],
          },
        }
      : {}),
  };
}

function* judgeMap(conf: NatsConf, block: Block): Generator<Report> {
  const type = stringOf(block, 'type');
  const memoryMap = behaves(conf.version, 'resolver-memory-map');
  const kind = type?.value.toUpperCase() ?? '';
  const head = block.setting?.entry.keyAt ?? block.map.at;
  if (!settingOf(block, 'type') && !mayHold(block)) {
    const other = block.unknown.find(({ key }) => key.toLowerCase() === 'type');
    yield {
      ...(other?.keyAt ?? head),
      message: `A resolver in braces needs a \`type\`${other ? ' in small letters' : ''}, so nats-server refuses the configuration. Write \`type: full\` or \`type: cache\`.`,
      ...(other ? { fix: { title: 'Write type', safety: 'safe', edits: () => [{ ...other.keyAt, newText: 'type' }] } } : {}),
    };
    return;
  }
  if (/^MEM(ORY)?$/.test(kind) && !memoryMap && type) {
    yield {
      ...type.at,
      message: 'Before 2.9.21 nats-server knows no memory resolver in braces and refuses the configuration. Write `resolver: MEMORY`.',
    };
  }
  const dir = settingOf(block, 'dir');
  const needsDir = memoryMap ? kind === 'FULL' || kind === 'CACHE' : kind !== '';
  if (needsDir && !mayHold(block) && (!dir || (dir.value.kind === 'string' && dir.value.value === ''))) {
    yield {
      ...(dir?.value.at ?? type?.at ?? head),
      message: `A ${kind || 'resolver'} resolver keeps account JWTs in a folder, so nats-server refuses the configuration without \`dir\`. Write \`dir: FOLDER\`.`,
    };
  }
  if (kind === 'FULL' || kind === 'CACHE') yield* judgeOptions(conf, block, kind);
}

/** Options that go with the other type only. */
function* judgeOptions(conf: NatsConf, block: Block, kind: 'FULL' | 'CACHE'): Generator<Report> {
  const refuse = (setting: Setting | undefined, why: string): Report[] =>
    setting
      ? [
          {
            ...setting.entry.keyAt,
            message: `${why}, so nats-server refuses the configuration. Remove it.`,
            fix: {
              title: `Remove ${setting.entry.key}`,
              safety: 'safe',
              edits: () => [removePair(conf, setting.entry.keyAt.file, setting.entry.node.span)],
            },
          },
        ]
      : [];
  const timeout = stringOf(block, 'timeout');
  if (timeout && (parseDuration(timeout.value) ?? 1) <= 0) {
    yield {
      ...timeout.at,
      message: 'A resolver needs some time to answer, so nats-server refuses the configuration. Write for instance "2s".',
    };
  }
  const hard = behaves(conf.version, 'resolver-cache-without-hard-delete') ? settingOf(block, 'hard_delete') : undefined;
  const [remove, ttl, interval] = ['allow_delete', 'ttl', 'interval'].map(key => settingOf(block, key));
  if (kind === 'CACHE') {
    yield* refuse(
      isLong(interval) ? interval : undefined,
      'A CACHE resolver does not compare its JWTs with other servers and takes no `interval`',
    );
    yield* refuse(isTrue(remove) ? remove : undefined, 'A CACHE resolver deletes by itself and takes no `allow_delete`');
    yield* refuse(hard, 'A CACHE resolver deletes by itself and takes no `hard_delete`');
  } else {
    yield* refuse(isLong(ttl) ? ttl : undefined, 'A FULL resolver keeps its JWTs for ever and takes no `ttl`');
    if (!mayHold(block) && (!remove || (remove.value.kind === 'boolean' && !remove.value.value))) {
      yield* refuse(hard, '`hard_delete` without `allow_delete: true` has no meaning');
    }
  }
}

function isTrue(setting: Setting | undefined): boolean {
  return setting?.value.kind === 'boolean' && setting.value.value;
}

function isLong(setting: Setting | undefined): boolean {
  return setting?.value.kind === 'string' && (parseDuration(setting.value.value) ?? 0) !== 0;
}
