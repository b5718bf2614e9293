import type { ArtifactProgress, NextStep } from '../change/schema/artifact-states.ts'
import { pad, printable, type Style } from './style.ts'

export interface ArtifactsFacts {
  change: string
  schema: string
  artifacts: ArtifactProgress[]
  next: NextStep | null
}

/** The part of `opsx/status@1` that a change has when it is named in the command. */
export function artifactsDocument({ artifacts, next }: ArtifactsFacts): Record<string, unknown> {
  return {
    artifacts: artifacts.map(({ id, generates, requires, state, waitsFor }) => ({
      artifact: id,
      file: generates,
      state,
      requires,
      waitsFor,
    })),
    next,
  }
}

export function formatArtifacts(facts: ArtifactsFacts, style: Style): string {
  const { schema, artifacts, next } = facts
  const width = Math.max(...artifacts.map(({ id }) => printable(id).length))
  const files = Math.max(...artifacts.map(({ generates }) => printable(generates).length))
  const lines = artifacts.map(artifact => {
    const { id, generates } = artifact
    const note = noteOf(artifact)
    return `  ${symbolOf(artifact, style)} ${pad(printable(id), width)}  ${pad(printable(generates), note ? files : 0)}${note ? `  ${style.dim(printable(note))}` : ''}\n`
  })
  const step = next ? `${style.bold('Next:')} ${printable(nextText(facts, next))}\n` : ''
  return `Artifacts of ${printable(schema)}:\n${lines.join('')}${step}`
}

function symbolOf({ state }: ArtifactProgress, style: Style): string {
  if (state === 'done') return style.green(style.ok)
  return state === 'ready' || state === 'template' ? style.arrow : style.dim(style.dot)
}

function noteOf({ state, waitsFor }: ArtifactProgress): string {
  if (state === 'waiting') return `after ${waitsFor.join(', ')}`
  if (state === 'template') return 'not filled in'
  return state === 'skipped' ? 'left out' : ''
}

function nextText({ change }: ArtifactsFacts, { do: what, artifact, file }: NextStep): string {
  if (what === 'write') return `write ${file} (${artifact})`
  if (what === 'work') return `do the open tasks: opsx task list ${change}`
  if (what === 'verify') return `opsx verify ${change} --write`
  return `opsx archive ${change}`
}
