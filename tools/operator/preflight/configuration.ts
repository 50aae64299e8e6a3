import type { Stage } from '../../../lib/stages.ts';
import type { Problem } from './check.ts';

/** What somebody may mean to do without, as --without names it. */
export const dispensable = ['domain', 'subscribers', 'executors', 'platforms'] as const;
export type Dispensable = (typeof dispensable)[number];

/** What merchants, operators and customers need of a stage, and what its configuration does not have. */
export function missingConfiguration(stage: Stage, without: readonly Dispensable[]): Problem[] {
  return [
    ...(stage.name === 'prod' ? missingOfProd(stage, without) : []),
    ...(without.includes('executors') ? [] : unexecuted(stage)),
    ...(without.includes('platforms') ? [] : unfed(stage)),
  ];
}

function missingOfProd(stage: Stage, without: readonly Dispensable[]): Problem[] {
  return [
    ...(stage.domain === undefined && !without.includes('domain')
      ? [
          {
            what: 'prod has no domain: merchants would integrate with an address of API Gateway, which no other API can take over.',
            mend:
              "in lib/stages.ts, prod: domain: { name: 'cancel.example.com', certificateArn: " +
              "'arn:aws:acm:REGION:ACCOUNT:certificate/ID' }, (or --without domain, if you mean it)",
          },
        ]
      : []),
    ...(without.includes('subscribers') ? [] : unheard(stage)),
  ];
}

/** Undefined is whoever has the right in the stage's account, as in dev. */
function unexecuted({ name, executors }: Stage): Problem[] {
  if (executors === undefined || executors.length > 0) return [];
  return [
    {
      what: `Nobody may report refunds of ${name}: each would stay REQUESTED for ever.`,
      mend:
        `in lib/stages.ts, ${name}: executors: ['arn:aws:iam::ACCOUNT:role/ROLE'], ` +
        '(or --without executors, if you mean it)',
    },
  ];
}

/** Undefined is as for executors. */
function unfed({ name, platforms }: Stage): Problem[] {
  if (platforms === undefined || platforms.length > 0) return [];
  return [
    {
      what: `Nobody may send orders to ${name}: they would have to be imported by hand.`,
      mend:
        `in lib/stages.ts, ${name}: platforms: ['arn:aws:iam::ACCOUNT:role/ROLE'], ` +
        '(or --without platforms, if you mean it)',
    },
  ];
}

function unheard({ subscribers: { pages, alarms } }: Stage): Problem[] {
  const missing = [...(pages.length === 0 ? ['pages'] : []), ...(alarms.length === 0 ? ['alarms'] : [])];
  if (missing.length === 0) return [];
  return [
    {
      what: `Nobody is subscribed to the ${missing.join(' and ')} of prod: its alarms would reach nobody.`,
      mend:
        "in lib/stages.ts, prod: subscribers: { pages: ['wake@example.com'], alarms: ['look@example.com'] }, " +
        '(or --without subscribers, if you mean it)',
    },
  ];
}
