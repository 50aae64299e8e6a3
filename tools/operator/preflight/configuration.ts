import type { Stage } from '../../../lib/stages.ts';
import type { Problem } from './check.ts';

/** What somebody may mean to do without, as --without names it. */
export const dispensable = ['domain', 'subscribers'] as const;
export type Dispensable = (typeof dispensable)[number];

/** What merchants and operators need of prod, and what its configuration does not have. */
export function missingConfiguration(stage: Stage, without: readonly Dispensable[]): Problem[] {
  if (stage.name !== 'prod') return [];
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
