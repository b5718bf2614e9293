// Writes a deterministic OpenSpec repository: node bench/generate.mjs DIRECTORY [--changes N] [--seed N]
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
import { randomOf, uuidOf } from './random.mjs'

/**
 * Writes `changes` changes, each of seven files and bound to an issue CAM-n of its own, with the registry of their
 * team. The same options give the same bytes. `slug: 'local'` selects the embedded Linear. Returns what was written.
 */
export function generateRepository({ directory, changes, seed = 1, slug = 'acme' }) {
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
  for (let index = 0; index < changes; index++) {
    const name = `change-${String(index + 1).padStart(4, '0')}`
    const change = { index, name }
    const path = file => `openspec/changes/${name}/${file}`
    const verify = formatVerify(random, change)
    write(path('proposal.md'), formatProposal(random, { ...change, verify }))
    write(path('design.md'), formatDesign(random))
    write(path('tasks.md'), formatTasks(random, change))
    write(path('verify.md'), verify)
    write(path('.openspec.yaml'), 'schema: spec-driven\ncreated: 2026-06-11\n')
    for (const capability of capabilitiesOf(name)) {
      write(path(`specs/${capability}/spec.md`), formatDelta(random))
    }
  }
  return written
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
    options: { changes: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' } },
  })
  const [directory] = positionals
  if (!directory) throw new Error('usage: node bench/generate.mjs DIRECTORY [--changes N] [--seed N]')
  const written = generateRepository({
    directory,
    changes: Number(values.changes),
    seed: Number(values.seed),
  })
  console.log(`${written.changes} changes, ${written.files} files, ${written.bytes} bytes in ${directory}`)
}
