import { describe, expect, test } from '@jest/globals';
import { endpointFrom, portOption, readArguments, UsageError } from '../../../tools/command-line.ts';
import { runNode } from '../../support/run-node.ts';

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
    'may not be %j, which is reported in one line with the name of the option',
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
    'may not be %s, which is reported in one line',
    (endpoint) => {
      expect(() => endpointFrom({ DYNAMODB_ENDPOINT: endpoint })).toThrow(
        new UsageError(`DYNAMODB_ENDPOINT must be a URL such as http://127.0.0.1:8000, not ${endpoint}.`),
      );
    },
  );
});

describe('what a command was called with', () => {
  test('is read with its defaults', () => {
    expect(read('put', '--db-path', 'a b', 'FILE')).toMatchObject({
      values: { stage: 'dev', 'db-path': 'a b' },
      positionals: ['put', 'FILE'],
    });
  });

  test.each<[string[], string]>([
    [['--stage', 'dev', '--stage=prod'], '--stage is given twice.'],
    [['--help', '--help'], '--help is given twice.'],
    [['--stage='], '--stage has no value.'],
    [['--db-path', ' '], '--db-path has no value.'],
    [['--stage'], "Option '--stage <value>' argument missing."],
    [['--stage', '--help'], "Option '--stage' argument is ambiguous."],
    [['--help=yes'], "Option '--help' does not take an argument."],
    [['--stag', 'dev'], "Unknown option '--stag'."],
    [['-x'], "Unknown option '-x'."],
    [['--no-help'], "Unknown option '--no-help'."],
    [['FILE'], "Unexpected argument 'FILE'."],
  ])('%j is reported in one sentence, with the command that helps', (args, problem) => {
    const message = `${problem} See npm run it -- --help.`;
    expect(() => read(...args)).toThrow(expect.objectContaining({ name: 'UsageError', message }));
  });

  const readIt = command(
    "readArguments('npm run it', { options: { stage: { type: 'string' }, 'db-path': { type: 'string' }, progress: { type: 'string' } } })",
  );

  test.each([
    ['npm_config_stage', '--stage'],
    ['npm_config_db_path', '--db-path'],
  ])(
    'an option that npm has kept to itself (%s) is reported, not taken for one that was left out',
    async (name, option) => {
      expect(await runNode(readIt, { [name]: 'prod' })).toMatchObject({
        exitCode: 1,
        stderr: `Error: npm took ${option} for its own: put -- before it. See npm run it -- --help.\n`,
      });
    },
  );

  test("an option that npm's own configuration has too is no error", async () => {
    expect(await runNode(readIt, { npm_config_progress: 'false' })).toMatchObject({ exitCode: 0, stderr: '' });
  });
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

  test('that fails with several lines prints them as one', async () => {
    expect(await runNode(command("throw new Error('one\\r\\ntwo')"))).toMatchObject({ stderr: 'Error: one two\n' });
  });

  test('that succeeds ends with exit code 0', async () => {
    expect(await runNode(command("console.log('done')"))).toEqual({ exitCode: 0, stdout: 'done\n', stderr: '' });
  });
});

function read(...args: string[]) {
  return readArguments('npm run it', {
    args,
    allowPositionals: args.includes('put'),
    options: { stage: { type: 'string', default: 'dev' }, 'db-path': { type: 'string' }, help: { type: 'boolean' } },
  });
}

/** What makes Node run this as the main function of a command. */
function command(main: string): string[] {
  return [
    '--input-type=module',
    '-e',
    `import { readArguments, runCommand } from './tools/command-line.ts'; await runCommand(async () => { ${main} });`,
  ];
}
