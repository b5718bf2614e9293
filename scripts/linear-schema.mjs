// Rebuilds Linear's GraphQL schema (SDL) from the type declarations of the installed @linear/sdk, which are
// graphql-codegen `typescript` output. Descriptions, defaults and deprecations are left out, because no test needs them.
// Usage: node scripts/linear-schema.mjs OUT.graphql
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LinearDocument } from '@linear/sdk'
import ts from 'typescript'

/** All documents and fragments of the SDK as GraphQL text, by export name. */
export function sdkDocuments() {
  const entries = Object.entries(LinearDocument).filter(([, value]) => value instanceof String)
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
}

/** Linear's schema as SDL. */
export function buildLinearSchema() {
  const { types, enums, scalars, interfaces } = readDeclarations()
  const name = serverNames([...types.keys(), ...enums.keys()])
  const fieldArguments = new Map(
    [...types].filter(([type]) => isArguments(type)).map(([type, shape]) => [type.toLowerCase(), shape.node]),
  )
  const text = [...scalars].map(scalar => `scalar ${scalar}`)
  for (const [type, members] of enums) text.push(`enum ${name(type)} { ${members.join(' ')} }`)
  for (const [type, { node, union, bases, object }] of types) {
    if (union) text.push(`union ${name(type)} = ${union.map(name).join(' | ')}`)
    else if (!isArguments(type)) text.push(definition(type, node, bases, object))
  }
  return `${text.join('\n')}\n`

  function isArguments(type) {
    return type.endsWith('Args') && !types.get(type).object
  }

  function definition(type, node, bases, object) {
    const kind = object ? 'type' : interfaces.has(type) ? 'interface' : 'input'
    const implemented = bases.length > 0 ? ` implements ${bases.map(name).join(' & ')}` : ''
    const fields = members(node).map(member => {
      const field = member.name.text
      const args = object && fieldArguments.get(`${type}${field}Args`.toLowerCase())
      const list = args ? `(${members(args).map(formatArgument).join(', ')})` : ''
      return `  ${field}${list}: ${typeOf(member)}`
    })
    return `${kind} ${name(type)}${implemented} {\n${fields.join('\n')}\n}`
  }

  function formatArgument(member) {
    return `${member.name.text}: ${typeOf(member)}`
  }

  function typeOf(member) {
    return member.questionToken ? graphqlType(member.type).replace(/!$/, '') : graphqlType(member.type)
  }

  function graphqlType(node) {
    if (ts.isIndexedAccessTypeNode(node)) return `${node.indexType.literal.text}!`
    const reference = node.typeName.text
    if (/^(Input)?Maybe$/.test(reference)) return graphqlType(node.typeArguments[0]).replace(/!$/, '')
    if (reference === 'Array') return `[${graphqlType(node.typeArguments[0])}]!`
    return `${name(reference)}!`
  }
}

function readDeclarations() {
  const directory = dirname(fileURLToPath(import.meta.resolve('@linear/sdk')))
  const file = readdirSync(directory).find(entry => /^index-.*\.d\.mts$/.test(entry))
  const [generated] = readFileSync(join(directory, file), 'utf8').split('//#endregion')
  const source = ts.createSourceFile(file, generated, ts.ScriptTarget.ES2023)
  const types = new Map()
  const enums = new Map()
  const interfaces = new Set()
  let scalars = []
  for (const statement of source.statements) {
    if (ts.isEnumDeclaration(statement))
      enums.set(
        statement.name.text,
        statement.members.map(m => m.initializer.text),
      )
    if (!ts.isTypeAliasDeclaration(statement) || statement.typeParameters) continue
    const type = statement.name.text
    if (type === 'Scalars') scalars = members(statement.type).map(member => member.name.text)
    const shape = shapeOf(statement.type)
    if (type === 'Scalars' || !shape || /(Query|Mutation|Subscription)Variables$/.test(type)) continue
    types.set(type, shape)
    for (const base of shape.bases) interfaces.add(base)
  }
  const builtIn = new Set(['ID', 'String', 'Boolean', 'Int', 'Float'])
  const unions = [...types].filter(([, shape]) => shape.union)
  for (const [type, shape] of unions)
    if (!shape.union.every(member => types.get(member)?.object)) types.delete(type)
  return { types, enums, interfaces, scalars: scalars.filter(scalar => !builtIn.has(scalar)) }
}

// Operations and fragments of the SDK have a required __typename or helper types such as Pick: no shape.
function shapeOf(node) {
  if (ts.isUnionTypeNode(node)) {
    return node.types.every(isName)
      ? { union: node.types.map(type => type.typeName.text), bases: [] }
      : undefined
  }
  const parts = ts.isIntersectionTypeNode(node) ? node.types : [node]
  const literal = parts.at(-1)
  if (!ts.isTypeLiteralNode(literal) || !parts.slice(0, -1).every(isName)) return undefined
  const typename = literal.members.find(member => member.name?.text === '__typename')
  if (literal.members.length === 0 || (typename && !typename.questionToken)) return undefined
  if (!members(literal).every(member => isGraphql(member.type))) return undefined
  return {
    node: literal,
    bases: parts.slice(0, -1).map(type => type.typeName.text),
    object: typename !== undefined,
  }
}

function isName(node) {
  return ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) && !node.typeArguments
}

function isGraphql(node) {
  if (!node) return false
  if (ts.isIndexedAccessTypeNode(node)) return node.objectType.typeName?.text === 'Scalars'
  if (!ts.isTypeReferenceNode(node)) return false
  const wrapper = /^(InputMaybe|Maybe|Array)$/.test(node.typeName.text)
  return wrapper ? isGraphql(node.typeArguments[0]) : isName(node)
}

function members(node) {
  return node.members.filter(member => member.name?.text !== '__typename')
}

/**
 * codegen pascal-cases type names (OAuthApplication became OauthApplication). The documents of the SDK carry
 * the server's own spelling; comparators appear in none of them and end in `IDComparator` on the server.
 */
function serverNames(types) {
  const spelled = new Map(
    types.map(type => [type.toLowerCase(), type.replace(/IdComparator$/, 'IDComparator')]),
  )
  for (const document of Object.values(sdkDocuments())) {
    for (const [, condition, variable] of document.matchAll(/\bon ([A-Z]\w*)|\$\w+: \[?(\w+)/g)) {
      const exact = condition ?? variable
      if (spelled.has(exact.toLowerCase())) spelled.set(exact.toLowerCase(), exact)
    }
  }
  return type => spelled.get(type.toLowerCase()) ?? type
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const out = process.argv[2]
  if (!out) throw new Error('usage: node scripts/linear-schema.mjs OUT.graphql')
  mkdirSync(dirname(out), { recursive: true })
  writeFileSync(`${out}.${process.pid}`, buildLinearSchema())
  renameSync(`${out}.${process.pid}`, out)
}
