// Names and shapes of our own requests between client and server. The client imports this file and nothing else of the server.

/** Server to client, only where the server has no file system of its own (browser): text of a file, or null. */
export const readFileRequest = 'authlint/readFile';
export interface ReadFileParams {
  readonly uri: string;
}
export type ReadFileResult = string | null;

/** Server to client, browser only: URIs of the files below a workspace folder, without what is ignored. */
export const findFilesRequest = 'authlint/findFiles';
export interface FindFilesParams {
  readonly folder: string;
}
export type FindFilesResult = readonly string[];

/** Client to server: what one token is and whether it can be accepted. */
export const checkTokenRequest = 'authlint/checkToken';
export interface CheckTokenParams {
  readonly token: string;
  /** Document that the person looks at: its folder comes first. */
  readonly uri?: string;
}
/** Nothing in it is the token, its signature or a key. */
export interface CheckTokenResult {
  /** The whole report, to be copied. */
  readonly markdown: string;
  /** The answer in a sentence or two. */
  readonly verdict: string;
  /** "access token", "RS256", "expires in 5 minutes (…)". */
  readonly facts: readonly string[];
  readonly header: readonly TokenRow[];
  readonly claims: readonly TokenRow[];
  readonly checks: readonly { readonly title: string; readonly outcome: 'pass' | 'fail' | 'unknown'; readonly why: string }[];
  readonly verifiers: readonly {
    readonly name: string;
    /** Path of the file that configures it, and its URI where it can be opened. */
    readonly path?: string;
    readonly uri?: string;
    /** Null: cannot be known here. */
    readonly accepts: boolean | null;
    readonly why: readonly string[];
  }[];
}
export interface TokenRow {
  readonly name: string;
  readonly value: string;
  /** In UTC. */
  readonly time?: string;
}

/** Client to server: addresses of key sets and issuers that the files here name. */
export const keySetAddressesRequest = 'authlint/keySetAddresses';
export interface KeySetAddressesResult {
  readonly addresses: readonly { readonly address: string; readonly from: string }[];
}

/**
 * Client to server: asks one address for keys, which the person has named. No host is asked that is not among `hosts`; the answer
 * names the one that is missing.
 */
export const checkKeySetRequest = 'authlint/checkKeySet';
export interface CheckKeySetParams {
  readonly address: string;
  /** Hosts that the person agrees to ask, `id.example.com:8443`. */
  readonly hosts: readonly string[];
  /** A token to hold against the keys. */
  readonly token?: string;
}
export type CheckKeySetResult =
  /** Page for a person: the keys, or why there are none. */
  { readonly kind: 'report'; readonly markdown: string } | { readonly kind: 'ask'; readonly host: string };

/** Client to server: services here that a token can be signed for, since their own secret is known. */
export const developmentSignersRequest = 'authlint/developmentSigners';
export interface DevelopmentSignersResult {
  readonly signers: readonly { readonly name: string; readonly path: string; readonly algorithm: string }[];
}

/** Client to server: a token for development, signed with the secret of a service, which stays where it is. Null: there is no such service. */
export const developmentTokenRequest = 'authlint/developmentToken';
export interface DevelopmentTokenParams {
  /** As `developmentSignersRequest` names them. */
  readonly name: string;
  readonly path: string;
  readonly subject: string;
  readonly permissions: readonly string[];
  readonly minutes: number;
}
export type DevelopmentTokenResult = { readonly token: string } | null;

/** Client to server: the token at a place of a document, in one piece whatever pieces or encoding it is written in; null where there is none. */
export const tokenAtRequest = 'authlint/tokenAt';
export interface TokenAtParams {
  readonly uri: string;
  /** UTF-16 offset. */
  readonly offset: number;
}
export type TokenAtResult = string | null;

/** Client to server: which language a document is written in, by its name, its content or a file that includes it; null for one of no language of ours. */
export const languageOfRequest = 'authlint/languageOf';
export interface LanguageOfParams {
  readonly uri: string;
}
export type LanguageOfResult = string | null;

/** Client to server: what an error about authentication or authorization means; null for a text about something else. */
export const explainErrorRequest = 'authlint/explainError';
export interface ExplainErrorParams {
  readonly text: string;
  /** Document that the person looks at, which says whose workspace counts. */
  readonly uri?: string;
}
export interface ExplainErrorResult {
  /** Page for a person, with links into the workspace. */
  readonly markdown: string;
}

export interface WireRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** Client to server: what takes effect of a file, for a person. */
export const effectiveConfigurationRequest = 'authlint/effectiveConfiguration';
export interface EffectiveConfigurationParams {
  readonly uri: string;
}
/** Null where the file is of a language that has no such view. */
export type EffectiveConfigurationResult = {
  readonly text: string;
  /** Id of the language that the text is written in. */
  readonly language: 'nats-conf' | 'yaml' | 'dotenv';
} | null;

/** Client to server: all safe fixes of all files, as edits of the texts as they are now. */
export const fixWorkspaceRequest = 'authlint/fixWorkspace';
export interface FixWorkspaceResult {
  readonly files: readonly {
    readonly uri: string;
    readonly isNew: boolean;
    /** Version of the editor's text; null where the editor has none. */
    readonly version: number | null;
    readonly edits: readonly { readonly range: WireRange; readonly newText: string }[];
  }[];
}

/** Client to server: what a nats-server on this machine has said about a file on the disk, held against what Authlint says about it. */
export const compareWithServerRequest = 'authlint/compareWithServer';
export interface CompareWithServerParams {
  readonly uri: string;
  /** As `nats-server --version` names it, `2.15.2`. */
  readonly version: string;
  readonly exitCode: number;
  readonly output: string;
}
export interface CompareWithServerResult {
  readonly outcome: 'accepted' | 'refused' | 'machine' | 'disagreement';
  /** One or two sentences for a person, without secrets. */
  readonly message: string;
  /** What the server complains of, where it names a place in a file that is known here. */
  readonly places: readonly { readonly uri: string; readonly range: WireRange; readonly message: string }[];
}

/** Client to server: users of the NATS configurations here. */
export const natsUsersRequest = 'authlint/natsUsers';
export interface NatsUsersParams {
  /** The file that the person looks at: its configuration comes first. */
  readonly uri?: string;
}
export interface NatsUsersResult {
  readonly configurations: readonly {
    readonly uri: string;
    readonly users: readonly { readonly name: string; readonly account: string }[];
  }[];
}

/** Client to server: what a configuration lets users do with a subject. */
export const askPermissionsRequest = 'authlint/askPermissions';
export interface AskPermissionsParams {
  /** URI of a configuration that `natsUsersRequest` named. */
  readonly configuration: string;
  /** Absent: everybody. */
  readonly user?: string;
  readonly action: 'publish' | 'subscribe';
  readonly subject: string;
  readonly queue?: string;
}
export interface AskPermissionsResult {
  readonly verdicts: readonly PermissionVerdict[];
}
export interface PermissionVerdict {
  readonly user: string;
  readonly account: string;
  readonly allowed: boolean;
  /** A sentence with the answer, one about what decides it, and others about what else there is to know. */
  readonly verdict: string;
  readonly decision: string;
  readonly notes: readonly string[];
  /** The words of the configuration that decide. */
  readonly uri: string;
  readonly range: WireRange;
}

/** Client to server: who authenticates to whom in the files that are open or in the workspace. */
export const authMapRequest = 'authlint/authMap';
export interface AuthMapResult {
  readonly sections: readonly { readonly title: string; readonly nodes: readonly AuthMapNode[] }[];
}
/** One entry of the map, without secrets. */
export interface AuthMapNode {
  /** `account`, `leaf node remote`, `service`. */
  readonly kind: string;
  readonly name: string;
  /** Phrases with names between backticks. */
  readonly facts: readonly { readonly text: string; readonly place?: AuthMapPlace }[];
  readonly place?: AuthMapPlace;
  /** Findings in it and below it, by severity. */
  readonly findings: { readonly errors: number; readonly warnings: number; readonly notes: number };
  /** Where the worst of them is. */
  readonly worst?: AuthMapPlace;
  readonly children: readonly AuthMapNode[];
}
export interface AuthMapPlace {
  /** Path below the folder, with the line: `nats/hub.conf:12`. */
  readonly label: string;
  readonly uri: string;
  readonly range: WireRange;
}

/** Initialization options that our own client sends. */
export interface InitializationOptions {
  /** `X.Y`, overriding the workspace's configuration. */
  readonly natsServer?: string;
  readonly run?: 'onType' | 'onSave';
  readonly codeLens?: boolean;
  readonly inlayHints?: boolean;
  /** The client has the commands that lenses name. */
  readonly commands?: boolean;
  /** The client answers `readFileRequest` and `findFilesRequest`. */
  readonly providesFiles?: boolean;
}
