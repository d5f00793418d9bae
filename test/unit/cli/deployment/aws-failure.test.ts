import { describe, expect, it } from '@jest/globals';
import { awsFailure } from '../../../../cli/deployment/aws-failure.ts';

const failure = (name: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { name, ...more });
const call = 'cloudformation:DescribeStacks';

describe('awsFailure', () => {
  it.each([
    [
      failure('CredentialsProviderError', 'Could not load credentials from any providers'),
      /^AWS: no credentials\. Sign in \(aws sso login\).*Could not load/,
    ],
    [failure('Error', 'Region is missing'), /^AWS: no region\. Say which: export AWS_REGION=/],
    [
      failure('ExpiredTokenException', 'The security token included in the request is expired'),
      /^AWS refuses the credentials \(ExpiredTokenException\)\. Sign in again\.$/,
    ],
    [failure('InvalidClientTokenId', 'x', { $fault: 'client' }), /^AWS refuses the credentials/],
    [
      failure('AccessDenied', 'User: arn:… is not authorized to perform:\n it', {
        $fault: 'client',
      }),
      /^AWS: these credentials may not cloudformation:DescribeStacks\. User: .* to perform: it$/,
    ],
    [
      failure('Throttling', 'Rate exceeded', { $fault: 'client' }),
      /^cloudformation:DescribeStacks failed: Throttling: Rate exceeded$/,
    ],
    [
      failure('Error', 'connect ECONNREFUSED 127.0.0.1:1', { code: 'ECONNREFUSED' }),
      /^cloudformation:DescribeStacks was not reached: connect ECONNREFUSED 127.0.0.1:1$/,
    ],
    [failure('AggregateError', '', { code: 'ECONNREFUSED' }), /was not reached: ECONNREFUSED$/],
    [failure('TimeoutError', 'The operation timed out.'), /was not reached: The operation/],
  ])('says in one line what a person can do about %s', (error, says) => {
    const told = awsFailure(error, call);

    expect(told?.message).toMatch(says);
    expect(told).toMatchObject({ name: 'InputError', cause: error });
  });

  it('leaves alone what is a bug', () => {
    expect(awsFailure(new TypeError('x is not a function'), call)).toBeUndefined();
  });
});
