// A variable that nobody sets is blank: Compose logs a line and starts the service with an empty secret.
import { isSingleReference } from '../../../compose/auth-variables.ts';
import { newSecret } from '../../../compose/new-secret.ts';
import type { Project } from '../../../compose/project.ts';
import type { EnvironmentEntry } from '../../../compose/service.ts';
import { secretMeanings } from '../../../environment/meaning.ts';
import type { PlacedUse } from '../../../environment/variables.ts';
import type { Meaning } from '../../../facts/compose-dialects.ts';
import type { Fix } from '../../../lint/finding.ts';
import { nameOf } from '../../../text/file-id.ts';
import { defineComposeRule, type PlacedReport } from '../../compose-projects.ts';

const alsoNeeded: ReadonlySet<Meaning> = new Set<Meaning>(['jwks-uri', 'issuer', 'discovery', 'audience']);

export default defineComposeRule({
  id: 'compose/undefined-variable',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: true,
  judges: 'the project',
  *check({ project, services }) {
    if (!project.complete) return;
    const told = new Set<string>();
    for (const { service, auth } of services) {
      for (const { entry, meaning } of auth.variables) {
        const use = entry.uses[0];
        if (!entry.guess || !use || entry.uses.length > 1 || !isBare(entry, use)) continue;
        const hidden = inEnvFile(entry);
        const needed = secretMeanings.has(meaning.meaning) || alsoNeeded.has(meaning.meaning);
        if (!needed && !hidden) continue;
        const prepared = hidden ? undefined : newSecret({ entry, meaning }, project);
        const report = { ...judge(entry, use, hidden, project, service.name), ...(prepared ? { prepared } : {}) };
        // One variable that is not set is one mistake, however many services take it.
        yield told.has(use.name) ? { ...report, severity: 'information' } : report;
        told.add(use.name);
      }
    }
  },
});

/** `${NAME}` or `$NAME` and nothing else: whoever writes a default or a `?` has thought of it. */
function isBare(entry: EnvironmentEntry, use: PlacedUse): boolean {
  return use.operator === undefined && entry.template !== undefined && isSingleReference(entry.template);
}

/** The same variable in an `env_file` of the service, which does not feed `${…}` and is hidden by the empty result. */
function inEnvFile(entry: EnvironmentEntry): EnvironmentEntry | undefined {
  for (let hidden = entry.hides; hidden; hidden = hidden.hides) if (hidden.form === 'env-file' && hidden.value) return hidden;
  return undefined;
}

function judge(
  entry: EnvironmentEntry,
  use: PlacedUse,
  hidden: EnvironmentEntry | undefined,
  project: Project,
  service: string,
): PlacedReport {
  const place = { file: entry.file, span: use.span };
  const guard = insist(entry, use);
  if (hidden) {
    return {
      ...place,
      message: `\`\${${use.name}}\` is not filled from \`env_file\`, only from \`.env\` and the shell, so \`${service}\` gets an empty \`${entry.name}\` and the value in \`${nameOf(hidden.file)}\` is hidden. Remove this line, or set \`${use.name}\` in \`.env\`.`,
      related: [{ file: hidden.file, span: hidden.nameSpan, message: 'This value is hidden.' }],
      fix: guard,
    };
  }
  const documented = project.documented.get(use.name);
  const where = project.dotenv.state === 'here' ? 'Neither `.env` nor this file' : 'Nothing here';
  return {
    ...place,
    ...(documented ? { severity: 'information' as const } : {}),
    message: `${where} sets \`${use.name}\`, so unless the shell does, Compose starts \`${service}\` with an empty \`${entry.name}\`. Set it in \`.env\`, or write \`\${${use.name}:?…}\`, so that Compose refuses to start without it.`,
    related: documented ? [{ ...documented, message: `\`${nameOf(documented.file)}\` asks for it.` }] : [],
    fix: guard,
  };
}

function insist(entry: EnvironmentEntry, use: PlacedUse): Fix {
  return {
    title: `Require ${use.name}`,
    safety: 'unsafe',
    edits: () => [{ file: entry.file, span: use.span, newText: `\${${use.name}:?set ${use.name} in .env}` }],
  };
}
