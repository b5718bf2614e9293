// Bundles src into dist: bin.js, and beside it a chunk for each module that is imported only when it is needed. esbuild
// splits ESM alone, and Node starts CommonJS a quarter faster, so each chunk is turned into CommonJS.
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'
import { formatNotices } from './notices.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const target = { platform: 'node', target: 'node20.19', minifySyntax: true, minifyWhitespace: true }

const { metafile, outputFiles } = await build({
  ...target,
  absWorkingDir: root,
  entryPoints: { bin: 'src/bin.ts', chaos: 'test/support/chaos-entry.ts' },
  outdir: 'dist',
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  // gray-matter would bring the CommonJS build of the same package as well.
  alias: { 'js-yaml': join(root, 'node_modules/js-yaml/dist/js-yaml.mjs') },
  define: { OPSX_VERSION: JSON.stringify(version), 'import.meta.url': 'MODULE_URL' },
  metafile: true,
  write: false,
  legalComments: 'none',
  logLevel: 'warning',
  logOverride: { 'direct-eval': 'silent' },
})

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)
for (const { path, text } of outputFiles) writeFileSync(path, await commonJsOf(text))
chmodSync(join(dist, 'bin.js'), 0o755)
writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n')
writeFileSync(join(dist, 'meta.json'), `${JSON.stringify(sourcesByFile(), null, 2)}\n`)
writeFileSync(join(root, 'THIRD-PARTY-NOTICES'), formatNotices(metafile, root))
if (existsSync(join(root, 'scripts', 'linear-schema.mjs'))) {
  const { buildLinearSchema } = await import('./linear-schema.mjs')
  writeFileSync(join(dist, 'linear-schema.graphql'), buildLinearSchema())
}

async function commonJsOf(text) {
  const supported = { 'dynamic-import': false }
  const { code } = await transform(text, { ...target, format: 'cjs', supported, logLevel: 'error' })
  return code.replaceAll('MODULE_URL', 'require("node:url").pathToFileURL(__filename).href')
}

/** Which source files each file of dist has; the tests read it, the package does not ship it. */
function sourcesByFile() {
  return Object.fromEntries(
    Object.entries(metafile.outputs).map(([path, { inputs }]) => [basename(path), Object.keys(inputs)]),
  )
}
