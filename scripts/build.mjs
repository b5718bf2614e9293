// Bundles src into dist: bin.js and core.js start every run, reading.js holds what most commands share, verifying.js
// what every verification adds, figures.js what one with figures does, and each other lazily imported area is a file of its own. esbuild splits only ESM, and
// Node starts CommonJS faster, so the split output is turned into CommonJS file by file. bin.js is bundled by itself,
// so that it shares no file with the rest and starts git before there is another file to read.

import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'
import { withLazyBuiltins } from './lazy-builtins.mjs'
import { formatNotices } from './notices.mjs'
import { packChunks, redirect } from './pack-chunks.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** Only the half of js-yaml that reads, by the core schema, which is the one it is always told to read by; and none for gray-matter, which is never asked to parse or write YAML. */
const leanYaml = {
  name: 'lean-yaml',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^js-yaml$/ }, ({ importer }) => {
      return { path: 'js-yaml', namespace: importer.includes('gray-matter') ? 'refused' : 'reader' }
    })
    onResolve({ filter: /\/schema\/default$/ }, ({ resolveDir }) => ({
      path: join(resolveDir, 'schema', 'core.js'),
    }))
    onLoad({ filter: /./, namespace: 'reader' }, () => ({
      resolveDir: root,
      contents: `import loader from './node_modules/js-yaml/lib/loader.js'
        export { default as CORE_SCHEMA } from './node_modules/js-yaml/lib/schema/core.js'
        export { default as YAMLException } from './node_modules/js-yaml/lib/exception.js'
        export const load = loader.load`,
    }))
    const refuse = '() => { throw new Error("gray-matter has no YAML engine of its own here") }'
    onLoad({ filter: /./, namespace: 'refused' }, () => ({
      contents: `exports.safeLoad = exports.safeDump = ${refuse}`,
    }))
  },
}

/** What bin.ts imports when it has started, as the files that the split build makes of it. */
const apart = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: /\.ts$/ }, ({ path, kind }) => {
      if (kind === 'dynamic-import') return { path: `./${basename(path, '.ts')}.js`, external: true }
    })
  },
}

const shared = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  write: false,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  logOverride: { 'direct-eval': 'silent' },
  define: { 'import.meta.url': 'MODULE_URL', OPSX_VERSION: JSON.stringify(version) },
}

const split = await build({
  ...shared,
  entryPoints: {
    run: 'src/cli/run.ts',
    errors: 'src/errors.ts',
    'keep-compiled': 'src/adapters/code/keep-compiled.ts',
    chaos: 'test/support/chaos-entry.ts',
  },
  plugins: [leanYaml],
  splitting: true,
  chunkNames: '[name]-[hash]',
})

const outputs = new Map(split.outputFiles.map(file => [basename(file.path), file.text]))
const { packed, moved } = await packChunks({
  outputs,
  metafile: split.metafile,
  groups: {
    'core.js': ['src/cli/run.ts', 'src/errors.ts'],
    'program.js': ['src/cli/program.ts'],
    'reading.js': ['src/commands/status.ts'],
    'git.js': ['src/adapters/git/git-reader.ts'],
    'verifying.js': ['src/commands/verify.ts'],
    'figures.js': ['src/verify/reading/verify-figures.ts'],
  },
})

const codes = [...packed].map(([name, { code }]) => [name, finished(code)])
for (const [name, text] of outputs) {
  if (!moved.has(name)) codes.push([name, finished(await commonJsOf(text))])
}
const bin = await build({
  ...shared,
  entryPoints: ['src/bin.ts'],
  plugins: [apart],
  define: { ...shared.define, OPSX_BUILD: JSON.stringify(digestOf(codes)) },
})
const files = new Map([...codes, ['bin.js', finished(await commonJsOf(bin.outputFiles[0].text))]])

mkdirSync(dist, { recursive: true })
for (const name of readdirSync(dist)) {
  if (!files.has(name)) rmSync(join(dist, name), { recursive: true, force: true })
}
for (const [name, code] of files) writeFileSync(join(dist, name), code)
chmodSync(join(dist, 'bin.js'), 0o755)
writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n')
writeFileSync(join(dist, 'meta.json'), `${JSON.stringify(sourcesByFile(), null, 2)}\n`)
writeFileSync(join(root, 'THIRD-PARTY-NOTICES'), formatNotices(split.metafile, root))
if (existsSync(join(root, 'scripts', 'linear-schema.mjs'))) {
  const { buildLinearSchema } = await import('./linear-schema.mjs')
  writeFileSync(join(dist, 'linear-schema.graphql'), buildLinearSchema())
}

async function commonJsOf(text) {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    supported: { 'dynamic-import': false },
    logLevel: 'error',
  })
  return code
}

/** Names a build by all its files but bin.js, which carries the name. */
function digestOf(codes) {
  const hash = createHash('sha256')
  for (const part of codes.flat()) hash.update(`${part.length} ${part}`)
  return hash.digest('hex').slice(0, 16)
}

function finished(code) {
  const url = '(require("node:url").pathToFileURL(__filename).href)'
  return asciiOf(withLazyBuiltins(redirect(code, moved))).replaceAll('MODULE_URL', url)
}

/** Node reads and compiles a file faster when it is plain ASCII; what is left are comments and regular expressions. */
function asciiOf(code) {
  return code.replace(/[^\x00-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Which source files each file of dist holds; the tests read it, the package does not ship it. */
function sourcesByFile() {
  const built = { ...split.metafile.outputs, ...bin.metafile.outputs }
  const sourcesOf = name => Object.keys(built[`dist/${name}`].inputs)
  return Object.fromEntries(
    [...files.keys()].map(name => [name, (packed.get(name)?.names ?? [name]).flatMap(sourcesOf)]),
  )
}
