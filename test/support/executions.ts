import * as fc from 'fast-check';
import { cancellationKinds } from '../../lambda/domain/cancellation.ts';
import { type Execution, executionStatuses, settlements } from '../../lambda/domain/execution.ts';
import { currencyCodes, maxAmount } from '../../lambda/domain/money.ts';

const identifier = fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/);
const instantMs = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2099, 11) });

const anyOfMerchants: fc.Arbitrary<Execution> = fc
  .record({
    storeId: identifier,
    orderNo: identifier,
    returnRequestId: fc.stringMatching(/^RETREQ[0-9A-HJKMNP-TV-Z]{26}$/),
    kind: fc.constantFrom(...cancellationKinds),
    currencyCode: fc.constantFrom(...currencyCodes()),
    amountMinor: fc.oneof(fc.constantFrom(0n, BigInt(maxAmount)), fc.bigInt(0n, BigInt(maxAmount))),
    attempt: fc.integer({ min: 1, max: 1_000_000 }),
    sequence: fc.integer({ min: 1, max: 1_000_001 }),
    status: fc.constantFrom(...executionStatuses),
    requestedAtMs: instantMs,
    updatedAtMs: instantMs,
    hasAccount: fc.boolean(),
    failureReason: fc.option(fc.stringMatching(/^[A-Z][A-Z0-9_]{0,63}$/), { nil: undefined }),
    pspReference: fc.option(fc.stringMatching(/^[!-~]{1,128}$/), { nil: undefined }),
    settlement: fc.option(fc.constantFrom(...settlements), { nil: undefined }),
  })
  .map(({ failureReason, pspReference, settlement, ...execution }) => {
    const isRequest = execution.status === 'REQUESTED';
    const hasFailed = execution.status === 'FAILED' || execution.status === 'RESOLVED';
    return {
      ...execution,
      sequence: isRequest ? 0 : execution.sequence,
      ...(failureReason === undefined || !hasFailed ? {} : { failureReason }),
      ...(pspReference === undefined || isRequest ? {} : { pspReference }),
      ...(settlement === undefined || isRequest ? {} : { settlement }),
    };
  });

/** Executions of every status and kind, as nothing but this service and an executor's reports make them. */
export const anyExecution: fc.Arbitrary<Execution> = fc.oneof(
  { weight: 9, arbitrary: anyOfMerchants },
  // Money that the platform has moved: nobody was asked, and nothing is reported.
  {
    weight: 1,
    arbitrary: anyOfMerchants.map(
      ({ failureReason: _why, pspReference: _psp, settlement: _how, ...execution }): Execution => ({
        ...execution,
        kind: 'REFUND',
        attempt: 1,
        sequence: 1,
        status: 'SUCCEEDED',
        hasAccount: false,
        origin: 'PLATFORM',
      }),
    ),
  },
);

/** Those that an executor was asked for. */
export const anyRequestedExecution = anyOfMerchants;
