// A NATS configuration that has no name of one is one to the editor too, as soon as its content says so or another includes it: it gets the
// colours, the brackets and the commands. Once for each file, so that whoever chooses another language keeps it.
import { type Disposable, languages, type TextDocument, workspace } from 'vscode';
import { State } from 'vscode-languageclient';
import { type LanguageOfParams, type LanguageOfResult, languageOfRequest } from '../../server/src/protocol.ts';
import type { Server } from './server.ts';

const natsConf = 'nats-conf';
/** What the editor takes any `.conf` and `.cfg` for. */
const undecided = new Set(['properties', 'ini']);

/** To be called once the server runs, so that it has heard of each document before it is asked. */
export function followNatsLanguage(server: Server): Disposable {
  const asked = new Set<string>();
  const look = async (document: TextDocument) => {
    const uri = document.uri.toString();
    if (document.isUntitled || !undecided.has(document.languageId) || asked.has(uri) || server.state !== State.Running) return;
    asked.add(uri);
    const params: LanguageOfParams = { uri };
    const language = await server.request<LanguageOfResult>(languageOfRequest, params);
    if (language === natsConf && !document.isClosed) await languages.setTextDocumentLanguage(document, natsConf);
  };
  const lookQuietly = (document: TextDocument) => void look(document).catch(error => server.output.error(error));
  workspace.textDocuments.forEach(lookQuietly);
  return workspace.onDidOpenTextDocument(lookQuietly);
}
