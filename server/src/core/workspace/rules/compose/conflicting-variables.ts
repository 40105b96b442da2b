// Products that take their keys or rights from one place do not choose between two: they stop, or read the one that was not meant.

import { presence } from '../../../compose/auth-variables.ts';
import { removeEntry } from '../../../compose/edit-entry.ts';
import { type Project, textIn } from '../../../compose/project.ts';
import type { EnvironmentEntry } from '../../../compose/service.ts';
import { demandFacts, type OneOfDemand } from '../../../facts/compose-dialects.ts';
import type { Fix } from '../../../lint/finding.ts';
import { defineComposeRule } from '../../compose-projects.ts';

const demands = demandFacts.filter(demand => demand.kind === 'one-of');

export default defineComposeRule({
  id: 'compose/conflicting-variables',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: false,
  judges: 'each service',
  *check({ project, services }) {
    for (const { service } of services) {
      for (const demand of demands) {
        const set = setIn(service.environment, demand);
        const [first, second] = set;
        if (!first || !second) continue;
        yield {
          file: second.file,
          span: second.nameSpan,
          ...(demand.refuses ? { severity: 'error' as const } : {}),
          message: `${demand.product} ${demand.says}, and \`${service.name}\` has ${set.map(({ name }) => `\`${name}\``).join(' and ')}. Keep the one that your tokens are made for.`,
          related: [{ file: first.file, span: first.nameSpan, message: `\`${first.name}\` is set here.` }],
          fix: set.map(entry => remove(entry, project)),
        };
      }
    }
  },
});

/** Those that surely have a value, in the order in which they are written. */
function setIn(environment: ReadonlyMap<string, EnvironmentEntry>, { names, beside }: OneOfDemand): readonly EnvironmentEntry[] {
  if (beside !== undefined && !environment.has(beside)) return [];
  return [...environment.values()].filter(entry => names.includes(entry.name) && presence(entry) === 'set');
}

function remove(entry: EnvironmentEntry, project: Project): Fix {
  return {
    title: `Remove ${entry.name}`,
    safety: 'unsafe',
    edits: () => [removeEntry({ file: entry.file, span: entry.span }, textIn(project, entry.file))],
  };
}
