import type { Decision, Tasks } from '../change.ts'
import { isGenerated } from './generated-file.ts'
import type { Schema, SchemaArtifact } from './parse-schema.ts'

/**
 * `done`: written. `template`: laid out and not filled in. `ready`: all it requires is done. `waiting`: something is
 * not. `skipped`: not written, though something that builds on it is.
 */
export type ArtifactState = 'done' | 'template' | 'ready' | 'waiting' | 'skipped'

export interface ArtifactProgress extends SchemaArtifact {
  state: ArtifactState
  /** Ids that it waits for. */
  waitsFor: string[]
}

export interface ArtifactFacts {
  schema: Schema
  /** Files of the change, relative to its directory. */
  files: string[]
  /** True for an artifact whose file says nothing beyond its template. */
  isUnfilled(artifact: SchemaArtifact): boolean
  /** The change says that it changes no spec. */
  skipsSpecs: boolean
}

/** Every artifact that the schema asks for, in its order. */
export function artifactStates({ schema, files, isUnfilled, skipsSpecs }: ArtifactFacts): ArtifactProgress[] {
  const there = (artifact: SchemaArtifact) => files.some(file => isGenerated(file, artifact.generates))
  const unfilled = new Set(
    schema.artifacts.filter(each => there(each) && isUnfilled(each)).map(({ id }) => id),
  )
  const done = new Set(
    schema.artifacts.filter(each => there(each) && !unfilled.has(each.id)).map(({ id }) => id),
  )
  if (skipsSpecs) done.add('specs')
  const known = new Set(schema.artifacts.map(({ id }) => id))
  const passed = skippedArtifacts(schema.artifacts, done)
  return schema.artifacts.map(artifact => {
    const waitsFor = artifact.requires.filter(id => known.has(id) && !done.has(id) && !passed.has(id))
    return { ...artifact, waitsFor, state: stateOf(artifact.id) }

    function stateOf(id: string): ArtifactState {
      if (done.has(id)) return 'done'
      if (passed.has(id)) return 'skipped'
      if (waitsFor.length > 0) return 'waiting'
      return unfilled.has(id) ? 'template' : 'ready'
    }
  })
}

/** The artifacts that a done artifact requires, directly or through others. */
function skippedArtifacts(artifacts: SchemaArtifact[], done: Set<string>): Set<string> {
  const passed = new Set<string>()
  const queue = [...done]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const required of artifacts.find(each => each.id === id)?.requires ?? []) {
      if (passed.has(required)) continue
      passed.add(required)
      queue.push(required)
    }
  }
  return passed
}

/** Written after the work, by `opsx verify` and by people; an empty one would look like a milestone. */
export const AFTER_THE_WORK: ReadonlySet<string> = new Set(['verify', 'retrospective'])

export interface NextStep {
  do: 'write' | 'work' | 'verify' | 'archive'
  /** Of `write`. */
  artifact: string | null
  /** Of `write`: what it generates. */
  file: string | null
}

export interface Progress {
  tasks: Tasks | null
  decision: Decision
  /** Archived, canceled or a duplicate. */
  ended: boolean
}

/** What comes next for the change: the artifacts, then the tasks, then the verification; null when it has ended. */
export function nextStep(
  artifacts: ArtifactProgress[],
  { tasks, decision, ended }: Progress,
): NextStep | null {
  if (ended) return null
  const open = artifacts.filter(({ state }) => state === 'ready' || state === 'template')
  const write = (artifact: ArtifactProgress): NextStep => ({
    do: 'write',
    artifact: artifact.id,
    file: artifact.generates,
  })
  const before = open.find(({ id }) => !AFTER_THE_WORK.has(id))
  const verified = decision === 'pass' || decision === 'warn'
  if (before && !verified) return write(before)
  const step = (what: NextStep['do']): NextStep => ({ do: what, artifact: null, file: null })
  if (tasks?.boxes.some(box => !box.parent && box.status === 'open')) return step('work')
  if (!verified) return step('verify')
  const after = open.find(({ id }) => id !== 'verify' && AFTER_THE_WORK.has(id))
  return after ? write(after) : step('archive')
}
