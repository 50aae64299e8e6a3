import { describe, expect, test } from '@jest/globals';
import { endpointFrom, portOption, UsageError } from '../../../lib/command-line.ts';
import { runNode } from '../../fixtures/run-node.ts';

describe('a port', () => {
  test.each([
    ['0', 0],
    ['1', 1],
    ['3000', 3000],
    ['65535', 65_535],
  ])('may be %s', (value, port) => {
    expect(portOption('port', value)).toBe(port);
  });

  test.each(['', ' ', '-1', '65536', '99999', '100000', '80.5', '1e3', '0x50', '80 ', '３０００', 'http'])(
    'may not be %j, which is told in one line with the name of the option',
    (value) => {
      expect(() => portOption('dynamodb-port', value)).toThrow(
        new UsageError(`--dynamodb-port must be a port from 0 to 65535 (0 takes any free one), not ${value}.`),
      );
    },
  );
});

describe('DYNAMODB_ENDPOINT', () => {
  test.each([[{}], [{ DYNAMODB_ENDPOINT: '' }], [{ DYNAMODB_ENDPOINT: undefined }]])('may be left out: %j', (env) => {
    expect(endpointFrom(env)).toBeUndefined();
  });

  test.each(['http://127.0.0.1:8000', 'https://dynamodb.example.com'])('may be %s', (endpoint) => {
    expect(endpointFrom({ DYNAMODB_ENDPOINT: endpoint })).toBe(endpoint);
  });

  test.each(['8000', '127.0.0.1:8000', 'localhost:8000', 'ftp://127.0.0.1', 'http://'])(
    'may not be %s, which is told in one line',
    (endpoint) => {
      expect(() => endpointFrom({ DYNAMODB_ENDPOINT: endpoint })).toThrow(
        new UsageError(`DYNAMODB_ENDPOINT must be a URL such as http://127.0.0.1:8000, not ${endpoint}.`),
      );
    },
  );
});

describe('a command', () => {
  test('that fails ends with exit code 1 and one line on stderr', async () => {
    expect(await runNode(command("throw new Error('It went wrong.', { cause: new Error('why') })"))).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'Error: It went wrong.\n',
    });
  });

  test('that fails with something other than an error says what it was', async () => {
    expect(await runNode(command("throw 'a text'"))).toMatchObject({ exitCode: 1, stderr: 'Error: a text\n' });
  });

  test('that succeeds ends with exit code 0', async () => {
    expect(await runNode(command("console.log('done')"))).toEqual({ exitCode: 0, stdout: 'done\n', stderr: '' });
  });
});

/** What makes Node run this as the main function of a command. */
function command(main: string): string[] {
  return [
    '--input-type=module',
    '-e',
    `import { runCommand } from './lib/command-line.ts'; await runCommand(async () => { ${main} });`,
  ];
}
