import {
  type DocumentNode,
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/** Complexity as Linear counts it: a property 0.1, an object 1, a connection its children times `first`. */
export function pointsOf(schema: GraphQLSchema, document: DocumentNode): number {
  const types = new TypeInfo(schema)
  const factors = [1]
  let points = 0
  const enter = (field: FieldNode) => {
    const factor = factors.at(-1) ?? 1
    const type = getNamedType(types.getType() as GraphQLOutputType)
    points += factor * (isLeafType(type) ? 0.1 : 1)
    factors.push(type.name.endsWith('Connection') ? factor * firstOf(field) : factor)
  }
  const leave = () => void factors.pop()
  visit(document, visitWithTypeInfo(types, { Field: { enter, leave } }))
  return points
}

function firstOf(field: FieldNode): number {
  const value = field.arguments?.find(argument => argument.name.value === 'first')?.value
  return value?.kind === 'IntValue' ? Number(value.value) : 50
}
