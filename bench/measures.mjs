// What is measured, with the goal for each and the peers that do the same work.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { editSession } from './edit-session.mjs';

const MB = 1024 * 1024;

/** Wall times of whole processes, one after another. */
function processTimes(command, runs, options = {}) {
  return Array.from({ length: runs }, () => {
    const start = performance.now();
    spawnSync(command[0], command.slice(1), { stdio: 'ignore', ...options });
    return performance.now() - start;
  });
}

/** Measures in a process of its own; see in-process.mjs. */
function inProcess(build, words) {
  const { stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'in-process.mjs'), build.core, JSON.stringify(words)]);
  if (!stdout.length) throw new Error(stderr.toString());
  return JSON.parse(stdout);
}

/** One such run under the profiler; see profile.mjs. */
const profiledInProcess = words => (build, file) => ({
  args: [join(import.meta.dirname, 'in-process.mjs'), build.core, JSON.stringify({ ...words, file })],
  profilesItself: true,
});
const profiledCheck = (build, file) => ({ args: check(build, file).slice(1) });

/** As the extension starts it. */
const serverOf = build => ({
  command: [process.execPath, '--max-semi-space-size=4', join(build.dist, 'server.js'), '--stdio'],
  environment: { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '131072' },
});
const check = (build, ...args) => [process.execPath, join(build.dist, 'cli.js'), 'check', ...args];
const compose = [
  [10, 1, 40],
  [100, 4, 45],
  [1000, 16, 60],
];
const servers = ['yaml-language-server', 'compose-language-service', 'docker-language-server'];

/**
 * Every measurement: `ours(build, scale)` and each of `peers` give { values, … } in `unit`. `scale` is how much of the usual number
 * of repetitions is done. `input` names what inputs.mjs makes. `profile(build, input)` says what to run to see where the time goes.
 */
export const measures = [
  {
    id: 'yardstick',
    what: 'no work of ours: `yaml` parses the Compose file with 1,000 services once, to compare machines by',
    unit: 'ms',
    input: 'compose-1000.yaml',
    ours(build, scale, file) {
      const { times, cpu } = inProcess(build, { what: 'yardstick', file, runs: Math.ceil(9 * scale) });
      return { values: times, cpu };
    },
  },
  ...compose.flatMap(([count, compute, whole]) => [
    {
      id: `compose-${count}-compute`,
      what: `one edit among ${count} services with merge keys, computing alone`,
      unit: 'ms',
      goal: compute,
      input: `compose-${count}.yaml`,
      ours(build, scale, file) {
        const { times, cpu } = inProcess(build, { what: 'edit', file, match: 'LOG_LEVEL', runs: Math.ceil(60 * scale) });
        return { values: times, cpu };
      },
      profile: profiledInProcess({ what: 'edit', match: 'LOG_LEVEL', runs: 60 }),
    },
    {
      id: `compose-${count}-edit`,
      what: `one edit among ${count} services, from the keystroke to diagnostics`,
      unit: 'ms',
      goal: whole,
      input: `compose-${count}.yaml`,
      async ours(build, scale, file) {
        const session = { ...serverOf(build), file, languageId: 'dockercompose', match: /LOG_LEVEL/, edits: Math.ceil(40 * scale) };
        const { edits, ...rest } = await editSession(session);
        return { values: edits, ...rest };
      },
      peers: servers,
      async peer(_, { command, configuration, languageId }, scale, file) {
        // The slowest of them takes 16 seconds for each edit.
        const edits = count === 1000 ? 2 : Math.ceil(10 * scale);
        const session = { command, configuration, languageId, file, match: /LOG_LEVEL/, edits };
        return { values: (await editSession(session)).edits };
      },
    },
  ]),
  {
    id: 'nats-1mb-compute',
    what: 'one edit in a nats.conf of 1 MB, computing alone',
    unit: 'ms',
    goal: 16,
    input: 'nats-1mb.conf',
    ours(build, scale, file) {
      const { times, cpu } = inProcess(build, { what: 'edit', file, match: 'subscribe', runs: Math.ceil(40 * scale) });
      return { values: times, cpu };
    },
    profile: profiledInProcess({ what: 'edit', match: 'subscribe', runs: 40 }),
  },
  {
    id: 'nats-1mb-edit',
    what: 'one edit in a nats.conf of 1 MB, from the keystroke to diagnostics',
    unit: 'ms',
    goal: 60,
    input: 'nats-1mb.conf',
    async ours(build, scale, file) {
      const session = { ...serverOf(build), file, languageId: 'nats-conf', match: /user:/, edits: Math.ceil(30 * scale) };
      const { edits, ...rest } = await editSession(session);
      return { values: edits, ...rest };
    },
  },
  {
    id: 'nats-1mb-first',
    what: 'a nats.conf of 1 MB read and judged for the first time, in process',
    unit: 'ms',
    goal: 40,
    input: 'nats-1mb.conf',
    ours(build, scale, file) {
      const runs = Array.from({ length: Math.ceil(7 * scale) }, () => inProcess(build, { what: 'first', file, runs: 1 }));
      return { values: runs.flatMap(({ times }) => times), cpu: runs.flatMap(({ cpu }) => cpu) };
    },
    profile: profiledInProcess({ what: 'first', runs: 1 }),
  },
  {
    id: 'nats-1mb-again',
    what: 'the same by a process that has looked at ten of them before',
    unit: 'ms',
    goal: 40,
    input: 'nats-1mb.conf',
    ours(build, scale, file) {
      const { times, cpu } = inProcess(build, { what: 'first', file, runs: 10 + Math.ceil(15 * scale) });
      return { values: times.slice(10), cpu: cpu.slice(10) };
    },
  },
  ...['1kb', '100kb', '1mb', '10mb'].map(size => ({
    id: `nats-${size}-check`,
    what: `\`authlint check\` of a nats.conf of ${size}, the whole process`,
    unit: 'ms',
    goal: size === '1mb' ? '3× nats-server -t' : undefined,
    input: `nats-${size}.conf`,
    ours: (build, scale, file) => ({ values: processTimes(check(build, file), Math.ceil((size === '10mb' ? 3 : 9) * scale)) }),
    profile: profiledCheck,
    peers: ['nats-server -t'],
    peer: (_, { command }, scale, file) => ({ values: processTimes([...command, file], Math.ceil(9 * scale)) }),
  })),
  ...[
    ['plain', 'without any', 10],
    ['log', 'with 1,000', 40],
  ].flatMap(([kind, words, goal]) =>
    [
      [`tokens-${kind}`, `tokens looked for in a log of 10 MB ${words}, in process`, 'search', goal],
      [`log-${kind}`, `a log of 10 MB ${words} tokens, looked through and judged, in process`, 'again'],
    ].map(([id, what, run, goal]) => ({
      ...{ id, what, unit: 'ms', goal, input: `${kind}-10mb.txt` },
      ours(build, scale, file) {
        const { times, cpu } = inProcess(build, { what: run, file, runs: Math.ceil(15 * scale) });
        return { values: times, cpu };
      },
    })),
  ),
  ...[10, 100].map(size => ({
    id: `tokens-${size}mb-check`,
    what: `tokens looked for in a log of ${size} MB, the whole process`,
    unit: 'ms',
    goal: '3× grep',
    input: `plain-${size}mb.txt`,
    ours: (build, scale, file) => ({ values: processTimes(check(build, file), Math.ceil(5 * scale)) }),
    peers: size === 10 ? ['grep', 'secretlint', 'gitleaks'] : ['grep'],
    peer: (_, { command }, scale, file) => ({ values: processTimes([...command, file], Math.ceil(5 * scale)) }),
  })),
  ...[10, 100, 1000].map(count => ({
    id: `compose-${count}-check`,
    what: `\`authlint check\` of a Compose file with ${count} services, the whole process`,
    unit: 'ms',
    input: `compose-${count}.yaml`,
    ours: (build, scale, file) => ({ values: processTimes(check(build, file), Math.ceil(7 * scale)) }),
    profile: profiledCheck,
    peers: ['dclint', 'secretlint'],
    peer: (_, { command }, scale, file) => ({ values: processTimes([...command, file], Math.ceil(5 * scale)) }),
  })),
  ...[
    ['compose-1000.yaml', 'dockercompose', /LOG_LEVEL/],
    ['nats-1mb.conf', 'nats-conf', /subscribe/],
  ].map(([input, languageId, match]) => ({
    id: `requests-${input.split('.')[0]}`,
    what: `hover, completion and quick fixes in ${input.replace('.', ' (').replace(/$/, ')')}, the slowest of 20`,
    unit: 'ms',
    goal: 5,
    statistic: 'p95',
    input,
    async ours(build, scale, file) {
      const session = { ...serverOf(build), file, languageId, match, edits: 1, requests: Math.ceil(30 * scale) };
      return { values: (await editSession(session)).requests };
    },
  })),
  {
    id: 'cold-start',
    what: 'from starting the server, not for the first time ever, to the first diagnostics, small file',
    unit: 'ms',
    goal: 150,
    input: 'compose-10.yaml',
    async ours(build, scale, file) {
      const start = async () =>
        (await editSession({ ...serverOf(build), file, languageId: 'dockercompose', match: /LOG_LEVEL/, edits: 0 })).cold;
      // The very first start leaves compiled code to those behind it.
      const firstEver = await start();
      const values = [];
      for (let i = 0; i < Math.ceil(9 * scale); i++) values.push(await start());
      return { values, firstEver };
    },
    peers: servers,
    async peer(_, { command, configuration, languageId }, _scale, file) {
      return { values: [(await editSession({ command, configuration, languageId, file, match: /LOG_LEVEL/, edits: 0 })).cold] };
    },
  },
  {
    id: 'memory',
    what: 'memory of the server at rest after 1,000 edits among 1,000 services',
    unit: 'MB',
    goal: 90,
    input: 'compose-1000.yaml',
    async ours(build, scale, file) {
      const session = {
        ...serverOf(build),
        file,
        languageId: 'dockercompose',
        match: /LOG_LEVEL/,
        edits: Math.ceil(1000 * scale),
        pause: 0,
        rest: 25_000,
      };
      const { memory, memoryAtStart, memoryAtWork } = await editSession(session);
      return { values: [memory], memoryAtStart, memoryAtWork };
    },
  },
  ...[1000, 10_000].map(count => ({
    id: `workspace-${count}`,
    what: `\`authlint check\` of ${count.toLocaleString('en')} small files, the whole process`,
    unit: 'ms',
    goal: count === 10_000 ? 3000 : undefined,
    input: `workspace-${count}`,
    ours: (build, scale, folder) => ({ values: processTimes(check(build, '.'), Math.ceil(3 * scale), { cwd: folder }) }),
    profile: (build, folder) => ({ ...profiledCheck(build, '.'), cwd: folder }),
    // secretlint needs more than six minutes for ten thousand.
    peers: count === 10_000 ? ['gitleaks'] : ['secretlint', 'gitleaks'],
    peer: (name, { command }, scale, folder) => ({
      values: processTimes([...command, name === 'secretlint' ? '**/*' : '.'], Math.ceil(scale), { cwd: folder }),
    }),
  })),
  {
    id: 'command-start',
    what: '`authlint --version`, the whole process',
    unit: 'ms',
    goal: 120,
    ours: (build, scale) => ({ values: processTimes([process.execPath, join(build.dist, 'cli.js'), '--version'], Math.ceil(15 * scale)) }),
    peers: ['node'],
    peer: (_, { command }, scale) => ({ values: processTimes(command, Math.ceil(15 * scale)) }),
  },
  {
    id: 'activation',
    what: 'activating the extension, until the editor has it back',
    unit: 'ms',
    goal: 30,
    ours(build, scale) {
      const command = [process.execPath, join(import.meta.dirname, 'activation.mjs'), build.root, build.dist];
      return {
        values: Array.from({ length: Math.ceil(9 * scale) }, () => Number(spawnSync(command[0], command.slice(1)).stdout.toString())),
      };
    },
  },
  {
    id: 'package',
    what: 'the package that people install',
    unit: 'KB',
    goal: 700,
    async ours(build) {
      const folder = mkdtempSync(join(tmpdir(), 'authlint-size-'));
      const path = join(folder, 'authlint.vsix');
      spawnSync(process.execPath, [join(build.root, 'scripts/package.mjs'), '--out', path], { cwd: build.root, stdio: 'ignore' });
      const { size } = statSync(path);
      rmSync(folder, { recursive: true });
      return { values: [(size / MB) * 1024] };
    },
  },
];
