import { exact, timed, type Verdict } from './goals.ts';
import { alone, type HotFigures } from './hot-order.ts';
import { estimate, pairedRatio } from './statistics.ts';

/** Where DynamoDB contends as on AWS: all are made at the first try, with few writes each, and soon. */
export function hotOrderVerdicts(figures: readonly HotFigures[]): Verdict[] {
  const ours = figures.filter(({ strategy }) => strategy === 'ours');
  return [
    ...ours
      .filter(({ isHot }) => isHot)
      .map(({ title, database, runs }) =>
        exact(
          `${title}, ${database}: not made at the first try`,
          0,
          Math.max(...runs.map(({ unavailable }) => unavailable)),
        ),
      ),
    ...ours
      .filter(({ isHot, database }) => isHot && database === 'contended')
      .flatMap(({ title, runs, idealS }) => [
        timed(`${title}: writes for each success`, 8, estimate(runs.map((run) => run.writesPerSuccess))),
        timed(
          `${title}: drained / one after another`,
          3,
          pairedRatio(
            runs.map((run) => run.drainedS),
            idealS,
          ),
        ),
      ]),
    ...ours
      .filter(({ title }) => title === alone.title)
      .flatMap(({ database, runs }) => {
        const before = figures.find(
          (each) => each.title === alone.title && each.database === database && each.strategy === 'fiveAttempts',
        );
        const ratio = pairedRatio(
          runs.map(({ p50Ms }) => p50Ms),
          (before?.runs ?? []).map(({ p50Ms }) => p50Ms),
        );
        return [
          exact(`one alone, ${database}: round trips`, 2, Math.max(...runs.map((run) => run.callsPerSuccess))),
          timed(`one alone, ${database}: p50 / with five attempts`, 1.05, ratio),
        ];
      }),
  ];
}
