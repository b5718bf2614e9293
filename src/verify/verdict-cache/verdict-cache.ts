import { hash } from 'node:crypto'
import type { ChangeDirectory } from '../../change/change-directories.ts'
import type { RememberedFiles } from '../../change/remember-files.ts'
import type { ChangeMemory, Judgement } from '../reading/verify-facts.ts'
import type { Verified } from '../run-verify.ts'
import { type AnswerSources, Answers } from './answers.ts'
import { type CachedVerdict, formatCachedVerdict, parseCachedVerdict } from './cached-verdict.ts'
import { type ChangeWatch, type Seen, watchChange } from './change-watch.ts'
import { fileIdOf } from './file-id.ts'
import { formatVerdictLines, type VerdictLines } from './verdict-lines.ts'

/**
 * Verdicts of an earlier run. One holds as long as the change's files are the ones git knows by the same sizes and
 * blob ids, and as everything else that was asked to judge it has the answer of then: so nothing need be known of what a rule looks
 * at. What git does not know, or calls changed, is judged anew.
 */
export class VerdictCache implements ChangeMemory<Verified> {
  readonly #from: AnswerSources
  readonly #answers: Answers
  readonly #known: VerdictLines
  readonly #lines = new Map<string, string>()
  #isNew = false

  constructor(from: AnswerSources, known: VerdictLines) {
    this.#from = from
    this.#answers = new Answers(from)
    this.#known = known
  }

  recall(directory: ChangeDirectory, files: RememberedFiles): CachedVerdict | undefined {
    const { lines } = this.#known
    const key = lines.size === 0 ? undefined : this.#digestOf(directory, files)
    const line = key === undefined ? undefined : lines.get(key)
    if (key === undefined || line === undefined) return undefined
    const known = parseCachedVerdict(line, directory.path)
    if (known.asked.some(([question, answer]) => this.#answers.of(question) !== answer)) return undefined
    this.#lines.set(key, line)
    return known
  }

  watch({ path }: ChangeDirectory, files: RememberedFiles): ChangeWatch {
    const { sources, main } = this.#from
    return watchChange(path, { files, sources, main })
  }

  keep(directory: ChangeDirectory, { seen, files }: ChangeWatch, judgement: Judgement<Verified>): void {
    const key = seen.spoilt ? undefined : this.#digestOf(directory, files)
    if (key === undefined || !this.#isAsCommitted(seen)) return
    const { result: verified, judged, touches } = judgement
    const asked = [...seen.questions].map((question): CachedVerdict['asked'][number] => {
      return [question, this.#answers.ofJudged(question)]
    })
    const verdict = { asked, verified, judged, touches, figures: seen.figures }
    const line = formatCachedVerdict(verdict, directory.path)
    if (line === undefined) return
    this.#lines.set(key, line)
    this.#isNew = true
  }

  /** The text to keep for the next run, of the changes that were looked at; undefined when it is the one of the last. */
  get text(): string | undefined {
    const { world, lines } = this.#known
    if (!this.#isNew && this.#lines.size === lines.size) return undefined
    return formatVerdictLines({ world, lines: this.#lines })
  }

  /** A file may have been saved since git looked: what was judged must be what git has. */
  #isAsCommitted({ texts }: Seen): boolean {
    const { unchanged, algorithm } = this.#from
    for (const [path, text] of texts) if (unchanged.get(path) !== fileIdOf(text, algorithm)) return false
    return true
  }

  /** Of all that is below a change; undefined when git does not know one of the files as it is. */
  #digestOf({ path, archived, twin }: ChangeDirectory, files: RememberedFiles): string | undefined {
    const lines = this.#linesBelow(files, path)
    return lines && hash('sha256', `${JSON.stringify([path, archived, twin])}\n${lines}`)
  }

  #linesBelow(files: RememberedFiles, directory: string): string | undefined {
    let lines = ''
    for (const entry of files.list(directory)) {
      const path = `${directory}/${entry.name}`
      const line = entry.directory ? this.#linesBelow(files, path) : this.#from.unchanged.get(path)
      if (line === undefined) return undefined
      lines += `${JSON.stringify(entry.name)} ${entry.directory ? `{\n${line}}` : line}\n`
    }
    return lines
  }
}
