import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseLedger } from '../../src/ledger/parse-ledger.ts'
import { parseFrontmatter } from '../../src/markdown/parse-frontmatter.ts'
import type { Stage } from './stage.ts'
import { PROPOSAL_FILE } from './story.ts'

/** What must be the same however a story was disturbed: no times, no random ids, no failed attempts. */
export interface Outcome {
  state: string
  /** Every move of the issue, oldest first, e.g. `Todo > In Progress`. */
  moves: string[]
  comments: string[]
  description: string
  /** `transition outcome`, oldest first. */
  ledger: string[]
  round: number | null
  proposal: string
  registry: string
}

const IDENTIFIER = 'CAM-15'

/** The issue and the ledger of the story's one change. */
export function outcomeOf({ linear, directory }: Stage): Outcome {
  const { store } = linear
  const text = readFileSync(join(directory, PROPOSAL_FILE), 'utf8')
  const { ledger } = parseLedger(parseFrontmatter(text).data)
  const nameOf = (id: string | null | undefined) => store.state.states.find(state => state.id === id)?.name
  return {
    state: store.stateOf(IDENTIFIER),
    moves: store
      .history(IDENTIFIER)
      .filter(event => event.toStateId)
      .map(event => `${nameOf(event.fromStateId)} > ${nameOf(event.toStateId)}`),
    comments: store.comments(IDENTIFIER).map(comment => comment.body),
    description: store.issue(IDENTIFIER).description ?? '',
    ledger: ledger.entries
      .filter(entry => entry.outcome !== 'failed')
      .map(entry => `${entry.transition} ${entry.outcome}`),
    round: ledger.reviewRound,
    proposal: normalised(text),
    registry: readFileSync(join(directory, 'openspec/linear.yaml'), 'utf8'),
  }
}

/** Everything that the future of a story depends on. */
export interface Rest {
  outcome: Outcome | null
  /** Every file that is not git's, without times and random ids. */
  files: string[]
  git: string[]
}

export function restOf(stage: Stage): Rest {
  const bound = existsSync(join(stage.directory, PROPOSAL_FILE))
  const paths = stage.git('ls-files', '--cached', '--others', '--exclude-standard').split('\n').sort()
  const files = paths.map(path => {
    const file = join(stage.directory, path)
    return existsSync(file) ? `${path}\n${neutral(readFileSync(file, 'utf8'))}` : path
  })
  const git = [stage.git('log', '--format=%s', '--all'), stage.git('status', '--porcelain')]
  return { outcome: bound ? outcomeOf(stage) : null, files, git }
}

function normalised(text: string): string {
  return neutral(text.replace(/^.*outcome: "failed".*\n/gm, ''))
}

function neutral(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME')
    .replace(/(->Canceled", outcome: "posted", note: )"[^"]*"/g, '$1"REASON"')
    .replace(/^opsx_change_id: .*$/m, 'opsx_change_id: ID')
}
