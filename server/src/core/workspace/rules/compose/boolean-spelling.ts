// A switch that is spelled otherwise than its program reads does the opposite of what it says.
import { sourceOf } from '../../../compose/auth-variables.ts';
import { replaceValue } from '../../../compose/edit-entry.ts';
import { readBoolean } from '../../../environment/meaning.ts';
import { defineComposeRule } from '../../compose-projects.ts';

export default defineComposeRule({
  id: 'compose/boolean-spelling',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: false,
  judges: 'each service',
  *check({ services }) {
    for (const { service, auth } of services) {
      for (const { entry, fact } of auth.switches) {
        const { value } = entry;
        if (value === undefined || entry.guess || fact.opens.startsWith('=')) continue;
        const bare = /^(["'])(.*)\1$/s.exec(value)?.[2];
        const quoted = bare !== undefined && readBoolean(bare) !== undefined;
        const odd = !quoted && fact.product === undefined && /^(?:yes|no|on|off|y|n|enabled?|disabled?)$/i.test(value);
        if (!quoted && !odd) continue;
        const meant = String(readBoolean(bare ?? value));
        const { place } = sourceOf(entry);
        yield {
          ...place,
          message: quoted
            ? `The quotes are a part of the value here, so \`${service.name}\` sees neither true nor false in \`${entry.name}\`. Take them away, or put them around the whole entry.`
            : `Many programs take only \`true\` and \`false\`, so \`${entry.name}\` of \`${service.name}\` may not be read as it is meant. Write \`${meant}\`.`,
          fix: { title: `Write ${meant}`, safety: 'unsafe', edits: () => [replaceValue(entry, meant)] },
        };
      }
    }
  },
});
