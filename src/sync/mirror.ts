import { createHash } from 'node:crypto'
import type { Registry, RegistryDocument, RegistryProject } from '../change/registry/registry.ts'
import type { LinearDocument, ProjectDocuments } from '../ports/tracker.ts'
import { wordDigest } from './description.ts'
import { commentId } from './identity.ts'

/** A main spec that becomes a project document in Linear. */
export interface MirrorSource {
  capability: string
  title: string
  content: string
  /** `sha256:` of the content. */
  digest: string
}

/** What happens to the document of one capability. */
export type MirrorAction =
  | { kind: 'create'; id: string; projectId: string; source: MirrorSource }
  | { kind: 'update'; id: string; source: MirrorSource }

/** Why a document is left as it is. */
export type MirrorRefusal =
  | { kind: 'foreign'; title: string; who: string }
  | { kind: 'commented'; title: string; count: number }

export function mirrorTitle({ archiveDocuments }: Registry, capability: string): string {
  return `${archiveDocuments.titlePrefix} ${capability}`.trim()
}

export function contentDigest(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

/**
 * Id of the document of a capability, from facts that do not change: two runs at once create
 * one. `instead` is the id of a deleted document that this one replaces.
 */
export function mirrorId(project: string, capability: string, instead = ''): string {
  return commentId(project, 'document', instead === '' ? capability : `${capability}\n${instead}`)
}

/** True when the document already has this text by the registry. */
export function isMirrored(source: MirrorSource, stored: RegistryDocument | undefined): boolean {
  return stored?.id != null && stored.digest === source.digest
}

/**
 * What to do about one document: the one with the stored id, else the one with exactly this title, else a new one. A document that another user edited, or that has open comments, needs `force`.
 */
export function decideMirror(
  source: MirrorSource,
  { project, seen, force }: { project: RegistryProject; seen: ProjectDocuments; force: boolean },
): MirrorAction | MirrorRefusal | null {
  const stored = project.documents[source.capability]
  const derived = mirrorId(project.id ?? '', source.capability)
  const found = findDocument(source, { stored, derived, seen })
  if (!found) {
    const thrown = seen.documents.find(({ id, trashed }) => trashed && (id === stored?.id || id === derived))
    const id = thrown ? mirrorId(project.id ?? '', source.capability, thrown.id) : derived
    return { kind: 'create', id, projectId: seen.project ?? '', source }
  }
  if (stored?.id === found.id && stored.digest === source.digest) return null
  if (!force && isForeign(found, source, stored)) {
    return { kind: 'foreign', title: found.title, who: found.editor ?? 'a person' }
  }
  if (!force && found.unresolved > 0)
    return { kind: 'commented', title: found.title, count: found.unresolved }
  return { kind: 'update', id: found.id, source }
}

interface Places {
  stored: RegistryDocument | undefined
  derived: string
  seen: ProjectDocuments
}

function findDocument(source: MirrorSource, { stored, derived, seen }: Places): LinearDocument | undefined {
  const live = seen.documents.filter(({ trashed }) => !trashed)
  const titled = live.filter(({ title, projectId }) => title === source.title && projectId === seen.project)
  return (
    live.find(({ id }) => id === stored?.id) ??
    titled.find(({ id }) => id === derived) ??
    titled.at(-1) ??
    live.find(({ id }) => id === derived)
  )
}

/** Linear rewrites the markup and not the words: a document with our words is unedited. */
function isForeign(
  { id, content, own }: LinearDocument,
  source: MirrorSource,
  stored: RegistryDocument | undefined,
): boolean {
  if (content.trim() === '' || wordDigest(content) === wordDigest(source.content)) return false
  return stored?.id === id && stored.seen ? contentDigest(content) !== stored.seen : !own
}
