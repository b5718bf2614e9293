import type { RememberedFiles } from '../../change/remember-files.ts'
import type { MainSpecs } from '../../specs/read-specs.ts'
import type { VerifySources } from '../reading/verify-facts.ts'
import type { Question } from './answers.ts'
import type { CachedVerdict } from './cached-verdict.ts'
import { type SourcesWatch, watchedMain, watchedSources } from './watched-sources.ts'

/** What a change is judged from, noting all that is looked at. */
export interface ChangeWatch {
  files: RememberedFiles
  sources: VerifySources
  main: MainSpecs
  readonly seen: Seen
}

export interface Seen {
  questions: ReadonlySet<Question>
  /** Texts of the change's files, by path. */
  texts: ReadonlyMap<string, string>
  figures: CachedVerdict['figures']
  /** True when something was looked at that cannot be asked again. */
  spoilt: boolean
}

export function watchChange(
  directory: string,
  from: Pick<ChangeWatch, 'files' | 'sources' | 'main'>,
): ChangeWatch {
  const questions = new Set<Question>()
  const texts = new Map<string, string>()
  const seen: Seen = { questions, texts, figures: null, spoilt: false }
  const spoil = () => {
    seen.spoilt = true
  }
  const watch: SourcesWatch = {
    asked: question => questions.add(question),
    judged({ assertions, cited }) {
      seen.figures = { assertions, cited }
    },
    spoil,
  }
  const { files } = from
  const isWithin = (path: string) => path === directory || path.startsWith(`${directory}/`)
  return {
    seen,
    sources: watchedSources(from.sources, watch),
    main: watchedMain(from.main, watch),
    files: {
      root: files.root,
      list(path) {
        if (!isWithin(path)) spoil()
        return files.list(path)
      },
      read(path) {
        const text = files.read(path)
        if (!isWithin(path)) spoil()
        else if (text !== undefined) texts.set(path, text)
        return text
      },
      copy() {
        spoil()
        return files.copy()
      },
    },
  }
}
