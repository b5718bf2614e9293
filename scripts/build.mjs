// Bundles src into dist: bin.js, and beside it a chunk for each module that is imported only when it is needed. The
// chunks are CommonJS, because Node starts that a quarter faster.
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { formatNotices } from './notices.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

const bundle = await rolldown({
  cwd: root,
  input: { bin: 'src/bin.ts', chaos: 'test/support/chaos-entry.ts' },
  platform: 'node',
  // gray-matter would bring the CommonJS build of the same package as well.
  resolve: { alias: { 'js-yaml': join(root, 'node_modules/js-yaml/dist/js-yaml.mjs') } },
  transform: { target: 'node20.19', define: { OPSX_VERSION: JSON.stringify(version) } },
  // gray-matter evaluates front matter in JavaScript, with an engine that opsx never calls.
  checks: { eval: false },
})
const { output } = await bundle.write({
  dir: dist,
  cleanDir: true,
  format: 'cjs',
  minify: true,
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
})
const sourcesByFile = Object.fromEntries(
  output.map(({ fileName, moduleIds = [] }) => [fileName, moduleIds.map(id => relative(root, id))]),
)
chmodSync(join(dist, 'bin.js'), 0o755)
writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n')
writeFileSync(join(dist, 'meta.json'), `${JSON.stringify(sourcesByFile, null, 2)}\n`)
writeFileSync(join(root, 'THIRD-PARTY-NOTICES'), formatNotices(Object.values(sourcesByFile).flat(), root))
if (existsSync(join(root, 'scripts', 'linear-schema.mjs'))) {
  const { buildLinearSchema } = await import('./linear-schema.mjs')
  writeFileSync(join(dist, 'linear-schema.graphql'), buildLinearSchema())
}
