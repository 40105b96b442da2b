// Holds what a nats-server has said about a file against what Authlint says about it, and says honestly where the two differ.
import type { Analyzer } from '../../core/analyzer.ts';
import { parseServerVersion } from '../../core/lint/settings.ts';
import type { NatsConf } from '../../core/nats-conf/model.ts';
import { secretTextsOf } from '../../core/nats-conf/secret-texts.ts';
import { type Complaint, isAboutMachine, readServerAnswer } from '../../core/nats-conf/server-answer.ts';
import { type FileId, nameOf, pathOf } from '../../core/text/file-id.ts';
import type { CompareWithServerParams, CompareWithServerResult } from '../../protocol.ts';
import type { ServerContext } from '../server.ts';
import type { Session } from '../session.ts';
import type { Places } from '../to-lsp.ts';

export async function compareWithServer(
  { session }: ServerContext,
  { uri, version, exitCode, output }: CompareWithServerParams,
): Promise<CompareWithServerResult | null> {
  const subject = session.subjectOf(uri);
  if (!subject) return null;
  const { id, places } = subject;
  const { trial, unsaved } = await asOnDisk(session, subject.scope.analyzer, id);
  const natsServer = parseServerVersion(version);
  if (natsServer) trial.configure({ ...trial.settings, natsServer });
  trial.setFile({ id, text: trial.textOf(id) ?? '' }, 'nats-conf');
  const analysis = trial.analysis(id);
  const conf = trial.owner(id)?.model as NatsConf | undefined;
  const findings = analysis?.layers.flatMap(layer => layer.findings) ?? [];
  const stages = { parse: 0, start: 0 };
  for (const { stage } of findings) if (stage) stages[stage]++;
  const files = [id, ...(analysis?.parts ?? [])];
  const answer = readServerAnswer(exitCode, output, conf ? secretTextsOf(conf) : new Set());
  const aboutMachine = answer.complaints.length > 0 && answer.complaints.every(isAboutMachine);
  const outcome = answer.accepts
    ? stages.parse === 0
      ? 'accepted'
      : 'disagreement'
    : stages.parse > 0
      ? 'refused'
      : aboutMachine
        ? 'machine'
        : 'disagreement';
  const words = answer.complaints[0]?.words;
  const message = [
    sentence(outcome, { server: `nats-server ${version}`, file: nameOf(id), accepts: answer.accepts, words }),
    ...(outcome === 'accepted' && stages.start > 0
      ? ['Yet it would not start with it: Authlint says why, and `-t` does not try that.']
      : []),
    ...(unsaved.length > 0 ? [`What was checked is on the disk: unsaved changes of ${unsaved.map(nameOf).join(', ')} are not in it.`] : []),
  ].join(' ');
  return { outcome, message, places: answer.complaints.flatMap(complaint => placeOf(complaint, files, trial, places)) };
}

interface Circumstances {
  readonly server: string;
  readonly file: string;
  readonly accepts: boolean;
  readonly words: string | undefined;
}

function sentence(outcome: CompareWithServerResult['outcome'], { server, file, accepts, words }: Circumstances): string {
  const said = words ? `: ${words}` : '.';
  if (outcome === 'accepted') return `${server} accepts ${file}.`;
  if (outcome === 'refused') return `${server} refuses ${file}, as Authlint says${said}`;
  if (outcome === 'machine') return `${server} refuses ${file} for want of something on this machine${said}`;
  return accepts
    ? `${server} accepts ${file}, though Authlint says that it refuses it. Authlint is wrong here: please report it.`
    : `${server} refuses ${file}, and Authlint did not see why: please report it. The server says${said}`;
}

/** A copy in which the file and what it reads are as the server has seen them; `unsaved` are those that the editor has otherwise. */
async function asOnDisk(session: Session, analyzer: Analyzer, id: FileId): Promise<{ trial: Analyzer; unsaved: readonly FileId[] }> {
  const trial = analyzer.fork();
  const unsaved: FileId[] = [];
  for (const file of [id, ...(analyzer.analysis(id)?.reads.keys() ?? [])]) {
    const open = session.openText(file);
    const text = open && (await session.files.read(file));
    if (!open || text === undefined || text === open.text) continue;
    unsaved.push(file);
    trial.setText(file, text);
  }
  return { trial, unsaved };
}

/** The line that a complaint is about, in one of the files that the configuration is made of, the main one first. */
function placeOf(
  { path, line, words }: Complaint,
  files: readonly FileId[],
  trial: Analyzer,
  places: Places,
): CompareWithServerResult['places'][number][] {
  const file = path === undefined ? files[0] : files.find(one => isNamed(one, path));
  const [text, lines] = file === undefined ? [] : [trial.textOf(file), trial.linesOf(file)];
  if (line === undefined || file === undefined || text === undefined || !lines) return [];
  const start = lines.offsetAt({ line: line - 1, character: 0 });
  const row = /^[^\r\n]*/.exec(text.slice(start))?.[0] ?? '';
  const span = { start: start + row.length - row.trimStart().length, end: start + row.trimEnd().length };
  return [{ uri: places.uriOf(file), range: lines.rangeOf(span), message: words }];
}

/** The server names files as it was given them, or as an include does. */
function isNamed(file: FileId, path: string): boolean {
  const slashed = path.replaceAll('\\', '/').replace(/^\.\//, '');
  return pathOf(file) === slashed || pathOf(file).toLowerCase() === `/${slashed.toLowerCase()}` || pathOf(file).endsWith(`/${slashed}`);
}
