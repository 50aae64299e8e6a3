import { afterEach, describe, expect, test } from '@jest/globals';
import { type Target, targetOf } from '../../../../tools/operator/target.ts';

const targets: Target[] = [];
afterEach(() => {
  delete process.env['DYNAMODB_ENDPOINT'];
  for (const { client } of targets.splice(0)) client.destroy();
});

const headingOf = (stage?: string) => {
  const target = targetOf(stage);
  targets.push(target);
  return target.heading;
};

describe("the first line of an operator's command", () => {
  test('names the engine of npm start, and that it is the default', () => {
    expect(headingOf()).toBe('On the DynamoDB at http://127.0.0.1:8000 (the default; npm start)');
  });

  test('names the engine of DYNAMODB_ENDPOINT', () => {
    process.env['DYNAMODB_ENDPOINT'] = 'http://127.0.0.1:8001';
    expect(headingOf()).toBe('On the DynamoDB at http://127.0.0.1:8001 (DYNAMODB_ENDPOINT)');
  });

  test('names a stage, whatever DYNAMODB_ENDPOINT is', () => {
    process.env['DYNAMODB_ENDPOINT'] = 'http://127.0.0.1:8001';
    expect(headingOf('prod')).toBe('On stage prod');
  });
});
