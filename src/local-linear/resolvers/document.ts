import { documentUrl, slugIdOf } from '../addresses.ts'
import { notFound } from '../errors.ts'
import { refuseUnmodelled } from '../filters.ts'
import { rewriteMarkdown } from '../markdown-rewrite.ts'
import type { DocumentRecord } from '../records.ts'
import { checkText } from '../text-limits.ts'
import { type Context, type FieldTable, one, page, payload, payloadFields, plain } from './fields.ts'

interface CreateInput {
  id?: string
  title: string
  content?: string
  projectId?: string
}

interface UpdateInput {
  title?: string
  content?: string
  trashed?: boolean
}

function createDocument(context: Context, input: CreateInput) {
  refuseUnmodelled(input, ['id', 'title', 'content', 'projectId'], 'DocumentCreateInput')
  checkText('content', input.content)
  const { database, viewer } = context
  return database.write(() => {
    database.checkNewId('documents', input.id, 'Document')
    const { id: projectId } = database.get('projects', input.projectId ?? '', 'Project')
    const entity = database.newEntity(input.id)
    const document: DocumentRecord = {
      ...entity,
      projectId,
      title: input.title,
      content: input.content ? rewriteMarkdown(input.content) : null,
      slugId: slugIdOf(entity.id),
      creatorId: viewer.userId,
      updatedById: viewer.userId,
      trashed: null,
    }
    database.state.documents.push(document)
    return payload(context, { document })
  })
}

/** Replaces the whole content. Linear does not detect a concurrent edit, so neither does this. */
function updateDocument(context: Context, id: string, input: UpdateInput) {
  refuseUnmodelled(input, ['title', 'content', 'trashed'], 'DocumentUpdateInput')
  checkText('content', input.content)
  const { database, viewer } = context
  return database.write(() => {
    const document = documentBy(context, id)
    if (input.title !== undefined) document.title = input.title
    if (input.content !== undefined) document.content = rewriteMarkdown(input.content)
    if (input.trashed !== undefined) {
      document.trashed = input.trashed || null
      document.archivedAt = input.trashed ? database.now().toISOString() : null
    }
    document.updatedById = viewer.userId
    database.touch(document)
    return payload(context, { document })
  })
}

function documentBy({ database }: Context, reference: string): DocumentRecord {
  const document = database.state.documents.find(({ id, slugId }) => id === reference || slugId === reference)
  if (!document) throw notFound('Document')
  return document
}

/** Project documents; `document(id:)` accepts a UUID or a slugId. */
export const documentTypes: Record<string, FieldTable> = {
  Query: {
    document: (_: unknown, { id }: { id: string }, context: Context) => documentBy(context, id),
    documents: page('documents'),
  },
  Mutation: {
    documentCreate: (_: unknown, { input }: { input: CreateInput }, context: Context) =>
      createDocument(context, input),
    documentUpdate: (_: unknown, { id, input }: { id: string; input: UpdateInput }, context: Context) =>
      updateDocument(context, id, input),
  },
  DocumentPayload: payloadFields('document'),
  Document: {
    ...plain('id title content slugId trashed createdAt updatedAt archivedAt'),
    url: (document: DocumentRecord, _: unknown, { database }: Context) => documentUrl(database, document),
    project: one('projects', 'projectId'),
    creator: one('users', 'creatorId'),
    updatedBy: one('users', 'updatedById'),
    comments: page(
      'documentComments',
      ({ documentId }, document: DocumentRecord) => documentId === document.id,
    ),
  },
}
