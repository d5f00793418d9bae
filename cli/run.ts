import type { Command } from './command.ts';
import { UsageError } from './command-line/input-error.ts';
import { nearestWord } from './command-line/nearest-word.ts';
import { runCommand } from './command-line/run-command.ts';

/** As the package's manifest names it. */
const bin = 'superoffice-route-chat';

type Commands = Record<string, () => Promise<{ command: Command }>>;

/** Runs the subcommand that a command line names. Resolves to the exit code. */
export async function run(argv: readonly string[], commands: Commands): Promise<number> {
  const [name, ...args] = argv;
  if (name === '--help' || name === '-h' || name === 'help') return show(await usageOf(commands));
  const load = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    return runCommand(await usageOf(commands), async () => {
      throw new UsageError(objectionTo(name, Object.keys(commands)));
    });
  }
  const { command } = await load();
  if (asksForHelp(args)) return show(command.usage);
  // The usage would push what is wrong off the screen.
  return runCommand(`See ${bin} ${name} --help.`, () => command.run(args));
}

async function usageOf(commands: Commands): Promise<string> {
  const width = Math.max(...Object.keys(commands).map((name) => name.length)) + 2;
  const lines = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => {
      const { command } = await load();
      return `  ${name.padEnd(width)}${command.summary}`;
    }),
  );
  return `Usage: ${bin} COMMAND [options]

${lines.join('\n')}

COMMAND --help shows the options of one.`;
}

/** Everything after `--` is no option. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const options = end < 0 ? args : args.slice(0, end);
  return options.some((word) => word === '--help' || word === '-h');
}

function objectionTo(name: string | undefined, known: readonly string[]): string {
  if (name === undefined) return 'Expected a command; found none.';
  const meant = nearestWord(name, known);
  return `No such command: ${name}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`;
}

function show(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}
