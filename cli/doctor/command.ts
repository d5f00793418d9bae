import type { Command } from '../command.ts';
import { parseFlags } from '../command-line/flags.ts';
import { deploymentFlags, deploymentUsage, selectStack } from '../deployment/deployment.ts';
import { createAws } from './aws.ts';
import { examine } from './examine.ts';
import type { Finding } from './finding.ts';
import { web } from './web.ts';

export const command: Command = {
  summary: 'look at a deployment from top to bottom, and say what to do',
  usage: `Usage: superoffice-route-chat doctor [--stack NAME] [--json]

Looks at a deployment from top to bottom, and at the credential by having it used. A line each:
✓, or ✗ and what to do. Shows nothing secret. Exit code: 0, or 1 where there is a ✗.

${deploymentUsage}
  --json             one JSON object a line`,
  async run(args) {
    const { json = false, ...flags } = parseFlags(args, {
      ...deploymentFlags,
      json: { type: 'boolean' },
    });
    const stackName = selectStack(flags);
    let isWell = true;
    for await (const finding of examine(stackName, { aws: createAws(), web, now: Date.now })) {
      isWell &&= finding.ok;
      process.stdout.write(`${json ? JSON.stringify(finding) : lineOf(finding)}\n`);
    }
    return isWell ? 0 : 1;
  },
};

function lineOf({ ok, what, says, todo }: Finding): string {
  const line = `${ok ? '✓' : '✗'} ${what}: ${says}`;
  return todo === undefined ? line : `${line}\n    ${todo}`;
}
