import { filesOf } from '../../change/files-of.ts'
import type { Schema } from '../../change/parse-schema.ts'
import type { RememberedFiles } from '../../change/remember-files.ts'
import type { Finding } from '../../findings/finding.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'
import { mergeDelta } from '../../specs/merge.ts'
import type { ChangeDeltas, MainSpecs } from '../../specs/read-specs.ts'
import type { RestsOn } from '../../specs/rests-on.ts'
import type { Evidence } from '../evidence.ts'
import { parseEvidence } from '../evidence-block.ts'
import { pathOf, type VerifyFacts } from '../facts.ts'
import type { JudgedFigures } from '../figure-row.ts'
import { restsOnOf } from '../rests-on-of.ts'
import type { DeltaState, Signals } from '../verification.ts'
import { restedOnOf } from './rested-on.ts'
import { evidenceOf, signalsOf } from './verify-evidence.ts'
import type { VerifySources } from './verify-facts.ts'

/** What is read of one change before it is judged. */
export interface FactParts {
  change: TrackedChange
  files: RememberedFiles
  deltas: ChangeDeltas
  specs: Finding[]
  main: MainSpecs
  schema: Schema | null
}

/** Facts of one change, each read when a rule asks. A class, because an object with a getter of its own would hold what it closes over while the engine knows its shape. */
export class ReadFacts implements VerifyFacts {
  readonly change: TrackedChange
  readonly schema: Schema | null
  readonly capabilities: string[]
  readonly specs: Finding[]
  readonly signals: Signals | null
  readonly merged: boolean
  readonly landed: boolean
  readonly shallow: boolean
  readonly maximum: number
  readonly recorded: Evidence | null
  readonly #sources: VerifySources
  readonly #parts: FactParts
  readonly #named: Evidence | null
  #files: string[] | undefined
  #today: Evidence | undefined
  #restedOn: ReadonlyMap<string, RestsOn> | undefined
  #judged: JudgedFigures | null | undefined

  constructor(sources: VerifySources, parts: FactParts) {
    const { registry, git } = sources
    const { change, deltas, specs, schema } = parts
    this.#sources = sources
    this.#parts = parts
    this.change = change
    this.schema = schema
    this.capabilities = deltas.deltas.map(({ capability }) => capability)
    this.specs = specs
    this.signals = signalsOf(git?.work, change)
    this.merged = git?.merged.has(change.directory) === true
    this.landed = this.merged && !git?.work?.start.changed(pathOf(this, change.verdict.file ?? 'verify.md'))
    this.shallow = git?.work?.signals.shallow === true
    this.maximum = change.ledger.maxReviewRounds ?? registry.maxReviewRounds
    const report = change.verdict.file === null ? undefined : this.text(change.verdict.file)
    this.#named = report === undefined ? null : parseEvidence(report)
    this.recorded = this.#named
  }

  text(file: string): string | undefined {
    return this.#parts.files.read(`${this.change.directory}/${file}`)
  }

  get files(): string[] {
    this.#files ??= filesOf(this.#parts.files, this.change.directory)
    return this.#files
  }

  get deltas(): DeltaState[] {
    const { deltas, main } = this.#parts
    return deltas.deltas.map(each => deltaState(each.capability, each.delta, main))
  }

  get figures(): JudgedFigures | null {
    if (this.#judged === undefined) {
      const { change, files: list } = this
      const { deltas, files } = this.#parts
      this.#judged = this.#sources.figures?.judge({ change, deltas: deltas.deltas, files, list }) ?? null
    }
    return this.#judged
  }

  get restedOn(): ReadonlyMap<string, RestsOn> {
    const { git, holds } = this.#sources
    this.#restedOn ??= restedOnOf({
      directory: this.change.directory,
      deltas: this.#parts.deltas.deltas,
      start: git?.work?.start ?? null,
      today: file => this.restsOn(file),
      holds,
    })
    return this.#restedOn
  }

  restsOn(file: string): RestsOn {
    return restsOnOf(this.text(file) ?? '', path => this.text(path))
  }

  get today(): Evidence {
    const { change, files, signals, merged } = this
    this.#today ??= evidenceOf({
      workspace: this.#parts.files,
      work: this.#sources.git?.work,
      version: this.#sources.version,
      change,
      files,
      signals,
      recorded: this.#named,
      merged,
      figures: this.figures?.digest() ?? null,
    })
    return this.#today
  }
}

/** The main spec already says what the delta asks for, when merging changes nothing. */
function deltaState(
  capability: string,
  delta: Parameters<typeof mergeDelta>[0],
  main: MainSpecs,
): DeltaState {
  const base = main.get(capability)
  if (!base) return { capability, state: 'pending', notes: 'new capability' }
  try {
    const same = mergeDelta(delta, base.spec).text === base.spec.text
    return {
      capability,
      state: same ? 'synced' : 'pending',
      notes: same ? 'nothing left to fold' : 'folded at archive',
    }
  } catch {
    return { capability, state: 'pending', notes: 'cannot be folded yet' }
  }
}
