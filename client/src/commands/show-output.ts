// "Authlint: Show Output": what the server and the client have logged.
import type { Command } from './index.ts';

export const showOutput: Command = ({ server }) => server.output.show();
