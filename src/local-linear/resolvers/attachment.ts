import { connectionOf, type PageArguments } from '../connection.ts'
import { refuseUnmodelled } from '../filters.ts'
import { refuseArchived } from '../issue-changes.ts'
import type { AttachmentRecord } from '../records.ts'
import { absent, type Context, type FieldTable, payload, payloadFields, plain } from './fields.ts'
import { attachmentFilter } from './filter-keys.ts'

interface AttachmentInput {
  id?: string
  issueId: string
  title: string
  url: string
  subtitle?: string
  metadata?: Record<string, unknown>
}

/** Creates an attachment, or updates the one that has the same issue and address. */
function createAttachment(context: Context, input: AttachmentInput) {
  refuseUnmodelled(input, ['id', 'issueId', 'title', 'url', 'subtitle', 'metadata'], 'AttachmentCreateInput')
  const { database, viewer } = context
  return database.write(() => {
    const issue = database.issue(input.issueId)
    refuseArchived(issue)
    const { title, url, subtitle = null, metadata = {} } = input
    const known = database.state.attachments.find(other => other.issueId === issue.id && other.url === url)
    if (known) {
      database.touch(Object.assign(known, { title, subtitle, metadata }))
      return payload(context, { attachment: known })
    }
    database.checkNewId('attachments', input.id, 'Attachment')
    const entity = database.newEntity(input.id)
    const attachment = {
      ...entity,
      issueId: issue.id,
      title,
      url,
      subtitle,
      metadata,
      creatorId: viewer.userId,
    }
    database.state.attachments.push(attachment)
    return payload(context, { attachment })
  })
}

export const attachmentTypes: Record<string, FieldTable> = {
  Query: {
    attachment: (_: unknown, { id }: { id: string }, { database }: Context) =>
      database.get('attachments', id, 'Attachment'),
    attachments: (_: unknown, args: PageArguments, { database }: Context) =>
      connectionOf(database.state.attachments, args, { type: 'AttachmentFilter', keys: attachmentFilter }),
  },
  Mutation: {
    attachmentCreate: (_: unknown, { input }: { input: AttachmentInput }, context: Context) =>
      createAttachment(context, input),
  },
  AttachmentPayload: payloadFields('attachment'),
  Attachment: {
    ...plain<AttachmentRecord>(
      'id',
      'title',
      'subtitle',
      'url',
      'metadata',
      'createdAt',
      'updatedAt',
      'archivedAt',
    ),
    ...absent('sourceType'),
    groupBySource: () => false,
    issue: ({ issueId }: AttachmentRecord, _: unknown, { database }: Context) =>
      database.get('issues', issueId, 'Issue'),
    creator: ({ creatorId }: AttachmentRecord, _: unknown, { database }: Context) =>
      database.find('users', creatorId),
  },
}
