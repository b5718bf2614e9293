// Writes a deterministic OpenSpec repository: node bench/generate.mjs DIRECTORY [--changes N] [--seed N] [--figures N]
import { createHash } from 'node:crypto'
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import {
  capabilitiesOf,
  formatDelta,
  formatDesign,
  formatProposal,
  formatTasks,
  formatVerify,
} from './change-texts.mjs'
import { formatFigureProse, formatFigures, formatLock } from './figure-texts.mjs'
import { randomOf, uuidOf } from './random.mjs'

/**
 * Writes `changes` changes, each of seven files and bound to an issue CAM-n of its own, with the registry of their
 * team; with `figures`, so many are defined and measured, and each change binds two. The same options give the same bytes.
 * `slug: 'local'` selects the embedded Linear. Returns what was written.
 */
export function generateRepository({ directory, changes, seed = 1, slug = 'acme', figures = 0 }) {
  const random = randomOf(seed)
  const written = { directory, changes, files: 0, bytes: 0 }
  const write = (path, text) => {
    const full = join(directory, path)
    mkdirSync(dirname(full), { recursive: true })
    writeFileSync(full, text)
    written.files++
    written.bytes += Buffer.byteLength(text)
  }
  write('openspec/config.yaml', 'schema: spec-driven\n')
  write('openspec/linear.yaml', formatRegistry(random, slug))
  if (figures > 0) writeFigures(write, figures)
  for (let index = 0; index < changes; index++) {
    const name = `change-${String(index + 1).padStart(4, '0')}`
    const change = { index, name }
    const path = file => `openspec/changes/${name}/${file}`
    const verify = formatVerify(random, change)
    write(path('proposal.md'), formatProposal(random, { ...change, verify }))
    const about = figures > 0 ? formatFigureProse(random, { index, count: figures }) : ''
    write(path('design.md'), formatDesign(random) + about)
    write(path('tasks.md'), formatTasks(random, change))
    write(path('verify.md'), verify)
    write(path('.openspec.yaml'), 'schema: spec-driven\ncreated: 2026-06-11\n')
    for (const capability of capabilitiesOf(name)) {
      write(path(`specs/${capability}/spec.md`), formatDelta(random))
    }
  }
  return written
}

/** Digests as measuring writes them (src/figures/command-digest.ts, inputs.ts), so that every value is fresh. */
function writeFigures(write, count) {
  const hexOf = text => createHash('sha256').update(text).digest('hex')
  const sha256 = text => `sha256:${hexOf(text)}`
  const contents = Array.from({ length: 20 }, (_, index) => `input ${index}\n`)
  contents.forEach((text, index) => void write(`inputs/${index}/a.txt`, text))
  write('openspec/figures.yaml', formatFigures(count))
  const digestsOf = name => {
    const index = Number(name.slice(-3)) - 1
    const file = index % 20
    const command = ['run', `cat measured/${index}`, [['type', 'number']], 1, '', '']
    const content = hexOf(contents[file])
    return { command: sha256(JSON.stringify(command)), inputs: sha256(`inputs/${file}/a.txt\0${content}\n`) }
  }
  write('openspec/figures.lock.json', formatLock(count, digestsOf))
}

function formatRegistry(random, slug) {
  return `workspace: { slug: "${slug}" }
teams:
  "CAM": { id: "${uuidOf(random)}", name: "Camino" }
projects:
  "build-performance":
    id: "${uuidOf(random)}"
    name: "Build performance"
    teams: ["CAM"]
`
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      changes: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      figures: { type: 'string', default: '0' },
    },
  })
  const [directory] = positionals
  if (!directory)
    throw new Error('usage: node bench/generate.mjs DIRECTORY [--changes N] [--seed N] [--figures N]')
  const written = generateRepository({
    directory,
    changes: Number(values.changes),
    seed: Number(values.seed),
    figures: Number(values.figures),
  })
  console.log(`${written.changes} changes, ${written.files} files, ${written.bytes} bytes in ${directory}`)
}
