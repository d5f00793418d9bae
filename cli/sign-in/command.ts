import { systemClock } from '../../superoffice/clock.ts';
import { onlineOrigins } from '../../superoffice/online-environments.ts';
import type { Command } from '../command.ts';
import { findDeployment } from '../deployment/deployment.ts';
import { parseSignInOptions, type SignInOptions, usage } from './options.ts';
import { type SignInPorts, signIn } from './sign-in.ts';
import { writeToFile, writeToSecret } from './targets.ts';
import { openTerminal } from './terminal.ts';

export const command: Command = {
  summary: 'have an associate consent, and keep the refresh token',
  usage,
  async run(args) {
    const options = parseSignInOptions(args);
    const write = await writerTo(options);
    const loginUrl = onlineOrigins[options.environment];
    const terminal = openTerminal();
    try {
      const loginService = { loginUrl, clock: systemClock };
      return (await signIn(options, { loginService, terminal, write })) ? 0 : 1;
    } finally {
      terminal.close();
    }
  },
};

/** A stack that is not there is better known before somebody consents. */
async function writerTo(options: SignInOptions): Promise<SignInPorts['write']> {
  const { target } = options;
  if (target.kind === 'file') return async (secret) => writeToFile(target.path, options, secret);
  const deployment = await findDeployment({ stack: target.name });
  const secretArn = deployment.output('TicketSecretArn');
  return (secret) => writeToSecret(secretArn, secret);
}
