// Plays an editor to a language server, ours or another's: opens a file, types into it, and takes the time of every answer.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

const sleep = delay => new Promise(resolve => setTimeout(resolve, delay));

/** A connection over standard input and output; `onNotify` hears what the server says by itself. */
function connect({ command, environment, configuration }, onNotify) {
  const env = { ...process.env, ...environment };
  const child = spawn(command[0], command.slice(1), { stdio: ['pipe', 'pipe', 'ignore'], env });
  const waiting = new Map();
  let received = Buffer.alloc(0);
  let lastId = 0;
  const send = message => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    child.stdin.write(body);
  };
  const section = name => (name ? (configuration[name] ?? null) : configuration);
  const take = message => {
    if (message.method === undefined) {
      waiting.get(message.id)?.(message.result);
      waiting.delete(message.id);
    } else if (message.id === undefined) onNotify(message);
    else
      send({
        id: message.id,
        result: message.method === 'workspace/configuration' ? message.params.items.map(item => section(item.section)) : null,
      });
  };
  child.stdout.on('data', data => {
    received = received.length > 0 ? Buffer.concat([received, data]) : data;
    for (;;) {
      const end = received.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: *(\d+)/i.exec(received.subarray(0, end).toString())[1]);
      if (received.length < end + 4 + length) return;
      const body = received.subarray(end + 4, end + 4 + length).toString();
      received = received.subarray(end + 4 + length);
      take(JSON.parse(body));
    }
  });
  const request = (method, params) =>
    new Promise(resolve => {
      waiting.set(++lastId, resolve);
      send({ id: lastId, method, params });
    });
  return { child, request, notify: (method, params) => send({ method, params }) };
}

/** Resident memory of a process and its children, in MB; undefined where /proc is not there. */
function memoryOf(pid) {
  try {
    const parents = readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .flatMap(name => {
        try {
          const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
          return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])]];
        } catch {
          return [];
        }
      });
    const tree = [pid];
    for (const parent of tree) for (const [child, of] of parents) if (of === parent) tree.push(child);
    const resident = id => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0);
    return tree.reduce((sum, id) => sum + resident(id), 0) / 1024;
  } catch {
    return undefined;
  }
}

/** User and system time of a process so far, in milliseconds. */
function cpuOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}

/**
 * One session: `edits` characters are typed and taken back at the end of the line nearest the middle that matches `match`, with a pause
 * between them; then hover, completion and code actions are asked for there. Milliseconds throughout, memory in MB.
 * `rest`: milliseconds at the end in which nothing happens, before `memory` is looked at.
 * @returns { cold, edits, cpuPerEdit, requests, memory, memoryAtStart, memoryAtWork, diagnostics }
 */
export async function editSession({
  command,
  environment = {},
  file,
  languageId,
  match,
  edits,
  configuration = {},
  pause = 50,
  requests = 0,
  rest = 0,
}) {
  const uri = pathToFileURL(file).href;
  const text = readFileSync(file, 'utf8');
  const listeners = new Set();
  const started = performance.now();
  const server = connect({ command, environment, configuration }, ({ method, params }) => {
    if (method === 'textDocument/publishDiagnostics' && params.uri === uri) for (const listener of [...listeners]) listener(params);
  });
  const failed = new Promise((_, reject) => {
    server.child.on('error', reject);
    server.child.on('exit', code => reject(new Error(`the server ended with ${code}`)));
  });
  failed.catch(() => undefined);
  const orFail = promise =>
    Promise.race([promise, failed, sleep(180_000).then(() => Promise.reject(new Error('no answer in three minutes')))]);
  const diagnosticsOf = version =>
    orFail(
      new Promise(resolve => {
        const listener = params => {
          if (params.version !== undefined && params.version !== null && params.version < version) return;
          listeners.delete(listener);
          resolve({ at: performance.now(), count: params.diagnostics.length });
        };
        listeners.add(listener);
      }),
    );
  try {
    const root = pathToFileURL(dirname(file)).href;
    const { capabilities } = await orFail(
      server.request('initialize', {
        processId: process.pid,
        rootUri: root,
        workspaceFolders: null,
        initializationOptions: {},
        capabilities: {
          workspace: { configuration: true },
          textDocument: { publishDiagnostics: { versionSupport: true, relatedInformation: true }, hover: { contentFormat: ['markdown'] } },
        },
      }),
    );
    const sync = capabilities.textDocumentSync?.change ?? capabilities.textDocumentSync;
    server.notify('initialized', {});
    server.notify('workspace/didChangeConfiguration', { settings: configuration });
    const first = diagnosticsOf(1);
    server.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
    const cold = (await first).at - started;
    await sleep(500);
    const lines = text.split('\n');
    const line = nearestLine(lines, match);
    const written = lines[line];
    const times = [];
    const warmUp = Math.min(3, edits);
    const memoryAtStart = memoryOf(server.child.pid);
    let cpuBefore;
    let count = 0;
    for (let i = 0; i < edits + warmUp; i++) {
      if (i === warmUp) cpuBefore = cpuOf(server.child.pid);
      const typed = i % 2 === 0;
      lines[line] = written + (typed ? '1' : '');
      const end = { line, character: written.length + (typed ? 0 : 1) };
      const range = { start: { line, character: written.length }, end };
      const change = sync === 2 ? { range, text: typed ? '1' : '' } : { text: lines.join('\n') };
      const answer = diagnosticsOf(i + 2);
      const before = performance.now();
      server.notify('textDocument/didChange', { textDocument: { uri, version: i + 2 }, contentChanges: [change] });
      const { at, count: found } = await answer;
      count = found;
      if (i >= warmUp) times.push(at - before);
      await sleep(pause);
    }
    const cpuPerEdit = cpuBefore === undefined ? undefined : (cpuOf(server.child.pid) - cpuBefore) / edits;
    const asked = [];
    const position = { line, character: Math.max(0, written.search(/\S/) + 2) };
    const place = { textDocument: { uri }, position };
    const range = { start: { line, character: 0 }, end: { line, character: written.length } };
    for (let i = 0; i < requests; i++) {
      for (const [method, params] of [
        ['textDocument/hover', place],
        ['textDocument/completion', place],
        ['textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [] } }],
      ]) {
        const before = performance.now();
        await orFail(server.request(method, params));
        asked.push(performance.now() - before);
      }
    }
    const memoryAtWork = memoryOf(server.child.pid);
    await sleep(rest);
    const memory = memoryOf(server.child.pid);
    return { cold, edits: times, cpuPerEdit, requests: asked, memory, memoryAtStart, memoryAtWork, diagnostics: count };
  } finally {
    server.child.removeAllListeners('exit');
    await end(server);
  }
}

/** Says good-bye as editors do, since a server may keep something for its next start. */
async function end(server) {
  if (server.child.exitCode !== null) return;
  const ended = new Promise(resolve => server.child.on('exit', resolve));
  server.request('shutdown').then(
    () => server.notify('exit'),
    () => undefined,
  );
  await Promise.race([ended, sleep(3000)]);
  server.child.kill('SIGKILL');
}

function nearestLine(lines, match) {
  const middle = lines.length >> 1;
  for (let distance = 0; distance <= lines.length; distance++) {
    for (const line of [middle + distance, middle - distance]) if (match.test(lines[line] ?? '')) return line;
  }
  throw new Error(`no line matches ${match}`);
}
