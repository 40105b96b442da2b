// Which configurations of the workspace belong to the same cluster.
import { blockOf, stringOf } from './blocks.ts';
import type { NatsConf } from './model.ts';

export interface ClusterOf {
  /** Those whose cluster has the same name; none for a server whose cluster has no name. */
  readonly members: readonly NatsConf[];
  readonly strangers: readonly NatsConf[];
}

/** Other configurations in their order, by whether they belong to the cluster of one. */
export function clusterOf(conf: NatsConf, others: readonly NatsConf[]): ClusterOf {
  const nameOf = ({ root }: NatsConf) => stringOf(blockOf(root, 'cluster'), 'name')?.value;
  const name = nameOf(conf);
  const isMember = (other: NatsConf) => name !== undefined && nameOf(other) === name;
  return { members: others.filter(isMember), strangers: others.filter(other => !isMember(other)) };
}
