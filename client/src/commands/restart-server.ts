// "Authlint: Restart Server": the way out when something is stuck.
import type { Command } from './index.ts';

export const restartServer: Command = ({ server }) => server.start();
