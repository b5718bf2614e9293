import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The licenses of every package in the bundle; `sources` are the paths of all bundled files. */
export function formatNotices(sources, root) {
  const names = new Set()
  for (const input of sources) {
    const match = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input.slice(input.lastIndexOf('node_modules/')))
    if (match) names.add(match[1])
  }
  const sections = [...names].sort().map(name => formatNotice(name, join(root, 'node_modules', name)))
  return `opsx bundles the following packages.\n\n${sections.join('\n')}`
}

function formatNotice(name, directory) {
  const manifest = existsSync(join(directory, 'package.json'))
    ? JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
    : {}
  const file =
    existsSync(directory) && readdirSync(directory).find(entry => /^(licen[cs]e|copying)/i.test(entry))
  const text = file
    ? readFileSync(join(directory, file), 'utf8').trim()
    : `License: ${manifest.license ?? 'unknown'}`
  return `${'-'.repeat(72)}\n${name} ${manifest.version ?? ''} (${manifest.license ?? 'unknown'})\n\n${text}\n`
}
