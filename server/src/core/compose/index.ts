// Compose files as a language: each file with the projects it takes part in.
import type { BuildContext, Language, SourceFile } from '../language.ts';
import type { Settings } from '../lint/settings.ts';
import { finish } from '../lint/steps.ts';
import { type Chain, chainsOf } from './chains.ts';
import { completeAt } from './completion.ts';
import { effectiveProjects } from './effective.ts';
import { hoverAt } from './hover.ts';
import { inspectProjects } from './inspect.ts';
import { lensesOf } from './lenses.ts';
import { linksOf } from './links.ts';
import { type ComposeFile, parseComposeFileInSteps } from './model.ts';
import { evaluateProjectInSteps, type Project } from './project.ts';
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

function* buildInSteps(source: SourceFile, context: BuildContext): Generator<void, ComposeModel> {
  const file = yield* parseComposeFileInSteps(source);
  const read: BuildContext['read'] = id => (id === source.id ? source : context.read(id));
  const projects: EvaluatedChain[] = [];
  for (const chain of chainsOf(file, read)) projects.push({ chain, project: yield* evaluateProjectInSteps(chain.files, read) });
  return { file, projects, settings: context.settings };
}

export const compose: Language<ComposeModel> = {
  id: 'compose',
  build: (source, context) => finish(buildInSteps(source, context)),
  buildInSteps,
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
