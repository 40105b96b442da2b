// A development switch in the base of production files needs every one of them to turn it off, for ever.
import { sourceOf } from '../../../compose/auth-variables.ts';
import { isBaseName } from '../../../compose/file-names.ts';
import { moveToOverride } from '../../../compose/move-to-override.ts';
import type { EnvironmentEntry } from '../../../compose/service.ts';
import { opensDoor } from '../../../environment/meaning.ts';
import { nameOf } from '../../../text/file-id.ts';
import { defineComposeRule } from '../../compose-projects.ts';

export default defineComposeRule({
  id: 'compose/dev-auth-without-warning',
  severity: 'hint',
  since: '0.1.0',
  quietInTests: true,
  judges: 'each service',
  *check({ project, services }) {
    for (const { service, auth, production } of services) {
      if (!production) continue;
      for (const { entry, fact, open } of auth.switches) {
        if (fact.kind !== 'bypass' || open) continue;
        const base = openBelow(entry, value => opensDoor(fact, value));
        if (!base) continue;
        const fix = moveToOverride(base, service, project);
        yield {
          ...sourceOf(base).place,
          message: `\`${base.name}\` is on in the base, and only \`${nameOf(entry.file)}\` turns it off for production; a production file that forgets to is open to anyone. Turn it on in an override for development instead.`,
          related: [{ file: entry.file, span: entry.nameSpan, message: 'It is turned off here.' }],
          ...(fix ? { fix } : {}),
        };
      }
    }
  },
});

function openBelow(entry: EnvironmentEntry, opens: (value: string) => boolean): EnvironmentEntry | undefined {
  for (let hidden = entry.hides; hidden; hidden = hidden.hides) {
    if (hidden.file !== entry.file && isBaseName(nameOf(hidden.file)) && hidden.value !== undefined && !hidden.guess && opens(hidden.value))
      return hidden;
  }
  return undefined;
}
