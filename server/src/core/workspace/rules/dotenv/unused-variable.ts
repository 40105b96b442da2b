// A secret in `.env` that no Compose file takes protects nothing, and may be the old name of one that is now missing.
import { isOverrideName } from '../../../compose/file-names.ts';
import { grantedFiles, volumesOf } from '../../../compose/mounts.ts';
import { type Project, textIn } from '../../../compose/project.ts';
import { meaningOf, secretMeanings } from '../../../environment/meaning.ts';
import { type FileId, nameOf } from '../../../text/file-id.ts';
import { defineComposeRule } from '../../compose-projects.ts';

export default defineComposeRule({
  id: 'dotenv/unused-variable',
  severity: 'hint',
  since: '0.1.0',
  quietInTests: true,
  judges: 'the project',
  *check({ project, settings, why }) {
    if (project.dotenv.state !== 'here' || !project.complete || why === 'base') return;
    if (isMounted(project)) return;
    // What it lies over stands elsewhere, and may take more.
    if (why === 'alone' && isOverrideName(nameOf(project.files[0] as FileId))) return;
    for (const { name, place } of project.definitions.values()) {
      if (place?.file !== project.dotenv.id) continue;
      const meaning = meaningOf(name, settings);
      if (!meaning || !secretMeanings.has(meaning.meaning) || isUsed(name, project)) continue;
      yield {
        file: place.file,
        span: place.statement.nameSpan,
        message: `No Compose file here takes \`${name}\`, so it reaches no container. Remove it, or write \`\${${name}}\` where it is needed.`,
      };
    }
  },
});

/** Whether a container finds the `.env` itself, or the folder that it lies in: then its program may read it. */
function isMounted(project: Project): boolean {
  const { id } = project.dotenv;
  return [...project.services.values()].some(({ definition }) =>
    [...volumesOf(definition, project.directory), ...grantedFiles(definition, project)].some(
      ({ source }) => id === source || id.startsWith(source.endsWith('/') ? source : `${source}/`),
    ),
  );
}

/** Whether any file of the folder's projects names it, or the whole `.env` is handed to a service. */
function isUsed(name: string, project: Project): boolean {
  for (const service of project.services.values()) {
    if (service.hasUnreadFile || service.environment.has(name)) return true;
  }
  const mention = new RegExp(`(?:^|[^A-Za-z0-9_])${name}(?![A-Za-z0-9_])`);
  for (const id of project.reads.keys()) {
    const text = textIn(project, id);
    const searched =
      id === project.dotenv.id ? text.replaceAll(new RegExp(`^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*[=:]`, 'gm'), '') : text;
    if (mention.test(searched)) return true;
  }
  return false;
}
