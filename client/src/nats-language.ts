// A NATS configuration that has no name of one is one to the editor too, as soon as its content says so or another includes it: it gets the
// colours, the brackets and the commands. Given once to each that is open, so that whoever chooses another language keeps it.
import { Disposable, languages, type TextDocument, workspace } from 'vscode';
import { type LanguageOfParams, type LanguageOfResult, languageOfRequest } from '../../server/src/protocol.ts';
import type { Server } from './server.ts';

const natsConf = 'nats-conf';
/** What the editor takes any `.conf` and `.cfg` for. */
const undecided = new Set(['properties', 'ini']);

/** To be called once the server runs, so that it has heard of each document before it is asked. */
export function followNatsLanguage(server: Server): Disposable {
  const settled = new Set<string>();
  const look = async (document: TextDocument) => {
    const uri = document.uri.toString();
    if (document.isUntitled || !undecided.has(document.languageId) || settled.has(uri) || server.state !== 'running') return;
    const params: LanguageOfParams = { uri };
    const language = await server.request<LanguageOfResult>(languageOfRequest, params);
    if (language !== natsConf || document.isClosed || settled.has(uri)) return;
    settled.add(uri);
    await languages.setTextDocumentLanguage(document, natsConf);
  };
  // Another language closes a document and opens it at once; one that is still closed a moment later may be looked at anew.
  const forget = ({ uri }: TextDocument) =>
    setTimeout(() => {
      if (!workspace.textDocuments.some(other => other.uri.toString() === uri.toString())) settled.delete(uri.toString());
    }, 0);
  const lookQuietly = (document: TextDocument) => void look(document).catch(error => server.output.error(error));
  workspace.textDocuments.forEach(lookQuietly);
  // A new file says nothing yet when it is opened.
  return Disposable.from(
    workspace.onDidOpenTextDocument(lookQuietly),
    workspace.onDidSaveTextDocument(lookQuietly),
    workspace.onDidCloseTextDocument(forget),
  );
}
