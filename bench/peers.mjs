// The tools we are measured beside, installed when they are needed, into the cache and not among our dependencies.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const packages = {
  'yaml-language-server': '1.25.0',
  '@microsoft/compose-language-service': '0.4.0',
  dclint: '3.1.0',
  secretlint: '12.0.0',
  '@secretlint/secretlint-rule-preset-recommend': '12.0.0',
};
const goPackages = {
  gitleaks: 'github.com/zricethezav/gitleaks/v8@v8.30.1',
  'docker-language-server': 'github.com/docker/docker-language-server/cmd/docker-language-server@latest',
};

/** Runs a command and says whether it could be run. */
function succeeds(command, args, options = {}) {
  try {
    execFileSync(command, args, { stdio: 'ignore', ...options });
    return true;
  } catch {
    return false;
  }
}

/** Nothing but starting: what no command of ours can be faster than, and the measure of the machine. */
export const nodeItself = { command: [process.execPath, '-e', '0'] };

/** Installs what can be installed here into `folder` and returns the commands of each peer; what is not there is left out. */
export function preparePeers(folder) {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  if (!existsSync(join(folder, 'package.json'))) writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const missing = Object.entries(packages).filter(([name]) => !existsSync(join(folder, 'node_modules', name)));
  if (missing.length > 0) {
    const wanted = missing.map(([name, version]) => `${name}@${version}`);
    if (!succeeds('npm', ['install', '--no-audit', '--no-fund', ...wanted], { cwd: folder }))
      console.error('Some peers could not be installed.');
  }
  const withGo = succeeds('go', ['version']);
  for (const [name, source] of Object.entries(goPackages)) {
    if (withGo && !existsSync(join(folder, 'bin', name)))
      succeeds('go', ['install', source], { env: { ...process.env, GOBIN: join(folder, 'bin') } });
  }
  const npm = name => join(folder, 'node_modules', '.bin', name);
  const go = name => join(folder, 'bin', name);
  writeFileSync(join(folder, '.secretlintrc.json'), '{ "rules": [{ "id": "@secretlint/secretlint-rule-preset-recommend" }] }\n');
  const schema = pathToFileURL(join(folder, 'node_modules/dclint/schemas/compose.schema.json')).href;
  const commands = {
    'yaml-language-server': {
      command: [npm('yaml-language-server'), '--stdio'],
      configuration: { yaml: { validate: true, schemaStore: { enable: false }, schemas: { [schema]: ['compose-*.yaml'] } } },
      languageId: 'yaml',
    },
    'compose-language-service': { command: [npm('docker-compose-langserver'), '--stdio'], languageId: 'dockercompose' },
    'docker-language-server': { command: [go('docker-language-server'), 'start', '--stdio'], languageId: 'dockercompose' },
    dclint: { command: [npm('dclint')] },
    secretlint: { command: [npm('secretlint'), '--secretlintrc', join(folder, '.secretlintrc.json')] },
    gitleaks: { command: [go('gitleaks'), 'dir', '--no-banner'] },
    'nats-server -t': {
      command: [process.env.NATS_SERVER ?? 'nats-server', '-t', '-c'],
      there: succeeds(process.env.NATS_SERVER ?? 'nats-server', ['--version']),
    },
    grep: { command: ['grep', '-coE', 'eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+'], there: succeeds('grep', ['--version']) },
    node: { ...nodeItself, there: true },
  };
  return Object.fromEntries(Object.entries(commands).filter(([, { command, there }]) => there ?? existsSync(command[0])));
}
