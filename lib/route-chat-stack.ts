import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { createAlarmTopic } from './alarm-topic.ts';
import { RouteChat } from './route-chat.ts';
import type { RouteChatProps } from './route-chat-props.ts';

/** The construct's props, but secrets by their ARNs; and what may be added to it. */
export type RouteChatStackProps = StackProps &
  Omit<RouteChatProps, 'ticketSecret' | 'systemUserSecret'> & {
    /**
     * Holds the credential, as contract/ticket-secret.schema.json says.
     * @default - a secret is created, with a placeholder to be replaced by hand
     */
    readonly ticketSecret?: ExistingSecret;
    /**
     * Holds what a system user's tickets are made with, as docs/credentials.md says. For customers of
     * SuperOffice Online alone.
     * @default - a refused ticket is replaced by hand
     */
    readonly systemUserSecret?: ExistingSecret;
    /**
     * Whom the alarms are mailed to, by a topic of their own: one of this and `alarmTopic`.
     * @default - the alarms go to `alarmTopic`, or tell nobody
     */
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

/**
 * One deployment of route chat.
 * @throws Error that names the prop, where one is out of bounds, or two exclude each other.
 */
export class RouteChatStack extends Stack {
  readonly routeChat: RouteChat;

  constructor(scope: Construct, id: string, props: RouteChatStackProps) {
    const {
      ticketSecret,
      systemUserSecret,
      alarmEmail,
      resultQueues = [],
      eventBridgeIntake = false,
      httpIntake = false,
      ...others
    } = props;
    super(scope, id, {
      description: 'Moves SuperOffice chat sessions between associates.',
      ...others,
    });
    if (alarmEmail && others.alarmTopic) {
      throw new Error(
        'RouteChat: alarmTopic: expected either alarmTopic or alarmEmail; found both.',
      );
    }

    this.routeChat = new RouteChat(this, 'RouteChat', {
      ...others,
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
