// Bundles src into dist: one small hot entry plus one file per lazily imported area.
// esbuild splits only ESM, and Node starts CommonJS faster, so the split output is turned into CommonJS file by file.
import { build, transform } from 'esbuild'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatNotices } from './notices.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })

const result = await build({
  absWorkingDir: root,
  entryPoints: { bin: 'src/bin.ts', chaos: 'test/support/chaos-entry.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  write: false,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  logOverride: { 'direct-eval': 'silent' },
  define: { 'import.meta.url': 'MODULE_URL', OPSX_VERSION: JSON.stringify(version) },
  chunkNames: 'chunk-[name]-[hash]',
})

for (const file of result.outputFiles) {
  const { code } = await transform(file.text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    supported: { 'dynamic-import': false },
    logLevel: 'error',
  })
  const url = 'const MODULE_URL = require("node:url").pathToFileURL(__filename).href;\n'
  const prefix = code.startsWith('#!') ? code.slice(0, code.indexOf('\n') + 1) : ''
  const body = code.slice(prefix.length)
  writeFileSync(file.path, prefix + (body.includes('MODULE_URL') ? url : '') + body)
}

writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n')
writeFileSync(join(root, 'THIRD-PARTY-NOTICES'), formatNotices(result.metafile, root))
if (existsSync(join(root, 'scripts', 'linear-schema.mjs'))) {
  const { buildLinearSchema } = await import('./linear-schema.mjs')
  writeFileSync(join(dist, 'linear-schema.graphql'), buildLinearSchema())
}
chmodSync(join(dist, 'bin.js'), 0o755)
