// A variable that nobody sets is blank: Compose logs a line and starts the service with an empty secret.
import { type AuthVariable, isSingleReference } from '../../../compose/auth-variables.ts';
import { newSecret } from '../../../compose/new-secret.ts';
import type { Project } from '../../../compose/project.ts';
import type { EnvironmentEntry } from '../../../compose/service.ts';
import { secretMeanings } from '../../../environment/meaning.ts';
import type { PlacedUse } from '../../../environment/variables.ts';
import type { Meaning } from '../../../facts/compose-dialects.ts';
import type { Fix } from '../../../lint/finding.ts';
import { nameOf } from '../../../text/file-id.ts';
import { remember } from '../../../text/remember.ts';
import { defineComposeRule, holdersNow, type JudgedService, type PlacedReport } from '../../compose-projects.ts';

const alsoNeeded: ReadonlySet<Meaning> = new Set<Meaning>(['jwks-uri', 'issuer', 'discovery', 'audience']);

export default defineComposeRule({
  id: 'compose/undefined-variable',
  severity: 'warning',
  since: '0.1.0',
  quietInTests: true,
  judges: 'the project',
  regards: judged => String(lacking(judged).length),
  *check({ project, services, settings }) {
    if (!project.complete) return;
    const told = new Set<string>();
    for (const judged of services) {
      for (const { variable, use, hidden } of lacking(judged)) {
        const prepared = hidden ? undefined : newSecret(variable, project, () => holdersNow(project, settings));
        const report = { ...judge(variable.entry, use, hidden, project, judged.service.name), ...(prepared ? { prepared } : {}) };
        // One variable that is not set is one mistake, however many services take it.
        yield told.has(use.name) ? { ...report, severity: 'information' } : report;
        told.add(use.name);
      }
    }
  },
});

interface Lacking {
  readonly variable: AuthVariable;
  readonly use: PlacedUse;
  /** The same variable in an `env_file`. */
  readonly hidden: EnvironmentEntry | undefined;
}

/** Variables of a service that nothing sets. */
const lacking = remember(({ auth }: JudgedService): readonly Lacking[] =>
  auth.variables.flatMap(variable => {
    const { entry, meaning } = variable;
    const use = entry.uses[0];
    if (!entry.guess || !use || entry.uses.length > 1 || !isBare(entry, use)) return [];
    const hidden = inEnvFile(entry);
    const needed = secretMeanings.has(meaning.meaning) || alsoNeeded.has(meaning.meaning);
    return needed || hidden ? [{ variable, use, hidden }] : [];
  }),
);

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
