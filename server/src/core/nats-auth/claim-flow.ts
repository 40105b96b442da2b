// Mappings and imports of account JWTs, as far as a server takes them: what it refuses, it leaves out without a word to anybody
// (nats-server server/accounts.go, updateAccountClaimsWithRefresh).
import type { Release } from '../facts/nats-release.ts';
import type { AccountFlow, AccountImport, Mapping } from './account-flow.ts';
import type { Account, AccountClaims, Export, Import } from './claims.ts';
import { decodeNatsJwt } from './decode.ts';
import { hasWildcards, isValidSubject } from './subject.ts';
import { isSubset, mappingProblem, transformProblem, withPlaceholders } from './subject-transform.ts';
import { isRevoked } from './trust.ts';
import { validateClaims } from './validate.ts';

/** How messages flow between accounts. `keys`: those of the operators; accounts that none of them signed, or with bad claims, do not exist. */
export function claimFlows(accounts: readonly AccountClaims[], keys: readonly string[], version: Release): readonly AccountFlow[] {
  const taken = accounts.filter(account => {
    return keys.includes(account.standard.iss ?? '') && validateClaims(account, 0, version).every(({ severity }) => severity !== 'error');
  });
  const byKey = new Map(taken.map(account => [account.standard.sub ?? '', account]));
  return taken.map(({ standard: { sub: name = '' }, nats }) => ({
    name,
    mappings: mappingsIn(nats, version),
    imports: importsIn(nats, name, byKey, version),
  }));
}

function mappingsIn({ mappings }: Account, version: Release): readonly Mapping[] {
  return [...(mappings ?? [])].flatMap(([source, given]) => {
    // Without a weight it is all of the messages.
    const destinations = given.map(({ subject = '', weight, cluster }) => ({
      subject,
      weight: weight || 100,
      cluster: cluster || undefined,
    }));
    const isTwice = new Set(destinations.map(({ subject }) => subject)).size < destinations.length;
    const isTaken = isValidSubject(source) && !isTwice && destinations.every(({ subject }) => !mappingProblem(source, subject, version));
    return isTaken ? [{ source, destinations }] : [];
  });
}

function importsIn(
  { imports = [] }: Account,
  importer: string,
  accounts: ReadonlyMap<string, AccountClaims>,
  version: Release,
): readonly AccountImport[] {
  const taken: AccountImport[] = [];
  for (const given of imports) {
    const one = given && importIn(given);
    const exporter = one && accounts.get(one.account);
    if (!one || !exporter || !mayImport(one, given, importer, exporter)) continue;
    const isRenamed = hasWildcards(one.subject) && one.local !== one.subject;
    if (isRenamed && transformProblem(one.subject, withPlaceholders(one.local), version, true)) continue;
    const isTwice = taken.some(({ kind, account, subject, local }) => {
      return kind === one.kind && account === one.account && (kind === 'stream' ? subject === one.subject : local === one.local);
    });
    if (!isTwice) taken.push(one);
  }
  return taken;
}

/** `to` is the older way: the prefix of a stream, and for a service the subject in the account that exports it. */
function importIn({ type: kind, account, subject, local_subject: local, to }: Import): AccountImport | undefined {
  if ((kind !== 'stream' && kind !== 'service') || !account || !subject) return undefined;
  if (local) return { kind, account, subject, local };
  if (kind === 'service') return { kind, account, subject: to || subject, local: subject };
  return { kind, account, subject, local: to ? `${to.replace(/\.?$/, '.')}${subject}` : subject };
}

/** Whether an account exports a subject to another: to everybody, by an activation token, or by the name within the subject. */
function mayImport({ kind, subject }: AccountImport, { token }: Import, importer: string, exporter: AccountClaims): boolean {
  const exports = (exporter.nats.exports ?? []).filter((one): one is Export => one?.type === kind);
  const tokens = subject.split('.');
  const exact = exports.find(one => one.subject === subject);
  // What is exported word by word names nobody.
  if (exact) return !exact.account_token_position && (!exact.token_req || isActivated(token, exporter, exact));
  return exports.some(one => {
    if (!isSubset(subject, one.subject ?? '')) return false;
    if (one.account_token_position) return tokens[one.account_token_position - 1] === importer;
    return !one.token_req || isActivated(token, exporter, one);
  });
}

/** The import itself, and with it most of the token, has been validated. */
function isActivated(token: string | undefined, exporter: AccountClaims, { revocations }: Export): boolean {
  const decoded = decodeNatsJwt(token ?? '');
  if (!('claims' in decoded) || decoded.claims.kind !== 'activation') return false;
  const { standard, nats } = decoded.claims;
  const [key, issuer, account] = [exporter.standard.sub, standard.iss ?? '', nats.issuer_account];
  const isTrusted = !account || (account === key && (issuer === key || exporter.nats.signing_keys?.has(issuer) === true));
  return isTrusted && !isRevoked(revocations, decoded.claims);
}
