// What a worker thread of `authlint check` does: it answers questions one by one about its share of the files.
import { nodeFilesAtOnce } from '../hosts/node-files.ts';
import { Share, type ShareRequest } from './share.ts';
import { type Asked, asShare } from './shares.ts';

/** Never returns an answer before that to the question before. */
export async function judgeShare(): Promise<void> {
  const { parentPort, workerData } = await import('node:worker_threads');
  const share = asShare(new Share(workerData as ShareRequest, nodeFilesAtOnce));
  let before: Promise<void> = Promise.resolve();
  parentPort?.on('message', ({ name, given }: Asked) => {
    const answer = share[name] as (...given: readonly unknown[]) => Promise<unknown>;
    before = before.then(async () => parentPort?.postMessage(await answer(...given)));
  });
}
