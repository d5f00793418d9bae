import { describe, expect, it } from '@jest/globals';
import { InputError } from '../../../../cli/command-line/input-error.ts';
import { haveTicketMade } from '../../../../local/stack/system-user-ticket.ts';
import { FunctionError } from '../../../../stand-ins/lambda/function-error.ts';

const failingWith = (error: Error) => haveTicketMade({ invoke: () => Promise.reject(error) });

describe('haveTicketMade', () => {
  it('says in one line, as of other input, why the login service made none', async () => {
    const why = 'The login service could not be reached: no connection.';
    const making = failingWith(new FunctionError('LoginError', why, ['at somewhere']));

    await expect(making).rejects.toThrow(InputError);
    await expect(making).rejects.toThrow(
      expect.objectContaining({
        message: `SO_SYSTEM_USER_TOKEN: no ticket was made with it. ${why}`,
      }),
    );
  });

  it('takes no fault of the local run for the input', async () => {
    await expect(failingWith(new TypeError('of ours'))).rejects.toThrow(TypeError);
  });
});
