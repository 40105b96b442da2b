// Known vulnerabilities of nats-server: which versions have them, and what in a configuration opens them.
import table from './nats-advisories.json';
import { isAvailable, type Release, readRelease, readReleases } from './nats-release.ts';

/** What a configuration must have for an advisory to matter; `advisory-conditions.ts` says where a configuration has it. */
export type AdvisoryCondition =
  | 'anonymous-beside-servers'
  | 'anonymous-restricted'
  | 'callout-encryption'
  | 'certificate-mapping'
  | 'jetstream-accounts'
  | 'leafnode-compression'
  | 'leafnodes'
  | 'mqtt'
  | 'mqtt-beside-servers'
  | 'mqtt-denials'
  | 'mqtt-passwords-monitored'
  | 'mqtt-permissions'
  | 'open'
  | 'operator'
  | 'overlapping-deny'
  | 'queue-deny'
  | 'restore-permission'
  | 'system-account-beside-authorization'
  | 'websocket'
  | 'websocket-without-mqtt';

export interface Advisory {
  /** `CVE-2026-27889`, or the id of GitHub where there is no other. */
  readonly id: string;
  readonly page: string;
  readonly condition: AdvisoryCondition;
  /** What may happen, as a clause. */
  readonly harm: string;
  /** What helps without another server, as an order. */
  readonly workaround: string | undefined;
}

interface Entry {
  readonly advisory: Advisory;
  readonly since: Release;
  readonly fixed: readonly Release[];
}

const entries: readonly Entry[] = table.advisories.map(({ id, note, since, fixed, when, harm, workaround }) => ({
  advisory: {
    id,
    page: `https://advisories.nats.io/CVE/${note}.txt`,
    condition: when as AdvisoryCondition,
    harm,
    workaround,
  },
  since: readRelease(since),
  fixed: readReleases(fixed),
}));

/** Advisories that a server of this version has not been repaired for, the oldest first. */
export function advisoriesFor(version: Release): readonly Advisory[] {
  return entries
    .filter(({ since, fixed }) => isAvailable(version, [since]) && !isAvailable(version, fixed))
    .map(({ advisory }) => advisory);
}
