import * as z from 'zod/mini'
import { countField, wordField } from '../field.ts'
import { leaf, map, named, SCALAR, TEXT, TEXTS } from './tolerant.ts'

function choice<const T extends string>(words: readonly T[]) {
  const word = z.pipe(z.transform(wordField), z.nullable(z.enum(words)))
  return z.prefault(z.catch(word, null), null)
}

const FLAG = leaf(
  z.nullable(z.union([z.boolean(), z.enum(['true', 'false'])])),
  value => (value === null ? null : String(value) === 'true'),
  null,
)
const COUNT = leaf(
  z.nullable(z.union([z.int().check(z.nonnegative()), z.string().check(z.regex(/^\s*\d{1,9}\s*$/))])),
  countField,
  null,
)
const DOCUMENTS = named(map({ id: TEXT, url: TEXT, title: TEXT, digest: TEXT, seen: TEXT }))
const ARCHIVE_DOCUMENTS = map({ enabled: FLAG, title_prefix: TEXT, documents: DOCUMENTS })
const LABEL_FILTER = map({ name: TEXT })

/**
 * `openspec/linear.yaml` with every leaf of both dialects, null or empty where the file has no such value.
 */
export const REGISTRY_FILE = map({
  workspace: map({ slug: TEXT, id: TEXT }),
  defaults: map({
    archive_documents: ARCHIVE_DOCUMENTS,
    max_review_rounds: COUNT,
    issue_label_filter: LABEL_FILTER,
    comments: choice(['all', 'review', 'none']),
    on_premature_close: choice(['report', 'restore']),
  }),
  teams: named(map({ id: TEXT, name: TEXT, states: named(leaf(SCALAR, wordField, null)) })),
  projects: named(map({ id: TEXT, name: TEXT, teams: TEXTS, archive_documents: DOCUMENTS })),
  team: map({ id: TEXT, key: TEXT, name: TEXT }),
  project: map({ id: TEXT, slug: TEXT, name: TEXT }),
  issue_label_filter: LABEL_FILTER,
  archive_documents: ARCHIVE_DOCUMENTS,
})

export type RegistryFile = z.output<typeof REGISTRY_FILE>
