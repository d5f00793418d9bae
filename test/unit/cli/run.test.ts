import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { InputError, UsageError } from '../../../cli/command-line/input-error.ts';
import { run } from '../../../cli/run.ts';

const ran: string[][] = [];
const command = (summary: string, does: (args: string[]) => Promise<number>) => async () => ({
  command: { summary, usage: `Usage of ${summary}`, run: does },
});
const commands = {
  send: command('sending', async (args) => {
    ran.push(args);
    return 3;
  }),
  'sign-in': command('signing in', async () => {
    throw new UsageError('--stack: expected more.');
  }),
  doctor: command('looking', async () => {
    throw new InputError('AWS: no region.');
  }),
};

/** The exit code, and what was said on standard output and on standard error. */
async function runWith(...argv: string[]) {
  const said = (stream: NodeJS.WriteStream) =>
    jest.spyOn(stream, 'write').mockImplementation(() => true);
  const [stdout, stderr] = [said(process.stdout), said(process.stderr)];
  const exitCode = await run(argv, commands);
  const textOf = ({ mock }: typeof stdout) => mock.calls.map(([text]) => String(text)).join('');
  return { exitCode, stdout: textOf(stdout), stderr: textOf(stderr) };
}

afterEach(() => {
  jest.restoreAllMocks();
  ran.length = 0;
});

describe('run', () => {
  it('runs the command that is named, with all that follows, and exits as it says', async () => {
    expect((await runWith('send', '648', '--wait')).exitCode).toBe(3);
    expect(ran).toEqual([['648', '--wait']]);
  });

  it.each([['--help'], ['-h'], ['help']])('lists all commands by %s', async (word) => {
    const { exitCode, stdout } = await runWith(word);

    expect(stdout).toMatch(/^ {2}send +sending$/m);
    expect(stdout).toMatch(/^ {2}sign-in +signing in$/m);
    expect(exitCode).toBe(0);
  });

  it.each([['--help'], ['-h']])(
    'shows the usage of a command by %s, and runs nothing',
    async (word) => {
      const { exitCode, stdout } = await runWith('send', '648', word);

      expect({ exitCode, stdout, ran }).toEqual({
        exitCode: 0,
        stdout: 'Usage of sending\n',
        ran: [],
      });
    },
  );

  it('takes what follows -- for no option', async () => {
    await runWith('send', '--', '--help');

    expect(ran).toEqual([['--', '--help']]);
  });

  it.each([
    [['snd'], 'No such command: snd. Did you mean send?'],
    [['signin'], 'No such command: signin. Did you mean sign-in?'],
    [['Doctor'], 'No such command: Doctor. Did you mean doctor?'],
    [['deploy'], 'No such command: deploy.'],
    [['constructor'], 'No such command: constructor.'],
    [[], 'Expected a command; found none.'],
  ])('refuses %j, and lists the commands', async (argv, says) => {
    const { exitCode, stderr } = await runWith(...argv);

    expect(stderr.split('\n')[0]).toBe(says);
    expect(stderr).toContain('  send ');
    expect(exitCode).toBe(2);
  });

  it.each([
    ['sign-in', '--stack: expected more.\n\nSee superoffice-route-chat sign-in --help.\n'],
    ['doctor', 'AWS: no region.\n'],
  ])('says what %s was given wrong, exit code 2', async (name, says) => {
    const { exitCode, stderr } = await runWith(name);

    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: says });
  });
});
