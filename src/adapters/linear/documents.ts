/** Comments and history entries per issue. See IssueDetail. */
export const COMMENTS_PER_ISSUE = 100
export const EVENTS_PER_ISSUE = 30

/** Documents of a project per page, and comments per document. */
export const DOCUMENTS_PER_PAGE = 250
export const COMMENTS_PER_DOCUMENT = 50

/** States per team. Linear's default, written out because the number of points depends on it. */
const STATES_PER_TEAM = 50

/** A GraphQL document with its variables. */
export interface Document {
  document: string
  variables: Record<string, unknown>
}

export const STATE = 'state { id name type position }'

const ISSUE = `
  id identifier previousIdentifiers title url archivedAt trashed
  ${STATE}
  team { id key }
  project { id slugId name }`

const EVENT = `
  createdAt updatedDescription
  fromState { name }
  toState { name }
  actor { displayName app }
  botActor { name }`

/** Teams by key, and issues by UUID or identifier. Each block of issues has an alias: `issues0`, `issues1`, … */
export function linearDocument({ teams, blocks }: { teams: string[]; blocks: string[][] }): Document {
  const parameters = blocks.map((_, index) => `$ids${index}: [ID!]!`)
  const parts = blocks.map(
    (ids, index) => `issues${index}: issues(
      first: ${ids.length}, includeArchived: true, filter: { id: { in: $ids${index} } }
    ) { nodes { ${ISSUE} } }`,
  )
  if (teams.length > 0) {
    parameters.unshift('$keys: [String!]!')
    parts.unshift(`teams(first: ${teams.length}, filter: { key: { in: $keys } }) {
      nodes { id key name states(first: ${STATES_PER_TEAM}) { nodes { id name type position } } }
    }`)
  }
  const variables = Object.fromEntries(blocks.map((ids, index) => [`ids${index}`, ids]))
  return {
    document: queryOf('OpsxBoard', parameters, ['organization { id urlKey previousUrlKeys name }', ...parts]),
    variables: teams.length > 0 ? { keys: teams, ...variables } : variables,
  }
}

/** Description, comments and history of issues by UUID, and single comments by id. At least one list must not be empty. */
export function inspectDocument({ issues, comments }: { issues: string[]; comments: string[] }): Document {
  const parameters: string[] = []
  const parts: string[] = []
  if (issues.length > 0) {
    parameters.push('$issues: [ID!]!')
    parts.push(`issues(first: ${issues.length}, includeArchived: true, filter: { id: { in: $issues } }) {
      nodes {
        id description
        comments(first: ${COMMENTS_PER_ISSUE}) { nodes { id body createdAt } }
        history(first: ${EVENTS_PER_ISSUE}) { nodes { ${EVENT} } }
      }
    }`)
  }
  if (comments.length > 0) {
    parameters.push('$comments: [ID!]!')
    parts.push(`comments(first: ${comments.length}, includeArchived: true, filter: { id: { in: $comments } }) {
      nodes { id issueId body createdAt }
    }`)
  }
  const variables = {
    ...(issues.length > 0 ? { issues } : {}),
    ...(comments.length > 0 ? { comments } : {}),
  }
  return { document: queryOf('OpsxInspect', parameters, parts), variables }
}

export function queryOf(name: string, parameters: string[], parts: string[]): string {
  const head = parameters.length > 0 ? `${name}(${parameters.join(', ')})` : name
  return `query ${head} {\n${parts.join('\n')}\n}`
}

export function moveDocument(issueId: string, stateId: string): Document {
  return {
    document: `mutation OpsxMove($id: String!, $stateId: String!) {
      issueUpdate(id: $id, input: { stateId: $stateId }) { success issue { ${STATE} } }
    }`,
    variables: { id: issueId, stateId },
  }
}

export function describeDocument(issueId: string, description: string): Document {
  return {
    document: `mutation OpsxDescribe($id: String!, $description: String!) {
      issueUpdate(id: $id, input: { description: $description }) { success }
    }`,
    variables: { id: issueId, description },
  }
}

export function commentDocument(input: { id: string; issueId: string; body: string }): Document {
  return {
    document: `mutation OpsxComment($input: CommentCreateInput!) {
      commentCreate(input: $input) { success comment { id } }
    }`,
    variables: { input },
  }
}

const DOCUMENT = `
  id title url content archivedAt trashed
  project { id }
  updatedBy { displayName isMe }
  comments(first: ${COMMENTS_PER_DOCUMENT}) { nodes { resolvedAt parentId } }`

/** A project by UUID or slugId, with one page of its documents. A filter by slugId would return an empty page. */
export function projectDocumentsDocument(project: string, after: string | null): Document {
  return {
    document: `query OpsxProjectDocuments($project: String!, $after: String) {
      project(id: $project) {
        id
        documents(first: ${DOCUMENTS_PER_PAGE}, after: $after) {
          nodes { id title }
          pageInfo { hasNextPage endCursor }
        }
      }
    }`,
    variables: { project, after },
  }
}

export function readDocumentsDocument(ids: string[]): Document {
  return {
    document: `query OpsxDocuments($ids: [ID!]!) {
      documents(first: ${Math.max(1, ids.length)}, includeArchived: true, filter: { id: { in: $ids } }) { nodes { ${DOCUMENT} } }
    }`,
    variables: { ids },
  }
}

export function createDocumentDocument(input: {
  id: string
  projectId: string
  title: string
  content: string
}): Document {
  return {
    document: `mutation OpsxCreateDocument($input: DocumentCreateInput!) {
      documentCreate(input: $input) { success document { ${DOCUMENT} } }
    }`,
    variables: { input },
  }
}

export function updateDocumentDocument(id: string, input: { title: string; content: string }): Document {
  return {
    document: `mutation OpsxUpdateDocument($id: String!, $input: DocumentUpdateInput!) {
      documentUpdate(id: $id, input: $input) { success document { ${DOCUMENT} } }
    }`,
    variables: { id, input },
  }
}
