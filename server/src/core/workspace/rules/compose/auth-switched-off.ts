// Products have a switch that opens them; outside of development it should be shut.
import { isForDevelopment, isForTests } from '../../../compose/audience.ts';
import { type AuthSwitch, sourceOf } from '../../../compose/auth-variables.ts';
import { switchesInCommands } from '../../../compose/command-switches.ts';
import { variantWords } from '../../../compose/file-names.ts';
import type { Project } from '../../../compose/project.ts';
import type { SwitchFact } from '../../../facts/compose-dialects.ts';
import type { Settings } from '../../../lint/settings.ts';
import { nameOf } from '../../../text/file-id.ts';
import { defineComposeRule, type JudgedService } from '../../compose-projects.ts';

export default defineComposeRule({
  id: 'compose/auth-switched-off',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: true,
  judges: 'each service',
  *check({ project, services, settings }) {
    for (const judged of services) {
      const where = judged.production ? ` in production (${judged.production.what})` : '';
      const severity = judged.production ? { severity: 'error' as const } : {};
      for (const { fact, word, place } of switchesInCommands(judged.service)) {
        if (isForDevelopment(place.file, settings)) continue;
        yield { ...place, ...severity, message: `\`${word}\` opens ${fact.product}${where}: ${lowerFirst(fact.says)} ${fact.advice}` };
      }
      for (const found of judged.auth.switches) {
        if (!found.open || !counts(found, judged, project, settings)) continue;
        const { entry, fact } = found;
        const { place } = sourceOf(entry);
        if (isForDevelopment(place.file, settings)) continue;
        const worse = fact.companion ? judged.service.environment.get(fact.companion) : undefined;
        const asAdmin = worse?.value !== undefined && /^admin$/i.test(worse.value);
        yield {
          file: place.file,
          span: place.span,
          ...severity,
          message: `\`${entry.name}\` opens ${fact.product ?? `\`${judged.service.name}\``}${where}: ${lowerFirst(fact.says)}${asAdmin ? ` With \`${fact.companion}\` they are administrators.` : ''} ${adviceFor(fact)}`,
          related: asAdmin && worse ? [{ file: worse.file, span: worse.nameSpan, message: 'This makes everybody an administrator.' }] : [],
        };
      }
    }
  },
});

/** What is made for development is judged in production by a rule of its own; elsewhere it counts in a variant that is not for development. */
function counts({ entry, fact }: AuthSwitch, { production }: JudgedService, project: Project, settings: Settings): boolean {
  if (fact.kind === 'switch') return true;
  const variant = project.files.includes(entry.file) && variantWords(nameOf(entry.file)).length > 0;
  return !production && variant && !isForTests(entry.file, settings) && sourceOf(entry).how === 'literal';
}

function adviceFor({ opens, advice }: SwitchFact): string {
  if (advice) return advice;
  if (opens.startsWith('=')) return 'Choose another value.';
  return `Set it to ${opens === 'true' ? 'false' : 'true'}, and to ${opens} in an override for development only.`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
