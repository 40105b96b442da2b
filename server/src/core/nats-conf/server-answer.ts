// What `nats-server -t` says about a configuration, taken apart: whether it accepts it, and what it complains of where.

export interface Complaint {
  /** As the server names it; undefined where it names only a line, or nothing. */
  readonly path: string | undefined;
  /** From 1; undefined where the server names none. */
  readonly line: number | undefined;
  /** The server's words, on one line, without secrets. */
  readonly words: string;
}

export interface ServerAnswer {
  readonly accepts: boolean;
  readonly complaints: readonly Complaint[];
}

/** Below this length a text is masked nowhere: it would be a part of every other word. */
const shortestMasked = 3;

/** `output` is what the server wrote to both of its outputs, `secrets` what must not be repeated. */
export function readServerAnswer(exitCode: number, output: string, secrets: ReadonlySet<string>): ServerAnswer {
  if (exitCode === 0) return { accepts: true, complaints: [] };
  const lines = output
    .split(/\r?\n/)
    .map(line => line.replace(/^nats-server: /, '').trim())
    // Behind a crash come the places in the server's own source, which help nobody here.
    .filter(line => line !== '' && !/^(goroutine \d|\t|main\.|runtime\.|panic\()/.test(line));
  const masked = [...secrets].filter(secret => secret.length >= shortestMasked).sort((a, b) => b.length - a.length);
  const hide = (words: string) => masked.reduce((text, secret) => text.replaceAll(secret, '***'), words);
  return { accepts: false, complaints: lines.map(line => complaintOf(line, hide)) };
}

function complaintOf(line: string, hide: (words: string) => string): Complaint {
  const [, path, row, words] = /^(.+?):(\d+):\d+: (.+)$/.exec(line) ?? [];
  if (path !== undefined && words !== undefined) {
    return { path, line: Number(row), words: hide(words) };
  }
  const mentioned = /\bon line (\d+)\b/.exec(line)?.[1];
  const included = /error parsing include file '([^']+)'/.exec(line)?.[1];
  return { path: included, line: mentioned === undefined ? undefined : Number(mentioned), words: hide(line) };
}

/** Whether a complaint is about the machine that the server runs on and not about the configuration. */
export function isAboutMachine({ words }: Complaint): boolean {
  const missing = /no such file or directory|cannot find the (file|path)|permission denied|is a directory|no such host/i;
  const environment = /variable reference for '.*' on line \d+ can not be found/;
  return environment.test(words) || (missing.test(words) && !/error parsing include file/.test(words));
}
