// A worker thread of `authlint check --threads N`: answers one question after the other about its share of the files.
import { parentPort, workerData } from 'node:worker_threads';
import { nodeFilesAtOnce } from '../hosts/node-files.ts';
import { Share, type ShareRequest } from './share.ts';
import { type Asked, asShare } from './shares.ts';

const share = asShare(new Share(workerData as ShareRequest, nodeFilesAtOnce));

parentPort?.on('message', async ({ name, given }: Asked) => {
  const answer = share[name] as (...given: readonly unknown[]) => Promise<unknown>;
  parentPort?.postMessage(await answer(...given));
});
