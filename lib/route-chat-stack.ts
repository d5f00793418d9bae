import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnOutput, type Duration, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { createAlarmTopic } from './alarm-topic.ts';
import { RouteChat } from './route-chat.ts';
import type { Tenant } from './tenant.ts';

export type RouteChatStackProps = StackProps & {
  /** Whose chats: a fixed WebAPI address, or a customer of SuperOffice Online. */
  readonly tenant: Tenant;
  /** @default Duration.minutes(5) */
  readonly eventTimeToLive?: Duration;
  /** @default 6 */
  readonly maxCallsPerSecond?: number;
  /** @default - results may wait to be read */
  readonly resultAgeAlarm?: Duration;
  /** @default - a secret is created, with a placeholder to be replaced by hand */
  readonly ticketSecret?: ExistingSecret;
  /** @default - a refused ticket is replaced by hand */
  readonly systemUserSecret?: ExistingSecret;
  /** @default - the alarms are made, and tell nobody */
  readonly alarmEmail?: string;
  /**
   * Sources whose results come on queues of their own, as `RouteChat.addResultQueue` says.
   * @default - one result queue for all
   */
  readonly resultQueues?: readonly string[];
  /**
   * A bus of EventBridge of this deployment's own, whose events of detail-type `RouteChatRequested`
   * are sent on.
   * @default false
   */
  readonly eventBridgeIntake?: boolean;
  /**
   * An HTTPS endpoint for SuperOffice's webhooks, as `RouteChat.addHttpIntake` says.
   * @default false
   */
  readonly httpIntake?: boolean;
  /** @default true */
  readonly dashboard?: boolean;
};

export type ExistingSecret = {
  /** Complete: with the six characters Secrets Manager appends to the name. */
  readonly arn: string;
  /**
   * The customer managed key it is under.
   * @default - the AWS managed key
   */
  readonly keyArn?: string;
};

/** One deployment of route chat. */
export class RouteChatStack extends Stack {
  readonly routeChat: RouteChat;

  constructor(scope: Construct, id: string, props: RouteChatStackProps) {
    const {
      ticketSecret,
      systemUserSecret,
      alarmEmail,
      tenant,
      eventTimeToLive,
      maxCallsPerSecond,
      resultAgeAlarm,
      dashboard,
      resultQueues = [],
      eventBridgeIntake = false,
      httpIntake = false,
      ...stack
    } = props;
    super(scope, id, {
      description: 'Moves SuperOffice chat sessions between associates.',
      ...stack,
    });

    this.routeChat = new RouteChat(this, 'RouteChat', {
      tenant,
      ...(eventTimeToLive && { eventTimeToLive }),
      ...(maxCallsPerSecond !== undefined && { maxCallsPerSecond }),
      ...(resultAgeAlarm && { resultAgeAlarm }),
      ...(dashboard !== undefined && { dashboard }),
      ...(ticketSecret && { ticketSecret: importSecret(this, 'TicketSecret', ticketSecret) }),
      ...(systemUserSecret && {
        systemUserSecret: importSecret(this, 'SystemUserSecret', systemUserSecret),
      }),
      ...(alarmEmail && { alarmTopic: createAlarmTopic(this, 'Alarms', alarmEmail) }),
    });

    this.routeChat.addOutputs();
    for (const source of resultQueues) this.routeChat.addResultQueue(source);
    if (eventBridgeIntake) this.#addEventBridgeIntake();
    if (httpIntake) this.routeChat.addHttpIntake();
  }

  #addEventBridgeIntake(): void {
    const { routeChat } = this;
    const eventBus = new EventBus(this, 'EventBus', {
      eventBusName: routeChat.serviceName,
      description: 'Takes events that ask for a chat session to be moved.',
    });
    routeChat.addRule('RouteChatRequested', {
      eventBus,
      eventPattern: { detailType: ['RouteChatRequested'] },
    });
    new CfnOutput(this, 'EventBusName', {
      value: eventBus.eventBusName,
      description: 'Put events here.',
    });
  }
}

function importSecret(scope: Construct, id: string, { arn, keyArn }: ExistingSecret): ISecret {
  return Secret.fromSecretAttributes(scope, id, {
    secretCompleteArn: arn,
    ...(keyArn && { encryptionKey: Key.fromKeyArn(scope, `${id}Key`, keyArn) }),
  });
}
