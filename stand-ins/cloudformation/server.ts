import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { accountId, region } from '../aws-account.ts';
import { close, listen } from '../http-server.ts';

/** A running stand-in for CloudFormation. */
export type CloudFormationStandIn = {
  /** For `AWS_ENDPOINT_URL_CLOUDFORMATION`. */
  readonly endpoint: string;
  close(): Promise<void>;
};

/** A stack that is deployed, and its outputs. */
export type DeployedStack = { stackName: string; outputs: Readonly<Record<string, string>> };

const namespace = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

/** Starts DescribeStacks in the AWS query protocol on this machine. */
export async function startCloudFormation({
  stacks,
}: {
  stacks: readonly DeployedStack[];
}): Promise<CloudFormationStandIn> {
  const describeStacks = (input: URLSearchParams) => {
    const name = input.get('StackName');
    const found = stacks.filter(({ stackName }) => name === null || name === stackName);
    return name !== null && found.length === 0
      ? { status: 400, xml: errorXml('ValidationError', `Stack with id ${name} does not exist`) }
      : { status: 200, xml: stacksXml(found) };
  };

  const server = createServer(async (request, response) => {
    const input = new URLSearchParams(await text(request));
    const action = input.get('Action');
    const { status, xml } =
      action === 'DescribeStacks'
        ? describeStacks(input)
        : { status: 400, xml: errorXml('InvalidAction', `The stand-in knows no ${action}`) };
    response.writeHead(status, { 'content-type': 'text/xml' });
    response.end(xml);
  });
  return { endpoint: await listen(server), close: () => close(server) };
}

function stacksXml(stacks: readonly DeployedStack[]): string {
  const members = stacks.map(({ stackName, outputs }) => {
    const outputMembers = Object.entries(outputs).map(([key, value]) =>
      element('member', element('OutputKey', escaped(key)), element('OutputValue', escaped(value))),
    );
    return element(
      'member',
      element('StackName', escaped(stackName)),
      element(
        'StackId',
        `arn:aws:cloudformation:${region}:${accountId}:stack/${escaped(stackName)}/local`,
      ),
      element('StackStatus', 'CREATE_COMPLETE'),
      element('CreationTime', new Date(0).toISOString()),
      element('Outputs', ...outputMembers),
    );
  });
  const result = element('DescribeStacksResult', element('Stacks', ...members));
  return `<DescribeStacksResponse xmlns="${namespace}">${result}</DescribeStacksResponse>`;
}

const errorXml = (code: string, message: string) =>
  `<ErrorResponse xmlns="${namespace}">${element(
    'Error',
    element('Type', 'Sender'),
    element('Code', code),
    element('Message', escaped(message)),
  )}<RequestId>local</RequestId></ErrorResponse>`;

const element = (name: string, ...content: string[]) => `<${name}>${content.join('')}</${name}>`;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
