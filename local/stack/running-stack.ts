import { randomBytes } from 'node:crypto';
import { createWriteStream, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeEnvFile } from '../../cli/command-line/env-file.ts';
import { InputError } from '../../cli/command-line/input-error.ts';
import { variablesFileOf } from '../../cli/deployment/local-runs.ts';
import { type SuperOfficeStandIn, startSuperOffice } from '../../stand-ins/superoffice/server.ts';
import type { Webhook } from '../../stand-ins/superoffice/webhook.ts';
import type { CredentialKind } from '../command-line/credential-kind.ts';
import type { SuperOfficeChoice } from '../command-line/superoffice-choice.ts';
import type { Deployment } from './deployment.ts';
import { prepareLogFile } from './log-file.ts';
import {
  giveCredential,
  type StandInCredential,
  standInSystemUser,
} from './stand-in-credential.ts';
import { synthesize } from './synthesize.ts';
import { haveTicketMade } from './system-user-ticket.ts';
import { unseenChat } from './unseen-chat.ts';
import { variablesFor } from './variables-for-clients.ts';

/** All that runs: the deployment, and SuperOffice where it is a stand-in. */
export type RunningStack = {
  deployment: Deployment;
  superOffice: SuperOfficeStandIn | undefined;
  /** What the stand-in gave the function to authenticate with. */
  credentialKind: CredentialKind | undefined;
  /** SuperOffice's webhook at the HTTP intake, as somebody would register it. */
  webhook: Webhook | undefined;
  close(): Promise<void>;
};

/** What events can come by, beside the queue. */
const intakes = { eventBridgeIntake: 'true', httpIntake: 'true' };

export type RunningStackOptions = {
  /**
   * Folder of an example.
   * @default - what is deployed
   */
  example?: string;
  /** Where SQS listens. */
  port?: number | undefined;
  signal: AbortSignal;
  onStep: (what: string) => void;
  /** Takes the lines that go to the log, too. */
  onLog: (line: string) => void;
};

/** Synthesizes the stack and stands it up. */
export async function startRunningStack(
  choice: SuperOfficeChoice,
  { example, port, signal, onStep, onLog }: RunningStackOptions,
): Promise<RunningStack> {
  const logFile = prepareLogFile();
  const log = createWriteStream(logFile);
  const variablesFile = variablesFileOf(process.pid, dirname(logFile));
  const { superOffice, credential } = await openSuperOffice(choice);
  const { context, loginService, ...secrets } = credential;
  let deployment: Deployment | undefined;
  const close = async () => {
    rmSync(variablesFile, { force: true });
    await deployment?.close();
    await superOffice?.close();
    await loginService?.close();
    await new Promise<void>((resolve) => {
      log.end(resolve);
    });
  };

  try {
    onStep('Synthesizing the stack');
    const settings: Record<string, string> =
      example === undefined ? { ...context, ...intakes } : context;
    const synthesis = synthesize(settings, { example, signal });
    // Loaded while the stack is being synthesized: it brings the AWS SDK along.
    const [assembly, { deploy }] = await Promise.all([synthesis, import('./deployment.ts')]);
    onStep('Standing it up');
    deployment = await deploy({
      assembly,
      sqsPort: port,
      ...secrets,
      logs(line) {
        log.write(`${line}\n`);
        onLog(line);
      },
    });
    if (choice.kind === 'real' && choice.systemUserSecret) {
      onStep('Having the login service make a ticket');
      await haveTicketMade(deployment.functionBy('KeepCredentialFunctionName'));
    }
    // Where `npm run send` finds it.
    writeEnvFile(variablesFile, variablesFor(deployment));
    const credentialKind = choice.kind === 'stand-in' ? choice.credential : undefined;
    return { deployment, superOffice, credentialKind, webhook: registerWebhook(deployment), close };
  } catch (error) {
    await close();
    if (!isPortError(error)) throw error;
    const why = error.code === 'EACCES' ? 'may not be used' : 'is in use';
    throw new InputError(`--port: expected a free port; ${port} ${why}.`, { cause: error });
  }
}

/** Makes a secret, and puts it where the HTTP intake finds it. */
function registerWebhook({ httpIntake, secretsManager }: Deployment): Webhook | undefined {
  if (!httpIntake) return undefined;
  const secret = randomBytes(32).toString('base64');
  secretsManager.put(httpIntake.secretArn, JSON.stringify({ signingSecret: secret }));
  return { targetUrl: httpIntake.url, secret };
}

/** Where SuperOffice is and what it is shown; a stand-in is started. */
async function openSuperOffice(
  choice: SuperOfficeChoice,
): Promise<{ credential: StandInCredential; superOffice?: SuperOfficeStandIn }> {
  if (choice.kind === 'real') {
    const { systemUserSecret } = choice;
    return {
      credential: {
        context: {
          ...choice.tenant,
          ...(systemUserSecret && { systemUserSecretArn: standInSystemUser.systemUserSecretArn }),
        },
        environment: {},
        ticketSecret: JSON.stringify(choice.secret),
        ...(systemUserSecret && { systemUserSecret: JSON.stringify(systemUserSecret) }),
      },
    };
  }
  const mode = choice.credential === 'password' ? 'onsite' : 'online';
  const superOffice = await startSuperOffice({ mode });
  superOffice.setFault(unseenChat);
  return { superOffice, credential: await giveCredential(choice.credential, superOffice) };
}

const isPortError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && error.syscall === 'listen';
