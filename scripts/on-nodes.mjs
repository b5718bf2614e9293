// Runs the tests that start real processes on other versions of Node: `node scripts/on-nodes.mjs 20.19 26`, all four
// versions without arguments. npm's packages `node-<platform>-<arch>` bring the binaries; they are kept below
// node_modules/.cache, so that a second run needs no registry.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const VERSIONS = ['20.19', '22', '24', '26']

/** Tests that run `dist/bin.js`, and the one that lists which modules a command loads. */
const PROCESS_TESTS = [
  'test/cli/process.test.ts',
  'test/cli/startup.test.ts',
  'test/cli/completion.test.ts',
  'test/verify-cli/process.test.ts',
  'test/figures-cli/killed.test.ts',
  'test/merging/commands.test.ts',
]

const asked = process.argv.slice(2)
const failed = (asked.length > 0 ? asked : VERSIONS).filter(version => !passesOn(version))
if (failed.length > 0) {
  console.error(`The process tests fail on Node ${failed.join(', ')}.`)
  process.exitCode = 1
}

function passesOn(version) {
  const node = nodeOf(version)
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' })
  console.log(`\nNode ${stdout.trim()}`)
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const run = spawnSync(node, [vitest, 'run', ...PROCESS_TESTS], { cwd: root, stdio: 'inherit' })
  return run.status === 0
}

/** Path of a Node binary, installed when it is missing. Throws when the registry has none for this platform. */
function nodeOf(version) {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const directory = join(root, 'node_modules', '.cache', 'nodes', version)
  const binary = join(
    directory,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  if (existsSync(binary)) return binary
  const range = version.includes('.') ? `~${version}` : `^${version}`
  const flags = ['--prefix', directory, '--no-audit', '--no-fund', '--no-save', '--loglevel=error']
  const install = spawnSync('npm', ['install', ...flags, `${name}@${range}`], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (install.status !== 0 || !existsSync(binary)) throw new Error(`npm cannot install ${name}@${range}.`)
  return binary
}
