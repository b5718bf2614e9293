// Measures opsx against the floors and the pinned OpenSpec: npm run bench -- [--rounds N] [--peer-rounds N]
// [--opsx FILE] [--no-write]. Times are ratios of medians of one interleaved run; a missed budget fails nothing.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { generateRepository } from './generate.mjs'
import { median, peakMemory, RSS_SOURCE, timeInterleaved } from './measure.mjs'
import { formatRows } from './table.mjs'

const bench = dirname(fileURLToPath(import.meta.url))
const root = join(bench, '..')
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    'peer-rounds': { type: 'string', default: '3' },
    opsx: { type: 'string', default: join(root, 'dist', 'bin.js') },
    'no-write': { type: 'boolean', default: false },
  },
})
const rounds = Math.max(10, Number(options.rounds))
const peerRounds = Math.max(1, Number(options['peer-rounds']))
const scratch = mkdtempSync(join(tmpdir(), 'opsx-bench-'))
const repositories = [1, 100, 1000].map(changes => ({ changes, directory: join(scratch, `${changes}`) }))
const measured = { changes: 1000, figures: 500, directory: join(scratch, 'figures') }

try {
  for (const repository of [...repositories, measured]) {
    generateRepository(repository)
    commit(repository.directory)
  }
  tell('measuring')
  const times = timeInterleaved(subjects(), tell)
  const medians = Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]))
  tell('measuring memory')
  const rows = rowsOf(medians, memory())
  console.log(formatRows(rows))
  console.log(`
${rounds} interleaved rounds on Node ${process.version}; medians; ${peerRounds} rounds for the peer on 1,000 changes, which is slow.
Floors: node -e 0 took ${medians.node.toFixed(1)} ms, reading all files of 1,000 changes ${medians['read-all 1000'].toFixed(0)} ms. Memory by ${RSS_SOURCE}.`)
  if (isBusy()) console.log('The machine was busy with other work: expect these ratios to be off by a fifth.')
  if (!options['no-write']) write(rows)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

/** verify asks git for the state of the work, so that without a repository it would be measured too fast. */
function commit(directory) {
  const identity = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', '-c', 'gc.auto=0']
  const git = (...args) => execFileSync('git', [...identity, ...args], { cwd: directory, stdio: 'ignore' })
  git('init', '--quiet', '--initial-branch', 'main')
  git('add', '--all')
  git('commit', '--quiet', '--no-verify', '--message', 'Generated')
}

/** Puts back what an archive moved and wrote. */
function restore(directory) {
  const git = (...args) => execFileSync('git', args, { cwd: directory, stdio: 'ignore' })
  git('clean', '--quiet', '-fdx', 'openspec')
  git('checkout', '--quiet', '--', '.')
}

function subjects() {
  const openspec = join(root, 'node_modules', '@fission-ai', 'openspec', 'bin', 'openspec.js')
  const [one, hundred, thousand] = repositories.map(repository => repository.directory)
  const figures = measured.directory
  const verify = [options.opsx, 'verify', '--all']
  const list = [
    ['node', ['-e', '0'], one],
    ['opsx --version', [options.opsx, '--version'], one],
    ['opsx --help', [options.opsx, '--help'], one],
    ['opsx status 1', [options.opsx, 'status'], one],
    ['opsx verify 1', [options.opsx, 'verify'], one],
    ['openspec list 1', [openspec, 'list'], one],
    ['openspec validate 1', [openspec, 'validate', '--all', '--strict'], one],
    ['opsx status 100', [options.opsx, 'status'], hundred],
    ['opsx verify 100', verify, hundred],
    ['read-all 1000', [join(bench, 'read-all.mjs'), 'openspec'], thousand],
    ['opsx status 1000', [options.opsx, 'status'], thousand],
    ['opsx verify 1000', verify, thousand],
    [
      'opsx archive 1000',
      [options.opsx, 'archive', 'change-0001'],
      thousand,
      { after: () => restore(thousand) },
    ],
    ['opsx verify 1000, 500 figures', verify, figures],
    ['openspec list 1000', [openspec, 'list'], thousand, { rounds: peerRounds }],
    ['openspec validate 1000', [openspec, 'validate', '--all', '--strict'], thousand, { rounds: peerRounds }],
  ]
  return list.map(([name, args, cwd, own]) => ({ name, args, cwd, rounds, ...own }))
}

function memory() {
  const openspec = subjects().find(subject => subject.name === 'openspec validate 1000')
  const [status, verify] = ['opsx status 1000', 'opsx verify 1000'].map(name =>
    subjects().find(subject => subject.name === name),
  )
  return { status: peakMemory(status), verify: peakMemory(verify), openspec: peakMemory(openspec) }
}

/** One row per figure; `key` names it in figures.yaml, `peer` is OpenSpec by the same measure, and `budget` the most (or with `least` the least) allowed. */
function rowsOf(ms, rss) {
  const node = name => ms[name] / ms.node
  const all = name => ms[name] / ms['read-all 1000']
  const growth = verb =>
    (ms[`opsx ${verb} 1000`] - ms[`opsx ${verb} 1`]) / (ms[`opsx ${verb} 100`] - ms[`opsx ${verb} 1`])
  const { files, packed, unpacked } = packageSize()
  return [
    {
      key: 'version',
      what: 'opsx --version',
      unit: '× node -e 0',
      value: node('opsx --version'),
      budget: 1.8,
    },
    { key: 'help', what: 'opsx --help', unit: '× node -e 0', value: node('opsx --help'), budget: 1.8 },
    {
      key: 'status_one',
      what: 'opsx status, 1 change',
      unit: '× node -e 0',
      value: node('opsx status 1'),
      budget: 3.5,
      peer: node('openspec list 1'),
    },
    {
      key: 'status_thousand',
      what: 'opsx status, 1,000 changes',
      unit: '× read-all',
      value: all('opsx status 1000'),
      budget: 5,
      peer: all('openspec list 1000'),
    },
    {
      key: 'verify_one',
      what: 'opsx verify, 1 change',
      unit: '× node -e 0',
      value: node('opsx verify 1'),
      budget: 3.5,
      peer: node('openspec validate 1'),
    },
    {
      key: 'verify_thousand',
      what: 'opsx verify --all, 1,000 changes',
      unit: '× read-all',
      value: all('opsx verify 1000'),
      budget: 5,
      peer: all('openspec validate 1000'),
    },
    {
      key: 'verify_figures',
      what: 'opsx verify --all, 500 figures',
      unit: '× read-all',
      value: all('opsx verify 1000, 500 figures'),
      budget: 6.5,
    },
    {
      key: 'verify_against_openspec',
      what: 'openspec validate --all, 1,000 changes',
      unit: '× opsx verify',
      value: ms['openspec validate 1000'] / ms['opsx verify 1000'],
      budget: 5,
      least: true,
    },
    { what: 'openspec validate --all, 1 change', unit: '× node -e 0', value: node('openspec validate 1') },
    {
      what: 'openspec validate --all, 1,000 changes',
      unit: '× read-all',
      value: all('openspec validate 1000'),
    },
    {
      key: 'archive_thousand',
      what: 'opsx archive, one of 1,000 changes',
      unit: '× opsx status of 1',
      value: ms['opsx archive 1000'] / ms['opsx status 1'],
    },
    {
      key: 'status_growth',
      what: 'growth of the marginal time, 100 to 1,000',
      unit: '×',
      value: growth('status'),
      budget: 11,
    },
    {
      key: 'verify_growth',
      what: 'growth of verify, 100 to 1,000',
      unit: '×',
      value: growth('verify'),
      budget: 11,
    },
    {
      key: 'status_memory',
      what: 'peak memory, 1,000 changes',
      unit: 'MB',
      value: rss.status,
      budget: 110,
      peer: rss.openspec,
    },
    {
      key: 'verify_memory',
      what: 'peak memory of verify, 1,000',
      unit: 'MB',
      value: rss.verify,
      budget: 110,
      peer: rss.openspec,
    },
    { key: 'package_packed', what: 'package, packed', unit: 'MB', value: packed / 1e6 },
    { key: 'package_installed', what: 'package, installed', unit: 'MB', value: unpacked / 1e6, budget: 30 },
    { what: 'package, files', unit: '', value: files },
  ]
}

function packageSize() {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts']
  const shell = process.platform === 'win32'
  const [pack] = JSON.parse(
    execFileSync(npm, args, { cwd: root, shell, stdio: ['ignore', 'pipe', 'ignore'] }),
  )
  return { files: pack.entryCount, packed: pack.size, unpacked: pack.unpackedSize }
}

function write(rows) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const results = {
    opsx: version,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
    rounds,
    peerRounds,
    busy: isBusy(),
    rows: rows.map(row => ({ ...row, value: rounded(row.value), peer: rounded(row.peer) })),
  }
  const [major] = process.versions.node.split('.')
  writeFileSync(join(bench, `results-node${major}.json`), `${JSON.stringify(results, null, 2)}\n`)
}

/** True when more was running than there are processors for. */
function isBusy() {
  return loadavg()[0] > availableParallelism()
}

function rounded(value) {
  return value === undefined ? undefined : Math.round(value * 100) / 100
}

function tell(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`)
}
