// The commands and their options. What a command does is loaded when it is called, so that `--version` and `--help` cost next to nothing.
import { Command, CommanderError } from 'commander';
import { productVersion } from '../core/facts/product.ts';
import type { CanWords } from './can.ts';
import type { CheckWords } from './check-options.ts';
import type * as commands from './commands.ts';
import type { FormatWords } from './format.ts';
import type { InspectWords } from './inspect.ts';
import { exitCodes, isUsageError, type Terminal, UsageError } from './terminal.ts';
import type { TokenWords } from './token.ts';

/** Gives what is in `commands.ts`. */
export type LoadCommands = () => typeof commands | Promise<typeof commands>;

/** Runs `authlint` with the words behind its name; returns the exit code. Never throws. */
export async function main(args: readonly string[], terminal: Terminal, load: LoadCommands): Promise<number> {
  let exitCode: number = exitCodes.clean;
  const program = createProgram(args[0], terminal, async run => {
    // Only a command comes here, and its name is the first word.
    terminal.uses?.(args[0] ?? '');
    exitCode = await run(await load());
  });
  try {
    await program.parseAsync(spellOutFix(args), { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.trouble;
    if (isUsageError(error)) terminal.err(`authlint: ${error.message}\n`);
    else terminal.err(`authlint: internal fault: ${error instanceof Error ? error.name : 'unknown'}${placeOf(error)}; please report it\n`);
    return exitCodes.trouble;
  }
}

/** `--fix` with an optional value would swallow the path behind it, so only `--fix=unsafe` in one word has a value. */
function spellOutFix(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  return args.map((word, at) => {
    if (end >= 0 && at > end) return word;
    if (word === '--fix=unsafe') return '--fix-unsafe';
    if (word === '--fix=safe') return '--fix';
    if (args[0] === 'check' && word.startsWith('--fix='))
      throw new UsageError(`--fix takes safe, unsafe, not "${word.slice('--fix='.length)}"`);
    return word;
  });
}

/** Does something with the commands; the answer is the exit code. */
type Perform = (run: (all: typeof commands) => number | Promise<number>) => Promise<void>;

/** What a command is made with. */
interface Frame {
  readonly program: Command;
  readonly terminal: Terminal;
  readonly perform: Perform;
}

const adders: Readonly<Record<string, (frame: Frame) => void>> = {
  check: addCheck,
  token: addToken,
  can: addCan,
  format: addFormat,
  inspect: addInspect,
  explain: addExplain,
  rules: addRules,
  lsp: addLsp,
};

/** `first` is the first word: where it names a command, there is no need for the others. */
function createProgram(first: string | undefined, terminal: Terminal, perform: Perform): Command {
  const program = new Command('authlint')
    .description(
      'Finds, explains and fixes authentication and authorization mistakes in nats.conf, Compose files, dotenv files, credentials, commands and JWTs.',
    )
    .version(productVersion, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show what there is')
    .helpCommand('help [command]', 'the same')
    .configureOutput({
      writeOut: text => terminal.out(text),
      writeErr: text => terminal.err(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'authlint: ')),
      getOutHasColors: () => terminal.colours,
      getErrHasColors: () => false,
    })
    .exitOverride()
    .showHelpAfterError('(--help shows what there is)');
  const frame: Frame = { program, terminal, perform };
  const asked = Object.keys(adders).filter(name => name === first);
  for (const name of asked.length > 0 ? asked : Object.keys(adders)) adders[name]?.(frame);
  return program;
}

const jsonOption = ['--json', 'as JSON'] as const;
const languageOption = ['--language <id>', 'treat the given files as this language whatever their names'] as const;
const nowOption = ['--now <iso-time>', 'the clock, such as 2026-01-31T12:00:00Z, for reproducible results about expiry'] as const;
const serverOption = [
  '--nats-server <x.y>',
  'version of nats-server to judge for; default: what .authlint.yaml says, else the newest stable line',
] as const;

const withConfiguration = (command: Command): Command =>
  command
    .option('--config <file>', 'configuration to use instead of the nearest .authlint.yaml')
    .option('--no-config', 'use no configuration');

const withInputs = (command: Command): Command =>
  command
    .option('--files-from <file>', 'paths to look at, one a line; "-" reads them from standard input')
    .option('--stdin-name <path>', 'name that standard input goes by, such as deploy/nats.conf');

function addCheck({ program, terminal, perform }: Frame): void {
  const command = program
    .command('check')
    .description('judge files or folders; without any, the current folder')
    .argument('[path...]', 'files or folders; "-" reads standard input')
    .option('--format <format>', 'text, json, sarif, github or junit', 'text')
    .option('--fix', 'apply safe fixes until nothing changes; --fix=unsafe applies all')
    .addOption(program.createOption('--fix-unsafe').hideHelp())
    .option('--diff', 'show the fixes instead of applying them')
    .option('--fail-on <severity>', 'error, warning, information or never: what makes the exit code 1', 'error')
    .option(...languageOption)
    .option('--rule <id[=severity]>', 'run just this rule; may be repeated', (word: string, all: string[] = []) => [...all, word])
    .option(...nowOption)
    .option(...serverOption);
  withInputs(withConfiguration(command))
    .option(
      '--threads <n>',
      'threads that judge the files of folders; default: one, and for large folders as many as there are processors, up to 8',
    )
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing at or above --fail-on; 1 something; 2 bad usage, a path that cannot be read, or a fault of Authlint.',
    )
    .action((paths: string[], words: CheckWords) => perform(all => all.check(paths, words, terminal)));
}

function addToken({ program, terminal, perform }: Frame): void {
  program
    .command('token')
    .description('decode one token and check it: who would accept it, and why not')
    .argument('[token]', 'a token, a file that holds one, or "-" for standard input', '-')
    .option(
      '--verify <kind=where>',
      'check with jwks-url=URL, jwks-file=, jwk-file=, pem-file=, secret-file= (files), secret-env=NAME, compose=FILE[:SERVICE] or nats=FILE',
    )
    .option('--leeway <seconds>', 'by how much clocks may differ; default 60')
    .option(...nowOption)
    .option(...jsonOption)
    .action((given: string, words: TokenWords) => perform(all => all.token(given, words, terminal)));
}

function addCan({ program, terminal, perform }: Frame): void {
  program
    .command('can')
    .description('would nats-server let a user publish or subscribe; which words of the configuration decide')
    .argument('<action>', 'pub or sub')
    .argument('<subject>', 'subject of a message, or pattern of a subscription')
    .requiredOption('--config <file>', 'configuration of nats-server')
    .requiredOption('--user <name>', 'name of a user, or public key of an nkey user')
    .option('--queue <group>', 'queue group of the subscription')
    .option(...serverOption)
    .option(...jsonOption)
    .action((action: string, subject: string, words: CanWords) => perform(all => all.can(action, subject, words, terminal)));
}

function addFormat({ program, terminal, perform }: Frame): void {
  const command = program
    .command('format')
    .description('lay out NATS configurations; without a path, those in the current folder')
    .argument('[path...]', 'files or folders; "-" lays out standard input')
    .option('--check', 'change nothing; say what would change, with exit code 1')
    .option('--diff', 'change nothing; show what would change, with exit code 1')
    .option('--indent <n|tab>', 'spaces that a level is indented by, or tab', '2')
    .option(...serverOption);
  withInputs(withConfiguration(command)).action((paths: string[], words: FormatWords) =>
    perform(all => all.format(paths, words, terminal)),
  );
}

function addInspect({ program, terminal, perform }: Frame): void {
  const command = program
    .command('inspect')
    .description(
      'show what takes effect in a file: a configuration as the server would hold it, services after merging, or the tokens in a text',
    )
    .argument('<file>', 'the file to look into')
    .option('--json', 'as JSON; the values of a NATS configuration are then complete, secrets included')
    .option(...languageOption)
    .option(...nowOption)
    .option(...serverOption);
  withConfiguration(command).action((file: string, words: InspectWords) => perform(all => all.inspect(file, words, terminal)));
}

function addExplain({ program, terminal, perform }: Frame): void {
  program
    .command('explain')
    .description("print a rule's page, or what an error about authentication or authorization means")
    .argument('<text...>', 'id of a rule, or the text of an error; "-" reads it from standard input')
    // What NATS says begins with -ERR.
    .allowUnknownOption()
    .action((words: string[]) => perform(all => all.explain(words.join(' '), terminal)));
}

function addRules({ program, terminal, perform }: Frame): void {
  program
    .command('rules')
    .description('list every rule')
    .option(...jsonOption)
    .action((words: { json?: boolean }) => perform(all => all.listRules(words, terminal)));
}

function addLsp({ program, terminal, perform }: Frame): void {
  program
    .command('lsp')
    .description('run the language server')
    .requiredOption('--stdio', 'talk over standard input and output')
    // Clients add options of their own, such as --clientProcessId.
    .allowUnknownOption()
    .allowExcessArguments()
    .action(() => perform(all => all.lsp(terminal)));
}

/** Where in our own code an unforeseen error arose: no path of the person's, and no text that could quote a file. */
function placeOf(error: unknown): string {
  const frame =
    error instanceof Error ? /([^\s(/\\]+:\d+:\d+)\)?$/m.exec(error.stack?.split('\n').slice(1).join('\n') ?? '')?.[1] : undefined;
  return frame ? ` at ${frame}` : '';
}
