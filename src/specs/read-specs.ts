import { OpsxError } from '../errors.ts'
import { parseYaml, recordOf } from '../markdown/parse-yaml.ts'
import type { Workspace } from '../ports/workspace.ts'
import { type ParsedBaseLock, parseBaseLock } from './base-lock.ts'
import { type Delta, parseDelta } from './parse-delta.ts'
import { parseSpec, type Spec } from './parse-spec.ts'

export const SPECS = 'openspec/specs'
export const BASE_LOCK = 'base.lock.json'

type Files = Pick<Workspace, 'list' | 'read'>

/** One `specs/<capability>/spec.md` of a change. */
export interface DeltaFile {
  /** With parent directories: `area/name`. */
  capability: string
  path: string
  delta: Delta
  /** `base.lock.json` next to the delta; null when there is none. */
  lock: ({ path: string; text: string } & ParsedBaseLock) | null
}

/** The delta specs of a change and the flags about them. */
export interface ChangeDeltas {
  /** In code-unit order of their capabilities. */
  deltas: DeltaFile[]
  /** Files with delta sections at a path that is not read, with the path where they belong. */
  misplaced: { path: string; expected: string }[]
  /** Flags in `.openspec.yaml`; `problem` is one clause. */
  metadata: { path: string; skipsSpecs: boolean; retires: boolean; problem: string | null }
}

/** The main specs, each read and parsed once, at its first use. */
export interface MainSpecs {
  /** Capabilities with a spec, in code-unit order. */
  capabilities(): string[]
  /** Undefined when the capability has no main spec, and when that cannot be read. */
  get(capability: string): { path: string; spec: Spec } | undefined
  /** Why a main spec cannot be read, as a sentence; null for all others. */
  problem(capability: string): { path: string; reason: string } | null
}

/** The delta specs of a change for these capabilities, without their base locks. */
export function readDeltasOf(
  workspace: Files,
  directory: string,
  capabilities: ReadonlySet<string>,
): DeltaFile[] {
  return [...files(workspace, `${directory}/specs`)].flatMap(({ name, area: capability, path }) => {
    if (name !== 'spec.md' || !capabilities.has(capability)) return []
    return [{ capability, path, delta: parseDelta(workspace.read(path) ?? ''), lock: null }]
  })
}

/** Reads the delta specs of a change. Skips dot entries; directories may be nested. */
export function readDeltas(workspace: Files, directory: string): ChangeDeltas {
  const root = `${directory}/specs`
  const found: ChangeDeltas = { deltas: [], misplaced: [], metadata: readMetadata(workspace, directory) }
  for (const { path, area, name } of files(workspace, root)) {
    if (!name.toLowerCase().endsWith('.md')) continue
    const text = workspace.read(path)
    if (text === undefined) continue
    const capability = area === '' ? name.slice(0, -'.md'.length) : area
    const delta = parseDelta(text)
    if (name === 'spec.md' && area !== '') {
      found.deltas.push({
        capability,
        path,
        delta,
        lock: readLock(workspace, `${root}/${area}/${BASE_LOCK}`),
      })
    } else if (delta.sections.length > 0 || name === 'spec.md') {
      const expected = `${root}/${name === 'spec.md' ? '<capability>' : capability}/spec.md`
      found.misplaced.push({ path, expected })
    }
  }
  found.deltas.sort((one, other) => (one.capability < other.capability ? -1 : 1))
  return found
}

function readLock(workspace: Files, path: string): DeltaFile['lock'] {
  const text = workspace.read(path)
  return text === undefined ? null : { path, text, ...parseBaseLock(text) }
}

/** Capabilities that a change has a delta spec for, in code-unit order, without reading any. */
export function readDeltaNames(workspace: Files, directory: string): string[] {
  return specNames(workspace, `${directory}/specs`)
}

export function readMainSpecs(workspace: Workspace): MainSpecs {
  const known = new Map<string, ReturnType<typeof readMainSpec>>()
  let names: string[] | undefined
  const specOf = (capability: string) => {
    const spec = known.get(capability) ?? readMainSpec(workspace, capability)
    known.set(capability, spec)
    return spec
  }
  return {
    capabilities: () => {
      names ??= specNames(workspace, SPECS)
      return names
    },
    get: capability => specOf(capability).found,
    problem: capability => specOf(capability).problem,
  }
}

function readMainSpec(workspace: Files, capability: string) {
  const path = `${SPECS}/${capability}/spec.md`
  try {
    const text = workspace.read(path)
    return { found: text === undefined ? undefined : { path, spec: parseSpec(text) }, problem: null }
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    return { found: undefined, problem: { path, reason: error.message } }
  }
}

/** Directories below `root` that have a `spec.md`, in code-unit order. */
function specNames(workspace: Files, root: string): string[] {
  return [...files(workspace, root)]
    .filter(({ name, area }) => name === 'spec.md' && area !== '')
    .map(({ area }) => area)
    .sort()
}

interface File {
  path: string
  /** Directory below the root, empty at the root. */
  area: string
  name: string
}

function* files(workspace: Files, root: string, area = ''): Generator<File> {
  const entries = workspace
    .list(area === '' ? root : `${root}/${area}`)
    .filter(each => !each.name.startsWith('.'))
  for (const { name, directory } of entries) {
    const below = area === '' ? name : `${area}/${name}`
    if (directory) yield* files(workspace, root, below)
    else yield { path: `${root}/${below}`, area, name }
  }
}

/** Reads the flags about specs in `.openspec.yaml`. */
export function readMetadata(workspace: Pick<Files, 'read'>, directory: string): ChangeDeltas['metadata'] {
  const path = `${directory}/.openspec.yaml`
  const text = workspace.read(path) ?? ''
  const { value, problem: invalid } = parseYaml(text)
  const record = recordOf(value)
  const { skip_specs: skips, retire_capabilities: retires, schema } = record ?? {}
  const isFlag = (flag: unknown) => flag === undefined || typeof flag === 'boolean'
  const problem = (reason: string) => ({ path, skipsSpecs: false, retires: false, problem: reason })
  if (invalid) return problem(invalid.reason)
  if (!record && text.trim() !== '') return problem('it is not a mapping')
  if (!isFlag(skips)) return problem('skip_specs is neither true nor false')
  if (!isFlag(retires)) return problem('retire_capabilities is neither true nor false')
  if ((skips || retires) && typeof schema !== 'string') return problem('it names no schema')
  return { path, skipsSpecs: skips === true, retires: retires === true, problem: null }
}
