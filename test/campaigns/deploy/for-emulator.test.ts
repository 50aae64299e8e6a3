import { expect, test } from '@jest/globals';
import { forEmulator } from './for-emulator.ts';

const functionAt = (path: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { MemorySize: 512, Environment: { Variables: { COMMIT: 'c' } } },
  Metadata: { 'aws:cdk:path': `payment-cancel-dev/${path}/Function/Resource` },
});
const Sender = functionAt('Refunds/Webhooks/Sender');
const Taker = functionAt('Refunds/In/Taker');

test('on the emulator the webhook sender may call loopback, and nothing else differs of what is known', () => {
  const Archive = { Type: 'AWS::Events::Archive' };
  const { Environment, ...others } = Sender.Properties;
  expect(forEmulator({ Resources: { Sender, Taker, Archive } }).Resources).toEqual({
    Sender: {
      ...Sender,
      Properties: {
        ...others,
        Environment: { Variables: { ...Environment.Variables, WEBHOOK_LOCAL_RECEIVER: 'http' } },
      },
    },
    Taker,
  });
});

test('a template in which no webhook sender is found is refused', () => {
  expect(() => forEmulator({ Resources: { Taker } })).toThrow('The template has no webhook sender.');
});
