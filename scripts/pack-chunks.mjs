import { basename } from 'node:path'
import { build } from 'esbuild'

/**
 * Joins groups of chunks into one file each, because opening a file costs a start more than the code in it. A group
 * is a root module with all it imports statically, without what an earlier group holds. Returns the files as ESM or
 * CommonJS text by name, and `moved`: the require expression that stands for each chunk that was joined.
 *
 * @param outputs esbuild's output files by file name
 * @param metafile of the same build
 * @param groups file name → source files of its dynamically imported roots, in order
 */
export async function packChunks({ outputs, metafile, groups }) {
  const chunks = Object.fromEntries(
    Object.entries(metafile.outputs).map(([path, chunk]) => [basename(path), chunk]),
  )
  const moved = new Map()
  const packed = new Map()
  for (const [file, roots] of Object.entries(groups)) {
    const names = closureOf(chunks, roots).filter(name => !moved.has(name))
    for (const name of names) moved.set(name, `require("./${file}").${identifierOf(name)}`)
    packed.set(file, { names, code: await join(names, outputs) })
  }
  return { packed, moved }
}

/** Names of the chunks that the chunks of these source files import statically, themselves included. */
function closureOf(chunks, sources) {
  const found = new Set()
  const visit = name => {
    if (found.has(name)) return
    found.add(name)
    for (const { path, kind } of chunks[name].imports) {
      if (kind === 'import-statement' && chunks[basename(path)]) visit(basename(path))
    }
  }
  for (const source of sources) visit(Object.keys(chunks).find(name => chunks[name].entryPoint === source))
  return [...found]
}

function identifierOf(name) {
  return name.replace(/\.js$/, '').replace(/\W/g, '_')
}

async function join(names, outputs) {
  const wanted = new Set(names)
  const chunks = {
    name: 'chunks',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\// }, ({ path, kind }) => {
        const name = path.slice(2)
        if (!wanted.has(name) || kind === 'dynamic-import') return { path, external: true }
        return { path: name, namespace: 'chunk' }
      })
      onLoad({ filter: /./, namespace: 'chunk' }, ({ path }) => ({ contents: outputs.get(path) }))
    },
  }
  const contents = names.map(name => `export * as ${identifierOf(name)} from './${name}'`).join('\n')
  const result = await build({
    stdin: { contents },
    plugins: [chunks],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    supported: { 'dynamic-import': false },
    logLevel: 'error',
  })
  return result.outputFiles[0].text
}

/**
 * Points every require of a chunk that was joined to the file that holds it now. What esbuild wraps around a require
 * that was an import() copies all members of a module to give it a default; ours have none.
 */
export function redirect(code, moved) {
  return code
    .replace(/\b__toESM\d*\((require\("\.\/[^"]+"\))\)/g, '$1')
    .replace(/require\("\.\/([^"]+)"\)/g, (whole, name) => moved.get(name) ?? whole)
}
