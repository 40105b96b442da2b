// Some settings are worth nothing, or stop the product, without another one beside them.
import { presence } from '../../../compose/auth-variables.ts';
import { mayHoldMore, type Service } from '../../../compose/project.ts';
import type { EnvironmentEntry } from '../../../compose/service.ts';
import { demandFacts, type NeedsDemand } from '../../../facts/compose-dialects.ts';
import { defineComposeRule } from '../../compose-projects.ts';

const demands = demandFacts.filter(demand => demand.kind === 'needs');

export default defineComposeRule({
  id: 'compose/missing-variable',
  severity: 'information',
  since: '0.1.0',
  quietInTests: true,
  judges: 'each service',
  *check({ project, services }) {
    if (!project.complete) return;
    for (const { service } of services) {
      // A command may well set it too.
      if (mayHoldMore(service) || service.definition.commands.size > 0) continue;
      for (const demand of demands) {
        const cause = causeOf(service, demand);
        const [needed] = demand.anyOf;
        if (!cause || needed === undefined || hasAny(service, demand.anyOf)) continue;
        yield {
          file: cause.file,
          span: cause.nameSpan,
          ...(demand.refuses ? { severity: 'error' as const } : {}),
          message: `${demand.product} ${demand.says}, and \`${service.name}\` sets \`${cause.name}\` without it. Set \`${needed}\` too.`,
        };
      }
    }
  },
});

function causeOf({ environment }: Service, { when, unless }: NeedsDemand): EnvironmentEntry | undefined {
  if (unless?.some(name => environment.has(name))) return undefined;
  for (const condition of when) {
    const [name = '', value] = condition.split('=');
    const entry = environment.get(name);
    if (entry && isSure(entry) && (value === undefined || entry.value?.toLowerCase() === value)) return entry;
  }
  return undefined;
}

/** Set here, or required from outside. */
function isSure(entry: EnvironmentEntry): boolean {
  return presence(entry) === 'set' || entry.uses.some(({ gave }) => gave === 'refused');
}

/** A value that comes from outside counts as there, and so does a file. */
function hasAny({ environment }: Service, names: readonly string[]): boolean {
  return names.some(name => {
    const entry = environment.get(name);
    return (entry !== undefined && presence(entry) !== 'empty') || environment.has(`${name}_FILE`);
  });
}
