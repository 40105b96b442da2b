// Servers that route to each other must agree on the name of their cluster and on TLS, or they refuse each other.
import { defineRule, type Report } from '../../../lint/rule.ts';
import { type Block, settingOf, stringOf } from '../../../nats-conf/blocks.ts';
import { asValue } from '../../../nats-conf/source-edits.ts';
import { type Member, oddOnes, routeGroups } from '../../server-groups.ts';
import type { WorkspaceView } from '../../view.ts';

export default defineRule<WorkspaceView>({
  id: 'nats/route-mismatch',
  severity: 'warning',
  since: '0.1.0',
  *check(view) {
    for (const group of routeGroups(view)) {
      for (const { key, said, message } of agreements) {
        for (const { odd, usual } of oddOnes(group, ({ block }) => said(block)))
          yield report(odd, usual, key, message(odd.block, usual.block));
      }
    }
  },
});

interface Agreement {
  readonly key: string;
  /** Undefined where it cannot be known. */
  said(cluster: Block): string | undefined;
  message(odd: Block, usual: Block): string;
}

const agreements: readonly Agreement[] = [
  {
    key: 'name',
    said: cluster => stringOf(cluster, 'name')?.value,
    message: (odd, usual) =>
      `This server routes with servers of the cluster \`${nameOf(usual)}\` and says that it is of \`${nameOf(odd)}\`, so they refuse each other and the cluster falls apart. Write \`${nameOf(usual)}\`, or another list of routes.`,
  },
  {
    key: 'tls',
    said: cluster => (settingOf(cluster, 'tls') ? 'with' : 'without'),
    message: odd =>
      settingOf(odd, 'tls')
        ? 'This server speaks TLS on its routes and the others do not, so no connection between them comes up. Give all of them `tls`.'
        : 'The other servers speak TLS on their routes and this one does not, so no connection between them comes up. Add `tls` here.',
  },
];

function nameOf(cluster: Block): string {
  return stringOf(cluster, 'name')?.value ?? '';
}

function report(odd: Member, usual: Member, key: string, message: string): Report {
  const at = ({ block }: Member) => (settingOf(block, key) ?? block.setting)?.entry.keyAt ?? block.map.at;
  const related = [{ ...at(usual), message: 'The other server.' }];
  return { ...at(odd), message, related, ...(key === 'name' ? sameName(odd, usual) : {}) };
}

function sameName(odd: Member, usual: Member): Pick<Report, 'fix'> {
  const value = settingOf(odd.block, 'name')?.value;
  const newText = asValue(nameOf(usual.block));
  if (value?.kind !== 'string' || value.via) return {};
  return { fix: { title: `Write ${newText}`, safety: 'unsafe', edits: () => [{ ...value.at, newText }] } };
}
