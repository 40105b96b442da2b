// A finding's code opens the rule's page. The server links to the web; here the page comes with the extension, so that the
// link works without a network and in a browser, and always shows the page of the version that made the finding.
import type { Diagnostic } from 'vscode';
import type { Middleware } from 'vscode-languageclient';
import { rulePageUri } from './views/pages.ts';

/** Points the code of each diagnostic at the bundled page. */
export const linkRulePages: Middleware = {
  handleDiagnostics: (uri, diagnostics, next) => {
    diagnostics.forEach(linkRulePage);
    next(uri, diagnostics);
  },
};

function linkRulePage(diagnostic: Diagnostic): void {
  const { code } = diagnostic;
  // A code without a link is one without a page.
  if (typeof code === 'object') diagnostic.code = { value: code.value, target: rulePageUri(String(code.value)) };
}
