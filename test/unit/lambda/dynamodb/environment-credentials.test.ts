import { expect, test } from '@jest/globals';
import { defaultProvider } from '../../../../lambda/dynamodb/environment-credentials.ts';

test('credentials come from the environment, and are asked for once', async () => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' });
  const provider = defaultProvider();
  const credentials = { accessKeyId: 'id', secretAccessKey: 'secret', sessionToken: 'token' };
  expect(await provider()).toMatchObject(credentials);
  process.env['AWS_ACCESS_KEY_ID'] = 'other';
  expect(await provider()).toMatchObject(credentials);
});
