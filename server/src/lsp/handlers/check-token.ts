// What one token is and whether it can be accepted, for a person who pasted it: a report without the token itself.
import type { CheckTokenParams, CheckTokenResult } from '../../protocol.ts';
import type { ServerContext } from '../server.ts';

export async function checkToken({ platform }: ServerContext, { token }: CheckTokenParams): Promise<CheckTokenResult> {
  // Cryptography is loaded when somebody asks for it: most sessions never do.
  const [checks, render] = await Promise.all([import('../../checks/token-report.ts'), import('../../checks/render-report.ts')]);
  const now = platform.clock();
  return { markdown: render.renderReport(await checks.checkToken(token, { now, verifiers: [] }), now) };
}
