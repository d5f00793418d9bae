import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { HttpIntakeEnvironment } from '../functions/http-intake/environment.ts';
import { secretPlaceholder } from '../superoffice/secret-placeholder.ts';
import { grantReadSecret } from './grant-secret.ts';
import { alarmsOfHttpIntake } from './intake-alarms.ts';
import { createLeanFunction } from './lean-function.ts';
import { createPlaceholderSecret } from './placeholder-secret.ts';
import type { RouteChatAlarms } from './route-chat-alarms.ts';
import { countMetric, metricsNamespace } from './route-chat-metrics.ts';

export type HttpIntakeProps = {
  readonly eventQueue: IQueue;
  readonly alarms: RouteChatAlarms;
  /** Unique in the account and region. */
  readonly serviceName: string;
  readonly eventTimeToLiveSeconds: number;
  readonly logRetention: RetentionDays;
};

/** Not the root, which is what is tried first by those who look for what there is. */
const path = '/events';

/** Requests a second and at once: escalations are few, and SuperOffice takes ten calls a second. */
const throttle = { rateLimit: 10, burstLimit: 20 };

/** The secret, read as far as AWS's client goes on trying, and five seconds for the queue. */
const timeout = Duration.seconds(10);

/**
 * SuperOffice tries an event three times before it drops it, and so may as few be all there are:
 * within that period, as many requests, more than half of them refused.
 */
const refusals = { period: Duration.minutes(15), fewest: 3, abovePercent: 50 };

/**
 * An HTTPS endpoint whose requests are sent on to the event queue, where they are signed: by
 * SuperOffice's webhooks, and by whatever else knows the secret.
 */
export class HttpIntake extends Construct {
  readonly function: LambdaFunction;
  /** With its stage, to map a domain of your own to. */
  readonly api: HttpApi;
  readonly stage: HttpStage;
  /** Where to send requests: `https://…/events`. */
  readonly url: string;
  /**
   * `{"signingSecret": "…", "previousSigningSecret": "…"}`: what requests are signed with. A
   * placeholder, to be replaced by hand.
   */
  readonly signingSecret: ISecret;

  constructor(scope: Construct, id: string, props: HttpIntakeProps) {
    super(scope, id);
    this.signingSecret = createPlaceholderSecret(this, 'SigningSecret', {
      description: 'Signs the requests to the HTTP intake of route chat.',
      placeholder: { signingSecret: secretPlaceholder },
      whyNotRotated:
        'SuperOffice generates the secret of a webhook and shows it once: it is changed by hand on both sides, and the one before stays valid beside it meanwhile.',
    });
    this.function = this.#createFunction(props);
    this.api = this.#createApi(props);
    this.stage = this.#createStage(props);
    this.url = `${this.api.apiEndpoint}${path}`;
    props.alarms.watch(
      alarmsOfHttpIntake({
        refusedPercent: refusedPercent(props.serviceName),
        abovePercent: refusals.abovePercent,
        serverErrors: this.api.metricServerError({
          statistic: Stats.SUM,
          period: Duration.minutes(5),
        }),
      }),
    );
  }

  #createFunction(props: HttpIntakeProps): LambdaFunction {
    const { eventQueue, eventTimeToLiveSeconds, logRetention, serviceName } = props;
    const lambda = createLeanFunction(this, {
      folder: 'http-intake',
      description:
        'Checks the signature of requests, and sends on what asks for a chat to be moved.',
      timeout,
      logRetention,
      environment: {
        EVENT_QUEUE_URL: eventQueue.queueUrl,
        EVENT_TIME_TO_LIVE_SECONDS: String(eventTimeToLiveSeconds),
        SIGNING_SECRET_ARN: this.signingSecret.secretArn,
        POWERTOOLS_SERVICE_NAME: serviceName,
        POWERTOOLS_METRICS_NAMESPACE: metricsNamespace,
      } satisfies HttpIntakeEnvironment,
    });
    // By hand, since the ready-made grant allows more than is used.
    eventQueue.grant(lambda, 'sqs:SendMessage');
    grantReadSecret(this.signingSecret, lambda);
    return lambda;
  }

  #createApi({ serviceName }: HttpIntakeProps): HttpApi {
    const api = new HttpApi(this, 'Api', {
      apiName: serviceName,
      description: 'Takes signed requests that ask for a chat session to be moved.',
      createDefaultStage: false,
    });
    const [route] = api.addRoutes({
      path,
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration('Integration', this.function),
    });
    if (route) {
      Validations.of(route).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason:
          "SuperOffice's webhooks sign the body and can do nothing else: the function checks that signature before it reads anything.",
      });
    }
    return api;
  }

  #createStage({ serviceName, logRetention }: HttpIntakeProps): HttpStage {
    return new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', {
            // Below this prefix, log groups do not fill up the account's policy on log delivery.
            logGroupName: `/aws/vendedlogs/${serviceName}-http-intake`,
            retention: logRetention,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
        format: accessLogFormat,
      },
    });
  }
}

/** `requestId` is the `apiRequestId` of the function's own log. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    time: '$context.requestTime',
    requestId: '$context.requestId',
    ip: '$context.identity.sourceIp',
    route: '$context.routeKey',
    status: '$context.status',
    responseLatency: '$context.responseLatency',
    integrationError: '$context.integrationErrorMessage',
  }),
);

function refusedPercent(serviceName: string): MathExpression {
  const { period, fewest } = refusals;
  return new MathExpression({
    label: 'requests refused, in percent',
    expression: `IF(requests >= ${fewest}, 100 * refused / requests, 0)`,
    usingMetrics: {
      requests: countMetric(serviceName, 'HttpIntake.Request', { period }),
      refused: countMetric(serviceName, 'HttpIntake.Refused', { period }),
    },
    period,
  });
}
