import type { GitSignals } from '../../ports/git.ts'
import type { MainSpecs } from '../../specs/read-specs.ts'
import type { JudgedFigures } from '../figure-row.ts'
import type { VerifySources } from '../reading/verify-facts.ts'
import type { VerifyFigures } from '../reading/verify-figures.ts'
import type { Question } from './answers.ts'

export interface SourcesWatch {
  asked(question: Question): void
  /** What figures said of the change. */
  judged(figures: JudgedFigures): void
  /** It rests on more than can be asked again. */
  spoil(): void
}

type Git = NonNullable<VerifySources['git']>

/** The same sources, telling what is asked of them. Registry, definitions and locks are not: they are part of the world. */
export function watchedSources(sources: VerifySources, watch: SourcesWatch): VerifySources {
  const { git, figures } = sources
  return {
    ...sources,
    git: git && watchedGit(git, watch),
    figures: figures && watchedFigures(figures, watch),
  }
}

export function watchedMain(main: MainSpecs, { asked }: SourcesWatch): MainSpecs {
  return {
    capabilities() {
      asked('capabilities')
      return main.capabilities()
    },
    get(capability) {
      asked(`spec ${capability}`)
      return main.get(capability)
    },
    problem(capability) {
      asked(`spec ${capability}`)
      return main.problem(capability)
    },
  }
}

function watchedGit({ facts, merged, work }: Git, { asked }: SourcesWatch): Git {
  return {
    facts,
    merged: {
      has(directory) {
        asked(`merged ${directory}`)
        return merged.has(directory)
      },
    },
    work: work && {
      signals: new WatchedSignals(work.signals, asked),
      since(path) {
        asked(`since ${path}`)
        return work.since(path)
      },
      hash(paths) {
        for (const path of paths) asked(`hash ${path}`)
        return work.hash(paths)
      },
      start: {
        changed(path) {
          asked(`changed ${path}`)
          return work.start.changed(path)
        },
        read(path) {
          asked(`start ${path}`)
          return work.start.read(path)
        },
      },
    },
  }
}

function watchedFigures(figures: VerifyFigures, watch: SourcesWatch): VerifyFigures {
  return {
    findings: figures.findings,
    coverage: figures.coverage,
    judgeRepository: main => figures.judgeRepository(main),
    standingOf: name => figures.standingOf(name),
    recall: judged => figures.recall(judged),
    judge(subject) {
      const judged = figures.judge({
        ...subject,
        watch: { looked: name => watch.asked(`figure ${name}`), overlaid: watch.spoil },
      })
      watch.judged(judged)
      return judged
    },
  }
}

/** Asked of one by one, because most of them change with every commit and few are looked at. */
class WatchedSignals implements GitSignals {
  readonly #of: GitSignals
  readonly #asked: SourcesWatch['asked']

  constructor(of: GitSignals, asked: SourcesWatch['asked']) {
    this.#of = of
    this.#asked = asked
  }

  get uncommitted(): string[] {
    this.#asked('signal uncommitted')
    return this.#of.uncommitted
  }

  get unpushed(): number | null {
    this.#asked('signal unpushed')
    return this.#of.unpushed
  }

  get head(): string {
    this.#asked('signal head')
    return this.#of.head
  }

  get base(): string | null {
    this.#asked('signal base')
    return this.#of.base
  }

  get commits(): number | null {
    this.#asked('signal commits')
    return this.#of.commits
  }

  get touched(): string[] {
    this.#asked('signal touched')
    return this.#of.touched
  }

  get shallow(): boolean {
    this.#asked('signal shallow')
    return this.#of.shallow
  }
}
