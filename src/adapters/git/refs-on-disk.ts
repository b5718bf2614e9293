import * as fs from 'node:fs'
import { join } from 'node:path'

/** A part of a name that no rule of git refuses; others are left to git. */
const PLAIN = /^(?!.*\.\.)[\w+=#%!,-](?:[\w.+=#%!,@-]*[\w+=#%!,@-])?$/
const ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

interface Ref {
  tip: string
  /** Name of the ref that this one stands for, else empty. */
  target: string
}

/**
 * What `for-each-ref` prints for `refs/heads` and `refs/remotes`, read from the directory that all working trees share,
 * in git's own order: loose refs before packed ones, so that packing meanwhile loses none. Undefined for anything
 * that is not plain: another ref format, a name or a content that git may refuse.
 */
export function readRefsOnDisk(common: string): string | undefined {
  try {
    if (fs.existsSync(join(common, 'reftable'))) return undefined
    const loose = new Map<string, Ref>()
    for (const root of ['refs/heads', 'refs/remotes']) readLoose(common, root, loose)
    const refs = new Map([...readPacked(common), ...loose])
    return [...refs.keys()]
      .sort()
      .map(name => formatRef(name, refs))
      .join('')
  } catch {
    return undefined
  }
}

function readLoose(common: string, directory: string, refs: Map<string, Ref>): void {
  if (!fs.existsSync(join(common, directory))) return
  for (const entry of fs.readdirSync(join(common, directory), { withFileTypes: true })) {
    const name = `${directory}/${entry.name}`
    if (entry.name.startsWith('.') || entry.name.endsWith('.lock')) continue
    if (!PLAIN.test(entry.name)) throw new Error(`${name} is not plain`)
    if (entry.isDirectory()) readLoose(common, name, refs)
    else if (entry.isFile()) refs.set(name, looseRef(fs.readFileSync(join(common, name), 'utf8')))
    else throw new Error(`${name} is not plain`)
  }
}

function looseRef(text: string): Ref {
  const content = text.replace(/\n$/, '')
  if (ID.test(content)) return { tip: content, target: '' }
  const target = /^ref: (refs\/(?:heads|remotes)\/\S+)$/.exec(content)?.[1]
  if (target === undefined) throw new Error('neither an id nor a name')
  return { tip: '', target }
}

function readPacked(common: string): [string, Ref][] {
  const path = join(common, 'packed-refs')
  if (!fs.existsSync(path)) return []
  return fs
    .readFileSync(path, 'utf8')
    .split('\n')
    .flatMap(line => {
      if (line === '' || line.startsWith('#') || line.startsWith('^')) return []
      const [tip = '', name = ''] = line.split(/ (.*)/s)
      if (!ID.test(tip)) throw new Error('not an id')
      if (!/^refs\/(?:heads|remotes)\//.test(name)) return []
      if (!name.split('/').every(part => PLAIN.test(part))) throw new Error(`${name} is not plain`)
      return [[name, { tip, target: '' }] satisfies [string, Ref]]
    })
}

/** Nothing for a name that stands for a ref which is not there. */
function formatRef(name: string, refs: Map<string, Ref>): string {
  const { tip, target } = refs.get(name) as Ref
  if (target === '') return `${name}\0${tip}\0\n`
  const meant = refs.get(target)
  if (meant?.target) throw new Error(`${name} stands for a name that stands for another`)
  return meant ? `${name}\0${meant.tip}\0${target}\n` : ''
}
