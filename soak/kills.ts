import type { LambdaFunction } from '../stand-ins/lambda/lambda-function.ts';

/** Kills a sandbox every so often, on average: at moments no batch can know, like accidents. */
export function startKills(
  lambda: LambdaFunction,
  { everySeconds, random }: { everySeconds: number; random: () => number },
) {
  let kills = 0;
  let timer: NodeJS.Timeout | undefined;

  const next = () => {
    timer = setTimeout(
      () => {
        if (lambda.killOne()) kills += 1;
        next();
      },
      -Math.log(1 - random()) * everySeconds * 1000,
    );
  };
  if (everySeconds > 0) next();

  return {
    get kills() {
      return kills;
    },
    stop: () => clearTimeout(timer),
  };
}
