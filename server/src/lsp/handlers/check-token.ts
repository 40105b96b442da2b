// What one token is and who in the workspace would accept it, for a person who pasted it: a report without the token itself.
import type { CheckTokenParams, CheckTokenResult } from '../../protocol.ts';
import type { ServerContext } from '../server.ts';
import { verifiersHere } from '../workspace-verifiers.ts';

export async function checkToken({ platform, session }: ServerContext, { token, uri }: CheckTokenParams): Promise<CheckTokenResult> {
  // Cryptography is loaded when somebody asks for it: most sessions never do.
  const [checks, render, view] = await Promise.all([
    import('../../checks/token-report.ts'),
    import('../../checks/render-report.ts'),
    import('../../checks/report-view.ts'),
  ]);
  const now = platform.clock();
  const { verifiers, uris } = await verifiersHere(session, token, uri);
  const report = await checks.checkToken(token, { now, verifiers });
  const rows = (object: typeof report.header) =>
    view.reportRows(object ?? {}).map(({ name, value, time }) => ({ name, value, ...(time === undefined ? {} : { time }) }));
  return {
    markdown: render.renderReport(report, now),
    verdict: view.verdict(report),
    facts: view.reportFacts(report, now) ?? [],
    header: rows(report.header),
    claims: rows(report.claims),
    checks: report.checks.map(({ check, outcome, why }) => ({ title: render.checkTitles[check], outcome, why })),
    verifiers: report.verifiers.map(({ name, path, accepts, why }) => {
      const target = path === null ? undefined : uris.get(path);
      return { name, accepts, why, ...(path === null ? {} : { path }), ...(target === undefined ? {} : { uri: target }) };
    }),
  };
}
