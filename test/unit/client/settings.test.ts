import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { createPaymentCancelClient } from '../../../client/src/payment-cancel-client.ts';
import { optionsOf } from '../../support/merchant.ts';

const create = (overrides: object) => createPaymentCancelClient(optionsOf(overrides));

describe('the options of a client', () => {
  test.each([
    'https://api.example',
    'https://api.example/prod/',
    'http://localhost:3000',
    'http://127.0.0.1:3000',
    'http://[::1]:3000',
  ])('may have the url %s', (url) => {
    expect(() => create({ url })).not.toThrow();
  });

  test.each([
    'http://api.example',
    'http://127.0.0.1.example',
    'http://localhost.example',
    'ftp://127.0.0.1',
    'https://user@api.example',
    'https://:word@api.example',
    'https://api.example?stage=prod',
    'https://api.example/#prod',
    'api.example',
    '',
    undefined,
  ])('may not have the url %s, so that nothing is sent in the clear or astray', (url) => {
    expect(() => create({ url })).toThrow(/^url must be an https URL/);
  });

  test.each([
    ['accessKey', ''],
    ['accessKey', 'a\r\nX-Other: b'],
    ['accessKey', undefined],
    ['hashKey', ''],
    ['hashKey', 7],
    ['hashKey', 'hash-key-1\n'],
    ['hashKey', ' hash-key-1'],
    ['storeId', 'a b'],
    ['divisionCode', undefined],
    ['channelCode', '매장'],
    ['storeId', 'a/b'],
    ['storeId', 'a'.repeat(65)],
    ['ricCode', ''],
    ['ricCode', 'XXX'],
    ['countryCode', ''],
    ['countryCode', 'kr'],
    ['countryCode', 'KOR'],
    ['currencyCode', ''],
    ['currencyCode', 'krw'],
    ['currencyCode', 410],
    ['language', ''],
    ['language', 'fr'],
    ['timeZone', 'Asia/\nSeoul'],
    ['timeZone', 'Mars/X'],
    ['timeZone', '+09:00'],
    ['timeZone', ''],
    ['timeoutMs', 0],
    ['timeoutMs', 60_001],
    ['deadlineMs', 600_001],
    ['maxAttempts', 11],
    ['maxAttempts', 1.5],
    ['maxAttempts', Number.NaN],
  ])('that are wrong are named: %s %j', (option, value) => {
    expect(() => create({ [option]: value })).toThrow(new RegExp(`^${option} must be`));
    expect(() => create({ [option]: value })).toThrow(TypeError);
  });

  test.each(['UTC', 'Asia/Seoul', 'America/Argentina/Buenos_Aires', 'Etc/GMT-14', 'asia/seoul'])(
    'may have the timeZone %s',
    (timeZone) => {
      expect(() => create({ timeZone })).not.toThrow();
    },
  );

  test.each([undefined, null, 'https://api.example'])('must be there: %j', (options) => {
    const creating = () => createPaymentCancelClient(options as never);
    expect(creating).toThrow(new TypeError('options must be an object: url, accessKey, hashKey and so on.'));
  });

  test('are not visible in the client', () => {
    const client = create({});
    const shown = inspect(client, { showHidden: true, depth: null }) + JSON.stringify(client);
    expect(shown).not.toMatch(/hash-key|access-key/);
  });
});
