// Preloaded into opsx: writes which files and which of Node's modules it required to the file named by LOADED_MODULES.
const Module = require('node:module')
const { writeFileSync } = require('node:fs')

const builtins = new Set()
const load = Module._load
Module._load = function (request, ...rest) {
  if (Module.isBuiltin(request)) builtins.add(request.replace(/^node:/, ''))
  return load.call(this, request, ...rest)
}
process.on('exit', () => {
  const loaded = { files: Object.keys(require.cache), builtins: [...builtins] }
  writeFileSync(process.env.LOADED_MODULES, JSON.stringify(loaded))
})
