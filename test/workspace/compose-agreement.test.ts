// The environment of every service equals what Docker Compose computes, for projects that use everything that changes it.
// The answers were recorded from the real program by `scripts/record-compose.mjs`.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Analyzer } from '../../server/src/core/analyzer.ts';
import { gapsOf } from '../../server/src/core/compose/gaps.ts';
import { parseComposeFile } from '../../server/src/core/compose/model.ts';
import { evaluateProject, type Project } from '../../server/src/core/compose/project.ts';
import type { SourceFile } from '../../server/src/core/language.ts';
import { digestOf, type Environments, type Recording } from '../support/compose-agreement.ts';
import { breakages } from '../support/compose-breakages.ts';
import { generateProject } from '../support/compose-projects.ts';

const recording = JSON.parse(readFileSync('test/workspace/compose-agreement.json', 'utf8')) as Recording;
const folder = 'file:///project/';

/** Answer of our evaluation for one set of files, in the words of the recording. */
function answerFor(sources: ReadonlyMap<string, SourceFile>, set: readonly string[]): { answer: string; environments: Environments } {
  const project = evaluateProject(
    set.map(name => folder + name),
    id => sources.get(id) ?? 'absent',
  );
  const environments = environmentsOf(project);
  return { answer: isRefused(project) ? 'refused' : digestOf(environments), environments };
}

function isRefused(project: Project): boolean {
  if (project.problems.length > 0 || gapsOf(project).length > 0) return true;
  return [...project.reads].some(
    ([id, source]) => id.endsWith('.yaml') && typeof source !== 'string' && parseComposeFile(source).problems.length > 0,
  );
}

function environmentsOf(project: Project): Environments {
  return Object.fromEntries(
    [...project.services].map(([name, service]) => [
      name,
      Object.fromEntries([...service.environment].map(([key, entry]) => [key, entry.value ?? null])),
    ]),
  );
}

describe(`environments of generated projects, as Docker Compose ${recording.compose} computes them`, () => {
  for (const [seed, answers] of recording.answers.entries()) {
    it(`seed ${seed}`, () => {
      const project = generateProject(seed);
      const sources = new Map([...project.files].map(([path, text]): [string, SourceFile] => [folder + path, { id: folder + path, text }]));
      for (const [index, set] of project.sets.entries()) {
        const { answer, environments } = answerFor(sources, set);
        assert.equal(answer, answers[index], `${set.join(' + ')}: ${JSON.stringify(environments, null, 1)}`);
      }
    });
  }
});

describe(`files that Docker Compose ${recording.compose} refuses`, () => {
  for (const [name, text] of Object.entries(breakages)) {
    const isRefusedByCompose = recording.refused.includes(name);
    it(`${name}: ${isRefusedByCompose ? 'refused' : 'accepted'}`, () => {
      const id = `${folder}compose.yaml`;
      const analyzer = new Analyzer(() => 0);
      analyzer.setFile({ id, text }, 'compose');
      for (let wanted = analyzer.wanted(); wanted.length > 0; wanted = analyzer.wanted())
        for (const file of wanted) analyzer.setAbsent(file);
      const errors = analyzer.result(id).findings.filter(({ severity }) => severity === 'error');
      assert.equal(errors.length > 0, isRefusedByCompose, JSON.stringify(errors));
    });
  }
});
