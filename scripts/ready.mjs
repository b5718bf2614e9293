// Makes a fresh clone runnable: installs when node_modules is missing or older than the lock file,
// and with --build bundles dist when a source is newer than it. Needs nothing but Node and npm.
import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const at = (...parts) => join(root, ...parts)
const modified = path => (existsSync(path) ? statSync(path).mtimeMs : 0)

function newest(directory) {
  let latest = 0
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : modified(path))
  }
  return latest
}

if (modified(at('node_modules', '.package-lock.json')) < modified(at('package-lock.json'))) {
  // npm ci would empty the directory that the link points to.
  if (lstatSync(at('node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    process.stderr.write(
      'node_modules is a link and older than package-lock.json. Remove the link, then run again.\n',
    )
    process.exit(1)
  }
  process.stderr.write('installing dependencies (npm ci)…\n')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  execFileSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
}

if (process.argv.includes('--build')) {
  const sources = Math.max(
    newest(at('src')),
    newest(at('scripts')),
    newest(at('templates')),
    modified(at('test', 'support', 'chaos-entry.ts')),
    modified(at('package-lock.json')),
    modified(at('package.json')),
  )
  if (modified(at('dist', 'bin.js')) < sources) {
    execFileSync(process.execPath, [at('scripts', 'build.mjs')], { cwd: root, stdio: ['ignore', 2, 2] })
  }
}
