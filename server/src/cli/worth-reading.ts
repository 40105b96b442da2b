// Which of many files hold something that Authlint can judge. Most of a source tree holds nothing of the kind, and to find that out is most
// of the work, so worker threads do it; what is left is judged together in one thread, since findings depend on several files.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { analyze } from '../core/analysis.ts';
import { detectLanguage } from '../core/detect.ts';
import { defaultSettings } from '../core/lint/settings.ts';
import { natsUsage } from '../core/nats-usage/index.ts';
import type { FileId } from '../core/text/file-id.ts';
import { nodeFiles } from '../hosts/node-files.ts';

/** Files below which a thread costs more than it brings: it starts in about 60 ms, in which one thread judges some hundred files. */
export const fewestFiles = 3000;

/** Files that a worker looks through at a time. */
const batchSize = 200;

/** `readable`: everything that could be read; `holding`: what holds something, in the same order. */
export interface WorthReading {
  readonly readable: readonly FileId[];
  readonly holding: readonly FileId[];
}

/** What a worker answers for one file. */
export type Sight = 'something' | 'nothing' | 'unreadable';

/** Looks through `files` in `threads` workers of the bundle in `dist`. Rejects when a worker breaks. */
export async function findWorthReading(files: readonly FileId[], threads: number, dist: string): Promise<WorthReading> {
  const sights = new Map<FileId, Sight>();
  let next = 0;
  const batch = () => {
    const from = next;
    next += batchSize;
    return files.slice(from, next);
  };
  await Promise.all(Array.from({ length: threads }, () => runWorker(join(dist, 'cli-worker.js'), batch, sights)));
  const seen = (id: FileId) => sights.get(id) ?? 'unreadable';
  return { readable: files.filter(id => seen(id) !== 'unreadable'), holding: files.filter(id => seen(id) === 'something') };
}

function runWorker(script: string, batch: () => readonly FileId[], sights: Map<FileId, Sight>): Promise<void> {
  const worker = new Worker(script);
  let asked = batch();
  return new Promise<void>((resolve, reject) => {
    worker.on('error', reject);
    worker.on('message', (answers: readonly Sight[]) => {
      for (const [i, id] of asked.entries()) sights.set(id, answers[i] ?? 'unreadable');
      asked = batch();
      if (asked.length > 0) worker.postMessage(asked);
      else resolve();
    });
    if (asked.length > 0) worker.postMessage(asked);
    else resolve();
  }).finally(() => worker.terminate());
}

/** What a worker does. In doubt a file holds something: whoever judges it then finds out. */
export async function lookAt(id: FileId): Promise<Sight> {
  const text = await nodeFiles.read(id);
  if (text === undefined) return 'unreadable';
  // A comment for Authlint is judged too: it may allow what is not there.
  if (/authlint\s*:/i.test(text)) return 'something';
  // A configuration is judged in any case, and any program may name a subject for another: nothing is gained by doing that twice.
  if (detectLanguage({ id, text }) || natsUsage.build({ id, text }, { settings: defaultSettings, now: 0, read: () => 'unknown' }))
    return 'something';
  const { layers, faults, language, reads } = analyze({ id, text }, { settings: defaultSettings, now: 0, read: () => 'unknown' });
  const isNothing = layers.every(layer => layer.language.isEmpty?.(layer.model) === true && layer.findings.length === 0);
  return language === undefined && isNothing && faults.length === 0 && reads.size === 0 ? 'nothing' : 'something';
}
