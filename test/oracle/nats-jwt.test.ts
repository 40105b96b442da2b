// Our reading and judging of NATS JWTs against what the Go library of nats-server says about the same tokens. Recorded by
// `go run . >../nats-jwt-vectors.json` in the folder `nats-jwt`; what the library of the oldest server refuses, by the program in `older`.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { newestNatsServer } from '../../server/src/core/lint/settings.ts';
import { type DecodeProblem, decodeNatsJwt } from '../../server/src/core/nats-auth/decode.ts';
import { type IssueCode, issueCodes } from '../../server/src/core/nats-auth/issue-words.ts';
import { validateClaims } from '../../server/src/core/nats-auth/validate.ts';

interface Vector {
  readonly name: string;
  readonly token: string;
  readonly refuse?: string;
  readonly kind?: string;
  readonly issues: readonly { readonly severity: string; readonly text: string }[];
}

const recorded = JSON.parse(readFileSync('test/oracle/nats-jwt-vectors.json', 'utf8')) as {
  readonly at: string;
  readonly vectors: readonly Vector[];
};

/** Their sentences, and what we call the same. Several of ours may stand for one of theirs where we tell more. */
const meanings: readonly (readonly [sentence: RegExp, ...codes: IssueCode[]])[] = [
  [/^claim is expired$/, 'expired'],
  [/^claim is not yet valid$/, 'not-yet-valid'],
  [/^subject cannot be empty$/, 'subject-empty'],
  [/^subject ".*" cannot have spaces$/, 'subject-space'],
  [/^subject ".*" cannot start or end with a `\.`$/, 'subject-outer-dot'],
  [/^subject ".*" cannot contain consecutive `\.`$/, 'subject-double-dot'],
  [/^Permission Subject ".*" is not allowed to contain queue$/, 'permission-queue'],
  [/^Permission Subject ".*" contains too many spaces$/, 'permission-spaces'],
  [/^invalid cidr ".*" in user src limits$/, 'network'],
  [/^time ranges start must contain a start$/, 'time-start-missing'],
  [/^start in time range is invalid/, 'time-start'],
  [/^time ranges end must contain an end$/, 'time-end-missing'],
  [/^end in time range is invalid/, 'time-end'],
  [/^could not parse iana time zone by name/, 'time-zone'],
  [/^account_id is not an account public key$/, 'issuer-account'],
  [/^issuer_account is not an account public key$/, 'issuer-account'],
  [/^error parsing account server url/, 'account-server-url'],
  [/^account server url .* requires a protocol$/, 'account-server-scheme'],
  [/^error parsing operator service url/, 'service-url'],
  [/^operator service url .* - credentials are not supported$/, 'service-url-credentials'],
  [/^operator service url .* - paths are not supported$/, 'service-url-path'],
  [/^operator service url .* - protocol not supported/, 'service-url-scheme'],
  [/ is not an operator public key$/, 'operator-signing-key'],
  [/ is not an account public key$/, 'system-account', 'scoped-signing-key'],
  [/^assert server version error/, 'server-version'],
  [/^Tiered JetStream Limits can not contain a blank/, 'tier-blank'],
  [/^Subject ".*" in weighted mapping ".*" is not allowed to contains wildcard$/, 'mapping-wildcard'],
  [/^Mapping ".*" has a weight \d+ that exceeds 100$/, 'mapping-weight'],
  [/^Mapping ".*" in cluster ".*" exceeds 100%/, 'mapping-cluster-sum'],
  [/^Mapping ".*" exceeds 100%/, 'mapping-sum'],
  [/^External authorization cannot have accounts without users specified$/, 'callout-without-users'],
  [/^AuthUser ".*" is not a valid user public key$/, 'callout-user'],
  [/^AllowedAccounts can only be a list of accounts or/, 'callout-any-and-more'],
  [/^Account ".*" is not a valid account public key$/, 'callout-account'],
  [/^XKey ".*" is not a valid public xkey$/, 'callout-xkey'],
  [/^the account Trace\.Destination subject ".*" is not a valid publish subject$/, 'trace-wildcard'],
  [/^the account Trace\.Destination /, 'trace-destination'],
  [/^the account Trace\.Sampling value/, 'trace-sampling'],
  [/^the account contains more imports than allowed/, 'imports-over-limit'],
  [/^the account contains more exports than allowed/, 'exports-over-limit'],
  [/^the account contains wildcard exports that are not allowed/, 'exports-wildcard'],
  [/^".*" is not a valid account signing key$/, 'account-signing-key'],
  [/^Description is too long$/, 'description-long'],
  [/^Info URL is too long$/, 'info-url-long'],
  [/^error parsing info url/, 'info-url'],
  [/^unknown cluster traffic option/, 'cluster-traffic'],
  [/^self-signed account JWTs shouldn't contain operator limits$/, 'self-signed-limits'],
  [/^null export is not allowed$/, 'export-null'],
  [/^invalid export type/, 'export-type'],
  [/^invalid response type for service/, 'response-type'],
  [/^invalid response type for stream/, 'response-type-of-stream'],
  [/^AllowTrace only valid for service export$/, 'export-trace'],
  [/^latency tracking only permitted for services$/, 'latency-of-stream'],
  [/^sampling percentage needs to be between 1-100$/, 'latency-sampling'],
  [/^results subject can not contain wildcards$/, 'latency-wildcard'],
  [/^negative response threshold is invalid$/, 'threshold-negative'],
  [/^response threshold only valid for services$/, 'threshold-of-stream'],
  [/^Account Token Position can only be used with wildcard subjects/, 'token-position-without-wildcard'],
  [/^Account Token Position \d+ exceeds length of subject/, 'token-position-too-large'],
  [/^Account Token Position \d+ matches '.*' but must match a \* in/, 'token-position-no-wildcard'],
  [/^(stream|service) export subject ".*" already exports ".*"$/, 'export-overlap'],
  [/^null import is not allowed$/, 'import-null'],
  [/^invalid import type/, 'import-type', 'activation-kind'],
  [/^AllowTrace only valid for stream import$/, 'import-trace'],
  [/^account to import from is not specified$/, 'import-account-missing'],
  [/^the field to has been deprecated/, 'import-to'],
  [/^Local Subject replaces To$/, 'import-to-and-local'],
  [/^sharing information \(for latency tracking\) is only valid for services/, 'import-share'],
  [/^overlapping subject namespace for/, 'import-overlap'],
  [/^both, renaming subject and subject, need to end or not end in >$/, 'renaming-tail'],
  [/^Reference \$-?\d+ in ".*" reference \* in ".*" that do not exist$/, 'renaming-reference'],
  [/^subject does not contain enough \* or reference wildcards/, 'renaming-count'],
  [/^import ".*" contains an invalid activation token$/, 'activation-invalid'],
  [/^activation token doesn't match account for import/, 'activation-issuer'],
  [/^activation token doesn't match account it is being included in/, 'activation-subject'],
  [/^mismatch between token import type/, 'activation-type'],
  [/^activation token import subject ".*" doesn't match import/, 'activation-other-subject'],
  [/^User nkey is required$/, 'request-user-missing'],
  [/^User nkey ".*" is not a valid user public key$/, 'request-user'],
  [/^Subject must be a user public key$/, 'response-subject'],
  [/^Audience must be a server public key$/, 'response-audience'],
  [/^Error or Jwt is required$/, 'response-empty'],
  [/^Only Error or Jwt can be set$/, 'response-both'],
];

const refusals: Readonly<Record<DecodeProblem, RegExp>> = {
  size: /exceeds maximum/,
  malformed: /expected 3 chunks|illegal base64|invalid character|unexpected end of JSON|cannot unmarshal \w+ into Go value/,
  foreign: /not supported type|unexpected ".*" algorithm|cannot unmarshal .* into Go struct field Header/,
  shape: /cannot unmarshal|unknown (export type|signing key scope|scope type)/,
  version: /newer version|library supports version/,
  kind: /are not supported$/,
  signature: /signature verification$/,
  issuer: /unable to validate expected prefixes/,
};

/** One name for what a sentence of theirs, or a code of ours, means. */
function meaningOfSentence(text: string): string {
  const [, ...codes] = meanings.find(([sentence]) => sentence.test(text)) ?? [];
  assert.ok(codes.length > 0, `no meaning for "${text}"`);
  return codes.join('|');
}

function meaningOfCode(code: IssueCode): string {
  const [, ...codes] = meanings.find(([, ...own]) => own.includes(code)) ?? [];
  return codes.join('|');
}

const refusedByOldest = new Set(JSON.parse(readFileSync('test/oracle/nats-jwt-refused-by-2.9.10.json', 'utf8')) as readonly string[]);

/** Old servers know no callouts, and none validates an operator. */
const validatedBefore = /^(?:account|user|activation)/;

/** Only libraries of older servers tell these. */
const formerIssues: ReadonlySet<IssueCode> = new Set(['mapping-wildcard']);

describe('NATS JWTs beside the Go library', () => {
  const now = Date.parse(recorded.at);

  it('has a meaning for every issue that we know', () => {
    assert.deepEqual(
      issueCodes.filter(code => meaningOfCode(code) === ''),
      [],
    );
  });

  it('has vectors for every issue, and many of them', () => {
    assert.ok(recorded.vectors.length > 400);
    const seen = new Set(recorded.vectors.flatMap(({ issues }) => issues.map(({ text }) => meaningOfSentence(text))));
    assert.deepEqual(
      issueCodes.filter(code => !formerIssues.has(code) && !seen.has(meaningOfCode(code))),
      [],
    );
  });

  for (const { name, token, refuse, issues } of recorded.vectors) {
    it(name, () => {
      const decoded = decodeNatsJwt(token === 'TOO LARGE' ? 'A'.repeat(1024 * 1024 + 1) : token);
      if (refuse !== undefined) {
        assert.ok('problem' in decoded, `refused there: ${refuse}`);
        assert.match(refuse, refusals[decoded.problem], decoded.problem);
        return;
      }
      assert.ok('claims' in decoded, `refused here: ${'problem' in decoded ? decoded.problem : ''}`);
      const ours = validateClaims(decoded.claims, now, newestNatsServer).map(({ severity, code }) => `${severity} ${meaningOfCode(code)}`);
      const theirs = issues.map(({ severity, text }) => `${severity} ${meaningOfSentence(text)}`);
      assert.deepEqual(ours.sort(), theirs.sort());
      if (!validatedBefore.test(name)) return;
      const isRefused = validateClaims(decoded.claims, now, [2, 9, 10]).some(({ severity }) => severity === 'error');
      assert.equal(isRefused, refusedByOldest.has(name), 'by the library of the oldest server');
    });
  }
});
