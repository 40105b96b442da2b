// Judges the files of large folders in several threads. Files that have nothing to do with one another are judged apart, with all rules
// that look at no more than that; rules that look at all files look at outlines of them. What comes out is the same for any number of threads.
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { editsOf } from '../core/lint/choose-fixes.ts';
import type { Finding } from '../core/lint/finding.ts';
import { describeFault, type Fault, runRules } from '../core/lint/run-rules.ts';
import { directoryOf, type FileId } from '../core/text/file-id.ts';
import { grouped } from '../core/text/group.ts';
import { rulesOverAll, viewOfOutlines } from '../core/workspace/over-all.ts';
import { tiedGroups } from '../core/workspace/ties.ts';
import { nodeFilesAtOnce } from '../hosts/node-files.ts';
import { displayPaths } from './display-path.ts';
import { type ReportPart, toReportedFault } from './report.ts';
import { settingsOf } from './settings.ts';
import { type SentFinding, Share, type ShareRequest } from './share.ts';

/** Files below which threads cost more than they bring: one starts in the time in which another judges some hundred files. */
export const fewestFiles = 1000;

/** Files that a thread takes at a time, and more where a folder has more. */
const batchSize = 50;

/** A share, wherever it is. */
export type AnyShare = { [Name in keyof Share]: (...given: Parameters<Share[Name]>) => Promise<Awaited<ReturnType<Share[Name]>>> };

/** Judges `files` in this thread and `threads - 1` others, which run the bundle in `dist`. Rejects when one of them breaks. */
export async function judgeInThreads(
  files: readonly FileId[],
  threads: number,
  dist: string,
  request: ShareRequest,
): Promise<readonly ReportPart[]> {
  const { Worker } = await import('node:worker_threads');
  const script = join(dist, 'cli-worker.js');
  const workers = Array.from({ length: threads - 1 }, () => new ShareElsewhere(new Worker(script, { workerData: request })));
  try {
    return await judgeInShares(batches(files), [...workers, asShare(new Share(request, nodeFilesAtOnce))], request);
  } finally {
    for (const worker of workers) worker.end();
  }
}

/** Judges batches of files. The last of the shares is given what the others cannot judge by themselves. */
export async function judgeInShares(
  batches: readonly (readonly FileId[])[],
  shares: readonly AnyShare[],
  request: ShareRequest,
): Promise<readonly ReportPart[]> {
  const left = batches.values();
  await Promise.all(
    shares.map(async share => {
      for (const batch of left) await share.add(batch);
    }),
  );
  const holders = await bringTogether(new Set(batches.flat()), shares);
  const heldBy = (share: AnyShare) => (item: { readonly file: FileId }) => holders.get(item.file) === share;
  const outlines = await Promise.all(shares.map(share => share.outline()));
  const settings = settingsOf(request.settings);
  const run = runRules(viewOfOutlines(outlines, settings), rulesOverAll, { file: '', settings, now: request.now });
  const places = run.findings.flatMap(({ related }) => related);
  const ranges = new Map((await Promise.all(shares.map(share => share.ranges(places.filter(heldBy(share)))))).flatMap(found => [...found]));
  const faults: Fault[] = [...run.faults];
  const sent = run.findings.map(finding => toSent(finding, faults));
  const parts = await Promise.all(shares.map(share => share.report(sent.filter(heldBy(share)), ranges)));
  const display = displayPaths(request.cwd, request.given);
  return [
    ...parts,
    { files: [], located: [], faults: faults.map(({ rule, file, message }) => toReportedFault(rule, file, message, display)) },
  ];
}

/** Files of one folder stay together: what is torn apart is judged by one thread in the end. */
function batches(files: readonly FileId[]): readonly (readonly FileId[])[] {
  const all: FileId[][] = [];
  for (const folder of grouped(files, directoryOf).values()) {
    const last = all.at(-1);
    if (last && last.length < batchSize) last.push(...folder);
    else all.push([...folder]);
  }
  return all;
}

/** Lets the last share have what has to do with one another and lies in several. Says which share holds a file in the end. */
async function bringTogether(files: ReadonlySet<FileId>, shares: readonly AnyShare[]): Promise<ReadonlyMap<FileId, AnyShare>> {
  const last = shares[shares.length - 1] as AnyShare;
  const ties = await Promise.all(shares.map(share => share.ties()));
  const holders = new Map<FileId, Set<AnyShare>>();
  for (const [i, share] of shares.entries()) {
    for (const file of ties[i]?.files ?? []) holders.set(file, (holders.get(file) ?? new Set()).add(share));
  }
  const holdersOf = (file: FileId) => [...(holders.get(file) ?? [])];
  const torn = tiedGroups(ties).filter(group => new Set(group.flatMap(holdersOf)).size > 1);
  const moved = torn.flat().filter(file => holders.has(file));
  const others = shares.filter(share => share !== last);
  await Promise.all(others.map(share => share.leave(moved.filter(file => holders.get(file)?.has(share)))));
  await last.add(moved.filter(file => files.has(file)));
  const away = new Set(moved);
  return new Map([...holders].map(([file, [holder]]) => [file, away.has(file) ? last : (holder as AnyShare)]));
}

function toSent({ prepared: _, ...finding }: Finding, faults: Fault[]): SentFinding {
  const fixes = finding.fixes.flatMap(fix => {
    try {
      return [{ title: fix.title, safety: fix.safety, edits: editsOf(fix) }];
    } catch (error) {
      faults.push({ rule: finding.rule, file: finding.file, message: `a fix broke: ${describeFault(error)}` });
      return [];
    }
  });
  return { ...finding, fixes };
}

/** A share of this thread. Between two questions it lets the others be heard. */
export function asShare(share: Share): AnyShare {
  const turn = () => new Promise<void>(resolve => setImmediate(resolve));
  return {
    add: async files => {
      await share.add(files);
      await turn();
    },
    ties: async () => share.ties(),
    leave: async files => share.leave(files),
    outline: async () => share.outline(),
    ranges: async places => share.ranges(places),
    report: async (found, elsewhere) => share.report(found, elsewhere),
  };
}

/** What a worker is asked. */
export interface Asked {
  readonly name: keyof Share;
  readonly given: readonly unknown[];
}

/** A share of a worker thread. */
class ShareElsewhere implements AnyShare {
  readonly #worker: Worker;
  /** Who waits for answers; they come in the order of the questions. */
  readonly #waiting: { resolve(answer: unknown): void; reject(error: Error): void }[] = [];
  #adding: Promise<void> | undefined;
  #broken: Error | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.#worker.on('message', answer => this.#waiting.shift()?.resolve(answer));
    this.#worker.on('error', error => {
      this.#broken = error;
      for (const { reject } of this.#waiting) reject(error);
    });
  }

  /** Done when it is the next one's turn: who works never waits for a thread that is busy with files of its own. */
  add: AnyShare['add'] = async (...given) => {
    const before = this.#adding;
    this.#adding = this.#ask('add', given);
    // Whoever asks next hears of it.
    this.#adding.catch(() => {});
    await before;
  };
  ties: AnyShare['ties'] = (...given) => this.#ask('ties', given);
  leave: AnyShare['leave'] = (...given) => this.#ask('leave', given);
  outline: AnyShare['outline'] = (...given) => this.#ask('outline', given);
  ranges: AnyShare['ranges'] = (...given) => this.#ask('ranges', given);
  report: AnyShare['report'] = (...given) => this.#ask('report', given);

  end(): void {
    void this.#worker.terminate();
  }

  #ask<Answer>(name: Asked['name'], given: Asked['given']): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      if (this.#broken) reject(this.#broken);
      this.#waiting.push({ resolve: answer => resolve(answer as Answer), reject });
      this.#worker.postMessage({ name, given } satisfies Asked);
    });
  }
}
