#!/usr/bin/env node
// Begins a rule: its module and its page, side by side, and the generated lists.
//   npm run new-rule nats/plaintext-password
//   npm run new-rule -- nats/duplicate-user --severity error --stage parse
//   npm run new-rule -- compose/secret-mismatch --workspace       a rule that looks at several files
// What is written compiles and runs; the rule's page test fails until the example says what is found in it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { root } from './bundle.mjs';
import { findRulePages } from './rule-pages.mjs';

const core = 'server/src/core';

/** Where the rules of each family are, and the fence that shows a text of it. */
const families = {
  nats: { folder: 'nats-conf', fence: 'nats-conf' },
  compose: { folder: 'compose', fence: 'yaml' },
  dotenv: { folder: 'dotenv', fence: 'dotenv' },
  jwt: { folder: 'jwt', fence: 'text' },
  creds: { folder: 'creds', fence: 'text file=user.creds' },
  platform: { folder: 'platform-config', fence: 'yaml file=config.yaml' },
  command: { folder: 'command-line', fence: 'sh' },
  workspace: { folder: 'authlint-config', fence: 'yaml file=.authlint.yaml' },
};
const severities = ['error', 'warning', 'information', 'hint'];

function refuse(message) {
  console.error(message);
  process.exit(2);
}

function readArguments(args) {
  const options = {};
  const ids = [];
  for (let i = 0; i < args.length; i++) {
    const name = /^--(severity|stage|workspace)$/.exec(args[i])?.[1];
    if (name === 'workspace') options.workspace = true;
    else if (name) options[name] = args[++i];
    else if (args[i].startsWith('-')) refuse(`unknown option ${args[i]}: there are --severity, --stage and --workspace`);
    else ids.push(args[i]);
  }
  if (ids.length !== 1) refuse('usage: npm run new-rule -- <family>/<name> [--severity LEVEL] [--stage parse|start] [--workspace]');
  return {
    id: ids[0],
    severity: options.severity ?? (options.stage ? 'error' : 'warning'),
    stage: options.stage,
    workspace: options.workspace,
  };
}

function validate({ id, severity, stage }) {
  const [family, name] = id.split('/');
  if (!/^[a-z]+\/[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    refuse(`"${id}" is no rule id: it is <family>/<name>, in small letters, with hyphens`);
  if (!(family in families)) refuse(`there is no family "${family}": ${Object.keys(families).join(', ')}`);
  if (!severities.includes(severity)) refuse(`"${severity}" is no severity: ${severities.join(', ')}`);
  if (stage !== undefined && !['parse', 'start'].includes(stage)) refuse(`"${stage}" is no stage: parse, start`);
  if (stage !== undefined && severity !== 'error')
    refuse('a stage means that the real system refuses the file: then the severity is error');
  const known = findRulePages(root).find(page => page.id === id);
  if (known) refuse(`${id} exists already: ${known.path}`);
  return { family, name };
}

/** The model that rules of a folder look at, and the module that exports it, seen from its `rules` folder. */
function modelOf(folder) {
  const text = readFileSync(`${root}${core}/${folder}/index.ts`, 'utf8');
  const model = /: Language<(\w+)>/.exec(text)?.[1];
  if (!model) refuse(`${core}/${folder}/index.ts exports no Language<…>`);
  const module = new RegExp(`import (?:type )?\\{[^}]*\\b${model}\\b[^}]*\\} from '\\./([^']+)'`).exec(text)?.[1] ?? 'index.ts';
  return { model, module: `../${module}` };
}

const request = readArguments(process.argv.slice(2));
const { family, name } = validate(request);
const { id, severity, stage, workspace } = request;
const folder = workspace ? 'workspace' : families[family].folder;
// Rules over several files are many, so that each family has a folder of its own.
const rules = `${core}/${folder}/rules${workspace ? `/${family}` : ''}`;
const up = workspace ? '../../..' : '../..';
if (!existsSync(`${root}${core}/${folder}/index.ts`))
  refuse(`there is no ${core}/${folder} yet: a rule needs a language whose model it looks at`);
for (const file of [`${rules}/${name}.ts`, `${rules}/${name}.md`]) if (existsSync(`${root}${file}`)) refuse(`${file} exists already`);
const { model, module } = workspace ? { model: 'WorkspaceView', module: '../../view.ts' } : modelOf(folder);
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

const code = `// What goes wrong for somebody who has this in a file, in one sentence.
import { defineRule } from '${up}/lint/rule.ts';
import type { ${model} } from '${module}';

export default defineRule<${model}>({
  id: '${id}',
  severity: '${severity}',
${stage ? `  stage: '${stage}',\n` : ''}  since: '${version}',
  *check(_model) {},
});
`;
const { fence } = families[family];
const page = `# ${id}

What is wrong here, in one sentence, as it will stand in the table of rules.

## Why

What happens to somebody who leaves it as it is.

## Example

\`\`\`${fence}
# a text with the mistake
\`\`\`
\`\`\`findings
1:1 «what is underlined» What is wrong and why it matters. What to do.
\`\`\`

## Use instead

\`\`\`${fence}
# the same text without the mistake
\`\`\`

## References

- Where the fact is written down.
`;

mkdirSync(`${root}${rules}`, { recursive: true });
writeFileSync(`${root}${rules}/${name}.ts`, code);
writeFileSync(`${root}${rules}/${name}.md`, page);
const generated = spawnSync(process.execPath, [`${root}scripts/generate.mjs`], { cwd: root, encoding: 'utf8' });
if (generated.status !== 0) refuse(`the rule is written, but "npm run generate" fails:\n${generated.stderr}`);

const index = `${core}/${folder}/rules/index.ts`;
const isGenerated = readFileSync(`${root}${index}`, 'utf8').startsWith('// Generated');
console.log(`wrote ${rules}/${name}.md and ${name}.ts

1. Fill in the page: every sentence and fence in it is to be replaced.
2. Write check(), a generator over ${model}${isGenerated ? '' : `, and add the rule to ${index}, which is written by hand`}.
3. npm run unit -- -g ${id}          UPDATE=1 writes what is found into the page; read it as if somebody else had written it.`);
