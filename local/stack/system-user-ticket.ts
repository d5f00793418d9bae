import { InputError } from '../../cli/command-line/input-error.ts';
import { FunctionError } from '../../stand-ins/lambda/function-error.ts';
import type { LambdaFunction } from '../../stand-ins/lambda/lambda-function.ts';

/**
 * Has the system user's first ticket made, as the schedule does when it is deployed; it is not played
 * here.
 * @throws InputError that says why there is none: the credential, or the network, is not as it must be.
 */
export async function haveTicketMade(
  keepCredential: Pick<LambdaFunction, 'invoke'>,
): Promise<void> {
  try {
    await keepCredential.invoke({});
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    throw new InputError(
      `SO_SYSTEM_USER_TOKEN: no ticket was made with it. ${error.errorMessage}`,
      {
        cause: error,
      },
    );
  }
}
