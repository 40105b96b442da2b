// Everything that the command line can do, as one bundle beside `cli.js`: that one is read at every call, this one when it is needed.
export { can } from './can.ts';
export { check } from './check.ts';
export { explain } from './explain.ts';
export { format } from './format.ts';
export { inspect } from './inspect.ts';
export { listRules } from './list-rules.ts';
export { lsp } from './lsp.ts';
export { token } from './token.ts';
export { judgeShare } from './worker.ts';
