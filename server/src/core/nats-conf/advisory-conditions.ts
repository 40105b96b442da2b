// Where a configuration meets what an advisory about nats-server presupposes: the place that opens the hole, or nothing.
import type { AdvisoryCondition } from '../facts/nats-advisories.ts';
import { coversSubject, hasWildcards, subjectsOverlap } from '../nats-auth/subject.ts';
import { blockOf, isGiven, type Setting, settingOf } from './blocks.ts';
import { certificateNamesUser, clientAccess } from './client-access.ts';
import { type ListenerKind, listenersOf } from './listeners.ts';
import type { NatsConf } from './model.ts';
import { clientPermissions, type Direction, directionOfName } from './permissions.ts';
import { jetStream, listenerOf, listens, operatorSetting } from './startup.ts';
import { isSystemAccount } from './system-account.ts';
import type { Place } from './values.ts';

/** The place in a configuration that meets a condition; undefined where none does, or where it cannot be known. */
export function conditionMet(conf: NatsConf, condition: AdvisoryCondition): Place | undefined {
  return conditions[condition](conf);
}

const conditions: Readonly<Record<AdvisoryCondition, (conf: NatsConf) => Place | undefined>> = {
  'anonymous-beside-servers': conf => (listens(conf, 'cluster') || reached(conf, 'leafnodes') ? anonymous(conf)?.entry.keyAt : undefined),
  'anonymous-restricted'(conf) {
    const setting = anonymous(conf);
    const user = conf.users.find(
      ({ name, nkey }) => (name ?? nkey)?.value === (setting?.value.kind === 'string' ? setting.value.value : undefined),
    );
    const restricted = ['allowed_connection_types', 'proxy_required'].some(key => settingOf(user?.block, key));
    return restricted ? setting?.entry.keyAt : undefined;
  },
  'callout-encryption': conf => settingOf(blockOf(blockOf(conf.root, 'authorization'), 'auth_callout'), 'xkey')?.entry.keyAt,
  'certificate-mapping'(conf) {
    const tls = settingOf(conf.root, 'tls');
    const mapping = settingOf(blockOf(conf.root, 'tls'), 'verify_and_map');
    return tls && mapping && certificateNamesUser(conf.root) ? mapping.entry.keyAt : undefined;
  },
  'jetstream-accounts'(conf) {
    const [, second] = conf.accounts.filter(({ block }) => settingOf(block, 'jetstream'));
    return jetStream(conf) === 'on' && second ? settingOf(conf.root, 'jetstream')?.entry.keyAt : undefined;
  },
  'leafnode-compression'(conf) {
    const off = settingOf(blockOf(conf.root, 'leafnodes'), 'compression')?.value;
    const isOff = (off?.kind === 'boolean' && !off.value) || (off?.kind === 'string' && /^(off|disabled|not_supported)$/i.test(off.value));
    return off?.kind === 'unknown' || isOff ? undefined : reached(conf, 'leafnodes');
  },
  leafnodes: conf => reached(conf, 'leafnodes'),
  mqtt: conf => reached(conf, 'mqtt'),
  'mqtt-beside-servers': conf => (listens(conf, 'cluster') || listens(conf, 'leafnodes') ? reached(conf, 'mqtt') : undefined),
  'mqtt-denials': conf =>
    clientPermissions(conf).some(one => directionOfName(one, 'subscribe')?.deny.length) ? reached(conf, 'mqtt') : undefined,
  'mqtt-passwords-monitored'(conf) {
    const monitored = ['http', 'http_port', 'https', 'https_port'].some(key => listenerOf(conf.root, key));
    return monitored && conf.users.some(({ block }) => isGiven(settingOf(block, 'password'))) ? reached(conf, 'mqtt') : undefined;
  },
  'mqtt-permissions': conf => (clientPermissions(conf).length > 0 ? reached(conf, 'mqtt') : undefined),
  open(conf) {
    const access = clientAccess(conf);
    return access.kind === 'open' && isReached(conf) ? access.at : undefined;
  },
  operator: conf => (isReached(conf) ? operatorSetting(conf)?.entry.keyAt : undefined),
  'overlapping-deny': conf => inDirections(conf, overlappingDenial),
  'queue-deny': conf =>
    inDirections(conf, ({ deny }) =>
      deny.some(one => one.queue === undefined) ? deny.find(one => one.queue !== undefined)?.value.at : undefined,
    ),
  'restore-permission'(conf) {
    for (const one of clientPermissions(conf)) {
      const pattern = directionOfName(one, 'publish')?.allow.find(({ subject }) => /^\$JS\.API\.STREAM\.RESTORE\.[^*>]/.test(subject));
      if (pattern) return pattern.value.at;
    }
    return undefined;
  },
  'system-account-beside-authorization'(conf) {
    const [only, second] = conf.accounts;
    if (!only || second || settingOf(conf.root, 'no_auth_user') || !conf.users.some(({ account }) => account === only)) return undefined;
    return isSystemAccount(conf, only) && settingOf(conf.root, 'authorization') ? only.nameAt : undefined;
  },
  websocket: conf => reached(conf, 'websocket'),
  'websocket-without-mqtt': conf => (jetStream(conf) === 'on' && !settingOf(conf.root, 'mqtt') ? reached(conf, 'websocket') : undefined),
};

/** The block of a listener that other machines reach. */
function reached(conf: NatsConf, kind: ListenerKind): Place | undefined {
  return listenersOf(conf).find(listener => listener.kind === kind && listener.reach === 'network')?.block.setting?.entry.keyAt;
}

/** Whether clients on other machines reach the server. */
function isReached(conf: NatsConf): boolean {
  return listenersOf(conf).some(({ kind, reach }) => kind !== 'leafnodes' && reach === 'network');
}

function anonymous(conf: NatsConf): Setting | undefined {
  const setting = settingOf(conf.root, 'no_auth_user');
  return isGiven(setting) ? setting : undefined;
}

function inDirections(conf: NatsConf, find: (direction: Direction) => Place | undefined): Place | undefined {
  for (const one of clientPermissions(conf)) {
    const subscribe = directionOfName(one, 'subscribe');
    const place = subscribe && find(subscribe);
    if (place) return place;
  }
  return undefined;
}

/** A denied pattern that an allowed one reaches beyond. With nothing in `allow`, everything is allowed. */
function overlappingDenial({ allow, deny, unknown }: Direction): Place | undefined {
  if (unknown) return undefined;
  const open = allow.length === 0 ? ['>'] : allow.map(({ subject }) => subject).filter(hasWildcards);
  return deny.find(
    ({ subject, queue }) =>
      queue === undefined && hasWildcards(subject) && open.some(one => subjectsOverlap(one, subject) && !coversSubject(subject, one)),
  )?.value.at;
}
