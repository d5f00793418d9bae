import { describe, expect, it } from '@jest/globals';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { createRouteChat, type Resource, templateOf } from './synthesize.ts';

const vpcConfig = { SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'] };

const propertiesOf = (type: string, routeChat = createRouteChat()) =>
  Object.values(templateOf(routeChat).findResources(type)).map(
    (resource) => (resource as Resource).Properties,
  );

describe('functions and VPCs', () => {
  it('are outside any by default', () => {
    for (const properties of propertiesOf('AWS::Lambda::Function')) {
      expect(properties).not.toHaveProperty('VpcConfig');
    }
  });

  it('get together where somebody accepts the rights it takes', () => {
    const routeChat = createRouteChat();
    const { secondLookFunction, keepCredentialFunction } = routeChat;
    for (const fn of [routeChat.function, secondLookFunction, keepCredentialFunction]) {
      fn.role?.addManagedPolicy(
        ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaVPCAccessExecutionRole'),
      );
      (fn.node.defaultChild as CfnFunction).addPropertyOverride('VpcConfig', vpcConfig);
    }

    const functions = propertiesOf('AWS::Lambda::Function', routeChat);
    const roles = propertiesOf('AWS::IAM::Role', routeChat);

    expect(functions.map(({ VpcConfig }) => VpcConfig)).toEqual([vpcConfig, vpcConfig, vpcConfig]);
    const ofFunctions = roles.filter((role) =>
      JSON.stringify(role).includes('lambda.amazonaws.com'),
    );
    expect(ofFunctions).toHaveLength(3);
    for (const { ManagedPolicyArns } of ofFunctions) {
      expect(JSON.stringify(ManagedPolicyArns)).toContain('AWSLambdaVPCAccessExecutionRole');
    }
  });
});
