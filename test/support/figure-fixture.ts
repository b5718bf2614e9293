import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FigureText } from '../../src/figures/bindings/parse-bindings.ts'
import type { FigureValue } from '../../src/figures/definitions/definition.ts'
import { parseDefinitions } from '../../src/figures/definitions/parse-definitions.ts'
import type { FigureState, MeasuredFigure, MeasuredFigures, TextKind } from '../../src/figures/measured.ts'

export interface Valued {
  value: FigureValue
  former?: FigureValue[]
}

/** The definitions of `test/fixtures/<situation>` with these values, all fresh. */
export function figuresOf(situation: string, values: Record<string, Valued>): MeasuredFigures {
  const path = 'openspec/figures.yaml'
  const text = readFileSync(join(directory(situation), path), 'utf8')
  const { definitions, findings } = parseDefinitions({ base: { path, text } })
  if (findings.length > 0) throw new Error(JSON.stringify(findings))
  const figures = new Map<string, MeasuredFigure>()
  for (const [name, figure] of definitions.figures) {
    const { value = null, former = [] } = values[name] ?? {}
    const state: FigureState = value === null ? 'unmeasured' : 'fresh'
    figures.set(name, { figure, state, reason: '', value, former, entry: null })
  }
  return { definitions, figures }
}

/** Artifacts of a change of a situation, without brainstorm.md, which is about the past. */
export function artifactsOf(situation: string, change: string): FigureText[] {
  const root = join(directory(situation), 'openspec/changes', change)
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    file => file.endsWith('.md') && file !== 'brainstorm.md',
  )
  return files
    .sort()
    .map(file => ({ file, change, kind: kindOf(file), text: readFileSync(join(root, file), 'utf8') }))
}

export function directory(situation: string): string {
  return fileURLToPath(new URL(`../fixtures/${situation}`, import.meta.url))
}

function kindOf(file: string): TextKind {
  if (file === 'tasks.md') return 'tasks'
  return file.startsWith('specs/') ? 'spec' : 'prose'
}
