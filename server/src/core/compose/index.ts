// Compose files as a language: each file with the projects it takes part in.
import type { BuildContext, Language, SourceFile } from '../language.ts';
import type { Settings } from '../lint/settings.ts';
import { type Chain, chainsOf } from './chains.ts';
import { completeAt } from './completion.ts';
import { effectiveProjects } from './effective.ts';
import { hoverAt } from './hover.ts';
import { inspectProjects } from './inspect.ts';
import { lensesOf } from './lenses.ts';
import { linksOf } from './links.ts';
import { type ComposeFile, parseComposeFile } from './model.ts';
import { evaluateProject, type Project } from './project.ts';
import { rules } from './rules/index.ts';

export interface ComposeModel {
  readonly file: ComposeFile;
  /** Projects that the file is a part of, the likeliest first. */
  readonly projects: readonly EvaluatedChain[];
  readonly settings: Settings;
}

export interface EvaluatedChain {
  readonly chain: Chain;
  readonly project: Project;
}

function build(source: SourceFile, context: BuildContext): ComposeModel {
  const file = parseComposeFile(source);
  const read: BuildContext['read'] = id => (id === source.id ? source : context.read(id));
  const projects = chainsOf(file, read).map(chain => ({ chain, project: evaluateProject(chain.files, read) }));
  return { file, projects, settings: context.settings };
}

export const compose: Language<ComposeModel> = {
  id: 'compose',
  build,
  rules,
  includes: ({ projects }) => [...new Set(projects.flatMap(({ project }) => [...project.included]))],
  summarize: model => model,
  hover: hoverAt,
  complete: completeAt,
  links: linksOf,
  lenses: lensesOf,
  effective: effectiveProjects,
  inspect: inspectProjects,
};
