import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { causes, outcomes } from '../../contract/result.ts';
import { createStack, type Resource, templateOf } from './synthesize.ts';

const template = templateOf(createStack({ resultQueues: ['my-team'], maxCallsPerSecond: 4 }));
const propertiesOf = (type: string, of = template) =>
  Object.values(of.findResources(type) as Record<string, Resource>).map(
    ({ Properties }) => Properties,
  );

/** The body, with names of what is known at deployment only left as their logical ids. */
const [{ DashboardBody } = {}] = propertiesOf('AWS::CloudWatch::Dashboard');
const [, parts] = (DashboardBody as { 'Fn::Join': [string, (string | object)[]] })['Fn::Join'];
const body = JSON.parse(
  parts
    .map((part) => (typeof part === 'string' ? part : JSON.stringify(part).replaceAll('"', "'")))
    .join(''),
) as { widgets: { properties: { title: string; metrics: unknown[][] } }[] };

const linesOf = (title: string) => {
  const widget = body.widgets.find(({ properties }) => properties.title.startsWith(title));
  return JSON.stringify(widget?.properties.metrics);
};

describe('RouteChatDashboard', () => {
  it('answers these questions, from top to bottom', () => {
    expect(body.widgets.map(({ properties }) => properties.title.replace(/[?:,].*/, ''))).toEqual([
      'Are chats moving',
      'Offers by answer',
      'How fast',
      'Pace used',
      'What is not applied',
      'What goes wrong',
      'What waits',
      'What waits',
    ]);
  });

  it.each([
    ['Are chats moving', outcomes.map((outcome) => `"Outcome.${outcome}"`)],
    ['What is not applied', causes.map((cause) => `"Cause.${cause}"`)],
    ['Offers by answer', ['"Outcome.declined"', '"Outcome.unanswered"']],
    ['Pace used', ['100 * calls / (PERIOD(calls) * 4)', '"Call"']],
    ['What goes wrong', ['"ResultNotSent"', '"TicketRefused"', '"Errors"', '"Throttles"']],
    ['What waits: age', ['EventQueue', 'ResultQueue', '"result for my-team"']],
  ])('shows under "%s" all there is', (title, names) => {
    for (const name of names) expect(linesOf(title)).toContain(name);
  });

  it('costs nothing where it is one of three: at most 50 metrics', () => {
    expect(body.widgets.flatMap(({ properties }) => properties.metrics).length).toBeLessThan(50);
  });

  it('saves queries of both logs under the deployment’s name', () => {
    const queries = propertiesOf('AWS::Logs::QueryDefinition');

    expect(queries.map(({ Name }) => String(Name).replace(/^RouteChat-test-.*\//, ''))).toEqual([
      'One chat',
      'What goes back',
      'Results as they come',
    ]);
    for (const { LogGroupNames } of queries) {
      expect(LogGroupNames).toEqual([
        { Ref: expect.stringMatching(/^RouteChatLog/) },
        { Ref: expect.stringMatching(/^RouteChatSecondLookLog/) },
      ]);
    }
    expect(queries.map(({ QueryString }) => QueryString)).toEqual([
      'filter chatSessionId = 648\n| sort @timestamp asc\n| display @timestamp, chatSessionId, outcome, cause, error, httpStatus, receiveCount, requestId, eventMessageId',
      'filter outcome = "retry"\n| stats count() as times by error, bin(5m)',
      'filter message = "event"\n| filter outcome not in ["retry", "offered"]\n| sort @timestamp desc\n| limit 100\n| display @timestamp, chatSessionId, outcome, cause, error, httpStatus, requestId',
    ]);
  });

  it('takes widgets of somebody else', () => {
    const stack = createStack();
    stack.routeChat.dashboard?.addWidgets(new TextWidget({ markdown: 'Call Ann.' }));

    templateOf(stack).hasResourceProperties('AWS::CloudWatch::Dashboard', {
      DashboardBody: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('Call Ann')])] },
    });
  });

  it('is not made where nobody wants it', () => {
    const stack = createStack({ dashboard: false });
    const without = templateOf(stack);

    expect(stack.routeChat.dashboard).toBeUndefined();
    expect(propertiesOf('AWS::CloudWatch::Dashboard', without)).toEqual([]);
    expect(propertiesOf('AWS::Logs::QueryDefinition', without)).toEqual([]);
  });
});
