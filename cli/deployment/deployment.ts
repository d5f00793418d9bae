import { readEnvFile, type Variables } from '../command-line/env-file.ts';
import { InputError, UsageError } from '../command-line/input-error.ts';
import { describeStack } from './describe-stack.ts';
import { localRuns } from './local-runs.ts';

/** What a command says about which deployment it is for. */
export const deploymentFlags = {
  stack: { type: 'string' },
  'env-file': { type: 'string' },
} as const;

export const deploymentUsage = `  --stack NAME       the deployment: a stack in the account and region of your
                     AWS credentials
  --env-file FILE    variables of a local run, as its --env-out writes them;
                     without either, the local run (npm start) that is up`;

type DeploymentFlags = { stack?: string | undefined; 'env-file'?: string | undefined };

export type Deployment = {
  stackName: string;
  /** @throws InputError where the stack has no such output. */
  output(name: string): string;
};

/**
 * Selects the stack a command is for, by its name. What a file says about AWS, all clients made
 * from then on go by: they read the environment.
 * @throws UsageError, InputError where it is not said, or the file cannot be read
 */
export function selectStack(flags: DeploymentFlags): string {
  const file = flags['env-file'] ?? (flags.stack === undefined ? theLocalRun() : undefined);
  const variables = file === undefined ? {} : readEnvFile(file);
  useForAws(variables);
  const stackName = flags.stack ?? variables.STACK_NAME;
  if (!stackName) {
    throw new UsageError(
      `--stack: expected the name of a stack; found none, and no STACK_NAME in ${file}.`,
    );
  }
  return stackName;
}

/**
 * Finds the deployment a command is for, by CloudFormation.
 * @throws UsageError, InputError as `selectStack` does, or where there is no such stack
 */
export async function findDeployment(flags: DeploymentFlags): Promise<Deployment> {
  const stackName = selectStack(flags);
  const { outputs } = await describeStack(stackName);
  return {
    stackName,
    output(name) {
      const value = outputs.get(name);
      if (value !== undefined) return value;
      throw new InputError(
        `--stack: expected a stack of route chat with the output ${name}; ${stackName} has none. One of an older version has to be deployed again, a stack of your own to call routeChat.addOutputs().`,
      );
    },
  };
}

function theLocalRun(): string {
  const [file, ...others] = localRuns();
  if (file === undefined) {
    throw new UsageError(
      '--stack: expected the name of a stack, or a local run (npm start) to be up.',
    );
  }
  if (others.length > 0) {
    throw new UsageError(
      `--env-file: several local runs are up; expected one of ${[file, ...others].join(', ')}.`,
    );
  }
  return file;
}

/** A profile of the person's own would win over the file's credentials. */
function useForAws(variables: Variables): void {
  const names = Object.keys(variables).filter((name) => name.startsWith('AWS_'));
  if (names.includes('AWS_ACCESS_KEY_ID')) {
    delete process.env.AWS_PROFILE;
    delete process.env.AWS_SESSION_TOKEN;
  }
  for (const name of names) process.env[name] = variables[name];
}
