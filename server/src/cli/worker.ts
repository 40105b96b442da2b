// A worker thread of `authlint check --threads N`.
import { parentPort } from 'node:worker_threads';
import type { FileId } from '../core/text/file-id.ts';
import { lookAt } from './worth-reading.ts';

parentPort?.on('message', async (files: readonly FileId[]) => {
  parentPort?.postMessage(await Promise.all(files.map(lookAt)));
});
