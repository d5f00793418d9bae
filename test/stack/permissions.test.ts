import { describe, expect, it } from '@jest/globals';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Stack } from 'aws-cdk-lib/core';
import { RouteChat } from '../../lib/route-chat.ts';
import { createApp, createStack, type Resource, templateOf } from './synthesize.ts';

type Statement = {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
};

const ticketSecret = {
  arn: 'arn:aws:secretsmanager:eu-north-1:123456789012:secret:ticket-a1B2c3',
  keyArn: 'arn:aws:kms:eu-north-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
};

const systemUserSecret = {
  arn: 'arn:aws:secretsmanager:eu-north-1:123456789012:secret:system-user-a1B2c3',
  keyArn: 'arn:aws:kms:eu-north-1:123456789012:key/abcd1234-12ab-34cd-56ef-1234567890ab',
};

const resourcesOf = (stack: Stack = createStack({ alarmEmail: 'a@example.com' })) =>
  Object.entries(templateOf(stack).toJSON().Resources as Record<string, Resource>);

/** Each right of the policy whose logical id begins so: the actions, by what they are allowed on. */
function rightsOf(resources: [string, Resource][], idPrefix: string) {
  const policies = resources.filter(
    ([id, { Type }]) =>
      Type === 'AWS::IAM::Policy' && new RegExp(`^${idPrefix}[0-9A-F]{8}$`).test(id),
  );
  return policies.flatMap(([, { Properties }]) =>
    statementsIn(Properties.PolicyDocument).map(({ Effect, Action, Resource }) => {
      expect(Effect).toBe('Allow');
      return [nameOf(Resource), [Action].flat()];
    }),
  );
}

const statementsIn = (document: unknown) => (document as { Statement: Statement[] }).Statement;

const nameOf = (resource: unknown) =>
  typeof resource === 'string'
    ? resource
    : JSON.stringify(resource).replace(/^.*?"(\w+?)[0-9A-F]{8}".*$/, '$1');

describe('permissions of the stack', () => {
  const resources = resourcesOf();

  it('are four roles, with a policy each and no managed one', () => {
    const roles = resources.filter(([, { Type }]) => Type === 'AWS::IAM::Role');

    expect(roles).toHaveLength(4);
    for (const [, { Properties }] of roles) {
      expect(Object.keys(Properties)).toEqual(['AssumeRolePolicyDocument']);
    }
  });

  it('let the function do what it does, to what it does it to', () => {
    expect(rightsOf(resources, 'RouteChatRoleDefaultPolicy')).toEqual([
      ['RouteChatLog', ['logs:CreateLogStream', 'logs:PutLogEvents']],
      [
        'RouteChatQueuesEventQueue',
        [
          'sqs:ChangeMessageVisibility',
          'sqs:DeleteMessage',
          'sqs:GetQueueAttributes',
          'sqs:ReceiveMessage',
          'sqs:SendMessage',
        ],
      ],
      ['RouteChatQueuesResultQueue', ['sqs:SendMessage']],
      ['RouteChatTicketSecret', ['secretsmanager:GetSecretValue']],
    ]);
  });

  it('let the second look take dead letters and send results, and touch no event', () => {
    expect(rightsOf(resources, 'RouteChatSecondLookRoleDefaultPolicy')).toEqual([
      ['RouteChatSecondLookLog', ['logs:CreateLogStream', 'logs:PutLogEvents']],
      [
        'RouteChatQueuesEventDeadLetterQueue',
        ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      ],
      ['RouteChatQueuesResultQueue', ['sqs:SendMessage']],
      ['RouteChatTicketSecret', ['secretsmanager:GetSecretValue']],
    ]);
  });

  it('let keep-credential read the ticket and write its log', () => {
    expect(rightsOf(resources, 'RouteChatKeepCredentialRoleDefaultPolicy')).toEqual([
      ['RouteChatKeepCredentialLog', ['logs:CreateLogStream', 'logs:PutLogEvents']],
      ['RouteChatTicketSecret', ['secretsmanager:GetSecretValue']],
    ]);
  });

  it('let the schedule invoke keep-credential, for nobody but this account', () => {
    expect(rightsOf(resources, 'RouteChatKeepCredentialSchedulerRoleDefaultPolicy')).toEqual([
      ['RouteChatKeepCredentialFunction', ['lambda:InvokeFunction']],
    ]);
    const [[, role] = []] = resources.filter(([id]) =>
      /^RouteChatKeepCredentialSchedulerRole[0-9A-F]{8}$/.test(id),
    );
    expect(statementsIn(role?.Properties.AssumeRolePolicyDocument)).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'scheduler.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ]);
  });

  describe('with a system user', () => {
    const withSystemUser = resourcesOf(
      createStack({ tenant: { customerId: 'Cust1' }, ticketSecret, systemUserSecret }),
    );

    it('let keep-credential alone read the key material and write the ticket', () => {
      expect(rightsOf(withSystemUser, 'RouteChatKeepCredentialRoleDefaultPolicy')).toEqual([
        ['RouteChatKeepCredentialLog', ['logs:CreateLogStream', 'logs:PutLogEvents']],
        [
          JSON.stringify([systemUserSecret.arn, ticketSecret.arn]),
          ['secretsmanager:GetSecretValue'],
        ],
        [JSON.stringify([ticketSecret.keyArn, systemUserSecret.keyArn]), ['kms:Decrypt']],
        [ticketSecret.arn, ['secretsmanager:PutSecretValue']],
        [ticketSecret.keyArn, ['kms:Decrypt', 'kms:GenerateDataKey']],
        [
          'RouteChatKeepCredentialRenewalQueue',
          ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
        ],
      ]);
      const others = withSystemUser.filter(
        ([id, { Type }]) => Type === 'AWS::IAM::Policy' && !id.includes('KeepCredentialRole'),
      );
      expect(JSON.stringify(others)).not.toMatch(/system-user|PutSecretValue/);
    });

    it('let the function ask for another ticket', () => {
      expect(rightsOf(withSystemUser, 'RouteChatRoleDefaultPolicy')).toContainEqual([
        'RouteChatKeepCredentialRenewalQueue',
        ['sqs:SendMessage'],
      ]);
    });
  });

  it('of an imported secret name it and its key, used through Secrets Manager', () => {
    const imported = resourcesOf(createStack({ ticketSecret }));
    const policies = imported.filter(
      ([id, { Type }]) => Type === 'AWS::IAM::Policy' && !id.includes('Scheduler'),
    );

    expect(policies).toHaveLength(3);
    for (const [, { Properties }] of policies) {
      const statements = statementsIn(Properties.PolicyDocument);
      expect(statements).toContainEqual({
        Effect: 'Allow',
        Action: 'secretsmanager:GetSecretValue',
        Resource: ticketSecret.arn,
      });
      expect(statements).toContainEqual({
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: ticketSecret.keyArn,
        Condition: {
          StringEquals: {
            'kms:ViaService': {
              'Fn::Join': ['', ['secretsmanager.', { Ref: 'AWS::Region' }, '.amazonaws.com']],
            },
          },
        },
      });
    }
  });

  it('of a secret known by name alone are to that name and the six characters behind it', () => {
    const stack = new Stack(createApp(), 'Somebody');
    const byName = (id: string) => Secret.fromSecretNameV2(stack, id, `team/${id}`);
    new RouteChat(stack, 'RouteChat', {
      tenant: { customerId: 'Cust1' },
      ticketSecret: byName('ticket'),
      systemUserSecret: byName('system-user'),
    });

    const policies = resourcesOf(stack).filter(([, { Type }]) => Type === 'AWS::IAM::Policy');
    const granted = policies
      .flatMap(([, { Properties }]) => statementsIn(Properties.PolicyDocument))
      .filter(({ Action }) => String(Action).startsWith('secretsmanager:'))
      .flatMap(({ Resource }) => Resource)
      .map((arn) => JSON.stringify(arn).replace(/^.*(:secret:.*?)"\]\]}$/, '$1'));

    expect(new Set(granted)).toEqual(
      new Set([':secret:team/ticket-??????', ':secret:team/system-user-??????']),
    );
  });

  it('allow no wildcard, anywhere', () => {
    const allowed = [...resources, ...resourcesOf(createStack({ ticketSecret }))]
      .flatMap(([, { Properties }]) => [
        Properties.PolicyDocument,
        Properties.AssumeRolePolicyDocument,
      ])
      .filter((document) => document !== undefined)
      .flatMap(statementsIn)
      .filter(({ Effect }) => Effect === 'Allow');

    expect(allowed.length).toBeGreaterThan(8);
    for (const { Action, Resource } of allowed) {
      expect(JSON.stringify([Action, Resource ?? ''])).not.toContain('*');
    }
  });
});
