import { soak } from './command.ts';

process.exitCode = await soak(process.argv.slice(2));
