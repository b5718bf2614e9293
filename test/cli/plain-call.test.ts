import type { Command } from 'commander'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { givenOptions } from '../../src/commands/global-options.ts'
import { readPlainCall } from '../../src/commands/plain-call.ts'
import { createProgram } from '../../src/commands/program.ts'
import { createContext } from '../../src/context.ts'

const WORDS = [
  ...['-C', '--cwd', '--json', '--format', '--output', '-q', '--quiet', '-v', '--verbose', '--no-color'],
  ...['--offline', '--strict', '-y', '--yes', '--archived', '--remote', '--all', '--write', '--against'],
  ...[
    '--fail-on',
    '--dry-run',
    '--allow-stale',
    '--force',
    '-h',
    '--help',
    '-V',
    '--version',
    '--no-cache',
    'help',
    '--',
    '-',
    '-qv',
    '--format=json',
    '--color',
  ],
  ...['text', 'json', 'sarif', 'critical', 'suggestion', 'a', 'b', '', '__proto__', 'constructor'],
]

const NEGATABLE = new Set(['color', 'cache'])

/** What commander makes of a command line; undefined when it refuses it or prints help. */
async function readByCommander(argv: string[]) {
  const silent = { write: () => true }
  const streams = { stdout: silent, stderr: silent, stdin: process.stdin }
  const context = createContext({ argv, cwd: () => '/', env: {}, ...streams })
  const program = await createProgram(context, argv, () => {})
  const verb = program.commands.find(command => command.name() === argv[2])
  let read: { names: string[]; options: Record<string, unknown> } | undefined
  verb?.action((...given) => {
    const command = given.at(-1) as Command
    // An option that begins with --no- is true for commander until it is given.
    const options = Object.entries(givenOptions(command)).filter(
      ([key, value]) => !(NEGATABLE.has(key) && value),
    )
    read = { names: command.args, options: Object.fromEntries(options) }
  })
  await program.parseAsync(argv).catch(() => {})
  return read
}

it('is read as commander reads it, or left to commander', async () => {
  const lines = fc.tuple(
    fc.constantFrom('status', 'verify', 'archive', 'sync', '--json', 'help'),
    fc.array(fc.constantFrom(...WORDS), { maxLength: 5 }),
  )
  const runs = process.env.OPSX_LONG ? 20_000 : 1000
  await fc.assert(
    fc.asyncProperty(lines, async ([verb, words]) => {
      const argv = ['node', 'opsx', verb, ...words]
      const plain = readPlainCall(argv)
      fc.pre(plain !== undefined)
      expect(await readByCommander(argv)).toEqual({ names: plain?.names, options: plain?.options })
    }),
    { numRuns: runs },
  )
})

it.each([
  [['verify', 'a', '--json', '-C', 'there', 'b'], ['a', 'b'], { json: true, cwd: 'there' }],
  [['verify', '--fail-on', 'warning', '--no-color'], [], { failOn: 'warning', color: false }],
  [['archive', 'a', '--dry-run'], ['a'], { dryRun: true }],
  [['status', 'a', '--format', 'json', '-q'], ['a'], { format: 'json', quiet: true }],
])('%j needs no library', (words, names, options) => {
  expect(readPlainCall(['node', 'opsx', ...words])).toEqual({ verb: words[0], names, options })
})

it.each([
  [['verify', '--help']],
  [['verify', '--fail-on', 'never']],
  [['verify', '--against']],
  [['verify', '--output', '--json']],
  [['status', 'a', 'b']],
  [['status', '--format', 'sarif']],
  [['--json', 'status']],
  [['archive']],
  [['archive', 'a', '--force', 'tasks/open']],
  [['sync']],
])('%j is left to commander', words => {
  expect(readPlainCall(['node', 'opsx', ...words])).toBeUndefined()
})
