// Writes schemas/: the JSON Schema of every file and document in FORMATS.md, from the zod schemas in src.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ['scripts/json-schemas.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire('file:///');" },
  write: false,
})
const { jsonSchemas } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
)

rmSync(join(root, 'schemas'), { recursive: true, force: true })
for (const [path, schema] of jsonSchemas()) {
  const file = join(root, 'schemas', path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`)
}
