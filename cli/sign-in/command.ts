import { systemClock } from '../../superoffice/clock.ts';
import type { Command } from '../command.ts';
import { loginServices, parseSignInOptions, usage } from './options.ts';
import { signIn } from './sign-in.ts';
import { writeToFile, writeToStack } from './targets.ts';
import { openTerminal } from './terminal.ts';

export const command: Command = {
  summary: 'have an associate consent, and keep the refresh token',
  usage,
  async run(args) {
    const options = parseSignInOptions(args);
    const { target, environment } = options;
    const terminal = openTerminal();
    try {
      const isKept = await signIn(options, {
        loginService: { loginUrl: loginServices[environment], clock: systemClock },
        terminal,
        write: async (secret) =>
          target.kind === 'stack'
            ? await writeToStack(target.name, secret)
            : writeToFile(target.path, options, secret),
      });
      return isKept ? 0 : 1;
    } finally {
      terminal.close();
    }
  },
};
