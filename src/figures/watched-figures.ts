import type { Figure, FigureValue } from './definitions/definition.ts'
import type { LockEntry } from './lock/lock.ts'
import type { FigureLookup, FigureState, MeasuredFigure } from './measured.ts'

/**
 * The same figures, telling whose freshness is looked at: that alone depends on files all over the repository, while
 * everything else about a figure is in its definition and in the lock.
 */
export class WatchedFigures implements FigureLookup {
  readonly #figures: FigureLookup
  readonly #looked: (name: string) => void

  constructor(figures: FigureLookup, looked: (name: string) => void) {
    this.#figures = figures
    this.#looked = looked
  }

  get(name: string): MeasuredFigure | undefined {
    const figure = this.#figures.get(name)
    return figure && new WatchedFigure(figure, this.#looked)
  }

  has(name: string): boolean {
    return this.#figures.has(name)
  }

  keys(): MapIterator<string> {
    return this.#figures.keys()
  }

  *values(): MapIterator<MeasuredFigure> {
    for (const figure of this.#figures.values()) yield new WatchedFigure(figure, this.#looked)
  }

  *[Symbol.iterator](): MapIterator<[string, MeasuredFigure]> {
    for (const [name, figure] of this.#figures) yield [name, new WatchedFigure(figure, this.#looked)]
  }
}

class WatchedFigure implements MeasuredFigure {
  readonly #of: MeasuredFigure
  readonly #looked: (name: string) => void

  constructor(of: MeasuredFigure, looked: (name: string) => void) {
    this.#of = of
    this.#looked = looked
  }

  get state(): FigureState {
    this.#looked(this.#of.figure.name)
    return this.#of.state
  }

  get reason(): string {
    this.#looked(this.#of.figure.name)
    return this.#of.reason
  }

  get figure(): Figure {
    return this.#of.figure
  }

  get value(): FigureValue | null {
    return this.#of.value
  }

  get former(): FigureValue[] {
    return this.#of.former
  }

  get entry(): LockEntry | null {
    return this.#of.entry
  }
}
