import { hash } from 'node:crypto'
import { OpsxError } from '../../errors.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { type MainSpecs, SPECS } from '../../specs/read-specs.ts'
import type { VerifySources } from '../reading/verify-facts.ts'
import { fileIdOf } from './file-id.ts'

/** What judging a change asks of git, of main specs and of figures; all else that it reads are files of the change. */
export type Question =
  | `merged ${string}`
  | `changed ${string}`
  | `start ${string}`
  | `since ${string}`
  | `hash ${string}`
  | `signal ${string}`
  | `spec ${string}`
  | `figure ${string}`
  | 'capabilities'

export interface AnswerSources {
  sources: VerifySources
  main: MainSpecs
  workspace: Pick<Workspace, 'read'>
  /** Of the files that are as git has them, by path (see GitSurvey.unchanged). */
  unchanged: ReadonlyMap<string, string>
  algorithm: 'sha1' | 'sha256'
}

/** Asked by one change about its own files, and answered in no time. */
const ASKED_ONCE = /^(?:merged|changed) /
/** Longer answers are kept as their digests. */
const LONGEST = 80

/** Answers of today as texts to compare, each that costs something found once. */
export class Answers {
  readonly #from: AnswerSources
  readonly #known = new Map<Question, string>()
  #capabilities: ReadonlySet<string> | undefined

  constructor(from: AnswerSources) {
    this.#from = from
  }

  of(question: Question): string {
    const known = this.#known.get(question)
    if (known !== undefined) return known
    const answer = this.#answerOrReason(question)
    const short = answer.length > LONGEST ? hash('sha256', answer) : answer
    if (!ASKED_ONCE.test(question)) this.#known.set(question, short)
    return short
  }

  /** Of a main spec as it was judged, which may have been saved since git looked. */
  ofJudged(question: Question): string {
    const [kind, subject] = partsOf(question)
    const judged = kind === 'spec' ? this.#from.main.get(subject) : undefined
    if (!judged) return this.of(question)
    const id = fileIdOf(judged.spec.text, this.#from.algorithm)
    this.#known.set(question, id)
    return id
  }

  /** That something cannot be read is an answer too: a rule may have gone on without it. */
  #answerOrReason(question: Question): string {
    try {
      return this.#find(question)
    } catch (error) {
      if (error instanceof OpsxError) return error.message
      throw error
    }
  }

  #find(question: Question): string {
    const [kind, subject] = partsOf(question)
    const { git, figures } = this.#from.sources
    const work = git?.work
    switch (kind) {
      case 'merged':
        return told(git?.merged.has(subject))
      case 'changed':
        return told(work?.start.changed(subject))
      case 'start':
        return told(work?.start.read(subject))
      case 'since': {
        const since = work?.since(subject)
        return told(since && [since.commit, since.count])
      }
      case 'hash':
        return told(work?.hash([subject]))
      case 'signal':
        return told(work?.signals[subject as keyof typeof work.signals])
      case 'spec':
        return this.#specId(subject)
      case 'figure':
        return told(figures?.standingOf(subject))
      default:
        return told(this.#from.main.capabilities())
    }
  }

  #specId(capability: string): string {
    const { unchanged, workspace, algorithm, main } = this.#from
    this.#capabilities ??= new Set(main.capabilities())
    if (!this.#capabilities.has(capability)) return 'none'
    const path = `${SPECS}/${capability}/spec.md`
    const known = unchanged.get(path)
    if (known !== undefined) return known
    const text = workspace.read(path)
    return text === undefined ? 'none' : fileIdOf(text, algorithm)
  }
}

function partsOf(question: Question): [kind: string, subject: string] {
  const space = question.indexOf(' ')
  return space < 0 ? [question, ''] : [question.slice(0, space), question.slice(space + 1)]
}

function told(answer: unknown): string {
  if (typeof answer === 'boolean') return answer ? 'true' : 'false'
  return JSON.stringify(answer) ?? 'undefined'
}
