// All servers of one cluster must know the same other clusters, or messages cross or do not by the server that a client happens to be on.
import { defineRule, type Report } from '../../../lint/rule.ts';
import { blocksOf, settingOf, stringOf } from '../../../nats-conf/blocks.ts';
import { gatewayGroups, type Member, oddOnes } from '../../server-groups.ts';
import type { WorkspaceView } from '../../view.ts';

export default defineRule<WorkspaceView>({
  id: 'nats/gateway-mismatch',
  severity: 'warning',
  since: '0.1.0',
  *check(view) {
    for (const group of gatewayGroups(view)) {
      const known = (member: Member) => remotesOf(member)?.join(' ');
      for (const { odd, usual } of oddOnes(group, known)) if (haveCommonRemote(odd, usual)) yield report(odd, usual);
    }
  },
});

/** Names of the other clusters, sorted; undefined where they are not all in the text. */
function remotesOf({ block }: Member): readonly string[] | undefined {
  const own = stringOf(block, 'name')?.value;
  const setting = settingOf(block, 'gateways');
  if (!setting) return [];
  const remotes = blocksOf(block, 'gateways');
  const names = remotes.flatMap(remote => stringOf(remote, 'name')?.value ?? []);
  if (setting.value.kind !== 'array' || names.length < setting.value.items.length) return undefined;
  return [...new Set(names)].filter(name => name !== own).sort();
}

/** Lists without anything in common are of two deployments, and one without a list waits for others to come. */
function haveCommonRemote(a: Member, b: Member): boolean {
  const others = remotesOf(b) ?? [];
  return remotesOf(a)?.some(name => others.includes(name)) ?? false;
}

function report(odd: Member, usual: Member): Report {
  const [own = [], others = []] = [remotesOf(odd), remotesOf(usual)];
  const missing = others.filter(name => !own.includes(name));
  const extra = own.filter(name => !others.includes(name));
  const names = (list: readonly string[]) => list.map(name => `\`${name}\``).join(', ');
  const differences = [
    ...(missing.length > 0 ? [`lacks ${names(missing)}`] : []),
    ...(extra.length > 0 ? [`has ${names(extra)} too`] : []),
  ];
  const at = (member: Member) => (settingOf(member.block, 'gateways') ?? member.block.setting)?.entry.keyAt ?? member.block.map.at;
  return {
    ...at(odd),
    message: `Servers of the cluster \`${stringOf(odd.block, 'name')?.value ?? ''}\` name different other clusters, and this one ${differences.join(' and ')}, so whether messages get there depends on the server that a client is connected to. Give all of them the same \`gateways\`.`,
    related: [{ ...at(usual), message: 'Another server of the same cluster.' }],
  };
}
