import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from '@jest/globals';
import { BusRefused, createEventBus } from '../../../../lambda/events/event-bus.ts';
import { refundEventOf } from '../../../../lambda/events/refund-event.ts';
import { executionWith } from '../../../support/refunds.ts';
import { stubClient } from '../../../support/stub-client.ts';

const event = refundEventOf(executionWith());
const inTime = () => 1000;

function busAnswering(answer: object) {
  const { client, sent } = stubClient(answer);
  return { bus: createEventBus(client as unknown as EventBridgeClient, 'bus-1'), sent };
}

describe('an event', () => {
  test('is put on the bus under its source and type, at its own time', async () => {
    const { bus, sent } = busAnswering({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
    await bus.put(event, inTime);
    const entry = {
      EventBusName: 'bus-1',
      Source: 'payment-cancel',
      DetailType: 'payment.refund_requested.v1',
      Detail: JSON.stringify(event),
      Time: new Date(1_767_129_253_909),
    };
    expect(sent).toEqual([
      { name: 'PutEventsCommand', input: { Entries: [entry] }, abortSignal: expect.any(AbortSignal) },
    ]);
  });

  test.each([
    ['the entry failed', { FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }] }, BusRefused],
    ['the answer has no entry', {}, BusRefused],
    ['the call failed', new TypeError('network'), TypeError],
  ])('is not published when %s', async (_what, answer, error) => {
    await expect(busAnswering(answer).bus.put(event, inTime)).rejects.toThrow(error);
  });

  test('is not sent when no time remains', async () => {
    const { bus, sent } = busAnswering({});
    await expect(bus.put(event, () => 0)).rejects.toThrow(BusRefused);
    expect(sent).toEqual([]);
  });
});
