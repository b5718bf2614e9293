import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { notModelled } from './errors.ts'
import { commentTypes } from './resolvers/comment.ts'
import { documentTypes } from './resolvers/document.ts'
import type { Context, FieldTable } from './resolvers/fields.ts'
import { historyTypes } from './resolvers/history.ts'
import { issueTypes } from './resolvers/issue.ts'
import { issueMutations } from './resolvers/issue-mutations.ts'
import { projectTypes } from './resolvers/project.ts'
import { teamTypes } from './resolvers/team.ts'
import { workspaceTypes } from './resolvers/workspace.ts'

const parts = [
  workspaceTypes,
  teamTypes,
  projectTypes,
  issueTypes,
  issueMutations,
  commentTypes,
  documentTypes,
  historyTypes,
]

const modelled = new Map<string, FieldTable>()
for (const [type, fields] of parts.flatMap(part => Object.entries(part))) {
  modelled.set(type, { ...modelled.get(type), ...fields })
}

const PAGE_FIELDS = new Set(['nodes', 'edges', 'pageInfo', 'node', 'cursor'])
const PAGE_TYPE = /(Connection|Edge)$|^PageInfo$/

/** One error for every field of the document that is not modelled. Checked before anything runs. */
export function unmodelledFields(schema: GraphQLSchema, document: DocumentNode): GraphQLError[] {
  const unknown = new Set<string>()
  const types = new TypeInfo(schema)
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        const parent = getNamedType(types.getParentType())
        if (name.value.startsWith('__') || !parent || parent.name.startsWith('__')) return
        if (PAGE_TYPE.test(parent.name) && (parent.name === 'PageInfo' || PAGE_FIELDS.has(name.value))) return
        if (isObjectType(parent) && !modelled.get(parent.name)?.[name.value])
          unknown.add(`${parent.name}.${name.value}`)
      },
    }),
  )
  return [...unknown].map(notModelled)
}

/** Resolves a field with its table. The fields of a page are properties of the page object. */
export const resolveField: GraphQLFieldResolver<Record<string, unknown>, Context> = (
  source,
  args,
  context,
  info,
) => {
  const { fieldName, parentType } = info
  const field = modelled.get(parentType.name)?.[fieldName]
  if (field) return field(source as never, args as never, context)
  if (PAGE_TYPE.test(parentType.name) && fieldName in source) return source[fieldName]
  throw notModelled(`${parentType.name}.${fieldName}`)
}
