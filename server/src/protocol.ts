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
}
export interface CheckTokenResult {
  /** Report for a person, without token, signature or key. */
  readonly markdown: string;
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
