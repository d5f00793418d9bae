import { accessKeyIdOf, credentials, region } from '../aws-account.ts';

/** What the Node.js runtime sets, beside the function's own variables. */
export function runtimeEnvironment(options: {
  functionName: string;
  memoryMegabytes: number;
  /** Unique id of the role whose credentials the function has; without one, those of nobody. */
  roleId?: string | undefined;
}): Record<string, string> {
  const { functionName, memoryMegabytes, roleId } = options;
  return {
    _HANDLER: 'index.handler',
    AWS_ACCESS_KEY_ID: roleId === undefined ? credentials.accessKeyId : accessKeyIdOf(roleId),
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
    AWS_LAMBDA_LOG_LEVEL: 'INFO',
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_REGION: region,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: 'local',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
  };
}
