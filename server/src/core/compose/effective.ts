// What Compose makes of its files, for a person: every service after merging, with its authentication variables and where each comes from.
import type { BuildContext } from '../language.ts';
import { directoryOf, nameOf, pathWithin } from '../text/file-id.ts';
import { LineMap } from '../text/line-map.ts';
import type { Place } from '../text/place.ts';
import { presence, sourceOf } from './auth-variables.ts';
import { projectsAround } from './includers.ts';
import type { ComposeModel, EvaluatedChain } from './index.ts';
import { authVariablesOf, openValueOf, type ShownVariable } from './inspect.ts';

/** YAML, one document for each project that the file is a part of. */
export function effectiveProjects(model: ComposeModel, context: BuildContext): string {
  const projects = projectsAround(model, context);
  if (projects.length === 0) return '# No project that Compose could start has this file.\n';
  return projects.map(project => projectText(project, model, context)).join('---\n');
}

function projectText({ project, chain }: EvaluatedChain, model: ComposeModel, context: BuildContext): string {
  const files = project.files.map(nameOf);
  const lines = [
    `# What Compose makes of ${files.join(' with ')}${chain.why === 'base' ? ', without its override' : ''}: services after merging, with`,
    '# the variables that have to do with authentication. The comments say where each value is written. Secrets are redacted.',
    'services:',
  ];
  for (const [name, service] of project.services) {
    const variables = authVariablesOf(service, model.settings);
    const image = service.definition.texts.get('image');
    lines.push(`  ${yamlText(name)}:${variables.length === 0 && !image ? ' {}  # no authentication variables' : ''}`);
    if (image) lines.push(`    image: ${yamlText(image.text)}`);
    if (variables.length > 0) lines.push('    environment:', ...variableLines(variables, model, context));
  }
  if (project.services.size === 0) lines[lines.length - 1] = 'services: {}';
  return `${lines.join('\n')}\n`;
}

function variableLines(variables: readonly ShownVariable[], model: ComposeModel, context: BuildContext): string[] {
  const pairs = variables.map(variable => ({
    text: `      ${variable.entry.name}: ${valueText(variable)}`,
    note: noteOf(variable, model, context),
  }));
  const column = Math.max(...pairs.map(({ text }) => text.length).filter(length => length <= 72), 0);
  return pairs.map(({ text, note }) => `${text.padEnd(column)}  # ${note}`);
}

function valueText({ entry, secret }: ShownVariable): string {
  const value = openValueOf(entry, secret);
  return value === null ? 'null' : yamlText(value);
}

function noteOf({ entry }: ShownVariable, model: ComposeModel, context: BuildContext): string {
  const unset = entry.uses.filter(use => use.state === 'unset').map(use => use.name);
  if (presence(entry) === 'expected' && unset.length > 0)
    return `${unset.join(' and ')} is not set here: ${placeText(entry, model, context)}`;
  const { how, variable, place } = sourceOf(entry);
  const where = placeText(place, model, context);
  const notes = [how === 'literal' ? where : how === 'default' ? `${where}, the default of ${variable}` : `${where}, as ${variable}`];
  if (entry.hides) notes.push(`instead of ${placeText(entry.hides, model, context)}`);
  return notes.join(', ');
}

/** `compose.yaml:12`, as seen from the file that was asked about. */
function placeText({ file, span }: Place, model: ComposeModel, context: BuildContext): string {
  const name = pathWithin(directoryOf(model.file.id), file) ?? nameOf(file);
  const source = file === model.file.id ? { text: model.file.text } : context.read(file);
  return typeof source === 'string' ? name : `${name}:${new LineMap(source.text).lineAt(span.start) + 1}`;
}

/** Plain where YAML reads it as the same text, else between double quotes as JSON has them. */
function yamlText(text: string): string {
  return /^[A-Za-z_<][\w./:@+<>-]*$/.test(text) && !/:$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
