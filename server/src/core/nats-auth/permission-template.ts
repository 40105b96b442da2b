// Templates of scoped signing keys: subjects in which `{{…}}` stands for something that the user or its account has
// (nats-server server/auth.go, processUserPermissionsTemplate).
import { behaves } from '../facts/nats-behaviors.ts';
import type { Release } from '../facts/nats-release.ts';
import type { AccountClaims, UserClaims } from './claims.ts';
import { isValidSubject } from './subject.ts';

/** A user and the account whose key signed it. */
export interface TemplateParties {
  readonly user: UserClaims;
  readonly account: AccountClaims;
}

export type TemplateProblem =
  /** An operation that does not exist. */
  | 'operation'
  /** A denied subject has a tag that the user or account does not bear. */
  | 'tag'
  /** A denied subject comes out invalid; with a template in the list, one with a queue group does too. */
  | 'subject'
  /** More subjects than servers make of one list. */
  | 'expansions'
  /** One tag of a subject is there and another is not: older servers come to an end over that (index out of range). */
  | 'fatal';

export interface FilledIn {
  readonly subjects: readonly string[];
  /** Why the server refuses the user. */
  readonly problem?: TemplateProblem | undefined;
}

const operation = /\{\{([^}]+)\}\}/g;
const wholeWord = /(?<=^|\.)\{\{([^.]*)\}\}(?=\.|$)/g;
const tagOperation = /^(tag|account-tag)\((.*)\)$/i;

/** Subjects that a server makes of one list at most. */
const mostExpansions = 4096;

/** The subjects that a list of a template stands for. Invalid ones are left out of `allow`; in `deny` they are a problem. */
export function fillInList(entries: readonly string[], list: 'allow' | 'deny', parties: TemplateParties, version: Release): FilledIn {
  const anywhere = behaves(version, 'template-operations-anywhere');
  const written = anywhere ? operation : wholeWord;
  if (!entries.some(entry => entry.search(written) >= 0)) return { subjects: entries };
  const subjects: string[] = [];
  for (const entry of entries) {
    let filled: readonly string[] = [entry];
    if (!anywhere && isFatal(entry, parties)) return { subjects, problem: 'fatal' };
    for (const [text, inner = ''] of entry.matchAll(written)) {
      const values = valuesOf(anywhere ? inner.trim() : inner.toLowerCase(), parties);
      if (values === undefined) {
        if (anywhere || list === 'deny') return { subjects, problem: 'operation' };
        filled = [];
      } else if (values.length === 0 && list === 'deny') {
        return { subjects, problem: 'tag' };
      } else filled = filled.flatMap(made => values.map(value => made.replaceAll(text, () => value)));
      if (filled.length + subjects.length > mostExpansions) return { subjects, problem: 'expansions' };
    }
    const valid = filled.filter(isValidSubject);
    if (list === 'deny' && valid.length < filled.length) return { subjects, problem: 'subject' };
    subjects.push(...valid);
  }
  return { subjects };
}

/** Older servers count the tags that they found, and then take one for each word that came out empty. */
function isFatal(entry: string, parties: TemplateParties): boolean {
  const operations = [...entry.matchAll(wholeWord)].flatMap(([, inner = '']) => {
    const values = valuesOf(inner.toLowerCase(), parties);
    return values ? [{ isTag: tagOperation.test(inner), values }] : [];
  });
  const isFound = operations.some(({ isTag, values }) => isTag && values.length > 0);
  return isFound && operations.some(({ isTag, values }) => (isTag ? values.length === 0 : values[0] === ''));
}

/** What an operation stands for: several tags may bear one name, or none. Undefined: there is no such operation. */
function valuesOf(name: string, { user, account }: TemplateParties): readonly string[] | undefined {
  const [, source, tag = ''] = tagOperation.exec(name) ?? [];
  if (source) {
    const isLower = source === source.toLowerCase();
    // The server cuts the name of the operation off only where it is in lower case.
    const start = `${isLower ? tag.toLowerCase() : `${source}(${tag}`.toLowerCase()}:`;
    const tags = (source.toLowerCase() === 'tag' ? user : account).nats.tags ?? [];
    return tags.flatMap(each => (each.startsWith(start) ? [each.slice(start.length)] : []));
  }
  switch (name.toLowerCase()) {
    case 'name()':
      return [user.standard.name ?? ''];
    case 'subject()':
      return [user.standard.sub ?? ''];
    case 'account-name()':
      return [account.standard.name ?? ''];
    case 'account-subject()':
      return [user.nats.issuer_account ?? ''];
    default:
      return undefined;
  }
}
