// What each issue of claims means to a person: a clause that says what is wrong, and a sentence that says what to do.

const renew = 'Correct it with nsc and issue the JWT again';
const subject = 'Correct the subject and issue the JWT again';
const exchange = 'Edit the export or import with nsc and issue the account again';
const keys = 'Put the public key there, which nsc shows by `nsc describe`';

const words = {
  expired: ['It has expired', 'Issue a new one'],
  'not-yet-valid': ['It is not valid yet', 'Wait until then, or issue one that begins now'],
  'subject-empty': ['A subject is empty', subject],
  'subject-space': ['A subject has a space', subject],
  'subject-outer-dot': ['A subject begins or ends with a dot', subject],
  'subject-double-dot': ['A subject has two dots in a row', subject],
  'permission-queue': [
    'A permission to publish names a queue group after its subject, which only subscriptions have',
    'Leave the queue group out',
  ],
  'permission-spaces': ['A permission has more than one space', 'Write a subject, or a subject and a queue group'],
  network: ['`src` holds something that is no network such as `10.1.0.0/16`', 'Write address and prefix length'],
  'time-start-missing': ['A time range has no `start`', 'Write `start` and `end` as in `08:30:00`'],
  'time-start': ['The `start` of a time range is not written as `HH:MM:SS`', 'Write `start` and `end` as in `08:30:00`'],
  'time-end-missing': ['A time range has no `end`', 'Write `start` and `end` as in `08:30:00`'],
  'time-end': ['The `end` of a time range is not written as `HH:MM:SS`', 'Write `start` and `end` as in `08:30:00`'],
  'time-zone': ['`times_location` is no time zone such as `Europe/Berlin`', 'Write a name of the IANA time zone database'],
  'issuer-account': ['`issuer_account` is not the public key of an account', 'Issue it again with nsc, which fills it in'],
  'account-server-url': ['The URL of the account server cannot be read', renew],
  'account-server-scheme': [
    'The URL of the account server has no protocol',
    'Write it with `https://`, or `nats://` for a server with a resolver',
  ],
  'service-url': ['A service URL cannot be read', 'Write it as `nats://host:port`'],
  'service-url-credentials': ['A service URL holds credentials', 'Leave them out: clients bring their own'],
  'service-url-path': ['A service URL has a path', 'Write it as `nats://host:port`'],
  'service-url-scheme': ['A service URL does not begin with `nats`, `tls`, `ws` or `wss`', 'Write it as `nats://host:port`'],
  'operator-signing-key': [
    'A signing key is not the public key of an operator',
    'Generate it by `nsc generate nkey --operator` and add its public half',
  ],
  'system-account': ['`system_account` is not the public key of an account', 'Set it by `nsc edit operator --system-account`'],
  'server-version': ['`assert_server_version` is not written as three numbers', 'Write it as in `2.10.0`'],
  'tier-blank': ['A JetStream limit belongs to a tier without a name', 'Name the tier, for instance `R1` or `R3`'],
  'mapping-weight': ['A mapping has a weight above 100 percent', 'Share 100 percent among its destinations'],
  'mapping-wildcard': [
    'The destination of a mapping has a wildcard, which servers of this version do not take in a JWT',
    'Write `$1` for `*`; what ends in `>` needs nats-server 2.9.22 or later',
  ],
  'mapping-cluster-sum': [
    'The weights of a mapping sum up to more than 100 percent in one cluster',
    'Share 100 percent among its destinations',
  ],
  'mapping-sum': [
    'The weights of a mapping sum up to more than 100 percent',
    'Share 100 percent among its destinations; one without a weight counts as 100',
  ],
  'callout-without-users': [
    'External authorization allows accounts and names no users that may answer',
    'Add the user of the authorization service',
  ],
  'callout-user': ['A user of the external authorization is not the public key of a user', keys],
  'callout-any-and-more': ['External authorization allows any account (`*`) and others beside it', 'Write `*` alone, or the accounts'],
  'callout-account': ['An account of the external authorization is not the public key of an account', keys],
  'callout-xkey': [
    '`xkey` of the external authorization is not the public key of an encryption key',
    'Generate it by `nsc generate nkey --curve` and add its public half',
  ],
  'trace-destination': ['The subject that message traces are sent to is not a valid one', subject],
  'trace-wildcard': ['Message traces are sent to a subject with a wildcard', 'Name one subject'],
  'trace-sampling': ['The sampling of message traces is not between 1 and 100 percent', renew],
  'imports-over-limit': ['The account has more imports than its operator allows', 'Remove some, or let the operator raise the limit'],
  'exports-over-limit': ['The account has more exports than its operator allows', 'Remove some, or let the operator raise the limit'],
  'exports-wildcard': [
    'An export has a wildcard, which the operator does not allow for this account',
    'Name the subjects one by one, or let the operator allow wildcards',
  ],
  'account-signing-key': [
    'A signing key is not the public key of an account',
    'Generate it by `nsc generate nkey --account` and add its public half',
  ],
  'scoped-signing-key': [
    'A signing key with a role is not the public key of an account',
    'Generate it by `nsc generate nkey --account` and add its public half',
  ],
  'description-long': ['A description is longer than 8 KiB', 'Shorten it'],
  'info-url-long': ['`info_url` is longer than 8 KiB', 'Shorten it'],
  'info-url': ['`info_url` is no URL with a protocol and a host', 'Write it as in `https://example.com/about`'],
  'cluster-traffic': ['`cluster_traffic` is neither `system` nor `owner`', renew],
  'self-signed-limits': ['The account signed its limits by itself, so they limit nothing', 'Let the operator sign the account'],
  'export-null': ['An export is empty', exchange],
  'export-type': ['An export is neither a stream nor a service', exchange],
  'response-type': ['The response type of a service is none of `Singleton`, `Stream` and `Chunked`', exchange],
  'response-type-of-stream': ['A stream has a response type, which only services have', exchange],
  'export-trace': ['A stream allows to be traced, which only exported services can', exchange],
  'latency-of-stream': ['Latency is measured on a stream, which works on services only', exchange],
  'latency-sampling': ['The sampling of a latency measurement is not between 1 and 100 percent', exchange],
  'latency-wildcard': ['The results of a latency measurement go to a subject with a wildcard', exchange],
  'threshold-negative': ['A response threshold is negative', exchange],
  'threshold-of-stream': ['A stream has a response threshold, which only services have', exchange],
  'token-position-without-wildcard': [
    "An export says where the importer's key stands in its subject, and the subject has no `*` for it",
    exchange,
  ],
  'token-position-too-large': ["An export says that the importer's key stands behind the end of its subject", exchange],
  'token-position-no-wildcard': ["An export says that the importer's key stands where its subject has no `*`", exchange],
  'export-overlap': ['A subject is exported twice, once within a wider one', 'Keep the wider export, or separate the subjects'],
  'import-null': ['An import is empty', exchange],
  'import-type': ['An import is neither a stream nor a service', exchange],
  'import-trace': ['An imported service allows to be traced, which only imported streams can', exchange],
  'import-account-missing': ['An import does not say from which account', exchange],
  'import-to': ['An import uses `to`, which is deprecated', 'Use `local_subject`'],
  'import-to-and-local': ['An import has `to` and `local_subject`', 'Keep `local_subject`'],
  'import-share': ['An imported stream shares information about the client, which only services do', exchange],
  'import-overlap': ['Two services of one account are imported to overlapping subjects', 'Give each a `local_subject` of its own'],
  'renaming-tail': ["Only one of an import's subject and its local subject ends in `>`", 'Let both end in `>`, or none'],
  'renaming-reference': ['A local subject refers to a `*` that the subject does not have', '`$1` stands for the first `*`'],
  'renaming-count': ['A local subject does not use every `*` of the subject', 'Use each once, as `$1`, `$2` or in their order as `*`'],
  'activation-invalid': [
    'The activation token of an import cannot be read or is not signed by its issuer',
    'Ask the exporting account for a new one',
  ],
  'activation-issuer': [
    'The activation token of an import is not from the account that it imports from',
    'Ask the exporting account for one',
  ],
  'activation-subject': ['The activation token of an import is for another account', 'Ask the exporting account for one'],
  'activation-type': [
    'The activation token of an import is for a stream where a service is imported, or the reverse',
    'Ask the exporting account for the right one',
  ],
  'activation-other-subject': ['The activation token of an import is for another subject', 'Ask the exporting account for the right one'],
  'activation-kind': ['The activation is neither for a stream nor for a service', renew],
  'request-user-missing': ['The request names no user', 'Only nats-server issues such a JWT'],
  'request-user': ['`user_nkey` is not the public key of a user', 'Only nats-server issues such a JWT'],
  'response-subject': ['The subject is not the public key of a user', 'Answer with the `user_nkey` of the request'],
  'response-audience': ['The audience is not the public key of a server', "Answer with the server's id of the request"],
  'response-empty': ['The response holds neither a JWT nor an error', 'Put one of them into it'],
  'response-both': ['The response holds a JWT and an error', 'Put one of them into it'],
} as const satisfies Record<string, readonly [what: string, advice: string]>;

export type IssueCode = keyof typeof words;

export const issueCodes = Object.keys(words) as readonly IssueCode[];

/** A clause that says what is wrong, and a sentence without its full stop that says what to do. */
export function issueWords(code: IssueCode): { readonly what: string; readonly advice: string } {
  const [what, advice] = words[code];
  return { what, advice };
}
