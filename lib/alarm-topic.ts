import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** Makes a topic that alarms of this account may publish to, over TLS only, and mails them on. */
export function createAlarmTopic(scope: Construct, id: string, email: string): Topic {
  const topic = new Topic(scope, id, { displayName: 'Route chat alarms', enforceSSL: true });
  // The policy that asks for TLS takes the place of the default one, under which alarms may publish.
  topic.grantPublish(
    new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  topic.addSubscription(new EmailSubscription(email));
  return topic;
}
